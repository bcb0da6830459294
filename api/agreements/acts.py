"""Acts on calendars and agreements. Each makes a new, dated version; what was in force stays."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Annotated, Any

import strawberry

from api.acting import a_key, attempt_once, given, the_key
from api.agreements import inputs, payloads
from api.agreements.calendars import Calendar
from api.agreements.files import told
from api.agreements.sources import source_given
from api.agreements.terms_given import few, terms_given
from api.context import Info
from api.fields import act
from api.management.rows import again
from api.management.words import WHAT
from api.service_levels import ServiceLevelAgreement
from foredesk.agreement_files.bring_in import BroughtIn, Outcome, import_agreement
from foredesk.errors import InvalidInput
from foredesk.sla import calendars, define, exception_proposals, models
from foredesk.sla.calendar_exceptions import change_exceptions

MOST_DATES = 2000


@strawberry.type
class CalendarMutation:
    @act(description="Names the hours in which somebody works, for agreements to count by")
    async def define_calendar(
        self, info: Info, input: Annotated[inputs.DefineCalendarInput, WHAT]
    ) -> payloads.DefineCalendarPayload:
        async def define(once: Any) -> models.Calendar:
            exceptions = few("exceptions", given(input.exceptions))
            return await calendars.define_calendar(
                info.context.desk,
                info.context.viewer,
                name=input.name,
                time_zone=input.time_zone,
                weekly=_week(input.week),
                exceptions={one.day.isoformat(): one.openings for one in exceptions},
                names={one.day.isoformat(): one.name for one in exceptions if one.name},
                once=once,
            )

        row, errors = await attempt_once(info, input, define, again(info, Calendar), **_RENAMED)
        return payloads.DefineCalendarPayload(calendar=_shown(row), errors=errors)

    @act(
        description="Changes the hours of a calendar from now or a later time on; open clocks are "
        "moved, and time that was counted stays counted"
    )
    async def revise_calendar(
        self, info: Info, input: Annotated[inputs.ReviseCalendarInput, WHAT]
    ) -> payloads.ReviseCalendarPayload:
        async def revise(**common: Any) -> None:
            week, exceptions = given(input.week), few("exceptions", given(input.exceptions))
            await change_exceptions(
                info.context.desk,
                info.context.viewer,
                time_zone=given(input.time_zone),
                weekly=None if week is None else _week(week),
                exceptions={one.day: one.openings for one in exceptions},
                names={one.day: one.name for one in exceptions if one.name},
                usual=few("usualDates", given(input.usual_dates)),
                **common,
            )

        return payloads.ReviseCalendarPayload(**await _on_calendar(info, input, revise))

    @act(
        description="Takes public holidays into a calendar as exceptions, those that somebody "
        "chose from previewHolidays; it remembers where they come from and for which years"
    )
    async def take_holidays(
        self, info: Info, input: Annotated[inputs.TakeHolidaysInput, WHAT]
    ) -> payloads.TakeHolidaysPayload:
        async def take(**common: Any) -> None:
            half = few("halfDays", given(input.half_days))
            await exception_proposals.take_holidays(
                info.context.desk,
                info.context.viewer,
                source=source_given(input.source),
                dates=_dates(given(input.dates)),
                hours={one.day: one.openings for one in half},
                language=input.language,
                **common,
            )

        return payloads.TakeHolidaysPayload(**await _on_calendar(info, input, take))

    @act(description="Takes the events of an iCalendar file into a calendar as exceptions")
    async def import_calendar(
        self, info: Info, input: Annotated[inputs.ImportCalendarInput, WHAT]
    ) -> payloads.ImportCalendarPayload:
        async def bring_in(**common: Any) -> None:
            await exception_proposals.import_calendar(
                info.context.desk,
                info.context.viewer,
                text=input.text,
                until=given(input.until),
                dates=_dates(given(input.dates)),
                **common,
            )

        return payloads.ImportCalendarPayload(**await _on_calendar(info, input, bring_in))


@strawberry.type
class AgreementMutation:
    @act(description="Promises an organization something; without one, everybody")
    async def define_agreement(
        self, info: Info, input: Annotated[inputs.DefineAgreementInput, WHAT]
    ) -> payloads.DefineAgreementPayload:
        async def promise(once: Any) -> models.Agreement:
            kind = given(input.kind)
            return await define.define_agreement(
                info.context.desk,
                info.context.viewer,
                name=input.name,
                organization_id=a_key(
                    "Organization", given(input.organization_id), "organizationId"
                ),
                service_id=a_key("Service", given(input.service_id), "serviceId"),
                kind=kind.value if kind else None,
                valid_from=given(input.begins_at),
                once=once,
                **terms_given(input.terms),
            )

        row, errors = await attempt_once(
            info, input, promise, again(info, ServiceLevelAgreement), **_RENAMED
        )
        return payloads.DefineAgreementPayload(agreement=_agreed(row), errors=errors)

    @act(description="Changes the terms for requests made from now or a later time on")
    async def revise_agreement(
        self, info: Info, input: Annotated[inputs.ReviseAgreementInput, WHAT]
    ) -> payloads.ReviseAgreementPayload:
        async def revise(once: Any) -> models.Agreement:
            id = the_key("ServiceLevelAgreement", input.agreement_id, "agreementId")
            await define.revise_agreement(
                info.context.desk,
                info.context.viewer,
                agreement_id=id,
                valid_from=given(input.begins_at),
                expected_version=given(input.expected_version),
                once=once,
                **terms_given(input.terms),
            )
            return await models.Agreement.get(id=id)

        row, errors = await attempt_once(info, input, revise, _of_version(info), **_RENAMED)
        return payloads.ReviseAgreementPayload(agreement=_agreed(row), errors=errors)

    @act(
        description="Makes an agreement of a file, or the next version of the one that it names, "
        "together with its calendar"
    )
    async def import_agreement(
        self, info: Info, input: Annotated[inputs.ImportAgreementInput, WHAT]
    ) -> payloads.ImportAgreementPayload:
        read = again(info, ServiceLevelAgreement)

        async def repeated(id: Any) -> BroughtIn:
            return BroughtIn(await read(id), Outcome.UNCHANGED, ())

        done, errors = await attempt_once(
            info,
            input,
            lambda once: import_agreement(
                info.context.desk,
                info.context.viewer,
                text=input.text,
                format=given(input.format),
                valid_from=given(input.begins_at),
                once=once,
            ),
            repeated,
            **_RENAMED,
        )
        return payloads.ImportAgreementPayload(
            agreement=_agreed(done.agreement if done else None),
            outcome=done.outcome if done else None,
            differences=told(done.differences) if done else [],
            errors=errors,
        )


_RENAMED = {"weekly": "week", "validFrom": "beginsAt", "promises": "targets"}


async def _on_calendar(
    info: Info, input: Any, use: Callable[..., Awaitable[None]]
) -> dict[str, Any]:
    async def done(once: Any) -> models.Calendar:
        key = the_key("Calendar", input.calendar_id, "calendarId")
        await use(
            calendar_id=key,
            valid_from=given(input.begins_at),
            expected_version=given(input.expected_version),
            once=once,
        )
        return await models.Calendar.get(id=key)

    row, errors = await attempt_once(info, input, done, again(info, Calendar), **_RENAMED)
    return {"calendar": _shown(row), "errors": errors}


def _of_version(info: Info) -> Callable[[Any], Awaitable[models.Agreement]]:
    """A repeated revision is remembered by its version."""
    read = again(info, ServiceLevelAgreement)

    async def agreement(id: Any) -> models.Agreement:
        version = await models.AgreementVersion.get(id=id)
        row: models.Agreement = await read(version.agreement_id)
        return row

    return agreement


def _week(days: Sequence[inputs.WeekdayOpeningsInput]) -> dict[str, list[str]]:
    weekly = {one.weekday.value: list(few("week", one.openings, 20)) for one in days}
    if len(weekly) < len(days):
        raise InvalidInput("week", "Give each day once.")
    return weekly


def _dates(dates: Sequence[date] | None) -> Sequence[date] | None:
    return None if dates is None else few("dates", dates, MOST_DATES)


def _shown(row: models.Calendar | None) -> Calendar | None:
    return Calendar(row=row) if row else None


def _agreed(row: models.Agreement | None) -> ServiceLevelAgreement | None:
    return ServiceLevelAgreement(row=row) if row else None

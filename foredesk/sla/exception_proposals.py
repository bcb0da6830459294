"""Proposals: dates on which a calendar may differ, for somebody to look through and choose from.

Nothing is stored before it was chosen, and then as dated exceptions of a new version.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.hooks import CalendarFacts
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer
from foredesk.sla.calendar_queries import one_calendar
from foredesk.sla.calendars import newest_version, revise_hours
from foredesk.sla.holidays import (
    HolidaySource,
    PublicHoliday,
    check_source,
    check_years,
    holidays_of,
)
from foredesk.sla.ical_import import closed_by, read_occurrences
from foredesk.sla.models import Calendar, CalendarVersion
from foredesk.sla.written import WrittenHours

LONGEST_IMPORT = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class ProposedException:
    """`hours` would be open on the date, where `usual` are now; `source` says who named it.

    An observance is kept by some and binds nobody: it is taken only if it is chosen by name.
    """

    date: date
    name: str
    source: str
    hours: Sequence[str]
    usual: Sequence[str]
    is_observance: bool = False

    @property
    def is_new(self) -> bool:
        return list(self.hours) != list(self.usual)


async def preview_holidays(
    desk: Desk,
    viewer: Viewer,
    *,
    source: HolidaySource,
    calendar_id: UUID | None = None,
    language: str = "en",
) -> Sequence[ProposedException]:
    """The holidays of the years, by the library and by plugins, as the calendar would take them.

    Without a country only plugins are asked. Raises InvalidInput, NotFound and NotPermitted.
    """
    require(viewer, Act.MANAGE_AGREEMENTS)
    calendar, hours = None, None
    if calendar_id is not None:
        calendar = await one_calendar(viewer, calendar_id)
        hours = WrittenHours.of(await newest_version(calendar.id))
    found = {one.date: one for one in await _of_plugins(desk, viewer, calendar, hours, source)}
    known = await asyncio.to_thread(holidays_of, source, language) if source.country else []
    found |= {one.date: one for one in known if not one.is_observance or one.date not in found}
    return [_proposed(found[day], hours) for day in sorted(found)]


async def take_holidays(
    desk: Desk,
    viewer: Viewer,
    *,
    calendar_id: UUID,
    source: HolidaySource,
    dates: Sequence[date] | None = None,
    hours: Mapping[date, Sequence[str]] | None = None,
    language: str = "en",
    valid_from: datetime | None = None,
    expected_version: int | None = None,
    once: Once | None = None,
) -> CalendarVersion:
    """Make the chosen holidays exceptions, and remember where they come from and for which years.

    Without `dates` all are taken that are no observances. `hours` are those of half days. Raises
    InvalidInput, NotFound, StaleVersion and NotPermitted.
    """
    proposed = await preview_holidays(
        desk, viewer, source=source, calendar_id=calendar_id, language=language
    )
    half = hours or {}
    chosen = [
        replace(one, hours=list(half.get(one.date, one.hours)))
        for one in _chosen(proposed, dates, half)
    ]
    return await revise_hours(
        desk,
        viewer,
        calendar_id=calendar_id,
        change=partial(_with, chosen, source),
        valid_from=valid_from,
        expected_version=expected_version,
        once=once,
    )


async def preview_import(
    desk: Desk, viewer: Viewer, *, calendar_id: UUID, text: str, until: date | None = None
) -> Sequence[ProposedException]:
    """What the events of an iCalendar file would leave of the calendar's hours, from today on.

    Two years are looked through, or until a day, at most three years ahead. Raises InvalidInput,
    NotFound and NotPermitted.
    """
    require(viewer, Act.MANAGE_AGREEMENTS)
    calendar = await one_calendar(viewer, calendar_id)
    hours = WrittenHours.of(await newest_version(calendar.id))
    since = desk.now().astimezone(hours.read().zone).date()
    until = until or since + timedelta(days=2 * 365)
    if not since < until <= since + LONGEST_IMPORT:
        raise InvalidInput("until", "Import at most three years from today on.")
    found = await read_occurrences(text, hours.time_zone, since, until)
    return [
        ProposedException(
            one.date, one.name, "iCalendar", one.hours, hours.on(one.date), one.is_observance
        )
        for one in closed_by(hours, found, since, until)
    ]


async def import_calendar(
    desk: Desk,
    viewer: Viewer,
    *,
    calendar_id: UUID,
    text: str,
    until: date | None = None,
    dates: Sequence[date] | None = None,
    valid_from: datetime | None = None,
    expected_version: int | None = None,
    once: Once | None = None,
) -> CalendarVersion:
    """Make the chosen days of an iCalendar file exceptions; all but observances without `dates`.

    Raises InvalidInput, NotFound, StaleVersion and NotPermitted.
    """
    proposed = await preview_import(desk, viewer, calendar_id=calendar_id, text=text, until=until)
    return await revise_hours(
        desk,
        viewer,
        calendar_id=calendar_id,
        change=partial(_with, _chosen(proposed, dates), None),
        valid_from=valid_from,
        expected_version=expected_version,
        once=once,
    )


async def _of_plugins(
    desk: Desk,
    viewer: Viewer,
    calendar: Calendar | None,
    hours: WrittenHours | None,
    source: HolidaySource,
) -> Sequence[PublicHoliday]:
    """Plugins that fail are passed over; the host's report names them."""
    check_source(source) if source.country else check_years(source.years)
    facts = CalendarFacts(
        id=calendar.id if calendar else None,
        name=calendar.name if calendar else "",
        time_zone=hours.time_zone if hours else "UTC",
        country=source.country,
        region=source.region,
    )
    found: list[PublicHoliday] = []
    for year in source.years:
        for outcome in await desk.hooks.collect(
            "provide_holidays", viewer.organization_id, calendar=facts, year=year
        ):
            for one in outcome.value or ():
                category = "observance" if one.is_observance else "public"
                found.append(PublicHoliday(one.date, one.name, category, outcome.plugin))
    return sorted(found, key=lambda one: (one.date, not one.is_observance))


def _proposed(holiday: PublicHoliday, hours: WrittenHours | None) -> ProposedException:
    usual = list(hours.on(holiday.date)) if hours else []
    taken = hours.exceptions.get(holiday.date.isoformat()) if hours else None
    return ProposedException(
        holiday.date,
        holiday.name,
        holiday.source,
        list(taken) if taken is not None else [],
        usual,
        holiday.is_observance,
    )


def _chosen(
    proposed: Sequence[ProposedException],
    dates: Sequence[date] | None,
    half: Iterable[date] = (),
) -> Sequence[ProposedException]:
    """Raises InvalidInput for a date that was not proposed."""
    known = {one.date for one in proposed}
    for day in (*(dates or ()), *half):
        if day not in known:
            raise InvalidInput("dates", f"{day} was not among what was proposed.")
    if dates is None:
        return [one for one in proposed if not one.is_observance]
    return [one for one in proposed if one.date in set(dates)]


def _with(
    chosen: Sequence[ProposedException], source: HolidaySource | None, hours: WrittenHours
) -> WrittenHours:
    """The hours with these exceptions; years of the same source are added up."""
    dates = {one.date.isoformat(): one for one in chosen}
    if source is not None and hours.holidays is not None:
        same = replace(hours.holidays, years=()) == replace(source, years=())
        earlier = hours.holidays.years if same else ()
        source = replace(source, years=tuple(sorted({*earlier, *source.years})))
    return replace(
        hours,
        exceptions={**hours.exceptions, **{day: one.hours for day, one in dates.items()}},
        names={**hours.names, **{day: one.name for day, one in dates.items()}},
        holidays=source or hours.holidays,
    )

"""Reads: calendars, what may be taken into them, and agreements as files."""

from datetime import date
from typing import Annotated

import strawberry

from api.acting import a_key, given, the_key
from api.agreements import inputs
from api.agreements.calendars import Calendar, ProposedException, proposals
from api.agreements.files import AgreementComparison, AgreementDifference, FileFormat, told
from api.agreements.sources import source_given
from api.connections import After, Before, Connection, First, Last, Ordering, page_of, wanted
from api.context import Info
from api.fields import computed
from api.hidden import null_if_hidden
from api.identifiers import key_of
from api.service_levels import ServiceLevelAgreement
from api.sources import want
from foredesk.agreement_files.bring_in import compare_agreement_file
from foredesk.agreement_files.read_stored import agreement_file, version_differences
from foredesk.sla.exception_proposals import preview_holidays, preview_import

BY_NAME = Ordering("name", descending=False, read=str)
_WHICH = strawberry.argument(description="ID of the calendar.")
_AGREEMENT = strawberry.argument(description="ID of the agreement.")
_TEXT = strawberry.argument(description="Text of the file.")


@strawberry.type
class AgreementQuery:
    @wanted(
        description="Calendars of agreements that the viewer may see, by name; for managers also "
        "those of no agreement yet"
    )
    def calendars(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[Calendar]:
        return want(Calendar, {}, BY_NAME, page_of(first, after, last, before))

    @wanted(description="Calendar with the given ID; null if there is none or it is hidden")
    def calendar(self, info: Info, id: Annotated[strawberry.ID, _WHICH]) -> Calendar | None:
        key = key_of("Calendar", id)
        return want(Calendar, {"id": key}) if key else None

    @computed(
        description="Public holidays for somebody to choose from, in order; null for those who "
        "do not manage agreements",
        at_most=400,
    )
    @null_if_hidden
    async def preview_holidays(
        self,
        info: Info,
        source: Annotated[
            inputs.HolidaySourceInput,
            strawberry.argument(description="Where the holidays come from."),
        ],
        calendar_id: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="ID of the calendar that they are for."),
        ] = strawberry.UNSET,
        language: Annotated[str, strawberry.argument(description="Language of the names.")] = "en",
    ) -> list[ProposedException] | None:
        found = await preview_holidays(
            info.context.desk,
            info.context.viewer,
            source=source_given(source),
            calendar_id=a_key("Calendar", given(calendar_id), "calendarId"),
            language=language,
        )
        return proposals(found)

    @computed(
        description="What the events of an iCalendar file would leave of a calendar's hours, in "
        "order, at most 2000; null for those who do not manage agreements",
        at_most=400,
    )
    @null_if_hidden
    async def preview_calendar_import(
        self,
        info: Info,
        calendar_id: Annotated[strawberry.ID, _WHICH],
        text: Annotated[str, _TEXT],
        until: Annotated[
            date | None, strawberry.argument(description="Day before which events count.")
        ] = strawberry.UNSET,
    ) -> list[ProposedException] | None:
        found = await preview_import(
            info.context.desk,
            info.context.viewer,
            calendar_id=the_key("Calendar", calendar_id, "calendarId"),
            text=text,
            until=given(until),
        )
        return proposals(found)

    @computed(
        description="An agreement with its calendar as a file, in its newest version; null for "
        "those who do not manage agreements"
    )
    @null_if_hidden
    async def agreement_file(
        self,
        info: Info,
        agreement_id: Annotated[strawberry.ID, _AGREEMENT],
        format: Annotated[
            FileFormat, strawberry.argument(description="How it is to be written.")
        ] = FileFormat.YAML,
    ) -> str | None:
        key = the_key("ServiceLevelAgreement", agreement_id, "agreementId")
        return await agreement_file(info.context.viewer, agreement_id=key, format=format)

    @computed(
        description="What an agreement file would change; null for those who do not manage "
        "agreements"
    )
    @null_if_hidden
    async def compare_agreement_file(
        self,
        info: Info,
        text: Annotated[str, _TEXT],
        format: Annotated[
            FileFormat | None,
            strawberry.argument(description="How it is written; found out if left out."),
        ] = strawberry.UNSET,
    ) -> AgreementComparison | None:
        found = await compare_agreement_file(
            info.context.desk, info.context.viewer, text=text, format=given(format)
        )
        row = found.agreement
        return AgreementComparison(
            name=found.proposed.name,
            agreement=ServiceLevelAgreement(row=row) if row else None,
            differences=told(found.differences),
        )

    @computed(
        description="How two versions of an agreement differ; null for those who do not manage "
        "agreements",
        at_most=500,
    )
    @null_if_hidden
    async def agreement_differences(
        self,
        info: Info,
        agreement_id: Annotated[strawberry.ID, _AGREEMENT],
        from_version: Annotated[int, strawberry.argument(description="Number of the one version.")],
        to_version: Annotated[int, strawberry.argument(description="Number of the other.")],
    ) -> list[AgreementDifference] | None:
        key = the_key("ServiceLevelAgreement", agreement_id, "agreementId")
        return told(await version_differences(info.context.viewer, key, from_version, to_version))

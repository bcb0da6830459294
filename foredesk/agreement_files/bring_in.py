"""Bring in: an agreement file becomes an agreement, or the next version of the one it names."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from foredesk.agreement_files.differences import (
    Difference,
    DifferencePart,
    agreement_differences,
    calendar_differences,
)
from foredesk.agreement_files.parse import parse_agreement_file, parse_calendar_file
from foredesk.agreement_files.proposed import ProposedAgreement, ProposedCalendar
from foredesk.agreement_files.store import (
    known_calendars,
    resolved,
    stored_agreement,
    stored_calendar,
)
from foredesk.agreement_files.tree import FileFormat
from foredesk.catalog.queries import visible_to as visible_services
from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act, require
from foredesk.people.queries import visible_organizations
from foredesk.people.viewer import Viewer
from foredesk.sla.calendar_queries import visible_calendars
from foredesk.sla.calendars import define_calendar, revise_hours
from foredesk.sla.dated import require_for
from foredesk.sla.define import define_agreement, revise_agreement
from foredesk.sla.models import Agreement, Calendar
from foredesk.sla.queries import visible_to


class Outcome(StrEnum):
    DEFINED = "defined"
    REVISED = "revised"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Compared:
    """What a file says, and how it differs from what is kept; None if it would be new."""

    proposed: ProposedAgreement
    agreement: Agreement | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class BroughtIn:
    agreement: Agreement
    outcome: Outcome
    differences: tuple[Difference, ...]


async def compare_agreement_file(
    desk: Desk, viewer: Viewer, *, text: str, format: FileFormat | None = None
) -> Compared:
    """Read a file and everything that it names, and store nothing. Raises InvalidInput."""
    require(viewer, Act.MANAGE_AGREEMENTS)
    proposed = parse_agreement_file(text, format, calendars=await known_calendars(viewer))
    agreement = await _named(viewer, proposed)
    await resolved(viewer, proposed)
    if agreement is None:
        return Compared(proposed, None, ())
    differences = agreement_differences(await stored_agreement(agreement), proposed)
    return Compared(proposed, agreement, tuple(differences))


async def import_agreement(
    desk: Desk,
    viewer: Viewer,
    *,
    text: str,
    format: FileFormat | None = None,
    valid_from: datetime | None = None,
    once: Once | None = None,
) -> BroughtIn:
    """Define the agreement, or revise the one of this name and organization, and its calendar.

    A file that says what holds already changes nothing. Raises InvalidInput, NotFound and
    NotPermitted.
    """
    compared = await compare_agreement_file(desk, viewer, text=text, format=format)
    proposed, agreement = compared.proposed, compared.agreement
    proposal = await resolved(viewer, proposed)
    terms: dict[str, Any] = {
        "promises": proposal.promises,
        "clocks": proposal.clocks,
        "penalties": proposal.penalties,
        "billing": proposal.billing,
        "escalations": proposal.escalations,
        "valid_from": valid_from,
    }
    async with transaction():
        if agreement is None:
            scope = await _scope(viewer, proposed)
            require_for(viewer, scope["organization_id"])
            calendar = await _bring_in_calendar(desk, viewer, proposed.calendar, valid_from)
            agreement = await define_agreement(
                desk, viewer, name=proposed.name, calendar_id=calendar.id, **scope, **terms
            )
            outcome = Outcome.DEFINED
        elif compared.differences:
            require_for(viewer, agreement.organization_id)
            calendar = await _bring_in_calendar(desk, viewer, proposed.calendar, valid_from)
            outcome = Outcome.REVISED
            if _is_more_than_hours(compared):
                await revise_agreement(
                    desk, viewer, agreement_id=agreement.id, calendar_id=calendar.id, **terms
                )
        else:
            outcome = Outcome.UNCHANGED
        if once is not None:
            await once.remember(agreement.id)
    return BroughtIn(agreement, outcome, compared.differences)


async def import_calendar_file(
    desk: Desk,
    viewer: Viewer,
    *,
    text: str,
    format: FileFormat | None = None,
    valid_from: datetime | None = None,
) -> Calendar:
    """Define the calendar of a file, or revise the one of this name. Raises InvalidInput."""
    require(viewer, Act.MANAGE_AGREEMENTS)
    proposed = parse_calendar_file(text, format)
    async with transaction():
        return await _bring_in_calendar(desk, viewer, proposed, valid_from)


async def _bring_in_calendar(
    desk: Desk, viewer: Viewer, proposed: ProposedCalendar, valid_from: datetime | None
) -> Calendar:
    written = proposed.written
    calendar = await visible_calendars(viewer).get_or_none(name=proposed.name)
    if calendar is None:
        return await define_calendar(
            desk,
            viewer,
            name=proposed.name,
            time_zone=written.time_zone,
            weekly=written.weekly,
            exceptions=written.exceptions,
            names=written.names,
            holidays=written.holidays,
        )
    if calendar_differences(await stored_calendar(calendar.id), proposed):
        await revise_hours(
            desk,
            viewer,
            calendar_id=calendar.id,
            change=lambda _: written,
            valid_from=valid_from,
        )
    return calendar


def _is_more_than_hours(compared: Compared) -> bool:
    """Whether anything differs that the agreement says, and not the calendar that it names."""
    return any(
        one.part is not DifferencePart.CALENDAR or one.subject == "calendar"
        for one in compared.differences
    )


async def _named(viewer: Viewer, proposed: ProposedAgreement) -> Agreement | None:
    """Raises InvalidInput where a file can't say which one it is, or wants another scope."""
    scope = await _scope(viewer, proposed)
    found = await visible_to(viewer).filter(
        name=proposed.name, organization_id=scope["organization_id"]
    )
    if len(found) > 1:
        raise InvalidInput("text", f"Several agreements are named {proposed.name!r}.")
    if not found:
        return None
    (agreement,) = found
    if (agreement.service_id, agreement.kind) != (scope["service_id"], scope["kind"]):
        raise InvalidInput(
            "text", "An agreement keeps its service and kind. Give one for others another name."
        )
    return agreement


async def _scope(viewer: Viewer, proposed: ProposedAgreement) -> dict[str, Any]:
    return {
        "organization_id": await _one(
            visible_organizations(viewer).get_or_none(slug=proposed.organization),
            "organization",
            proposed.organization,
        ),
        "service_id": await _one(
            visible_services(viewer).get_or_none(key=proposed.service), "service", proposed.service
        ),
        "kind": proposed.kind,
    }


async def _one(asked: Any, noun: str, name: str) -> UUID | None:
    if not name:
        return None
    found = await asked
    if found is None:
        raise InvalidInput("text", f"There is no {noun} {name!r}.")
    id: UUID = found.id
    return id

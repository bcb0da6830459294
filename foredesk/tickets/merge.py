"""Merge: several requests about the same go on as one, and can be taken apart again.

The merged request points to the one that goes on, and is closed for everything but being taken
out again. Nothing of one requester's words is shown to another: see `pass_on`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer
from foredesk.tickets.change import Change, check_can_happen, check_version, store
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.queries import visible_to
from foredesk.tickets.release import UNSOLVED, may_keep
from foredesk.tickets.states import EventKind


async def merge_ticket(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    into_id: UUID,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """Merge a request into another, which goes on for both; what is merged into it comes along.

    Both are of one organization, and of the same confidential team if one has either. The other
    one must not be solved, or merged itself: so there are no circles.

    Raises InvalidInput and NotFound for `intoTicketId`, InvalidTransition for one that is closed
    or merged already, StaleVersion, and NotPermitted.
    """
    if ticket_id == into_id:
        raise InvalidInput("intoTicketId", "A request can't be merged into itself.")
    async with _both(desk, viewer, ticket_id, into_id, once) as (change, into):
        require(viewer, Act.MERGE, change.ticket)
        require(viewer, Act.MERGE, into.ticket)
        check_version(change.ticket, expected_version)
        check_can_happen(EventKind.MERGED, change.ticket)
        _check_fits(change.ticket, into.ticket)
        change.append(EventKind.MERGED, into_id=str(into_id), was=_as_it_is(change.ticket))
        into.append(EventKind.MERGED_IN, other_id=str(ticket_id))
    return change.ticket


async def unmerge_ticket(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """Take a merged request out again: it is what it was before. Whoever had it and may not have
    it any more gives it back to the team.

    Raises InvalidTransition for one that is not merged, StaleVersion, NotFound, NotPermitted.
    """
    found = await visible_to(viewer).get_or_none(id=ticket_id)
    if found is None:
        raise NotFound("ticketId")
    check_can_happen(EventKind.UNMERGED, found)
    assert found.merged_into_id is not None
    async with _both(desk, viewer, ticket_id, found.merged_into_id, once) as (change, out_of):
        require(viewer, Act.UNMERGE, change.ticket)
        check_version(change.ticket, expected_version)
        check_can_happen(EventKind.UNMERGED, change.ticket)
        if change.ticket.merged_into_id != out_of.ticket.id:
            raise InvalidInput("ticketId", "It was merged into another request in the meantime.")
        merged = TicketEvent.filter(ticket_id=ticket_id, kind=EventKind.MERGED)
        last = await merged.order_by("-sequence").first()
        assert last is not None
        change.append(EventKind.UNMERGED, into_id=str(out_of.ticket.id), was=last.data["was"])
        await _release(change)
        out_of.append(EventKind.MERGED_OUT, other_id=str(ticket_id))
    return change.ticket


@asynccontextmanager
async def _both(
    desk: Desk, viewer: Viewer, ticket_id: UUID, other_id: UUID, once: Once | None
) -> AsyncIterator[tuple[Change, Change]]:
    """A change of a ticket and one of the other that it is, or will be, merged into.

    They are locked in the order of their ids, so that two at once wait for each other and never
    for ever. The other one may be out of sight where it has the ticket already.
    """
    async with transaction():
        locked = Ticket.filter(id__in=[ticket_id, other_id]).order_by("id").select_for_update()
        found = {ticket.id: ticket for ticket in await locked}
        seen = visible_to(viewer).filter(id__in=[ticket_id, other_id])
        visible = set(await seen.values_list("id", flat=True))
        if ticket_id not in visible:
            raise NotFound("ticketId")
        if other_id not in visible and found[ticket_id].merged_into_id != other_id:
            raise NotFound("intoTicketId")
        change = Change(desk, viewer, found[ticket_id], once=once)
        other = Change(desk, viewer, found[other_id])
        yield change, other
        await store(change)
        await store(other)


def _check_fits(ticket: Ticket, into: Ticket) -> None:
    if into.merged_into_id is not None:
        raise InvalidInput(
            "intoTicketId", "That request is merged into another itself. Choose that other one."
        )
    if into.state not in UNSOLVED:
        raise InvalidInput("intoTicketId", "That request is solved. Reopen it first.")
    if into.organization_id != ticket.organization_id:
        raise InvalidInput(
            "intoTicketId", "That request is another organization's. Move one of them first."
        )
    if _confided(ticket) != _confided(into):
        raise InvalidInput(
            "intoTicketId", "Confidential requests are merged only within their team."
        )


def _confided(ticket: Ticket) -> UUID | None:
    """The confidential team that has it."""
    return ticket.team_id if ticket.is_confidential else None


def _as_it_is(ticket: Ticket) -> dict[str, Any]:
    """All that merging takes from a ticket."""
    return {
        "state": ticket.state,
        "waiting_for": ticket.waiting_for,
        "paused_until": ticket.paused_until.isoformat() if ticket.paused_until else None,
        "close_due_at": ticket.close_due_at.isoformat() if ticket.close_due_at else None,
    }


async def _release(change: Change) -> None:
    ticket = change.ticket
    if ticket.state not in UNSOLVED or ticket.assignee_id is None:
        return
    if await may_keep(ticket.assignee_id, ticket):
        return
    change.append(
        EventKind.ASSIGNED,
        team_id=str(ticket.team_id) if ticket.team_id else None,
        assignee_id=None,
        is_confidential=ticket.is_confidential,
        because="left",
    )

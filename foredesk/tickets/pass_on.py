"""Pass on: what is said of one request to the people of those that are merged with it.

What an agent writes to a requester stays with that requester, unless it is meant for the others
too; the solution is told to all of them, each in their own request. What the requester of a merged
request writes is seen by the agents of the other one and not by its requester. Words of a
confidential request go nowhere but to its own team.
"""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from foredesk.desk import Desk
from foredesk.each import each
from foredesk.people.policy import Act
from foredesk.people.viewer import SYSTEM
from foredesk.tickets.change import Change, changing
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import EventKind, TicketState

Tell = Callable[[Change, Ticket, TicketEvent], None]


async def pass_on(desk: Desk, event: TicketEvent) -> None:
    """Handler of `pass_on`. Repeating it tells nobody twice."""
    ticket = await Ticket.get(id=event.ticket_id)
    if event.kind is EventKind.REPLIED and event.data["from_requester"]:
        await _forward(desk, ticket, event)
        return
    tell = _solved if event.kind is EventKind.RESOLVED else _replied
    await each(
        "Passing on", await merged_into(ticket.id), partial(_tell, desk, ticket, event, tell)
    )


async def merged_into(ticket_id: UUID) -> Sequence[UUID]:
    """The requests that are merged into it, and into those."""
    found: list[UUID] = []
    level = [ticket_id]
    while level:
        merged = Ticket.filter(merged_into_id__in=level).order_by("opened_at", "id")
        level = [ticket.id for ticket in await merged]
        found += level
    return found


async def goes_on_as(ticket: Ticket) -> Ticket:
    """The request that goes on for it: itself if it is not merged."""
    while ticket.merged_into_id is not None:
        ticket = await Ticket.get(id=ticket.merged_into_id)
    return ticket


async def _forward(desk: Desk, ticket: Ticket, event: TicketEvent) -> None:
    other = await goes_on_as(ticket)
    if other.id == ticket.id:
        return
    async with changing(desk, SYSTEM, other.id, Act.REPLY) as change:
        if await _was_told(change.ticket, event):
            return
        is_theirs = change.ticket.requester_id == ticket.requester_id
        if is_theirs and change.ticket.state is not TicketState.CLOSED:
            _write(change, event, from_requester=True, days=desk.settings.close_after_days)
            return
        body = event.data["body"] if _may_read(change.ticket, ticket) else ""
        forwarded = change.append(
            EventKind.FORWARDED, other_id=str(ticket.id), body=body, of_event=str(event.id)
        )
        forwarded.actor_id = event.actor_id


async def _tell(desk: Desk, ticket: Ticket, event: TicketEvent, tell: Tell, to_id: UUID) -> None:
    async with changing(desk, SYSTEM, to_id, Act.REPLY) as change:
        goes_on = await goes_on_as(change.ticket)
        if goes_on.id == ticket.id and not await _was_told(change.ticket, event):
            tell(change, ticket, event)


def _solved(change: Change, ticket: Ticket, event: TicketEvent) -> None:
    resolution = event.data["resolution"] if _may_read(change.ticket, ticket) else ""
    change.append(
        EventKind.SOLVED_ELSEWHERE,
        into_id=str(ticket.id),
        of_event=str(event.id),
        resolution=resolution,
        is_same_requester=change.ticket.requester_id == ticket.requester_id,
    )


def _replied(change: Change, ticket: Ticket, event: TicketEvent) -> None:
    is_told_there = change.ticket.requester_id == ticket.requester_id
    if not is_told_there and _may_read(change.ticket, ticket):
        _write(change, event, from_requester=False, days=None)


def _write(change: Change, event: TicketEvent, *, from_requester: bool, days: int | None) -> None:
    """The same words, by the same person."""
    written = change.append(
        EventKind.REPLIED,
        body=event.data["body"],
        from_requester=from_requester,
        waits_for_requester=False,
        article_ids=event.data.get("article_ids") or [],
        close_after_days=days,
        of_event=str(event.id),
    )
    written.actor_id = event.actor_id


def _may_read(reading: Ticket, told: Ticket) -> bool:
    """Whether everybody who reads one request may read what was said in the other."""
    return not told.is_confidential or (reading.is_confidential and reading.team_id == told.team_id)


async def _was_told(ticket: Ticket, event: TicketEvent) -> bool:
    kinds = [EventKind.REPLIED, EventKind.FORWARDED, EventKind.SOLVED_ELSEWHERE]
    told = TicketEvent.filter(ticket_id=ticket.id, kind__in=[kind.value for kind in kinds])
    return any(one.data.get("of_event") == str(event.id) for one in await told)

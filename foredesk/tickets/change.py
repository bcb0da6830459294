"""Change: the only way to add to a ticket's history, and to its row through it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from foredesk.database import FromCounter, Writes, blank, transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidTransition, NotFound, StaleVersion
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer
from foredesk.sla.agreed import Agreed, agreed
from foredesk.sla.clocks import Shown
from foredesk.tickets.announce import announce
from foredesk.tickets.clocks import clocks_after, may_move_clocks
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.projection import KEPT, apply
from foredesk.tickets.queries import visible_to
from foredesk.tickets.states import REACHABLE, EventKind, can_happen

TOPIC = "ticket"
MERGED = "This request is merged into another. Act on that one, or take them apart first."


@dataclass(slots=True)
class Change:
    """A ticket and the events that are being added to it."""

    desk: Desk
    viewer: Viewer
    ticket: Ticket
    events: list[TicketEvent] = field(default_factory=list)
    is_silent: bool = False
    """History brought in from elsewhere: nobody is told of it."""
    once: Once | None = None
    """The key of the attempt, to be stored along with it."""
    goes_by: Agreed | None = None
    """The agreements and calendars that it was given, or has asked for, the same to its end."""
    moves_clocks: bool = False

    def append(self, kind: EventKind, /, *, at: datetime | None = None, **data: Any) -> TicketEvent:
        """Raises InvalidTransition when that can't happen in the ticket's state."""
        if kind is not EventKind.RECORDED:
            check_can_happen(kind, self.ticket)
        self.moves_clocks |= may_move_clocks(kind, data, self.ticket)
        event = blank(
            TicketEvent,
            ticket_id=self.ticket.id,
            sequence=self.ticket.version + 1,
            kind=kind,
            actor_id=self.viewer.person_id,
            occurred_at=at or self.desk.now(),
            recorded_at=self.desk.now(),
            data=data,
        )
        apply(self.ticket, event)
        self.events.append(event)
        return event

    async def agreed(self) -> Agreed:
        if self.goes_by is None:
            self.goes_by = await agreed()
        return self.goes_by


@asynccontextmanager
async def changing(
    desk: Desk,
    viewer: Viewer,
    ticket_id: UUID,
    act: Act,
    *,
    expected_version: int | None = None,
    once: Once | None = None,
) -> AsyncIterator[Change]:
    """A transaction around a change of one ticket; what is appended is stored at its end.

    With `once` the key of the attempt is stored along with it.

    Raises NotFound for a ticket the viewer may not see, NotPermitted when they may not do this
    to it, and StaleVersion when it is not at the expected version any more.
    """
    async with transaction():
        change = Change(desk, viewer, await _locked(viewer, ticket_id), once=once)
        require(viewer, act, change.ticket)
        check_version(change.ticket, expected_version)
        yield change
        await store(change)


def check_version(ticket: Ticket, expected: int | None) -> None:
    """Raises StaleVersion."""
    if expected not in (None, ticket.version):
        raise StaleVersion(ticket.version)


def check_not_merged(ticket: Ticket) -> None:
    """Raises InvalidTransition."""
    if ticket.merged_into_id is not None:
        raise InvalidTransition(MERGED, state=ticket.state.value, allowed=())


def check_can_happen(kind: EventKind, ticket: Ticket) -> None:
    """Raises InvalidTransition."""
    if can_happen(kind, ticket.state, is_merged=ticket.merged_into_id is not None):
        return
    check_not_merged(ticket)
    raise InvalidTransition(
        f"The request is {ticket.state.value}; that can't happen to it now.",
        state=ticket.state.value,
        allowed=tuple(state.value for state in REACHABLE[ticket.state]),
    )


async def store(change: Change) -> None:
    """Write the events, the row they lead to, and the jobs that follow from them: all at once.

    A new ticket is given its number with it. Raises IntegrityError, with nothing written, when the
    agreements that a new one goes by have changed, or when somebody else has added to the history
    of one that is not locked.
    """
    ticket, events, live = change.ticket, change.events, change.desk.live
    is_new = bool(events) and events[0].kind is EventKind.RECORDED
    clocks = await _clocks(change)
    if clocks is not None:
        ticket.due_at = clocks.due_at
    writes = Writes()
    if is_new:
        stamp = change.goes_by.stamp if change.goes_by else None
        writes = Writes(counter="ticket_number", stamp=stamp)
        writes.insert(ticket, numbered=FromCounter("number"))
        writes.insert(events[0], numbered=FromCounter("data", "number"))
        writes.insert(*events[1:])
    elif events:
        writes.update(ticket, KEPT)
        writes.insert(*events)
    if change.once is not None:
        writes.insert(change.once.row(ticket.id))
    if clocks is not None:
        clocks.add_to(writes)
    if events:
        await _add_consequences(writes, change)
        id, version, before = str(ticket.id), ticket.version, events[0].sequence - 1
        writes.afterwards(lambda: live.publish(TOPIC, id, version, after=before))
    number = await writes.send()
    if number is not None:
        ticket.number = events[0].data["number"] = number


async def _clocks(change: Change) -> Shown | None:
    ticket, events = change.ticket, change.events
    if not change.moves_clocks or not (ticket.agreement_version_id or _was_agreed(events)):
        return None
    return await clocks_after(ticket, events, await change.agreed(), change.desk.now())


async def _add_consequences(writes: Writes, change: Change) -> None:
    if not change.is_silent:
        for event in change.events:
            await announce(change.desk, change.ticket, event, writes)


def _was_agreed(events: list[TicketEvent]) -> bool:
    return any(event.kind is EventKind.AGREEMENT_CHOSEN for event in events)


async def _locked(viewer: Viewer, ticket_id: UUID) -> Ticket:
    ticket = await visible_to(viewer).filter(id=ticket_id).select_for_update().first()
    if ticket is None:
        raise NotFound("ticketId")
    return ticket

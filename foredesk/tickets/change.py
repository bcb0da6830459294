"""Change: the only way to add to a ticket's history, and to its row through it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from foredesk import faults
from foredesk.database import after_commit, transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidTransition, NotFound, StaleVersion
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer
from foredesk.tickets.announce import announce
from foredesk.tickets.clocks import refresh
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.projection import PROJECTED, apply
from foredesk.tickets.queries import visible_to
from foredesk.tickets.states import ALLOWED_FROM, REACHABLE, EventKind

TOPIC = "ticket"


@dataclass(slots=True)
class Change:
    """A ticket, locked for this transaction, and the events that are being added to it."""

    desk: Desk
    viewer: Viewer
    ticket: Ticket
    events: list[TicketEvent] = field(default_factory=list)
    is_silent: bool = False
    """History brought in from elsewhere: nobody is told of it."""

    def append(self, kind: EventKind, /, *, at: datetime | None = None, **data: Any) -> TicketEvent:
        """Raises InvalidTransition when that can't happen in the ticket's state."""
        if kind is not EventKind.RECORDED and self.ticket.state not in ALLOWED_FROM[kind]:
            raise _not_from(self.ticket)
        event = TicketEvent(
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
        change = Change(desk, viewer, await _locked(viewer, ticket_id))
        require(viewer, act, change.ticket)
        if expected_version not in (None, change.ticket.version):
            raise StaleVersion(change.ticket.version)
        yield change
        await store(change)
        if once is not None:
            await once.remember(ticket_id)


async def store(change: Change) -> None:
    """Write the events and the row they lead to, and queue what follows from them."""
    if not change.events:
        return
    ticket = change.ticket
    if change.events[0].kind is EventKind.RECORDED:
        await ticket.save(force_create=True)
        faults.point("after-ticket-insert")
    else:
        await ticket.save(update_fields=PROJECTED)
    await TicketEvent.bulk_create(change.events)
    await refresh(ticket, change.events, change.desk.now())
    if not change.is_silent:
        for event in change.events:
            await announce(change.desk, ticket, event)
    live, before = change.desk.live, change.events[0].sequence - 1
    await after_commit(lambda: live.publish(TOPIC, str(ticket.id), ticket.version, after=before))


async def _locked(viewer: Viewer, ticket_id: UUID) -> Ticket:
    ticket = await visible_to(viewer).filter(id=ticket_id).select_for_update().first()
    if ticket is None:
        raise NotFound("ticketId")
    return ticket


def _not_from(ticket: Ticket) -> InvalidTransition:
    return InvalidTransition(
        f"The request is {ticket.state.value}; that can't happen to it now.",
        state=ticket.state.value,
        allowed=tuple(state.value for state in REACHABLE[ticket.state]),
    )

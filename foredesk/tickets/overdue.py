"""Overdue: estimated times of repair that have passed unsolved; each is told of once."""

from datetime import datetime
from functools import partial
from uuid import UUID

from foredesk.desk import Desk
from foredesk.each import each
from foredesk.people.policy import Act
from foredesk.people.viewer import SYSTEM
from foredesk.tickets.change import changing
from foredesk.tickets.models import Ticket
from foredesk.tickets.states import EventKind, TicketState

UNSOLVED = (TicketState.OPEN, TicketState.WAITING)


async def tell_overdue_estimates(desk: Desk, *, limit: int = 200) -> int:
    """A sweep: tell of each estimate whose last promise has passed; returns how many.

    A pause moves no estimate: it was promised by the clock on the wall.
    """
    now = desk.now()
    due = await (
        Ticket.filter(estimate_reminder_at__lte=now, state__in=[one.value for one in UNSOLVED])
        .order_by("estimate_reminder_at")
        .limit(limit)
    )
    ids = [ticket.id for ticket in due]
    return sum(await each("Telling of the estimate", ids, partial(_tell, desk, now=now)))


def is_overdue(ticket: Ticket, now: datetime) -> bool:
    """Whether even the later one of the promised times has passed without a solution."""
    last = ticket.estimated_repair_latest_at or ticket.estimated_repair_at
    return ticket.state in UNSOLVED and last is not None and last <= now


async def _tell(desk: Desk, ticket_id: UUID, now: datetime) -> bool:
    async with changing(desk, SYSTEM, ticket_id, Act.ESTIMATE_REPAIR) as change:
        due = change.ticket.estimate_reminder_at
        if due is None or not is_overdue(change.ticket, now):
            return False
        change.append(EventKind.ESTIMATE_OVERDUE, due_at=due.isoformat())
    return True

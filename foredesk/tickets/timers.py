"""Timers: warnings and misses of clocks, told as events of their tickets."""

from functools import partial

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.each import each
from foredesk.people.policy import Act
from foredesk.people.viewer import SYSTEM
from foredesk.sla.clocks import DueClock, Level, due_clocks, mark_fired
from foredesk.tickets.change import changing
from foredesk.tickets.states import EventKind


async def tell_due_clocks(desk: Desk, *, limit: int = 200) -> int:
    """Tell each warning and miss that is due, once; returns how many."""
    async with transaction():
        due = await due_clocks(desk.now(), limit)
    return sum(await each("Telling of the clock", due, partial(_tell, desk)))


async def _tell(desk: Desk, due: DueClock) -> bool:
    warns = due.level is Level.WARNING
    async with changing(desk, SYSTEM, due.ticket_id, Act.RESOLVE) as change:
        if not await mark_fired(due):
            return False
        change.append(
            EventKind.CLOCK_WARNED if warns else EventKind.CLOCK_MISSED,
            clock=due.name,
            level=due.level,
            due_at=due.at.isoformat(),
        )
    return True

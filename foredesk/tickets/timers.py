"""Timers: warnings and misses of clocks, told as events of their tickets, and what follows."""

from functools import partial

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.each import each
from foredesk.people.policy import Act
from foredesk.people.viewer import SYSTEM
from foredesk.sla.definitions import Level
from foredesk.sla.due import DueClock, due_clocks, mark_fired
from foredesk.sla.terms import terms_of
from foredesk.tickets.change import changing
from foredesk.tickets.escalate_by_rule import escalate_by_rules
from foredesk.tickets.states import EventKind


async def tell_due_clocks(desk: Desk, *, limit: int = 200) -> int:
    """Tell each warning and miss that is due, once, and escalate as was agreed; returns how many
    were told.
    """
    async with transaction():
        due = await due_clocks(desk.now(), limit)
    return sum(await each("Telling of the clock", due, partial(_tell, desk)))


async def _tell(desk: Desk, due: DueClock) -> bool:
    kind = await _kind(due)
    async with changing(desk, SYSTEM, due.ticket_id, Act.RESOLVE) as change:
        if not await mark_fired(due):
            return False
        change.append(
            kind,
            clock=due.name,
            cycle=due.cycle,
            level=due.level,
            percent=due.percent,
            due_at=due.at.isoformat(),
        )
        await escalate_by_rules(change, due)
    return True


async def _kind(due: DueClock) -> EventKind:
    """What a team owes to another one is not told to the customer."""
    if due.level is Level.WARNING:
        return EventKind.CLOCK_WARNED
    terms = (await terms_of([due.agreement_version_id])).get(due.agreement_version_id)
    clock = terms.clocks.get(due.name) if terms else None
    is_operational = clock is not None and clock.team_id is not None
    return EventKind.OPERATIONAL_MISSED if is_operational else EventKind.CLOCK_MISSED

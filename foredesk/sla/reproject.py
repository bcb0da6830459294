"""Reprojection: open clocks moved after their calendar was revised."""

from datetime import datetime
from uuid import UUID

from foredesk.database import transaction
from foredesk.sla.calendar import BusinessTime, NoWorkingTime
from foredesk.sla.clock import warning_after
from foredesk.sla.due import next_due
from foredesk.sla.models import ClockState, TicketClock
from foredesk.sla.terms import business_times


async def reproject_clocks(calendar_id: UUID) -> int:
    """Move what is still to come after a calendar was revised; the time counted so far stays.

    Returns how many clocks moved. Each is a transaction of its own, so that it waits for one
    ticket at a time and none waits for it.
    """
    running = await TicketClock.filter(calendar_id=calendar_id, state=ClockState.RUNNING)
    business = (await business_times([calendar_id]))[calendar_id]
    return sum([await _reprojected(clock, business) for clock in running])


async def _reprojected(found: TicketClock, business: BusinessTime) -> bool:
    """False for one that stopped, or came under another calendar, since it was found."""
    async with transaction():
        still = TicketClock.filter(
            id=found.id, calendar_id=found.calendar_id, state=ClockState.RUNNING
        )
        clock = await still.select_for_update().first()
        return clock is not None and await _moved(clock, business)


async def _moved(clock: TicketClock, business: BusinessTime) -> bool:
    before = (clock.warnings, clock.target_due_at, clock.minimum_due_at)
    clock.warnings = {
        percent: _warning(clock, business, int(percent), at)
        for percent, at in clock.warnings.items()
    }
    clock.target_due_at = _projected(clock, business, clock.target_seconds, clock.target_due_at)
    if clock.minimum_seconds is not None:
        clock.minimum_due_at = _projected(
            clock, business, clock.minimum_seconds, clock.minimum_due_at
        )
    if before == (clock.warnings, clock.target_due_at, clock.minimum_due_at):
        return False
    clock.next_due_at = next_due(clock)
    await clock.save()
    return True


def _warning(
    clock: TicketClock, business: BusinessTime, percent: int, known: str | None
) -> str | None:
    before = datetime.fromisoformat(known) if known else None
    at = _projected(clock, business, warning_after(clock.target_seconds, percent), before)
    return at.isoformat() if at else None


def _projected(
    clock: TicketClock, business: BusinessTime, after: int, known: datetime | None
) -> datetime | None:
    left = after - clock.elapsed_seconds
    if left <= 0:
        return known
    try:
        return business.add(clock.counted_until, left)
    except NoWorkingTime:
        return None

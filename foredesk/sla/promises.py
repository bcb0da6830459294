"""Promises: when the next thing is due, as facts; the words are the portal's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from foredesk.sla.definitions import NEXT_UPDATE, RESOLUTION, RESPONSE
from foredesk.sla.models import ClockState, TicketClock


class PromiseState(StrEnum):
    """LATE: the target has passed, the minimum has not. WAITING: the clock is paused."""

    DUE = "due"
    LATE = "late"
    OVERDUE = "overdue"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Promise:
    """What comes next, by the name of its clock: by when, and by when at the latest.

    Both times are None while the clock is paused; nothing is latest where nothing was promised.
    """

    kind: str
    state: PromiseState
    at: datetime | None
    at_latest: datetime | None


def next_promise(clocks: Sequence[TicketClock], now: datetime) -> Promise | None:
    """The response while it is owed, then the next update or the resolution, whichever is due
    first; None when nothing is.
    """
    owed = {
        clock.name: clock
        for clock in clocks
        if clock.is_current
        and not clock.is_operational
        and clock.state in (ClockState.RUNNING, ClockState.PAUSED)
    }
    later = [owed[name] for name in (RESOLUTION, NEXT_UPDATE) if name in owed]
    clock = owed.get(RESPONSE) or min(later, key=_due, default=None)
    if clock is None:
        return None
    if clock.state is ClockState.PAUSED:
        return Promise(clock.name, PromiseState.WAITING, None, None)
    return Promise(clock.name, _state(clock, now), clock.target_due_at, clock.minimum_due_at)


def _due(clock: TicketClock) -> tuple[bool, datetime]:
    at = clock.target_due_at if clock.state is ClockState.RUNNING else None
    return at is None, at or clock.started_at


def _state(clock: TicketClock, now: datetime) -> PromiseState:
    if clock.minimum_due_at is not None and clock.minimum_due_at <= now:
        return PromiseState.OVERDUE
    if clock.target_due_at is not None and clock.target_due_at <= now:
        return PromiseState.LATE
    return PromiseState.DUE

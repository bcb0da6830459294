"""Promises: when the next thing is due, as facts; the words are the portal's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from foredesk.sla.models import ClockName, ClockState, TicketClock
from foredesk.sla.queries import clocks_of


class PromiseState(StrEnum):
    """LATE: the target has passed, the minimum has not. WAITING: the clock is paused."""

    DUE = "due"
    LATE = "late"
    OVERDUE = "overdue"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Promise:
    """What comes next: a response or a resolution, by when, and by when at the latest.

    Both times are None while the clock is paused.
    """

    kind: ClockName
    state: PromiseState
    at: datetime | None
    at_latest: datetime | None


def next_promise(clocks: Sequence[TicketClock], now: datetime) -> Promise | None:
    """The response while it is owed, then the resolution; None when nothing is."""
    owed = {
        clock.name: clock
        for clock in clocks
        if clock.state in (ClockState.RUNNING, ClockState.PAUSED)
    }
    clock = owed.get(ClockName.RESPONSE) or owed.get(ClockName.RESOLUTION)
    if clock is None:
        return None
    if clock.state is ClockState.PAUSED:
        return Promise(clock.name, PromiseState.WAITING, None, None)
    return Promise(clock.name, _state(clock, now), clock.target_due_at, clock.minimum_due_at)


async def next_promises(ticket_ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Promise | None]:
    """By ticket; ask only for those the viewer may see."""
    clocks = await clocks_of(ticket_ids)
    return {ticket_id: next_promise(found, now) for ticket_id, found in clocks.items()}


def _state(clock: TicketClock, now: datetime) -> PromiseState:
    if clock.minimum_due_at is not None and clock.minimum_due_at <= now:
        return PromiseState.OVERDUE
    if clock.target_due_at is not None and clock.target_due_at <= now:
        return PromiseState.LATE
    return PromiseState.DUE

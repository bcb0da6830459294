"""Due at: when the next promise to a customer has to be kept, as lists are ordered by it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Protocol

from foredesk.sla.models import ClockState

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Stored where no clock runs, so that a list ordered by it has such tickets last."""


class Running(Protocol):
    """What of a clock, stored or read, decides."""

    @property
    def is_current(self) -> bool: ...
    @property
    def is_operational(self) -> bool: ...
    @property
    def state(self) -> ClockState: ...
    @property
    def target_due_at(self) -> datetime | None: ...


def due_at(clocks: Iterable[Running]) -> datetime:
    """The nearest target, even if it has passed; a team's own clocks are not for customers."""
    return min(
        (
            clock.target_due_at
            for clock in clocks
            if clock.state is ClockState.RUNNING
            and clock.is_current
            and not clock.is_operational
            and clock.target_due_at is not None
        ),
        default=NEVER,
    )

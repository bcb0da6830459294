"""Verdicts: whether a cycle of a clock kept its target and its minimum, as far as one can say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from foredesk.sla.clock import Reading
from foredesk.sla.models import ClockState
from foredesk.sla.priority import Priority

Turn = tuple[str, int]
"""The name of a clock and the number of a cycle."""


class Levels(NamedTuple):
    """True for kept, False for missed, None where it is open or nothing was promised."""

    target: bool | None
    minimum: bool | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a proposed agreement says of one cycle of one clock of a ticket."""

    clock: str
    cycle: int
    priority: Priority
    levels: Levels
    reading: Reading


def verdicts_of(readings: Iterable[Reading], now: datetime) -> Mapping[Turn, Verdict]:
    """Those of merged tickets are left out."""
    return {
        (one.name, one.cycle): Verdict(
            one.name,
            one.cycle,
            one.priority,
            levels(
                is_stopped=one.stopped_at is not None,
                has_minimum=one.goal.minimum is not None,
                target_due_at=one.target_due_at,
                minimum_due_at=one.minimum_due_at,
                now=now,
            ),
            one,
        )
        for one in readings
        if one.state is not ClockState.MERGED
    }


def levels(
    *,
    is_stopped: bool,
    has_minimum: bool,
    target_due_at: datetime | None,
    minimum_due_at: datetime | None,
    now: datetime,
) -> Levels:
    """A due time that stays when a clock has stopped is one that passed before."""

    def kept(due_at: datetime | None) -> bool | None:
        if due_at is not None and (is_stopped or due_at <= now):
            return False
        return True if is_stopped else None

    return Levels(kept(target_due_at), kept(minimum_due_at) if has_minimum else None)

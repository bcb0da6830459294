"""The clock: a pure fold over what happened to a ticket. Nothing is added up along the way.

A clock runs, pauses or stands still; only the open seconds in which it runs count. A goal is
reached at the first instant by which so much time has passed. That is never undone, and never
lies before the event that set the goal. While a clock is paused, with another team or merged, it
reaches nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from uuid import UUID

from foredesk.sla.calendar import BusinessTime, NoWorkingTime, instant, moment
from foredesk.sla.course import Moment, Phase, Stretch, clock_names, course, moments
from foredesk.sla.facts import ClockEvent
from foredesk.sla.models import ClockState
from foredesk.sla.priority import Priority
from foredesk.sla.rulebook import Goal, Rulebook


@dataclass(frozen=True, slots=True)
class Reading:
    """Where one cycle of a clock stands after the last event; what comes next follows from it.

    `elapsed` is counted up to `counted_until`. A due time is None while the clock is paused or
    stopped, unless it had passed before. `warnings` are instants by percent of the target.
    """

    name: str
    cycle: int
    is_current: bool
    is_operational: bool
    is_merged: bool
    phase: Phase
    priority: Priority
    agreement_version_id: UUID
    calendar_id: UUID | None
    goal: Goal
    started_at: datetime
    stopped_at: datetime | None
    counted_until: datetime
    elapsed: int
    warnings: Mapping[int, datetime | None]
    target_due_at: datetime | None
    minimum_due_at: datetime | None

    @property
    def state(self) -> ClockState:
        if self.is_merged:
            return ClockState.MERGED
        if self.phase is not Phase.STOPPED:
            return ClockState.RUNNING if self.phase is Phase.RUNNING else ClockState.PAUSED
        if self.target_due_at is None:
            return ClockState.MET
        return ClockState.LATE if self.minimum_due_at is None else ClockState.MISSED


def read_clocks(events: Sequence[ClockEvent], book: Rulebook) -> list[Reading]:
    """Every cycle of every clock, those of a clock in their order.

    A cycle for which no agreement sets a goal any more is left out.
    """
    lived = moments(events, book)
    return [reading for name in clock_names(lived) for reading in _readings(name, lived, book)]


def _readings(name: str, lived: Sequence[Moment], book: Rulebook) -> Iterator[Reading]:
    stretches = course(name, lived)
    is_merged = lived[-1].standing.is_merged
    for cycle, found in groupby(stretches, key=lambda stretch: stretch.cycle):
        is_current = cycle == stretches[-1].cycle
        reading = _reading(list(found), book, is_current=is_current, is_merged=is_merged)
        if reading is not None:
            yield reading


def _reading(
    cycle: Sequence[Stretch], book: Rulebook, *, is_current: bool, is_merged: bool
) -> Reading | None:
    last = cycle[-1]
    terms, goal = last.agreed, _goal(last)
    priority, version_id = last.standing.priority, last.standing.version_id
    if terms is None or goal is None or priority is None or version_id is None:
        return None
    count = _counted(cycle, book)
    return Reading(
        name=last.definition.name,
        cycle=last.cycle,
        is_current=is_current,
        is_operational=last.definition.team_id is not None,
        is_merged=is_merged,
        phase=last.phase,
        priority=priority,
        agreement_version_id=version_id,
        calendar_id=last.standing.calendar_id or terms.calendar_id,
        goal=goal,
        started_at=moment(cycle[0].start),
        stopped_at=moment(last.start) if last.phase is Phase.STOPPED else None,
        counted_until=moment(last.start),
        elapsed=count.elapsed,
        warnings={
            percent: _maybe(count.warned.get(percent)) for percent in last.definition.warnings
        },
        target_due_at=_maybe(count.target),
        minimum_due_at=_maybe(count.minimum),
    )


@dataclass(slots=True)
class _Count:
    """Time counted so far, and the instants at which its levels are or were reached."""

    elapsed: int = 0
    warned: dict[int, int | None] = field(default_factory=dict)
    target: int | None = None
    minimum: int | None = None


def _counted(cycle: Sequence[Stretch], book: Rulebook) -> _Count:
    """The last stretch, which has no end, tells when each level will be reached."""
    count = _Count()
    ends = [*(stretch.start for stretch in cycle[1:]), None]
    for stretch, end in zip(cycle, ends, strict=True):
        terms, goal = stretch.agreed, _goal(stretch)
        if terms is None or stretch.phase not in _MOVING:
            continue
        business = book.business(terms, stretch.standing.calendar_id)
        gained = 0
        if stretch.phase is Phase.RUNNING and end is not None:
            gained = business.seconds_between(stretch.start, end)
        if goal is not None:
            _look(count, stretch, goal, business, None if end is None else gained)
        count.elapsed += gained
    return count


_MOVING = frozenset({Phase.RUNNING, Phase.STOPPED})
"""The phases in which something can be reached."""


def _look(
    count: _Count, stretch: Stretch, goal: Goal, business: BusinessTime, reach: int | None
) -> None:
    """Note the levels that are reached in a stretch of so much working time; None for no end."""

    def reached(level: int | None, after: int) -> int | None:
        left = after - count.elapsed
        if level is not None or left <= 0:
            return stretch.start if level is None else level
        if stretch.phase is not Phase.RUNNING or (reach is not None and reach < left):
            return None
        return _after(business, stretch.start, left)

    for percent in stretch.definition.warnings:
        warning = warning_after(goal.target, percent)
        kept = count.warned.get(percent) if count.elapsed >= warning else None
        warned = reached(kept, warning)
        if warned == stretch.start and kept is None:
            warned = _opening(business, stretch.start)
        count.warned[percent] = warned
    count.target = reached(count.target, goal.target)
    if goal.minimum is not None:
        count.minimum = reached(count.minimum, goal.minimum)


def warning_after(target: int, percent: int) -> int:
    """Nobody is warned outside opening hours: the share is one of working time."""
    return target * percent // 100


def _after(business: BusinessTime, start: int, seconds: int) -> int | None:
    """None when the calendar never gets there."""
    try:
        return business.after(start, seconds)
    except NoWorkingTime:
        return None


def _opening(business: BusinessTime, second: int) -> int | None:
    try:
        return instant(business.next_opening(moment(second)))
    except NoWorkingTime:
        return None


def _goal(stretch: Stretch) -> Goal | None:
    """Time counts even where there is none."""
    terms, standing = stretch.agreed, stretch.standing
    name = stretch.definition.name
    return terms.goal(name, standing.priority, standing.request_kind) if terms else None


def _maybe(second: int | None) -> datetime | None:
    return None if second is None else moment(second)

"""The clock: a pure fold over what happened to a ticket. Nothing is added up along the way.

A clock runs, pauses or stands still; only the open seconds in which it runs count. A goal is
reached at the first instant by which so much time has passed. That is never undone, and never
lies before the event that set the goal. While a clock is paused it reaches nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from foredesk.sla.calendar import BusinessTime, NoWorkingTime, instant, moment
from foredesk.sla.facts import ClockEvent, ClockEventKind
from foredesk.sla.models import ClockName, ClockState
from foredesk.sla.priority import Priority

WARN_PERCENT = 75


@dataclass(frozen=True, slots=True)
class Goal:
    """In working seconds."""

    target: int
    minimum: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What one version of an agreement says, ready to be counted with."""

    business: BusinessTime
    goals: Mapping[tuple[ClockName, Priority], Goal]


@dataclass(frozen=True, slots=True)
class ClockRule:
    """Which events move a clock. What is not named here leaves it as it is."""

    name: ClockName
    stop: frozenset[ClockEventKind]
    restart: frozenset[ClockEventKind]


class Phase(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which nothing changed for the clock; `cause` is the event that began it."""

    start: int
    phase: Phase
    cause: ClockEvent
    priority: Priority | None
    version_id: UUID | None


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a clock stands after its last event; what comes next follows from it.

    `elapsed` is counted up to `counted_until`. A due time is None while the clock is paused or
    stopped, unless it had passed before.
    """

    name: ClockName
    phase: Phase
    priority: Priority
    agreement_version_id: UUID
    goal: Goal
    started_at: datetime
    stopped_at: datetime | None
    counted_until: datetime
    elapsed: int
    warn_at: datetime | None
    target_due_at: datetime | None
    minimum_due_at: datetime | None

    @property
    def state(self) -> ClockState:
        if self.phase is not Phase.STOPPED:
            return ClockState(self.phase.value)
        if self.target_due_at is None:
            return ClockState.MET
        return ClockState.LATE if self.minimum_due_at is None else ClockState.MISSED


RULES = (
    ClockRule(
        ClockName.RESPONSE,
        stop=frozenset({ClockEventKind.RESPONDED, ClockEventKind.RESOLVED, ClockEventKind.CLOSED}),
        restart=frozenset(),
    ),
    ClockRule(
        ClockName.RESOLUTION,
        stop=frozenset({ClockEventKind.RESOLVED, ClockEventKind.CLOSED}),
        restart=frozenset({ClockEventKind.REOPENED}),
    ),
)


def read_clock(
    rule: ClockRule, events: Sequence[ClockEvent], terms: Mapping[UUID, Terms]
) -> Reading | None:
    """None when the ticket never started the clock, or no agreement sets it a goal."""
    course = stretches(rule, events)
    if not course:
        return None
    count = _Count()
    for number, stretch in enumerate(course):
        end = course[number + 1].start if number + 1 < len(course) else None
        count = _counted(rule, count, stretch, end, terms)
    last = course[-1]
    goal = _goal(rule, last, terms)
    if goal is None or last.priority is None or last.version_id is None:
        return None
    return Reading(
        name=rule.name,
        phase=last.phase,
        priority=last.priority,
        agreement_version_id=last.version_id,
        goal=goal,
        started_at=moment(course[0].start),
        stopped_at=moment(last.start) if last.phase is Phase.STOPPED else None,
        counted_until=moment(last.start),
        elapsed=count.elapsed,
        warn_at=_maybe(count.warned),
        target_due_at=_maybe(count.target),
        minimum_due_at=_maybe(count.minimum),
    )


def stretches(rule: ClockRule, events: Sequence[ClockEvent]) -> list[Stretch]:
    """The course of a clock. An event that was stamped before its predecessor counts from there.

    The first agreement that is set counts from the beginning: it was owed, and only not yet known.
    """
    events = sorted(events, key=lambda event: event.sequence)
    course: list[Stretch] = []
    priority: Priority | None = None
    version_id = next(filter(None, (event.agreement_version_id for event in events)), None)
    for event in events:
        priority = event.priority or priority
        if event.kind is ClockEventKind.AGREEMENT_SET or event.agreement_version_id:
            version_id = event.agreement_version_id
        before = course[-1] if course else None
        phase = _phase(rule, before.phase if before else None, event.kind)
        if phase is None:
            continue
        start = max(instant(event.at), before.start if before else 0)
        stretch = Stretch(start, phase, event, priority, version_id)
        if before is None or _differs(before, stretch):
            course.append(stretch)
    return course


def _phase(rule: ClockRule, phase: Phase | None, kind: ClockEventKind) -> Phase | None:
    """The phase after an event; None before the clock was started."""
    if phase is None:
        return Phase.RUNNING if kind is ClockEventKind.RECORDED else None
    if phase is Phase.STOPPED:
        return Phase.RUNNING if kind in rule.restart else Phase.STOPPED
    if kind in rule.stop:
        return Phase.STOPPED
    if kind is ClockEventKind.WAITING:
        return Phase.PAUSED
    return Phase.RUNNING if kind is ClockEventKind.RESUMED else phase


def _differs(before: Stretch, after: Stretch) -> bool:
    """A stopped clock keeps the terms it was stopped under."""
    if before.phase is Phase.STOPPED and after.phase is Phase.STOPPED:
        return False
    return (before.phase, before.priority, before.version_id) != (
        after.phase,
        after.priority,
        after.version_id,
    )


@dataclass(frozen=True, slots=True)
class _Count:
    """Time counted so far, and the instants at which its levels are or were reached."""

    elapsed: int = 0
    warned: int | None = None
    target: int | None = None
    minimum: int | None = None


def _counted(
    rule: ClockRule,
    count: _Count,
    stretch: Stretch,
    end: int | None,
    terms: Mapping[UUID, Terms],
) -> _Count:
    """Count one stretch; the last one, which has no end, tells when each level will be reached."""
    applies = terms.get(stretch.version_id) if stretch.version_id else None
    if applies is None:
        return count
    gained = 0
    if stretch.phase is Phase.RUNNING and end is not None:
        gained = applies.business.seconds_between(stretch.start, end)
    reach = None if end is None else gained
    goal = _goal(rule, stretch, terms)
    if goal is not None and stretch.phase is not Phase.PAUSED:
        count = _levels(count, stretch, goal, applies.business, reach)
    return replace(count, elapsed=count.elapsed + gained)


def _levels(
    count: _Count, stretch: Stretch, goal: Goal, business: BusinessTime, reach: int | None
) -> _Count:
    def reached(level: int | None, after: int) -> int | None:
        left = after - count.elapsed
        if level is not None or left <= 0:
            return stretch.start if level is None else level
        if stretch.phase is not Phase.RUNNING or (reach is not None and reach < left):
            return None
        return _after(business, stretch.start, left)

    warning = warning_after(goal.target)
    kept = count.warned if count.elapsed >= warning else None
    warned = reached(kept, warning)
    if warned == stretch.start and kept is None:
        warned = _opening(business, stretch.start)
    return replace(
        count,
        warned=warned,
        target=reached(count.target, goal.target),
        minimum=reached(count.minimum, goal.minimum),
    )


def warning_after(target: int) -> int:
    """Nobody is warned outside opening hours: the share is one of working time."""
    return target * WARN_PERCENT // 100


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


def _goal(rule: ClockRule, stretch: Stretch, terms: Mapping[UUID, Terms]) -> Goal | None:
    if stretch.version_id is None or stretch.priority is None:
        return None
    applies = terms.get(stretch.version_id)
    return applies.goals.get((rule.name, stretch.priority)) if applies else None


def _maybe(second: int | None) -> datetime | None:
    return None if second is None else moment(second)

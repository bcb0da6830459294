"""Gather: each ticket adds to the groups and days in which something about it was decided. Pure."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from foredesk.measures.backlog import Backlog
from foredesk.measures.facts import (
    RESOLUTION,
    RESPONSE,
    Cut,
    CutValue,
    MeasuredClock,
    MeasuredTicket,
)
from foredesk.measures.periods import Timeline
from foredesk.measures.selection import Window
from foredesk.measures.sigma import Defect
from foredesk.measures.tally import GoalTally, Tally

PASSED_AROUND_FROM = 2
"""Hand-offs: the first may be right, the second is bouncing."""
BY_CLOCK = {RESPONSE: Defect.FIRST_RESPONSE_LATE, RESOLUTION: Defect.RESOLUTION_LATE}

TallyAt = Callable[[datetime], Tally | None]


class Gatherer:
    """Takes tickets and keeps only figures; `tallies` are by cut value and number of the span."""

    def __init__(
        self, window: Window, by: Cut | None, reopen_window: timedelta, backlog: Backlog | None
    ) -> None:
        self.tallies: dict[tuple[CutValue, int], Tally] = {}
        self.backlog = backlog
        self._window, self._by = window, by
        self._reopen_seconds = reopen_window.total_seconds()
        self._timeline = Timeline(window.spans)

    def take(self, tickets: Iterable[MeasuredTicket]) -> None:
        for ticket in tickets:
            self._take(ticket)

    def _take(self, ticket: MeasuredTicket) -> None:
        if self.backlog is not None:
            self.backlog.take(ticket)
        value = ticket.value_of(self._by)

        def tally_at(at: datetime) -> Tally | None:
            return self._tally(value, at)

        opened = tally_at(ticket.opened_at)
        if opened is not None:
            opened.opened += 1
            opened.imported += ticket.is_imported
        self._acknowledgement(ticket, tally_at)
        self._repair(ticket, tally_at)
        self._first_resolution(ticket, tally_at)
        for clock in ticket.clocks:
            self._clock(clock, tally_at)

    def _tally(self, value: CutValue, at: datetime) -> Tally | None:
        """None for what happened before the time in question, or after it."""
        span = self._timeline.index(at) if at < self._window.until else None
        if span is None:
            return None
        found = self.tallies.get((value, span))
        if found is None:
            found = self.tallies[value, span] = Tally()
        return found

    def _acknowledgement(self, ticket: MeasuredTicket, tally_at: TallyAt) -> None:
        tally = tally_at(ticket.responded_at) if ticket.responded_at else None
        if tally is None or ticket.responded_at is None:
            return
        tally.acknowledged.clock.append(_seconds(ticket.opened_at, ticket.responded_at))
        first = [one for one in ticket.clocks if one.name == RESPONSE and one.cycle == 1]
        tally.acknowledged.business.extend(one.elapsed for one in first if one.stopped_at)

    def _repair(self, ticket: MeasuredTicket, tally_at: TallyAt) -> None:
        tally = tally_at(ticket.resolved_at) if ticket.resolved_at else None
        if tally is None or ticket.resolved_at is None:
            return
        tally.resolved += 1
        tally.repaired.clock.append(_seconds(ticket.opened_at, ticket.resolved_at))
        elapsed = ticket.elapsed_of(RESOLUTION)
        if elapsed is not None:
            tally.repaired.business.append(elapsed)

    def _first_resolution(self, ticket: MeasuredTicket, tally_at: TallyAt) -> None:
        at = ticket.first_resolved_at
        tally = tally_at(at) if at else None
        if tally is None or at is None:
            return
        tally.hand_offs.append(ticket.hand_offs)
        if _seconds(at, self._window.now) < self._reopen_seconds:
            tally.undecided += 1
            return
        came_back = ticket.came_back_within(self._reopen_seconds)
        tally.settled += 1
        tally.came_back += came_back
        tally.at_first_contact += at == ticket.responded_at and not came_back
        self._outcome(ticket, tally, came_back=came_back)

    def _outcome(self, ticket: MeasuredTicket, tally: Tally, *, came_back: bool) -> None:
        possible = {Defect.CAME_BACK, Defect.PASSED_AROUND}
        found = {Defect.CAME_BACK} if came_back else set()
        if ticket.hand_offs >= PASSED_AROUND_FROM:
            found.add(Defect.PASSED_AROUND)
        for clock in ticket.clocks:
            defect = BY_CLOCK.get(clock.name)
            if defect is not None and clock.cycle == 1:
                possible.add(defect)
                if _is_too_late(clock, self._window.now):
                    found.add(defect)
        tally.outcomes[frozenset(possible), frozenset(found)] += 1

    def _clock(self, clock: MeasuredClock, tally_at: TallyAt) -> None:
        """Each promise is decided when the clock stops in time, or when its time is over."""
        for is_minimum, late_at, goal in (
            (False, clock.late_at, clock.target),
            (True, clock.too_late_at, clock.minimum),
        ):
            is_missed = late_at is not None and late_at <= self._window.now
            at = late_at if is_missed else clock.stopped_at
            tally = tally_at(at) if at and goal is not None else None
            if tally is None or goal is None:
                continue
            both = tally.clocks[clock.name]
            _decide(both.minimum if is_minimum else both.target, clock, goal, is_missed=is_missed)


def _decide(tally: GoalTally, clock: MeasuredClock, goal: int, *, is_missed: bool) -> None:
    """The size of a miss is known once the clock has stopped. A goal that was made longer after
    it was missed leaves none.
    """
    tally.met += not is_missed
    tally.missed += is_missed
    if is_missed and clock.stopped_at is not None and clock.elapsed >= goal:
        tally.sizes.append(clock.elapsed - goal)


def _is_too_late(clock: MeasuredClock, now: datetime) -> bool:
    """The minimum was missed, or where none is promised, the target."""
    late_at = clock.late_at if clock.minimum is None else clock.too_late_at
    return late_at is not None and late_at <= now


def _seconds(start: datetime, end: datetime) -> float:
    return max(0.0, (end - start).total_seconds())

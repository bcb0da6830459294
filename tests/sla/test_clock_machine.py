"""The clock's fold against an oracle that lives through every minute, whatever happens."""

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import uuid4
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from foredesk.sla.calendar import BusinessTime, OpeningHours
from foredesk.sla.clock import RULES, Goal, Phase, Reading, Terms, read_clock
from foredesk.sla.facts import ClockEvent, ClockEventKind
from foredesk.sla.ledger import SegmentKind, elapsed_seconds, ledger
from foredesk.sla.models import ClockName
from foredesk.sla.priority import Priority
from tests.sla.oracle import MINUTE, open_minutes
from tests.sla.strategies import CASES, often

RESOLUTION = next(rule for rule in RULES if rule.name is ClockName.RESOLUTION)
BERLIN = ZoneInfo("Europe/Berlin")
WEEK = (
    ((540, 1020),),
    ((540, 1020),),
    ((540, 720), (780, 1020)),
    ((540, 1020),),
    ((1320, 1800),),
    ((0, 1440),),
    (),
)
HOLIDAYS = {date(2026, 3, 30): ()}
START = datetime(2026, 3, 26, 8, 0, tzinfo=UTC)
"""A Thursday. A night shift on Friday, the clocks change on Sunday, Monday is a holiday."""
END = START + timedelta(days=12)
OPEN = open_minutes(BERLIN, WEEK, HOLIDAYS, START, END)
IN_ORDER = sorted(OPEN)
BUSINESS = BusinessTime.of(OpeningHours(BERLIN, WEEK, HOLIDAYS))
AGREEMENT = uuid4()


class OneTicket(RuleBasedStateMachine):
    """Targets belong to priorities; a change of priority is a change of target."""

    @initialize(goals=st.lists(st.integers(1, 1200), min_size=4, max_size=4))
    def record(self, goals: list[int]) -> None:
        self.goals = dict(zip(Priority, goals, strict=True))
        self.terms = {
            AGREEMENT: Terms(
                BUSINESS,
                {
                    (ClockName.RESOLUTION, priority): Goal(60 * minutes, 60 * minutes * 2)
                    for priority, minutes in self.goals.items()
                },
            )
        }
        self.now, self.elapsed, self.phase = START, 0, Phase.RUNNING
        self.goal = self.goals[Priority.NORMAL]
        self.reached: datetime | None = None
        self.at_latest: datetime | None = None
        self.events: list[ClockEvent] = []
        self._happens(ClockEventKind.RECORDED, Priority.NORMAL)

    @rule(minutes=st.one_of(st.integers(0, 90), st.integers(0, 2880)))
    def time_passes(self, minutes: int) -> None:
        for _ in range(minutes):
            if self.now >= END - timedelta(days=1):
                return
            if self.phase is Phase.RUNNING and self.now in OPEN:
                self.elapsed += 1
                self._look(self.now + MINUTE)
            self.now += MINUTE

    @precondition(lambda self: self.phase is Phase.RUNNING)
    @rule()
    def wait(self) -> None:
        self._happens(ClockEventKind.WAITING)
        self.phase = Phase.PAUSED

    @precondition(lambda self: self.phase is Phase.PAUSED)
    @rule()
    def resume(self) -> None:
        self._happens(ClockEventKind.RESUMED)
        self.phase = Phase.RUNNING
        self._look(self.now)

    @precondition(lambda self: self.phase is not Phase.STOPPED)
    @rule()
    def resolve(self) -> None:
        self._happens(ClockEventKind.RESOLVED)
        self.phase = Phase.STOPPED
        self._look(self.now)

    @precondition(lambda self: self.phase is Phase.STOPPED)
    @rule()
    def reopen(self) -> None:
        self._happens(ClockEventKind.REOPENED)
        self.phase = Phase.RUNNING
        self._look(self.now)

    @precondition(lambda self: self.phase is not Phase.STOPPED)
    @rule(priority=st.sampled_from(list(Priority)))
    def change_the_priority(self, priority: Priority) -> None:
        self._happens(ClockEventKind.PRIORITY_SET, priority)
        self.goal = self.goals[priority]
        if self.phase is Phase.RUNNING:
            self._look(self.now)

    @rule()
    def something_else(self) -> None:
        self._happens(ClockEventKind.RESPONDED)

    @invariant()
    def the_reading_is_what_was_lived(self) -> None:
        reading = self._reading()

        assert reading.phase is self.phase
        assert _past(reading.target_due_at, self.now) == self.reached
        assert _past(reading.minimum_due_at, self.now) == self.at_latest
        if self.reached is None:
            assert reading.target_due_at == self._due(reading)

    @invariant()
    def the_ledger_is_what_was_lived(self) -> None:
        segments = ledger(RESOLUTION, self.events, self.terms, self.now)

        assert elapsed_seconds(segments) == 60 * self.elapsed
        assert all(before.end == after.start for before, after in pairwise(segments))
        assert not segments or segments[0].start == START

    def teardown(self) -> None:
        for segment in ledger(RESOLUTION, self.events, self.terms, self.now):
            worked = BUSINESS.between(segment.start, segment.end)
            if segment.kind is SegmentKind.RUNNING:
                assert worked == segment.seconds
            if segment.kind is SegmentKind.OUTSIDE_HOURS:
                assert worked == 0

    def _happens(self, kind: ClockEventKind, priority: Priority | None = None) -> None:
        agreement = AGREEMENT if kind is ClockEventKind.RECORDED else None
        sequence = len(self.events) + 1
        self.events.append(ClockEvent(self.now, kind, sequence, priority, agreement))

    def _look(self, at: datetime) -> None:
        if self.elapsed >= self.goal:
            self.reached = self.reached or at
        if self.elapsed >= 2 * self.goal:
            self.at_latest = self.at_latest or at

    def _reading(self) -> Reading:
        reading = read_clock(RESOLUTION, self.events, self.terms)
        assert reading is not None
        return reading

    def _due(self, reading: Reading) -> datetime | None:
        if self.phase is not Phase.RUNNING:
            return None
        last = bisect_left(IN_ORDER, self.now) + self.goal - self.elapsed - 1
        return IN_ORDER[last] + MINUTE if last < len(IN_ORDER) else reading.target_due_at


def _past(at: datetime | None, now: datetime) -> datetime | None:
    return at if at is not None and at <= now else None


def test_the_clock_equals_an_oracle_that_lives_through_every_minute() -> None:
    run_state_machine_as_test(OneTicket, settings=often(CASES // 25, stateful_step_count=25))

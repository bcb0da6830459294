"""Breaker: keep a failing hook from being called, and find out by itself when it is well again."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class BreakerState(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True, slots=True)
class BreakerRule:
    """Times are in seconds; failures are counted in slots of `slot` over the last `window`."""

    window: float = 60.0
    slot: float = 5.0
    failures: int = 5
    share: float = 0.5
    pause: float = 30.0
    longest_pause: float = 600.0
    good_probes: int = 3


class Breaker:
    """Of one hook of one plugin.

    Every call first asks `admit` and later reports with what it was given, so that a late
    report from before the breaker opened changes nothing.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, rule: BreakerRule = BreakerRule()
    ) -> None:
        self._clock = clock
        self._rule = rule
        self._state = BreakerState.CLOSED
        self._era = 1
        self._slots: deque[_Slot] = deque()
        self._opened_at = 0.0
        self._pause = rule.pause
        self._probing = False
        self._good = 0

    @property
    def state(self) -> BreakerState:
        return self._state

    def admit(self) -> int:
        """The era to report with, or 0 if the call must not be made."""
        if self._state is BreakerState.CLOSED:
            return self._era
        if self._state is BreakerState.OPEN and self._clock() - self._opened_at >= self._pause:
            self._enter(BreakerState.HALF_OPEN)
        if self._state is BreakerState.HALF_OPEN and not self._probing:
            self._probing = True
            return self._era
        return 0

    def report(self, era: int, *, succeeded: bool) -> None:
        """Tell how an admitted call went."""
        if era != self._era:
            return
        if self._state is BreakerState.HALF_OPEN:
            self._report_probe(succeeded)
        else:
            self._count(succeeded)

    def withdraw(self, era: int) -> None:
        """The call came to no end, because nobody waits for it any more."""
        if era == self._era:
            self._probing = False

    def trip(self) -> None:
        """Open at once."""
        self._enter(BreakerState.OPEN)
        self._opened_at = self._clock()

    def reset(self) -> None:
        """Close at once, as if nothing had happened."""
        self._pause = self._rule.pause
        self._enter(BreakerState.CLOSED)

    def _report_probe(self, succeeded: bool) -> None:
        self._probing = False
        if not succeeded:
            self._pause = min(self._pause * 2, self._rule.longest_pause)
            self.trip()
            return
        self._good += 1
        if self._good >= self._rule.good_probes:
            self.reset()

    def _count(self, succeeded: bool) -> None:
        slot = self._current_slot()
        slot.calls += 1
        if succeeded:
            return
        slot.failures += 1
        failures = sum(each.failures for each in self._slots)
        calls = sum(each.calls for each in self._slots)
        if failures >= self._rule.failures and failures >= self._rule.share * calls:
            self.trip()

    def _current_slot(self) -> "_Slot":
        number = int(self._clock() // self._rule.slot)
        oldest = number - int(self._rule.window / self._rule.slot)
        while self._slots and self._slots[0].number <= oldest:
            self._slots.popleft()
        if not self._slots or self._slots[-1].number != number:
            self._slots.append(_Slot(number))
        return self._slots[-1]

    def _enter(self, state: BreakerState) -> None:
        self._state = state
        self._era += 1
        self._slots.clear()
        self._probing = False
        self._good = 0


@dataclass(slots=True)
class _Slot:
    number: int
    calls: int = 0
    failures: int = 0

"""Business time: which seconds count. Pure, exact in seconds, right where clocks are changed.

All sums are done on instants (whole seconds since 1970, UTC). A local time is turned into an
instant once per local date: one that a change of clocks skips or repeats means what it would have
meant before the change.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

Span = tuple[int, int]
"""Minutes after midnight, from and until; beyond 1440 it ends on the next day."""

Window = tuple[int, int]
"""Instants, from and until, the end excluded."""

HORIZON_DAYS = 3700
DAY_MINUTES = 1440
DAY_SECONDS = 86_400
MOST_STARTS = 64


class NoWorkingTime(Exception):
    """The calendar is not open long enough in the next ten years."""


@dataclass(frozen=True)
class OpeningHours:
    """The week of one place, Monday first, and the dates that differ from it.

    An exception replaces the shifts that begin on its date; without any, the date is a holiday.
    """

    zone: ZoneInfo
    weekly: tuple[tuple[Span, ...], ...]
    exceptions: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)
    _known: dict[date, "_Day"] = field(default_factory=dict, repr=False, compare=False)

    def windows(self, start: int) -> Iterator[Window]:
        """Disjoint windows in order, from those that end after `start` on, for ten years."""
        date_ = datetime.fromtimestamp(start, self.zone).date() - timedelta(days=3)
        waiting: list[Window] = []
        reached = start
        for _ in range(HORIZON_DAYS):
            day = self._on(date_)
            date_ += timedelta(days=1)
            waiting = sorted(waiting + [window for window in day.windows if window[1] > start])
            while waiting and waiting[0][0] < day.settled:
                opens, closes = waiting.pop(0)
                if closes > reached:
                    yield max(opens, reached), closes
                    reached = closes

    def _on(self, date_: date) -> "_Day":
        if date_ not in self._known:
            spans = self.exceptions.get(date_, self.weekly[date_.weekday()])
            windows = [
                (_instant(date_, opens, self.zone), _instant(date_, closes, self.zone))
                for opens, closes in spans
            ]
            # Apia skipped a whole date in 2011: a later date may begin a day before an earlier one.
            settled = _instant(date_, DAY_MINUTES, self.zone) - DAY_SECONDS
            self._known[date_] = _Day(tuple(one for one in windows if one[0] < one[1]), settled)
        return self._known[date_]


@dataclass(frozen=True, slots=True)
class _Day:
    """The windows that begin on a date; none of a later date begins before `settled`."""

    windows: tuple[Window, ...]
    settled: int


@dataclass(frozen=True)
class BusinessTime:
    """Opening hours that replace one another: each from its instant on, the first from ever."""

    versions: tuple[tuple[int, OpeningHours], ...]
    _ahead: "dict[int, _Ahead]" = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, hours: OpeningHours) -> "BusinessTime":
        return cls(((0, hours),))

    def between(self, start: datetime, end: datetime) -> int:
        """Working seconds from start until end; 0 when the end is not after the start."""
        return self.seconds_between(instant(start), instant(end))

    def add(self, start: datetime, seconds: int) -> datetime:
        """The first instant by which so many working seconds have passed; `start` itself for 0.

        Raises NoWorkingTime.
        """
        return moment(self.after(instant(start), seconds))

    def is_open(self, at: datetime) -> bool:
        second = instant(at)
        return any(opens <= second for opens, _ in self._first(second))

    def next_opening(self, at: datetime) -> datetime:
        """`at` itself while open. Raises NoWorkingTime."""
        for opens, _ in self._first(instant(at)):
            return moment(opens)
        raise NoWorkingTime("The calendar is not open in the next ten years.")

    def seconds_between(self, start: int, end: int) -> int:
        total = 0
        for opens, closes in self.windows(start):
            if opens >= end:
                break
            total += min(closes, end) - opens
        return total

    def after(self, start: int, seconds: int) -> int:
        if seconds <= 0:
            return start
        for opens, closes in self.windows(start):
            if closes - opens >= seconds:
                return opens + seconds
            seconds -= closes - opens
        raise NoWorkingTime(f"{seconds} working seconds are missing after ten years.")

    def windows(self, start: int) -> Iterator[Window]:
        """Disjoint windows in order, cut off at `start`; two of them may touch.

        A ticket asks from one second many times over, and so do those that come in it with it.
        """
        ahead = self._ahead.get(start)
        if ahead is None:
            if len(self._ahead) >= MOST_STARTS:
                self._ahead.clear()
            ahead = self._ahead[start] = _Ahead([], self._found(start))
        return iter(ahead)

    def _found(self, start: int) -> Iterator[Window]:
        first = max(0, bisect_right([begin for begin, _ in self.versions], start) - 1)
        for place in range(first, len(self.versions)):
            begin, hours = self.versions[place]
            begin = start if place == first else begin
            last = place + 1 == len(self.versions)
            until = None if last else self.versions[place + 1][0]
            for opens, closes in hours.windows(begin):
                if until is not None and opens >= until:
                    break
                yield opens, closes if until is None else min(closes, until)

    def _first(self, start: int) -> Iterator[Window]:
        for window in self.windows(start):
            yield window
            return


@dataclass(frozen=True, slots=True)
class _Ahead:
    """Windows from one instant on, as far as anybody has looked, and the way to the others."""

    known: list[Window]
    others: Iterator[Window]

    def __iter__(self) -> Iterator[Window]:
        place = 0
        while place < len(self.known) or self._looks_on():
            yield self.known[place]
            place += 1

    def _looks_on(self) -> bool:
        window = next(self.others, None)
        if window is not None:
            self.known.append(window)
        return window is not None


def instant(at: datetime) -> int:
    """Whole seconds; a part of a second is left out."""
    return int(at.timestamp() // 1)


def moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def _instant(day: date, minute: int, zone: ZoneInfo) -> int:
    days, minute = divmod(minute, DAY_MINUTES)
    day += timedelta(days=days)
    wall = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)
    return round(wall.timestamp())

"""Timetable: business time that is laid out once for some years, so that each sum is a lookup."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

from foredesk.sla.calendar import BusinessTime, Window

MINUTE, HOUR, WEEK_HOURS = 60, 3600, 168
Hours = list[int]
"""Seconds by hour of the week, the first from Monday midnight on, in the calendar's zone."""


@dataclass(frozen=True)
class Timetable(BusinessTime):
    """The same as the business time it is made of; beyond `first` and `last` it counts as slowly.

    It goes to other processes, where business time itself can't.
    """

    first: int = 0
    last: int = 0
    opens: Sequence[int] = ()
    closes: Sequence[int] = ()
    before: Sequence[int] = ()
    """Working seconds from `first` until each window opens."""

    @classmethod
    def over(cls, business: BusinessTime, first: int, last: int) -> "Timetable":
        found: list[Window] = []
        reached = first
        while reached < last:
            before = reached
            for opens, closes in business.windows(reached):
                reached = closes if opens < last else last
                if opens >= last:
                    break
                found.append((opens, min(closes, last)))
            if reached == before:
                break  # it is closed for as long as anybody looks ahead
        lengths = [closes - opens for opens, closes in found]
        return cls(
            business.versions,
            first=first,
            last=last,
            opens=[opens for opens, _ in found],
            closes=[closes for _, closes in found],
            before=list(accumulate(lengths, initial=0)),
        )

    @property
    def zone(self) -> ZoneInfo:
        return self.versions[-1][1].zone

    def __reduce__(self) -> tuple[Any, ...]:
        laid_out = (self.first, self.last, self.opens, self.closes, self.before)
        return _timetable, (self.versions, *laid_out)

    def seconds_between(self, start: int, end: int) -> int:
        if not self.first <= start <= end <= self.last:
            return super().seconds_between(start, end) if start < end else 0
        return self._until(end) - self._until(start)

    def after(self, start: int, seconds: int) -> int:
        if seconds <= 0:
            return start
        if not self.first <= start <= self.last:
            return super().after(start, seconds)
        wanted = self._until(start) + seconds
        if wanted > self.before[-1]:
            return super().after(start, seconds)
        place = bisect_left(self.before, wanted) - 1
        return self.opens[place] + wanted - self.before[place]

    def windows(self, start: int) -> Iterator[Window]:
        if not self.first <= start < self.last:
            yield from super().windows(start)
            return
        place = bisect_right(self.closes, start)
        while place < len(self.closes) and self.closes[place] < self.last:
            yield max(self.opens[place], start), self.closes[place]
            place += 1
        yield from super().windows(max(start, self._settled()))

    def hours_between(self, start: int, end: int) -> Hours:
        """The working seconds between two instants, by hour of the week."""
        if start >= end:
            return [0] * WEEK_HOURS
        if not self.first <= start <= end <= self.last:
            return _summed(self._cut_off(start, end), self.zone)
        begun, ended = self._hours_until(start), self._hours_until(end)
        return [after - before for after, before in zip(ended, begun, strict=True)]

    def _cut_off(self, start: int, end: int) -> Iterator[Window]:
        for opens, closes in self.windows(start):
            if opens >= end:
                return
            yield opens, min(closes, end)

    def _hours_until(self, second: int) -> Hours:
        place = bisect_right(self.opens, second) - 1
        if place < 0:
            return [0] * WEEK_HOURS
        whole = self._hours_before[place]
        rest = _summed([(self.opens[place], min(second, self.closes[place]))], self.zone)
        return [before + more for before, more in zip(whole, rest, strict=True)]

    @cached_property
    def _hours_before(self) -> list[Hours]:
        """By window, the working hours of the week that lie before it."""
        found, sum_ = list[Hours](), [0] * WEEK_HOURS
        for opens, closes in zip(self.opens, self.closes, strict=True):
            found.append(list(sum_))
            for hour, seconds in _by_hour(opens, closes, self.zone):
                sum_[hour] += seconds
        return found

    def _until(self, second: int) -> int:
        place = bisect_right(self.opens, second) - 1
        if place < 0:
            return 0
        return self.before[place] + min(second, self.closes[place]) - self.opens[place]

    def _settled(self) -> int:
        """From there on, windows are looked up slowly: the last one may have been cut off."""
        whole = bisect_left(self.closes, self.last)
        return self.closes[whole - 1] if whole else self.first


def _timetable(versions: Any, *laid_out: Any) -> Timetable:
    first, last, opens, closes, before = laid_out
    return Timetable(versions, first=first, last=last, opens=opens, closes=closes, before=before)


def _summed(windows: Iterable[Window], zone: ZoneInfo) -> Hours:
    found = [0] * WEEK_HOURS
    for opens, closes in windows:
        for hour, seconds in _by_hour(opens, closes, zone):
            found[hour] += seconds
    return found


def _by_hour(start: int, end: int, zone: ZoneInfo) -> Iterator[tuple[int, int]]:
    """Pieces that lie in one hour of the week; minute by minute where clocks are changed."""
    while start < end:
        local = datetime.fromtimestamp(start, zone)
        seconds = min(HOUR - local.minute * MINUTE - local.second, end - start)
        if datetime.fromtimestamp(start + seconds - 1, zone).utcoffset() != local.utcoffset():
            seconds = min(MINUTE - local.second, seconds)
        yield local.weekday() * 24 + local.hour, seconds
        start += seconds

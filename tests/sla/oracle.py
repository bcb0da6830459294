"""Slow truth: business time minute by minute. Shares no code with what it checks."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
Spans = tuple[tuple[int, int], ...]


def open_minutes(
    zone: ZoneInfo,
    weekly: Sequence[Spans],
    exceptions: Mapping[date, Spans],
    start: datetime,
    end: datetime,
) -> set[datetime]:
    """The minutes from start until end in which somebody works."""
    found: set[datetime] = set()
    day = start.astimezone(zone).date() - timedelta(days=3)
    last = end.astimezone(zone).date() + timedelta(days=2)
    while day <= last:
        found.update(_minutes_of(zone, day, exceptions.get(day, weekly[day.weekday()])))
        day += timedelta(days=1)
    return {minute for minute in found if start <= minute < end}


@cache
def _minutes_of(zone: ZoneInfo, day: date, spans: Spans) -> tuple[datetime, ...]:
    found = []
    for opens, closes in spans:
        minute, until = shown_at(zone, day, opens), shown_at(zone, day, closes)
        while minute < until:
            found.append(minute)
            minute += MINUTE
    return tuple(found)


def shown_at(zone: ZoneInfo, day: date, minute: int) -> datetime:
    """The first minute at which clocks there show this; for a skipped time, as if not skipped."""
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001
    return _shown_on(zone, wall.date())[wall]


@cache
def _shown_on(zone: ZoneInfo, day: date) -> dict[datetime, datetime]:
    """What is on the wall at every minute round a date, and when; by living through 56 hours."""
    found: dict[datetime, datetime] = {}
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=16)
    last: datetime | None = None
    offset = timedelta(0)
    for hour in (begin + timedelta(hours=n) for n in range(56)):
        is_quiet = _offset(zone, hour) == _offset(zone, hour + timedelta(hours=1))
        for at in (hour + timedelta(minutes=n) for n in range(60)):
            now = offset if is_quiet and at != hour else _offset(zone, at)
            shown = (at + now).replace(tzinfo=None)
            while last is not None and last + MINUTE < shown:
                last += MINUTE
                found.setdefault(last, (last - offset).replace(tzinfo=UTC))
            found.setdefault(shown, at)
            last, offset = shown, now
    return found


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)

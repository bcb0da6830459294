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
        for opens, closes in exceptions.get(day, weekly[day.weekday()]):
            minute, until = shown_at(zone, day, opens), shown_at(zone, day, closes)
            while minute < until:
                if start <= minute < end:
                    found.add(minute)
                minute += MINUTE
        day += timedelta(days=1)
    return found


@cache
def shown_at(zone: ZoneInfo, day: date, minute: int) -> datetime:
    """The first minute at which clocks there show this; for a skipped time, as if not skipped."""
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001
    at = wall.replace(tzinfo=UTC) - timedelta(hours=16)
    before: datetime | None = None
    offset = timedelta(0)
    for _ in range(32 * 60):
        local = at.astimezone(zone)
        shown = local.replace(tzinfo=None)
        if shown == wall:
            return at
        if before is not None and before < wall < shown:
            return (wall - offset).replace(tzinfo=UTC)
        before, offset = shown, local.utcoffset() or timedelta(0)
        at += MINUTE
    raise AssertionError((zone, day, minute))

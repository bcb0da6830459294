"""Periods: days, weeks and months as a time zone has them. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from foredesk.errors import InvalidInput

MOST_PERIODS = 400


class Period(StrEnum):
    """Weeks begin on Monday (ISO 8601)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` until before `end`, in UTC; `day` is the date on which it begins there."""

    day: date
    start: datetime
    end: datetime


def zone_of(name: str, field: str = "timeZone") -> ZoneInfo:
    """Raises InvalidInput for a zone that nobody knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        message = "There is no such time zone. Give one like Europe/Berlin."
        raise InvalidInput(field, message) from problem


def spans(period: Period, since: datetime, until: datetime, zone: ZoneInfo) -> list[Span]:
    """Every period that has a part in the time, oldest first, whole: the first may begin before
    it, and the last end after it. Raises InvalidInput for more than 400.
    """
    found: list[Span] = []
    day = _first(period, since.astimezone(zone).date())
    while not found or found[-1].end < until:
        following = _following(period, day)
        start, end = _midnight(day, zone), _midnight(following, zone)
        if end > start:
            found.append(Span(day, start, end))
        if len(found) > MOST_PERIODS:
            message = f"That is more than {MOST_PERIODS} periods. Ask for less time, or months."
            raise InvalidInput("period", message)
        day = following
    return found


class Timeline:
    """Finds the span that an instant lies in."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._starts = [span.start for span in spans]
        self._end = spans[-1].end

    def index(self, at: datetime) -> int | None:
        """None before the first and after the last."""
        found = bisect_right(self._starts, at) - 1
        return found if found >= 0 and at < self._end else None


def _first(period: Period, day: date) -> date:
    if period is Period.MONTH:
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if period is Period.WEEK else day


def _following(period: Period, day: date) -> date:
    if period is Period.MONTH:
        return (day + timedelta(days=31)).replace(day=1)
    return day + timedelta(days=7 if period is Period.WEEK else 1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of the day there; where midnight is left out, the one that follows."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)

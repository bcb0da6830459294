"""Calendars and times round the spots where clocks do odd things."""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from foredesk.sla.calendar import OpeningHours

NIGHTLY = os.environ.get("FOREDESK_NIGHTLY") == "1"
CASES = int(os.environ.get("FOREDESK_TEST_SLA_CASES", "150000" if NIGHTLY else "3000"))
"""Cases in all: thousands, and at night more than 100,000; or as many as are wanted."""

Spans = tuple[tuple[int, int], ...]

SPOTS = (
    ("Europe/Berlin", (2026, 3, 29)),
    ("Europe/Berlin", (2026, 10, 25)),
    ("America/New_York", (2026, 3, 8)),
    ("America/New_York", (2026, 11, 1)),
    ("Australia/Lord_Howe", (2026, 4, 5)),
    ("Australia/Lord_Howe", (2026, 10, 4)),
    ("America/Sao_Paulo", (2018, 11, 4)),
    ("America/Sao_Paulo", (2018, 2, 18)),
    ("Asia/Kolkata", (2026, 6, 1)),
    ("Pacific/Apia", (2011, 12, 30)),
    ("Antarctica/Troll", (2026, 3, 29)),
    ("Africa/Casablanca", (2026, 2, 15)),
    ("America/St_Johns", (2010, 3, 14)),
    ("Asia/Kathmandu", (2026, 1, 1)),
    ("Asia/Gaza", (2026, 3, 28)),
    ("America/Havana", (2026, 11, 1)),
    ("Africa/Cairo", (2026, 4, 24)),
)


@cache
def zones_that_change() -> tuple[tuple[str, tuple[int, int, int]], ...]:
    """Every zone whose clocks are changed, with the days on which they are."""
    found = []
    for name in sorted(available_timezones() - {"localtime"}):
        zone, day = ZoneInfo(name), date(2026, 1, 1)
        before = _offset(zone, day)
        while day.year == 2026:
            day += timedelta(days=1)
            before, earlier = _offset(zone, day), before
            if before != earlier:
                found.append((name, (day.year, day.month, day.day)))
    return tuple(found)


def _offset(zone: ZoneInfo, day: date) -> timedelta | None:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).astimezone(zone).utcoffset()


CLOCK_CHANGES = st.sampled_from([0, 30, 60, 75, 90, 105, 120, 135, 150, 165, 180])
OPENINGS = st.one_of(st.integers(0, 95).map(lambda quarter: quarter * 15), CLOCK_CHANGES)
LENGTHS = st.sampled_from([15, 60, 150, 240, 480, 540, 720, 1440])


@dataclass(frozen=True)
class Case:
    zone: ZoneInfo
    weekly: tuple[Spans, ...]
    exceptions: dict[date, Spans]
    start: datetime
    end: datetime

    @property
    def hours(self) -> OpeningHours:
        return OpeningHours(self.zone, self.weekly, self.exceptions)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    zone, spot = draw(st.sampled_from(SPOTS))
    base = datetime(*spot, tzinfo=UTC)
    start = base + timedelta(minutes=draw(st.integers(-3 * 1440, 1440)))
    end = start + timedelta(minutes=draw(st.integers(0, 4 * 1440)))
    weekly = tuple(draw(_days()) for _ in range(7))
    near = draw(st.lists(st.integers(-3, 3), max_size=2, unique=True))
    exceptions = {
        base.date() + timedelta(days=days): draw(st.sampled_from([(), ((0, 1440),), ((600, 900),)]))
        for days in near
    }
    return Case(ZoneInfo(zone), weekly, exceptions, start, end)


@st.composite
def _days(draw: st.DrawFn) -> Spans:
    opens = draw(st.lists(OPENINGS, max_size=2))
    return tuple(sorted((begin, begin + draw(LENGTHS)) for begin in opens))


def often(count: int, **more: Any) -> settings:
    """This many examples, however long they take."""
    return settings(
        max_examples=count,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        **more,
    )

"""Periods against a slow oracle that asks the zone for the date of every quarter of an hour."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foredesk.errors import InvalidInput
from foredesk.measures.periods import Period, Timeline, spans, zone_of

ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Havana",
    "Africa/Cairo",
    "Pacific/Apia",
    "Asia/Gaza",
]
BEGIN = datetime(2009, 1, 1, tzinfo=UTC)


def first_of(period: Period, day: date) -> date:
    if period is Period.DAY:
        return day
    if period is Period.MONTH:
        return date(day.year, day.month, 1)
    return date.fromisocalendar(*day.isocalendar()[:2], 1)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 18 * 365 * 96).map(lambda quarters: BEGIN + timedelta(minutes=15 * quarters)),
    st.integers(1, 40 * 96),
    st.sampled_from(ZONES),
    st.sampled_from(Period),
)
def test_an_instant_lies_in_the_period_of_its_date(
    since: datetime, quarters: int, name: str, period: Period
) -> None:
    zone, until = ZoneInfo(name), since + timedelta(minutes=15 * quarters)

    found = spans(period, since, until, zone)

    assert found[0].start <= since
    assert found[-1].end >= until
    assert found[-1].start < until
    timeline = Timeline(found)
    for step in range(0, quarters, max(1, quarters // 50)):
        at = since + timedelta(minutes=15 * step)
        index = timeline.index(at)
        assert index is not None
        assert found[index].day == first_of(period, at.astimezone(zone).date())


def test_days_are_as_long_as_they_are_there() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    since = datetime(2026, 3, 28, 23, tzinfo=UTC)

    found = spans(Period.DAY, since, since + timedelta(days=2), berlin)

    assert [span.end - span.start for span in found][:2] == [
        timedelta(hours=23),
        timedelta(hours=24),
    ]
    assert found[0].day == date(2026, 3, 29)


def test_a_day_that_a_zone_left_out_is_no_period() -> None:
    """Apia had no 30 December 2011."""
    since = datetime(2011, 12, 28, 12, tzinfo=UTC)

    found = spans(Period.DAY, since, since + timedelta(days=4), ZoneInfo("Pacific/Apia"))

    assert date(2011, 12, 30) not in [span.day for span in found]
    assert all(before.end == after.start for before, after in pairwise(found))


def test_outside_of_the_spans_there_is_none() -> None:
    since = datetime(2026, 3, 2, tzinfo=UTC)
    timeline = Timeline(spans(Period.DAY, since, since + timedelta(days=2), ZoneInfo("UTC")))

    assert timeline.index(since - timedelta(seconds=1)) is None
    assert timeline.index(since) == 0
    assert timeline.index(since + timedelta(days=2)) is None


def test_more_than_four_hundred_periods_are_refused() -> None:
    since = datetime(2026, 1, 1, tzinfo=UTC)

    assert len(spans(Period.DAY, since, since + timedelta(days=400), ZoneInfo("UTC"))) == 400
    with pytest.raises(InvalidInput):
        spans(Period.DAY, since, since + timedelta(days=401), ZoneInfo("UTC"))


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "Europe"])
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        zone_of(name)

    assert refusal.value.field == "timeZone"

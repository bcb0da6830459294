"""Hours as people write them; a break over midnight belongs to the evening before."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foredesk.errors import InvalidInput
from foredesk.sla.calendar import BusinessTime
from foredesk.sla.holidays import HolidaySource, holidays_of
from foredesk.sla.hours import WEEKDAYS, read_hours, read_spans, written_span
from foredesk.sla.written import WrittenHours
from tests.sla.oracle import open_minutes
from tests.sla.strategies import SPOTS, often

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = {"monday": ["22:00-23:30", "24:30-30:00"]}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=BERLIN)


def test_a_break_over_midnight_is_no_working_time() -> None:
    business = BusinessTime.of(read_hours("Europe/Berlin", NIGHT, {}))

    assert business.between(at(2, 12), at(3, 12)) == 7 * 3600
    assert business.add(at(2, 22), 90 * 60) == at(2, 23, 30)
    assert business.add(at(2, 22), 90 * 60 + 60) == at(3, 0, 31)
    assert not business.is_open(at(3, 0, 29))
    assert business.is_open(at(3, 0, 30))


def test_a_holiday_on_the_morning_after_takes_nothing_of_the_shift() -> None:
    hours = read_hours("Europe/Berlin", NIGHT, {"2026-03-03": []})
    closed = read_hours("Europe/Berlin", NIGHT, {"2026-03-02": []})

    assert BusinessTime.of(hours).between(at(2, 12), at(3, 12)) == 7 * 3600
    assert BusinessTime.of(closed).between(at(2, 12), at(3, 12)) == 0


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("09:00-17:00", (540, 1020)),
        ("22:00-06:00", (1320, 1800)),
        ("22:00-30:00", (1320, 1800)),
        ("00:00-24:00", (0, 1440)),
        ("24:30-30:00", (1470, 1800)),
        ("47:00-48:00", (2820, 2880)),
    ],
)
def test_hours_beyond_24_are_those_of_the_night_after(written: str, span: tuple[int, int]) -> None:
    assert read_spans([written]) == [span]
    assert read_spans([written_span(*span)]) == [span]


@pytest.mark.parametrize("text", ["48:00-49:00", "30:00-02:00", "24:30-48:30", "9:00-17:00", "-"])
def test_hours_beyond_the_day_after_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_spans([text])


def test_shifts_of_one_evening_do_not_overlap() -> None:
    with pytest.raises(InvalidInput, match="overlap"):
        read_hours("UTC", {"monday": ["22:00-02:00", "25:00-30:00"]}, {})


def test_a_name_needs_its_exception() -> None:
    hours = WrittenHours("UTC", NIGHT, {"2026-12-25": []}, {"2026-12-26": "Boxing Day"})

    with pytest.raises(InvalidInput, match="is no exception"):
        hours.read()


quarters = st.integers(0, 191).map(lambda quarter: quarter * 15)


@st.composite
def evenings(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Up to three spans of one day that do not overlap, anywhere in 48 hours."""
    marks = sorted(draw(st.lists(quarters, max_size=6, unique=True)))
    return [(marks[at], marks[at + 1]) for at in range(0, len(marks) - 1, 2)]


@often(150)
@given(
    st.sampled_from(SPOTS),
    st.lists(evenings(), min_size=7, max_size=7),
    st.integers(0, 3 * 96),
    st.integers(0, 3 * 96),
)
def test_nights_with_breaks_are_what_the_oracle_lives_through(
    spot: tuple[str, tuple[int, int, int]],
    week: list[list[tuple[int, int]]],
    start: int,
    length: int,
) -> None:
    zone, day = ZoneInfo(spot[0]), spot[1]
    if not any(week):
        return
    weekly = {
        name: [written_span(*span) for span in spans]
        for name, spans in zip(WEEKDAYS, week, strict=True)
    }
    begin = datetime(*day, tzinfo=UTC) - timedelta(days=2) + timedelta(minutes=15 * start)
    end = begin + timedelta(minutes=15 * length)

    counted = BusinessTime.of(read_hours(spot[0], weekly, {})).between(begin, end)

    assert counted == 60 * len(open_minutes(zone, [tuple(spans) for spans in week], {}, begin, end))


@pytest.mark.parametrize(
    ("zone", "country", "holiday", "hours_around"),
    [
        ("Europe/Berlin", "DE", date(2027, 3, 29), 24 + 23),
        ("Africa/Cairo", "EG", date(2026, 4, 25), 24 + 23),
        ("America/Sao_Paulo", "BR", date(2018, 11, 2), 24 + 24),
    ],
)
def test_holidays_next_to_days_on_which_clocks_change_close_what_they_name_and_no_more(
    zone: str, country: str, holiday: date, hours_around: int
) -> None:
    """A calendar that is open throughout: the day before and after stay as long as they are."""
    named = [one.date for one in holidays_of(HolidaySource(country, years=(holiday.year,)))]
    assert holiday in named
    weekly = {day: ["00:00-24:00"] for day in WEEKDAYS}
    place = ZoneInfo(zone)
    business = BusinessTime.of(read_hours(zone, weekly, {holiday.isoformat(): []}))

    def midnight(days: int) -> datetime:
        day = holiday + timedelta(days=days)
        return datetime(day.year, day.month, day.day, tzinfo=place)

    assert business.between(midnight(0), midnight(1)) == 0
    assert business.between(midnight(-1), midnight(2)) == hours_around * 3600

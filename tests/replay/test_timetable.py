"""The timetable against the business time that it is laid out of, within and beyond its ends."""

import pickle
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from foredesk.replay.timetable import WEEK_HOURS, Timetable
from foredesk.sla.calendar import BusinessTime, NoWorkingTime, OpeningHours, instant, moment
from foredesk.sla.hours import read_hours
from tests.sla.strategies import CASES, Case, cases, often

DAY = 86_400
WEEK = (*(((540, 1020),) for _ in range(5)), (), ())


def laid_out(case: Case, before: int, after: int) -> tuple[BusinessTime, Timetable]:
    business = BusinessTime.of(case.hours)
    first, last = instant(case.start) + before, instant(case.end) + after
    return business, Timetable.over(business, first, max(first, last))


@often(CASES // 10)
@given(cases(), st.integers(-DAY, DAY), st.integers(-DAY, DAY), st.integers(0, 3 * DAY), st.data())
def test_it_counts_as_the_business_time_does(
    case: Case, before: int, after: int, seconds: int, data: st.DataObject
) -> None:
    business, table = laid_out(case, before, after)
    start, end = instant(case.start), instant(case.end)

    assert table.seconds_between(start, end) == business.seconds_between(start, end)
    assert table.seconds_between(end, start) == business.seconds_between(end, start)
    assert _after(table, start, seconds) == _after(business, start, seconds)
    opening = data.draw(st.integers(start - DAY, end + DAY))
    assert _joined(table, opening, end) == _joined(business, opening, end)
    assert table.is_open(case.start) == business.is_open(case.start)


@often(CASES // 20)
@given(cases(), st.integers(-DAY, DAY), st.integers(-DAY, DAY))
def test_hours_of_the_week_are_every_second_looked_at_in_the_calendars_zone(
    case: Case, before: int, after: int
) -> None:
    _, table = laid_out(case, before, after)
    start, end = instant(case.start), min(instant(case.end), instant(case.start) + DAY)

    found = [0] * WEEK_HOURS
    for opens, closes in _joined(BusinessTime.of(case.hours), start, end):
        for minute in range(opens, closes, 60):
            local = datetime.fromtimestamp(minute, UTC).astimezone(case.zone)
            found[local.weekday() * 24 + local.hour] += min(60, closes - minute)

    assert table.hours_between(start, end) == found


def test_a_timetable_goes_beyond_the_ten_years_that_a_calendar_looks_ahead() -> None:
    business = BusinessTime.of(OpeningHours(ZoneInfo("Europe/Berlin"), WEEK))
    first, last = datetime(2009, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)

    table = Timetable.over(business, instant(first), instant(last))

    late = datetime(2026, 11, 20, 12, tzinfo=UTC)
    week = timedelta(days=7)
    assert table.between(late, late + week) == 5 * 8 * 3600
    assert len(table.opens) == sum(
        1 for day in range((last - first).days) if (first + timedelta(days=day)).weekday() < 5
    )


def test_a_timetable_of_a_calendar_that_was_closed_for_good_ends() -> None:
    hours = read_hours("UTC", {"monday": ["09:00-10:00"]}, {})
    closed = OpeningHours(ZoneInfo("UTC"), ((),) * 7)
    business = BusinessTime(((0, hours), (instant(moment(10 * DAY)), closed)))

    table = Timetable.over(business, 0, 40 * 365 * DAY)

    assert table.seconds_between(0, 100 * DAY) == business.seconds_between(0, 100 * DAY) == 3600


def test_a_timetable_is_the_same_in_another_process() -> None:
    business = BusinessTime.of(OpeningHours(ZoneInfo("Europe/Berlin"), WEEK))
    table = Timetable.over(business, 0, 100 * DAY)

    again = pickle.loads(pickle.dumps(table))

    assert again.seconds_between(0, 90 * DAY) == table.seconds_between(0, 90 * DAY) > 0
    assert again.after(0, 10**6) == table.after(0, 10**6)
    assert again.seconds_between(0, 200 * DAY) == business.seconds_between(0, 200 * DAY)


def _after(business: BusinessTime, start: int, seconds: int) -> int | None:
    try:
        return business.after(start, seconds)
    except NoWorkingTime:
        return None


def _joined(business: BusinessTime, start: int, end: int) -> list[tuple[int, int]]:
    """Until the end; windows that touch are one."""
    found: list[tuple[int, int]] = []
    for opens, closes in business.windows(start):
        if opens >= end:
            break
        closes = min(closes, end)
        if found and found[-1][1] == opens:
            opens = found.pop()[0]
        found.append((opens, closes))
    return found

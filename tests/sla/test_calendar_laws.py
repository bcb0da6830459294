"""Business time against laws, a minute-by-minute oracle, and somebody else's library."""

from datetime import time, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st
from workclock import Holidays, Schedule, WorkDay

from foredesk.sla.calendar import BusinessTime, NoWorkingTime, instant
from tests.sla.oracle import MINUTE, open_minutes
from tests.sla.strategies import CASES, Case, cases, often


@often(CASES // 8)
@given(cases())
def test_business_time_equals_counting_the_open_minutes_one_by_one(case: Case) -> None:
    business = BusinessTime.of(case.hours)
    minutes = sorted(open_minutes(case.zone, case.weekly, case.exceptions, case.start, case.end))

    assert business.between(case.start, case.end) == 60 * len(minutes)
    if minutes:
        half = len(minutes) // 2
        assert business.add(case.start, 60 * (half + 1)) == minutes[half] + MINUTE
        assert business.next_opening(case.start) == minutes[0]
    assert business.is_open(case.start) is (case.start in minutes or _opens(case))


@often(CASES // 3)
@given(cases(), st.integers(1, 200 * 3600), st.booleans())
def test_adding_and_measuring_undo_each_other(case: Case, seconds: int, to_an_edge: bool) -> None:
    business = BusinessTime.of(case.hours)
    if to_an_edge:
        seconds = _until_a_closing(business, case, seconds)
    middle = case.start + (case.end - case.start) / 2
    middle = middle.replace(microsecond=0)

    parts = business.between(case.start, middle) + business.between(middle, case.end)
    assert parts == business.between(case.start, case.end)
    assert parts <= (case.end - case.start).total_seconds()
    try:
        end = business.add(case.start, seconds)
    except NoWorkingTime:
        return
    assert business.between(case.start, end) == seconds
    assert business.between(case.start, end - timedelta(seconds=1)) == seconds - 1
    halfway = business.add(case.start, seconds // 2)
    assert business.add(halfway, seconds - seconds // 2) == end


@often(CASES // 3)
@given(cases())
def test_business_time_agrees_with_workclock(case: Case) -> None:
    holidays = [day for day, spans in case.exceptions.items() if not spans]
    days = [
        WorkDay(_time(opens), _time(closes), days=[day])
        for day, spans in enumerate(case.weekly)
        for opens, closes in spans
    ]
    assume(days)
    # It cuts holidays out from midnight to midnight; we leave out the shifts that begin on them.
    assume(not holidays or all(closes <= 1440 for day in case.weekly for _, closes in day))
    # The shifts of the date that Apia skipped fall on the next one, where it cuts them out too.
    assume(not holidays or case.zone.key != "Pacific/Apia")
    schedule = Schedule(days + ([Holidays(holidays)] if holidays else []), time_zone=case.zone)
    ours = Case(case.zone, case.weekly, dict.fromkeys(holidays, ()), case.start, case.end)

    theirs = schedule.between(case.start, case.end).total_seconds()
    assert BusinessTime.of(ours.hours).between(case.start, case.end) == theirs


def _opens(case: Case) -> bool:
    """Whether the very first minute is open, also when the case itself is empty."""
    first = open_minutes(case.zone, case.weekly, case.exceptions, case.start, case.start + MINUTE)
    return case.start in first


def _until_a_closing(business: BusinessTime, case: Case, seconds: int) -> int:
    windows = business.windows(instant(case.start))
    lengths = [closes - opens for (opens, closes), _ in zip(windows, range(3), strict=False)]
    return sum(lengths[: 1 + seconds % 3]) or seconds


def _time(minute: int) -> time:
    return time(minute % 1440 // 60, minute % 60)

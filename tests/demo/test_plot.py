"""The plot: the same for the same seed, in the pattern of real offices."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from foredesk.demo.finale import LAST, last_plans
from foredesk.demo.holidays import berlin_exceptions, easter_sunday, new_york_exceptions
from foredesk.demo.people import REQUESTERS
from foredesk.demo.plot import Plan, plans
from foredesk.demo.topics import TOPICS
from foredesk.demo.visits import visits

UNTIL = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
SINCE = UNTIL - timedelta(days=183)
ZONES = {"tannquell": ZoneInfo("Europe/Berlin"), "larkmeadow": ZoneInfo("America/New_York")}


def local(plan: Plan) -> datetime:
    return plan.at.astimezone(ZONES[plan.company])


def test_the_same_seed_gives_the_same_plans_and_another_seed_others() -> None:
    assert plans(7, SINCE, UNTIL, 60) == plans(7, SINCE, UNTIL, 60)
    assert plans(7, SINCE, UNTIL, 60) != plans(8, SINCE, UNTIL, 60)
    assert list(visits(7, SINCE, UNTIL, 30)) == list(visits(7, SINCE, UNTIL, 30))
    assert list(last_plans(7, UNTIL)) == list(last_plans(7, UNTIL))


def test_requests_come_in_order_within_the_time_and_in_whole_seconds() -> None:
    drawn = plans(7, SINCE, UNTIL, 300)
    assert len(drawn) == 300
    assert [plan.at for plan in drawn] == sorted(plan.at for plan in drawn)
    assert drawn[0].at >= SINCE
    assert drawn[-1].at <= UNTIL
    assert {plan.at.microsecond for plan in drawn} == {0}


def test_monday_is_the_busiest_day_and_weekends_are_quiet() -> None:
    drawn = [plan for plan in plans(7, SINCE, UNTIL, 2000) if not plan.topic.at_any_hour]
    days = Counter(local(plan).weekday() for plan in drawn)
    assert days.most_common(1)[0][0] == 0
    assert days[4] < days[0]
    assert days[5] + days[6] < 0.03 * len(drawn)


def test_most_requests_come_in_office_hours() -> None:
    drawn = [plan for plan in plans(7, SINCE, UNTIL, 2000) if not plan.topic.at_any_hour]
    inside = sum(7 <= local(plan).hour < 18 for plan in drawn)
    assert inside > 0.94 * len(drawn)


def test_every_topic_comes_up_and_a_customers_own_only_there() -> None:
    drawn = plans(7, SINCE, UNTIL, 2000)
    assert {plan.topic.key for plan in drawn} == {topic.key for topic in TOPICS}
    assert {p.company for p in drawn if p.topic.key == "time-sheets"} == {"tannquell"}
    assert {p.company for p in drawn if p.topic.key in ("invoices", "cold-store")} == {"larkmeadow"}


def test_nobody_is_their_own_colleague() -> None:
    assert all(plan.requester != plan.colleague for plan in plans(7, SINCE, UNTIL, 300))


def test_the_last_requests_are_as_old_as_they_say() -> None:
    ages = [(UNTIL - plan.at) / timedelta(hours=1) for plan in last_plans(7, UNTIL)]
    assert [round(age, 2) for age in ages] == [last.hours for last in LAST]


def test_easter_is_on_the_days_of_the_almanac() -> None:
    known = {
        2019: (4, 21),
        2024: (3, 31),
        2025: (4, 20),
        2026: (4, 5),
        2027: (3, 28),
        2038: (4, 25),
    }
    assert {year: (easter_sunday(year).month, easter_sunday(year).day) for year in known} == known


def test_holidays_of_both_places_are_those_of_the_calendar() -> None:
    berlin, new_york = berlin_exceptions([2026]), new_york_exceptions([2026])
    assert [day for day, spans in berlin.items() if not spans] == [
        *("2026-01-01", "2026-03-08", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14"),
        *("2026-05-25", "2026-10-03", "2026-12-25", "2026-12-26"),
    ]
    assert berlin["2026-12-24"] == ["08:00-12:00"]
    assert sorted(day for day, spans in new_york.items() if not spans) == [
        *("2026-01-01", "2026-01-19", "2026-05-25", "2026-06-19", "2026-07-04", "2026-09-07"),
        *("2026-11-26", "2026-12-25"),
    ]
    assert new_york["2026-11-27"] == ["09:00-13:00"]


def test_everyone_who_can_sign_in_to_ask_has_a_recent_request() -> None:
    asks = {plan.requester.name for plan in last_plans(7, UNTIL)}
    assert asks >= {person.name for person in REQUESTERS if person.signs_in}
    assert all(plan.requester != plan.colleague for plan in last_plans(7, UNTIL))

"""iCalendar files: what is in them, and what is refused before it costs anything."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from foredesk.errors import InvalidInput
from foredesk.sla import ical_import
from foredesk.sla.ical import LONGEST_TEXT, occurrences
from foredesk.sla.ical_import import closed_by, read_occurrences
from foredesk.sla.written import WrittenHours

BERLIN = ZoneInfo("Europe/Berlin")
SINCE, UNTIL = date(2026, 3, 2), date(2028, 3, 2)
WORKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
OFFICE = WrittenHours(
    "Europe/Berlin",
    {**{day: ["09:00-12:30", "13:00-17:00"] for day in WORKDAYS}, "saturday": ["22:00-06:00"]},
)


def file(*events: str) -> str:
    parts = [
        f"BEGIN:VEVENT\nUID:{at}\nDTSTAMP:20260101T000000Z\n{event}\nEND:VEVENT\n"
        for at, event in enumerate(events)
    ]
    return "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n" + "".join(parts) + "END:VCALENDAR\n"


def day(text: str, name: str = "Works outing", more: str = "") -> str:
    return f"DTSTART;VALUE=DATE:{text}\nSUMMARY:{name}{more}"


def closings(*events: str) -> list[tuple[str, str, list[str], bool]]:
    found = closed_by(OFFICE, occurrences(file(*events), BERLIN, SINCE, UNTIL), SINCE, UNTIL)
    return [(str(one.date), one.name, list(one.hours), one.is_observance) for one in found]


def test_a_whole_day_closes_what_begins_on_it() -> None:
    assert closings(day("20260306", "Works outing")) == [("2026-03-06", "Works outing", [], False)]


def test_several_days_are_all_closed_and_the_end_is_not_one_of_them() -> None:
    event = day("20260309", "Fair", "\nDTEND;VALUE=DATE:20260311")
    assert [one[0] for one in closings(event)] == ["2026-03-09", "2026-03-10"]


@pytest.mark.parametrize(
    "times",
    [
        "DTSTART;TZID=Europe/Berlin:20260305T120000\nDTEND;TZID=Europe/Berlin:20260305T143000",
        "DTSTART:20260305T110000Z\nDTEND:20260305T133000Z",
        "DTSTART;TZID=America/New_York:20260305T060000\nDURATION:PT2H30M",
        "DTSTART:20260305T120000\nDURATION:PT2H30M",
    ],
)
def test_a_time_leaves_the_hours_around_it_in_the_zone_of_the_calendar(times: str) -> None:
    assert closings(f"{times}\nSUMMARY:Meeting") == [
        ("2026-03-05", "Meeting", ["09:00-12:00", "14:30-17:00"], False)
    ]


def test_a_zone_that_the_file_defines_itself_is_kept_to() -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Office\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        "TZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    event = "DTSTART;TZID=Office:20260305T120000\nDURATION:PT1H\nSUMMARY:Meeting"
    text = file(event).replace("BEGIN:VEVENT", zone + "BEGIN:VEVENT", 1)

    (found,) = occurrences(text, BERLIN, SINCE, UNTIL)

    assert found.start == datetime(2026, 3, 5, 12)  # noqa: DTZ001


def test_a_night_shift_loses_what_lies_within_it_of_its_own_evening() -> None:
    event = "DTSTART:20260308T000000Z\nDTEND:20260308T013000Z\nSUMMARY:Servers down"
    assert closings(event) == [
        ("2026-03-07", "Servers down", ["22:00-25:00", "26:30-30:00"], False)
    ]


def test_wall_time_is_kept_when_clocks_change() -> None:
    event = (
        "DTSTART;TZID=Europe/Berlin:20260320T090000\nDURATION:PT1H\n"
        "RRULE:FREQ=WEEKLY;COUNT=3\nSUMMARY:Round"
    )
    assert [(one[0], one[2][0]) for one in closings(event)] == [
        ("2026-03-20", "10:00-12:30"),
        ("2026-03-27", "10:00-12:30"),
        ("2026-04-03", "10:00-12:30"),
    ]


def test_an_endless_repetition_ends_with_the_time_asked_for() -> None:
    found = closings(day("19900501", "Labor Day", "\nRRULE:FREQ=YEARLY"))
    assert [one[0] for one in found] == ["2026-05-01", "2027-05-01"]


def test_exceptions_of_a_repetition_and_canceled_events_are_left_out() -> None:
    weekly = "\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;VALUE=DATE:20260313"
    canceled = day("20260402", "Canceled", "\nSTATUS:CANCELLED")
    found = closings(day("20260306", "Friday off", weekly), canceled)
    assert [one[0] for one in found] == ["2026-03-06", "2026-03-20"]


def test_observances_are_told_apart_and_give_way_to_what_binds() -> None:
    """Zammad #390: a feed of holidays has days in it on which everybody works."""
    mothers = day("20260506", "Carers' Day", "\nDESCRIPTION:Observance\\nTo hide observances …")
    both = (
        day("20260501", "Spring Day", "\nCATEGORIES:Observance"),
        day("20260501", "Labor Day", "\nDESCRIPTION:Public holiday"),
    )

    assert closings(mothers, *both) == [
        ("2026-05-01", "Labor Day", [], False),
        ("2026-05-06", "Carers' Day", [], True),
    ]


def test_two_meetings_of_one_day_take_both_of_their_times() -> None:
    first = "DTSTART:20260305T090000Z\nDURATION:PT1H\nSUMMARY:First"
    second = "DTSTART:20260305T130000Z\nDURATION:PT1H\nSUMMARY:Second"
    assert closings(second, first) == [
        (
            "2026-03-05",
            "First / Second",
            ["09:00-10:00", "11:00-12:30", "13:00-14:00", "15:00-17:00"],
            False,
        )
    ]


def test_what_lies_outside_the_hours_or_the_time_changes_nothing() -> None:
    evening = "DTSTART:20260305T190000Z\nDURATION:PT1H\nSUMMARY:Dinner"
    assert closings(evening, day("20250501", "Past"), day("20290501", "Far")) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "This is no iCalendar file"),
        ("hello", "This is no iCalendar file"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "This is no iCalendar file"),
        ("BEGIN:VCALENDAR\0END:VCALENDAR", "This is no iCalendar file."),
        (file("SUMMARY:No start"), "Event 1 (No start) has no DTSTART."),
        (file("DTSTART:soon\nSUMMARY:Soon"), "Event 1 (Soon): DTSTART can't be read"),
        (
            file("DTSTART;TZID=Mars/Olympus:20260305T120000\nSUMMARY:Landing"),
            "'Mars/Olympus' is no time zone known here.",
        ),
        (file(day("20260306", more="\nDTEND;VALUE=DATE:20260301")), "ends before it begins"),
        (file(day("20260306", more="\nDTEND:20260307T000000Z")), "ends before it begins"),
        (file(day("00010101", more="\nRRULE:FREQ=DAILY")), "begins before the year 1900"),
        (file(day("20260306", more="\nRRULE:FREQ=HOURLY")), "repeats more often than daily"),
        (
            file(day("20260306", more="\nRRULE:FREQ=DAILY;BYHOUR=1,2,3")),
            "repeats more often than daily",
        ),
        (
            file(day("20260306", more="\nRRULE:FREQ=DAILY;INTERVAL=0")),
            "repeats with an interval of nothing",
        ),
        (file(day("20260306", more="\nRRULE:FREQ=NEVER")), "RRULE can't be read"),
        (
            file(*[day("19010101", more="\nRRULE:FREQ=DAILY;BYDAY=MO")] * 3),
            "repeat too often to be looked through",
        ),
        (
            file(*[day("20260302", more="\nRRULE:FREQ=DAILY")] * 8),
            "take place more than 5000 times",
        ),
        (file(*[day("20260302")] * 2001), "at most 2000 events"),
        ("x" * (LONGEST_TEXT + 1), "at most 1 MB"),
    ],
)
def test_a_file_that_is_none_or_too_much_is_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        occurrences(text, BERLIN, SINCE, UNTIL)

    assert refusal.value.field == "text"
    assert message in refusal.value.message


async def test_the_process_of_its_own_answers_the_same() -> None:
    text = file(day("20260306"), day("20260501", "Labor Day", "\nRRULE:FREQ=YEARLY"))

    there = await read_occurrences(text, "Europe/Berlin", SINCE, UNTIL)

    assert there == occurrences(text, BERLIN, SINCE, UNTIL)
    with pytest.raises(InvalidInput, match="This is no iCalendar file"):
        await read_occurrences("hello", "Europe/Berlin", SINCE, UNTIL)


async def test_a_rule_that_matches_no_day_ever_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ical_import, "SECONDS", 0.5)
    never = day("20260306", more="\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")

    with pytest.raises(InvalidInput, match="do they ever take place"):
        await read_occurrences(file(never), "Europe/Berlin", SINCE, UNTIL)

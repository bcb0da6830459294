"""What went wrong in other desks, case by case; the numbers are those of the catalogue."""

import struct
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from foredesk.errors import InvalidInput
from foredesk.sla.calendar import BusinessTime, NoWorkingTime, OpeningHours, instant
from foredesk.sla.definitions import RESOLUTION, RESPONSE
from foredesk.sla.facts import ClockEventKind
from foredesk.sla.holidays import HolidaySource, holidays_of
from foredesk.sla.hours import read_hours
from foredesk.sla.ledger import SegmentKind, elapsed_seconds
from foredesk.sla.models import ClockState
from foredesk.sla.priority import Priority
from foredesk.sla.rulebook import Goal
from tests.sla.story import AGREEMENT, ALWAYS, HOUR, OFFICE, Story, office


def test_case_1_the_time_a_ticket_was_resolved_never_counts_however_often_it_reopens() -> None:
    story = Story(office()).recorded("2026-03-02 09:00")
    story.resolved("2026-03-02 10:00").reopened("2026-03-03 10:00")
    story.resolved("2026-03-03 11:00").reopened("2026-03-05 09:00")

    assert story.read().elapsed == 2 * HOUR
    assert story.read().target_due_at == story.local("2026-03-05 15:00")


def test_case_2_resolved_and_closed_then_reopened_is_the_same_clock() -> None:
    story = Story(office()).recorded("2026-03-02 09:00").resolved("2026-03-02 10:00")
    story.closed("2026-03-04 10:00").reopened("2026-03-05 09:00")

    assert story.read().elapsed == HOUR
    assert story.read().state is ClockState.RUNNING
    assert story.read().target_due_at == story.local("2026-03-05 16:00")


def test_case_3_a_pause_over_a_weekend_shifts_the_due_time_by_working_time_only() -> None:
    story = Story(office()).recorded("2026-03-06 15:00").waiting("2026-03-06 16:00")
    story.resumed("2026-03-09 10:00")

    assert story.read().target_due_at == story.local("2026-03-09 17:00")


@pytest.mark.parametrize("resumed", ["2026-03-02 22:00", "2026-03-07 12:00", "2026-03-03 04:00"])
def test_case_4_the_due_time_after_a_resume_lies_in_opening_hours(resumed: str) -> None:
    business = office()
    story = Story(business).recorded("2026-03-02 10:00").waiting("2026-03-02 12:00")
    story.resumed(resumed)

    due = story.read().target_due_at

    assert due is not None
    assert business.between(story.local(resumed), due) == 6 * HOUR
    assert business.is_open(due - timedelta(seconds=1))


def test_case_5_a_new_priority_while_paused_keeps_the_pause() -> None:
    story = Story(office()).recorded("2026-03-02 09:00").waiting("2026-03-02 10:00")
    story.prioritized("2026-03-03 10:00", Priority.HIGH)

    assert story.read().state is ClockState.PAUSED
    assert story.read().target_due_at is None

    story.resumed("2026-03-04 09:00")

    assert story.read().elapsed == HOUR
    assert story.read().target_due_at == story.local("2026-03-04 12:00")


def test_case_6_recorded_on_a_holiday_the_clock_starts_at_the_next_opening() -> None:
    story = Story(office(exceptions={"2026-03-02": []})).recorded("2026-03-02 11:00")
    story.waiting("2026-03-03 10:00").resumed("2026-03-03 15:00")

    assert story.read().elapsed == HOUR
    assert story.read().target_due_at == story.local("2026-03-04 14:00")


def test_case_7_a_paused_clock_is_not_due_and_does_not_tick() -> None:
    story = Story(office()).recorded("2026-03-02 09:00").waiting("2026-03-02 10:00")

    paused = story.read()

    assert (paused.target_due_at, paused.minimum_due_at, paused.warnings) == (
        None,
        None,
        {75: None},
    )
    assert paused.elapsed == HOUR
    assert story.ledger("2026-03-02 15:00")[-1].kind is SegmentKind.PAUSED


def test_case_9_without_an_agreement_there_is_no_clock() -> None:
    story = Story(office()).recorded("2026-03-02 09:00")
    story.agreed("2026-03-02 10:00", None)

    assert story.readings() == []


def test_case_10_a_merged_ticket_is_never_due_whatever_happens_to_it() -> None:
    story = Story(office()).recorded("2026-03-02 09:00").merged("2026-03-02 10:00")
    story.prioritized("2026-03-20 10:00", Priority.HIGH)

    for reading in story.readings():
        assert reading.state is ClockState.MERGED
        assert (reading.target_due_at, reading.minimum_due_at) == (None, None)
        assert reading.elapsed == HOUR


def test_case_11_a_ticket_that_leaves_the_agreement_and_comes_back_was_not_counted_meanwhile() -> (
    None
):
    story = Story(office()).recorded("2026-03-02 09:00").agreed("2026-03-02 10:00", None)
    assert story.readings() == []

    story.agreed("2026-03-02 15:00", AGREEMENT)

    assert story.read().elapsed == HOUR
    assert story.read().target_due_at == story.local("2026-03-03 14:00")
    assert story.ledger("2026-03-02 16:00")[1].kind is SegmentKind.UNAGREED


def test_case_12_midnight_to_midnight_is_the_whole_day() -> None:
    always = office(weekly=ALWAYS)
    story = Story(always)

    start, end = story.local("2026-03-02 00:00"), story.local("2026-03-09 00:00")

    assert always.between(start, end) == 7 * 24 * HOUR
    assert always.add(start, 3 * 24 * HOUR) == story.local("2026-03-05 00:00")


@pytest.mark.parametrize(
    ("day", "next_day", "hours"),
    [("2026-03-29", "2026-03-30", 23), ("2026-10-25", "2026-10-26", 25)],
)
def test_case_13_days_of_23_and_25_hours(day: str, next_day: str, hours: int) -> None:
    always = office(weekly=ALWAYS)
    story = Story(always)

    day_long = always.between(story.local(f"{day} 00:00"), story.local(f"{next_day} 00:00"))

    assert day_long == hours * HOUR


@pytest.mark.parametrize(
    ("zone", "friday", "monday"),
    [
        ("America/Sao_Paulo", "2018-11-02", "2018-11-05"),
        ("Europe/Berlin", "2026-03-27", "2026-03-30"),
        ("Europe/Berlin", "2026-10-23", "2026-10-26"),
        ("Australia/Lord_Howe", "2026-04-03", "2026-04-06"),
    ],
)
def test_case_14_when_clocks_change_the_time_on_the_wall_is_kept(
    zone: str, friday: str, monday: str
) -> None:
    story = Story(office(zone), zone=zone).recorded(f"{friday} 16:00")

    assert story.read().target_due_at == story.local(f"{monday} 16:00")


def test_case_15_a_warning_is_reckoned_in_working_time_across_the_night() -> None:
    story = Story(office()).recorded("2026-03-02 12:00")

    assert story.read().target_due_at == story.local("2026-03-03 12:00")
    assert story.read().warnings[75] == story.local("2026-03-03 10:00")


def test_case_16_the_time_zone_of_the_server_plays_no_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def due() -> object:
        return Story(office()).recorded("2026-03-02 12:00").read().target_due_at

    here = due()
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert due() == here
    finally:
        monkeypatch.undo()
        time.tzset()


def test_cases_18_and_19_each_clock_is_its_own() -> None:
    story = Story(office()).recorded("2026-03-02 09:00").responded("2026-03-02 10:00")
    story.prioritized("2026-03-02 10:30", Priority.HIGH)

    response = story.read(RESPONSE)

    assert response.state is ClockState.MET
    assert response.stopped_at == story.local("2026-03-02 10:00")
    assert response.elapsed == HOUR
    assert story.read().target_due_at == story.local("2026-03-02 13:00")


def test_case_20_waiting_for_the_customer_never_escalates() -> None:
    story = Story(office()).recorded("2026-03-02 09:00").waiting("2026-03-02 10:00")
    story.prioritized("2026-03-20 10:00", Priority.HIGH)

    assert story.read().target_due_at is None
    assert story.read().elapsed == HOUR


def test_case_21_the_first_reply_changes_what_is_due_at_once() -> None:
    story = Story(office()).recorded("2026-03-02 09:00")
    assert story.read(RESPONSE).target_due_at == story.local("2026-03-02 11:00")

    story.responded("2026-03-02 09:00:01")

    assert story.read(RESPONSE).target_due_at is None
    assert story.read(RESPONSE).state is ClockState.MET


def test_case_22_how_long_it_took_can_be_told_after_it_was_closed() -> None:
    story = Story(office()).recorded("2026-03-02 09:00").waiting("2026-03-02 10:00")
    story.resumed("2026-03-02 11:00").resolved("2026-03-03 10:00").closed("2026-03-20 10:00")

    assert (story.read().elapsed, story.read().state) == (8 * HOUR, ClockState.LATE)
    assert story.read().stopped_at == story.local("2026-03-03 10:00")
    assert elapsed_seconds(story.ledger("2026-04-01 10:00")) == 8 * HOUR


def test_case_23_taken_over_outside_hours_counts_from_the_next_opening() -> None:
    story = Story(office()).recorded("2026-03-06 20:00").responded("2026-03-07 12:00")

    assert story.read(RESPONSE).elapsed == 0
    assert story.read(RESPONSE).state is ClockState.MET
    assert story.read().target_due_at == story.local("2026-03-09 17:00")


def test_case_24_a_warning_that_a_new_priority_brings_at_night_waits_for_the_morning() -> None:
    story = Story(office()).recorded("2026-03-02 13:30")
    story.prioritized("2026-03-02 23:00", Priority.HIGH)

    assert story.read().elapsed == HOUR * 7 // 2
    assert story.read().warnings[75] == story.local("2026-03-03 09:00")
    assert story.read().target_due_at == story.local("2026-03-03 09:30")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"])
def test_case_25_no_zone_makes_a_ticket_late_when_it_is_recorded(zone: str) -> None:
    story = Story(office(zone), zone=zone).recorded("2026-03-02 09:00")

    assert story.read().target_due_at == story.local("2026-03-02 17:00")
    assert story.read().elapsed == 0


def test_case_26_a_lunch_break_does_not_count() -> None:
    weekly = {"monday": ["09:00-12:30", "13:30-18:00"]}
    story = Story(office(weekly=weekly)).recorded("2026-03-02 12:00")
    story.responded("2026-03-02 14:00")

    assert story.read(RESPONSE).elapsed == HOUR


def test_case_27_observances_are_told_apart_for_somebody_to_choose() -> None:
    source = HolidaySource("US", categories=("public", "unofficial"), years=(2026,))

    found = {one.name: one.is_observance for one in holidays_of(source)}

    assert found["Independence Day"] is False
    assert found["Groundhog Day"] is True


def test_case_28_a_calendar_without_any_opening_is_refused_and_never_loops() -> None:
    closed = BusinessTime.of(OpeningHours(Story(office()).zone, ((),) * 7))

    with pytest.raises(InvalidInput) as refusal:
        read_hours("Europe/Berlin", {"monday": []}, {})
    with pytest.raises(NoWorkingTime, match="3600 working seconds are missing after ten years"):
        closed.add(Story(office()).local("2026-03-02 09:00"), HOUR)

    assert refusal.value.field == "weekly"
    assert Story(closed).recorded("2026-03-02 09:00").read().target_due_at is None


def test_case_29_a_clock_that_was_set_back_takes_no_time_away() -> None:
    story = Story(office()).recorded("2026-03-02 10:00").waiting("2026-03-02 12:00")
    story.resumed("2026-03-02 11:00").resolved("2026-03-02 13:00")

    assert story.read().elapsed == 3 * HOUR


def test_case_30_a_goal_of_nothing_and_one_of_more_than_a_year() -> None:
    goals = {
        (RESPONSE, Priority.NORMAL, None): Goal(0, 0),
        (RESOLUTION, Priority.NORMAL, None): Goal(2200 * HOUR, 4400 * HOUR),
    }
    story = Story(office(), goals=goals).recorded("2026-03-02 20:00")

    assert story.read(RESPONSE).target_due_at == story.local("2026-03-02 20:00")
    due = story.read().target_due_at
    assert due is not None
    assert due == story.local("2027-03-22 17:00")
    assert office().between(story.local("2026-03-02 20:00"), due) == 2200 * HOUR


def test_case_31_recorded_in_the_very_second_of_opening_and_of_closing() -> None:
    opening = Story(office()).recorded("2026-03-02 09:00:00").read()
    closing = Story(office()).recorded("2026-03-02 17:00:00").read()
    before = Story(office()).recorded("2026-03-02 16:59:59").read()

    local = Story(office()).local
    assert opening.target_due_at == local("2026-03-02 17:00")
    assert closing.target_due_at == local("2026-03-03 17:00")
    assert before.target_due_at == local("2026-03-03 16:59:59")


def test_case_32_a_pause_and_a_resume_in_one_second_cost_nothing() -> None:
    story = Story(office()).recorded("2026-03-02 09:00").waiting("2026-03-02 10:00")
    story.resumed("2026-03-02 10:00")

    assert story.read().elapsed == HOUR
    assert story.read().target_due_at == story.local("2026-03-02 17:00")


def test_case_33_of_two_resumes_the_second_changes_nothing() -> None:
    story = Story(office()).recorded("2026-03-02 09:00").waiting("2026-03-02 10:00")
    story.resumed("2026-03-02 11:00")
    once = story.read()

    assert story.resumed("2026-03-02 11:00").read() == once
    assert story.resumed("2026-03-02 14:00").read() == once


def test_case_35_a_new_time_zone_counts_from_its_day_on() -> None:
    berlin = read_hours("Europe/Berlin", OFFICE, {})
    lisbon = read_hours("Europe/Lisbon", OFFICE, {})
    change = Story(office()).local("2026-03-03 00:00")
    moving = BusinessTime(((0, berlin), (instant(change), lisbon)))
    story = Story(moving).recorded("2026-03-02 13:00")

    assert story.read().target_due_at == story.local("2026-03-03 14:00")
    assert moving.between(change, story.local("2026-03-03 10:00")) == 0


def test_case_36_new_time_zone_data_moves_what_is_to_come_and_keeps_the_time_on_the_wall() -> None:
    """Summer time is given up: what was UTC+2 in June is UTC+1 from then on."""

    def due(zone: ZoneInfo) -> datetime | None:
        hours = OpeningHours(zone, read_hours("UTC", OFFICE, {}).weekly)
        story = Story(BusinessTime.of(hours), zone="UTC").recorded("2026-06-06 12:00")
        return story.read().target_due_at

    assert due(_zone(hours_ahead=2)) == datetime(2026, 6, 8, 15, tzinfo=UTC)
    assert due(_zone(hours_ahead=1)) == datetime(2026, 6, 8, 16, tzinfo=UTC)


def _zone(*, hours_ahead: int) -> ZoneInfo:
    """Time zone data (RFC 8536) of a single offset."""
    header = b"TZif" + bytes(16) + struct.pack(">6l", 0, 0, 0, 0, 1, 4)
    data = header + struct.pack(">lbb", hours_ahead * HOUR, 0, 0) + b"XXX\0"
    return ZoneInfo.from_file(BytesIO(data), key="Europe/Berlin")


def test_a_breach_is_never_undone_and_never_lies_before_what_caused_it() -> None:
    story = Story(office()).recorded("2026-03-02 09:00")
    story.prioritized("2026-03-02 15:00", Priority.HIGH)

    assert story.read().target_due_at == story.local("2026-03-02 15:00")

    story.prioritized("2026-03-02 16:00", Priority.NORMAL)

    assert story.read().target_due_at == story.local("2026-03-02 15:00")
    assert story.read().minimum_due_at == story.local("2026-03-03 17:00")


def test_a_stopped_clock_tells_how_it_ended() -> None:
    def state(resolved: str) -> ClockState:
        return Story(office()).recorded("2026-03-02 09:00").resolved(resolved).read().state

    assert state("2026-03-02 16:59:59") is ClockState.MET
    assert state("2026-03-02 17:00:00") is ClockState.LATE
    assert state("2026-03-03 16:59:59") is ClockState.LATE
    assert state("2026-03-03 17:00:00") is ClockState.MISSED


def test_an_agreement_that_becomes_known_a_moment_later_counts_from_the_start() -> None:
    known = Story(office()).recorded("2026-03-02 10:00")
    late = Story(office())
    late.happens(ClockEventKind.RECORDED, "2026-03-02 10:00", priority=Priority.NORMAL)
    late.agreed("2026-03-02 10:05", AGREEMENT)

    assert late.read() == known.read()


def test_the_ledger_names_what_made_every_second_count_or_not() -> None:
    story = Story(office()).recorded("2026-03-02 16:00").waiting("2026-03-03 10:00")
    story.resumed("2026-03-03 11:00")

    told = [
        (str(segment.kind), str(segment.event.kind), segment.seconds)
        for segment in story.ledger("2026-03-03 12:00")
    ]

    assert told == [
        ("running", "recorded", HOUR),
        ("outside_hours", "recorded", 16 * HOUR),
        ("running", "recorded", HOUR),
        ("paused", "waiting", HOUR),
        ("running", "resumed", HOUR),
    ]

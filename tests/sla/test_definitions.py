"""Clocks as agreements define them: cycles, teams, reasons, kinds; short stories, told exactly."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from foredesk.sla.clock import Reading
from foredesk.sla.definitions import NEXT_UPDATE, RESOLUTION, TEMPLATES, ClockDefinition, PauseRule
from foredesk.sla.facts import ClockEventKind, Status
from foredesk.sla.ledger import explained
from foredesk.sla.models import ClockState
from foredesk.sla.priority import Priority
from foredesk.sla.rulebook import Goal, Goals
from tests.sla.story import ALWAYS, HOUR, Story, office, terms

NETWORK, DESK = uuid4(), uuid4()


HALF_A_DAY = Goal(4 * HOUR, 8 * HOUR)


def story(clock: ClockDefinition, goal: Goal = HALF_A_DAY) -> Story:
    goals: Goals = {(clock.name, Priority.NORMAL, None): goal}
    return Story(office(), clocks=[clock], goals=goals)


def told(readings: list[Reading]) -> list[tuple[int, str, int]]:
    return [(one.cycle, one.state.value, one.elapsed // 60) for one in readings]


def test_each_public_reply_ends_a_promise_of_an_update_and_begins_the_next() -> None:
    update = story(TEMPLATES[NEXT_UPDATE]).recorded("2026-03-02 09:00")
    assert update.readings() == []

    update.responded("2026-03-02 10:00").responded("2026-03-02 12:00")
    update.responded("2026-03-02 16:30")
    assert told(update.readings()) == [(1, "met", 120), (2, "late", 270), (3, "running", 0)]
    assert [one.is_current for one in update.readings()] == [False, False, True]
    assert update.read(NEXT_UPDATE).target_due_at == update.local("2026-03-03 12:30")

    update.resolved("2026-03-03 10:00")
    assert told(update.readings())[-1] == (3, "met", 90)


def test_a_reply_that_waits_for_the_requester_begins_a_turn_that_is_paused() -> None:
    update = story(TEMPLATES[NEXT_UPDATE]).recorded("2026-03-02 09:00")
    update.responded("2026-03-02 10:00").waiting("2026-03-02 10:00").resumed("2026-03-02 13:00")

    assert update.read(NEXT_UPDATE).target_due_at == update.local("2026-03-02 17:00")


@pytest.mark.parametrize(("reopened", "cycles"), [("2026-03-09 10:00", 1), ("2026-03-09 10:01", 2)])
def test_after_the_grace_period_a_reopened_clock_begins_anew(reopened: str, cycles: int) -> None:
    grace = replace(TEMPLATES[RESOLUTION], continue_within=timedelta(days=7))
    reopening = story(grace).recorded("2026-03-02 09:00").resolved("2026-03-02 10:00")
    reopening.reopened(reopened)

    assert len(reopening.readings()) == cycles
    assert reopening.read().elapsed == (HOUR if cycles == 1 else 0)
    assert reopening.read().started_at == reopening.local(
        "2026-03-02 09:00" if cycles == 1 else reopened
    )


def test_a_clock_of_a_team_counts_only_while_the_team_has_the_ticket() -> None:
    ours = replace(TEMPLATES[RESOLUTION], team_id=NETWORK)
    passing = story(ours).recorded("2026-03-02 09:00", team_id=DESK)
    assert passing.read().state is ClockState.PAUSED
    assert passing.read().target_due_at is None

    passing.assigned("2026-03-02 10:00", NETWORK).assigned("2026-03-02 12:00", DESK)
    passing.assigned("2026-03-03 09:00", NETWORK)

    assert passing.read().elapsed == 2 * HOUR
    assert passing.read().target_due_at == passing.local("2026-03-03 11:00")
    assert [
        (segment.kind.value, segment.sequence, segment.rule)
        for segment in passing.ledger("2026-03-03 10:00")
    ] == [
        ("with_others", 1, "team"),
        ("running", 2, "after:team"),
        ("with_others", 3, "team"),
        ("running", 4, "after:team"),
    ]


def test_a_clock_pauses_only_for_the_reasons_that_its_agreement_names() -> None:
    vendor = replace(TEMPLATES[RESOLUTION], pause=frozenset({PauseRule(Status.WAITING, "vendor")}))
    waiting = story(vendor).recorded("2026-03-02 09:00").waiting("2026-03-02 10:00")
    waiting.waiting("2026-03-02 11:00", "vendor").waiting("2026-03-02 13:00", "change")

    assert waiting.read().state is ClockState.RUNNING
    assert waiting.read().elapsed == 2 * HOUR
    assert waiting.read().target_due_at == waiting.local("2026-03-02 15:00")


def test_a_second_reason_to_wait_is_a_segment_of_its_own_and_goes_on_pausing() -> None:
    any_reason = replace(
        TEMPLATES[RESOLUTION],
        pause=frozenset({PauseRule(Status.WAITING), PauseRule(Status.WAITING, "vendor")}),
    )
    waiting = story(any_reason).recorded("2026-03-02 09:00").waiting("2026-03-02 10:00")
    waiting.waiting("2026-03-02 11:00", "vendor")

    assert [
        (segment.kind.value, segment.sequence, segment.rule)
        for segment in waiting.ledger("2026-03-02 12:00")
    ] == [
        ("running", 1, "start"),
        ("paused", 2, "pause:waiting"),
        ("paused", 3, "pause:waiting:vendor"),
    ]


def test_a_clock_may_count_what_others_take() -> None:
    vendors = ClockDefinition(
        "vendor",
        "Vendor",
        start=frozenset({ClockEventKind.WAITING}),
        stop=frozenset({ClockEventKind.RESUMED, ClockEventKind.RESOLVED}),
        restart=frozenset({ClockEventKind.WAITING}),
        pause=frozenset({PauseRule(Status.WAITING, "requester"), PauseRule(Status.OPEN)}),
    )
    waiting = story(vendors).recorded("2026-03-02 09:00").waiting("2026-03-02 10:00", "vendor")
    waiting.resumed("2026-03-02 12:00").waiting("2026-03-02 13:00", "vendor")

    assert waiting.read("vendor").elapsed == 2 * HOUR
    assert waiting.read("vendor").target_due_at == waiting.local("2026-03-02 15:00")


def test_what_is_promised_for_a_kind_of_request_holds_for_that_kind_only() -> None:
    goals: Goals = {
        (RESOLUTION, Priority.NORMAL, None): Goal(8 * HOUR),
        (RESOLUTION, Priority.NORMAL, "incident"): Goal(2 * HOUR),
    }
    sorting = Story(office(), goals=goals, clocks=[TEMPLATES[RESOLUTION]])
    sorting.recorded("2026-03-02 09:00")
    assert sorting.read().goal.target == 8 * HOUR

    sorting.happens(ClockEventKind.KIND_SET, "2026-03-02 10:00", request_kind="incident")
    assert sorting.read().target_due_at == sorting.local("2026-03-02 11:00")
    assert sorting.ledger("2026-03-02 10:30")[-1].rule == "kind"

    sorting.happens(ClockEventKind.KIND_SET, "2026-03-02 10:30", request_kind="information")
    assert sorting.read().goal.target == 8 * HOUR


def test_without_a_minimum_a_late_clock_misses_nothing() -> None:
    late = story(TEMPLATES[RESOLUTION], Goal(HOUR)).recorded("2026-03-02 09:00")
    late.resolved("2026-03-05 10:00")

    assert late.read().minimum_due_at is None
    assert late.read().state is ClockState.LATE


def test_warnings_come_at_any_share_of_the_working_time() -> None:
    shares = replace(TEMPLATES[RESOLUTION], warnings=(25, 50, 90))
    warned = story(shares, Goal(10 * HOUR)).recorded("2026-03-02 15:00")

    assert warned.read().warnings == {
        25: warned.local("2026-03-03 09:30"),
        50: warned.local("2026-03-03 12:00"),
        90: warned.local("2026-03-03 16:00"),
    }


def test_another_agreement_keeps_the_time_counted_and_brings_its_own_rules() -> None:
    other = uuid4()
    vendor = replace(TEMPLATES[RESOLUTION], pause=frozenset({PauseRule(Status.WAITING, "vendor")}))
    moving = story(TEMPLATES[RESOLUTION]).recorded("2026-03-02 09:00")
    moving.versions[other] = terms(
        office(weekly=ALWAYS), {(RESOLUTION, Priority.NORMAL, None): Goal(6 * HOUR)}, [vendor]
    )
    moving.waiting("2026-03-02 10:00").agreed("2026-03-02 12:00", other)

    assert moving.read().elapsed == HOUR
    assert moving.read().agreement_version_id == other
    assert moving.read().target_due_at == moving.local("2026-03-02 17:00")
    assert moving.ledger("2026-03-02 13:00")[-1].event.kind is ClockEventKind.AGREEMENT_SET


def test_a_calendar_that_is_chosen_instead_counts_from_its_event_on() -> None:
    around = uuid4()
    chosen = story(TEMPLATES[RESOLUTION]).recorded("2026-03-02 16:00")
    chosen.calendars[around] = office(weekly=ALWAYS)
    chosen.agreed("2026-03-02 16:30", next(iter(chosen.versions)), around)

    assert chosen.read().calendar_id == around
    assert chosen.read().target_due_at == chosen.local("2026-03-02 20:00")


def test_a_merged_ticket_stands_still_and_goes_on_when_it_is_taken_apart() -> None:
    merging = story(TEMPLATES[RESOLUTION]).recorded("2026-03-02 09:00")
    merging.waiting("2026-03-02 10:00").merged("2026-03-02 11:00")
    assert merging.read().state is ClockState.MERGED
    assert (merging.read().target_due_at, merging.read().warnings) == (None, {75: None})
    assert merging.ledger("2026-03-02 12:00")[-1].rule == "merged"

    merging.unmerged("2026-03-03 09:00")
    assert merging.read().state is ClockState.PAUSED
    merging.resumed("2026-03-03 10:00")

    assert merging.read().elapsed == HOUR
    assert merging.read().target_due_at == merging.local("2026-03-03 13:00")


def test_a_merged_ticket_shows_no_verdict_of_clocks_that_had_stopped() -> None:
    merging = Story(office()).recorded("2026-03-02 09:00").responded("2026-03-02 10:00")
    merging.merged("2026-03-02 11:00")

    assert {reading.state for reading in merging.readings()} == {ClockState.MERGED}


def test_the_ledger_says_the_event_and_the_rule_in_words() -> None:
    waiting = story(TEMPLATES[RESOLUTION]).recorded("2026-03-02 16:00")
    waiting.waiting("2026-03-03 10:00").prioritized("2026-03-03 11:00", Priority.NORMAL)
    segments = waiting.ledger("2026-03-03 12:00")

    assert [segment.words for segment in segments] == [
        "Event 1: the request was recorded, which starts the clock “Resolution”.",
        "Event 1: the request was recorded, but the calendar is closed.",
        "Event 1: the request was recorded, which starts the clock “Resolution”.",
        "Event 2: the request began to wait for the requester, "
        "which pauses the clock “Resolution” while it waits for the requester.",
    ]
    (version,) = waiting.versions.values()
    assert explained(segments, version, 4 * HOUR) == (
        "4 h 0 min promised; 2 h 0 min counted; 16 h 0 min outside working hours; "
        "2 h 0 min paused; last: Event 2: the request began to wait for the requester, which "
        "pauses the clock “Resolution” while it waits for the requester."
    )


def test_a_turn_that_ends_while_it_stands_still_is_judged_as_a_clock_that_stops() -> None:
    """A shorter target that was passed already is missed at the end, not while the clock waits."""
    goals: Goals = {
        (NEXT_UPDATE, Priority.NORMAL, None): Goal(4 * HOUR),
        (NEXT_UPDATE, Priority.HIGH, None): Goal(1 * HOUR),
    }
    waiting = replace(TEMPLATES[NEXT_UPDATE], pause=frozenset({PauseRule(Status.WAITING)}))
    update = Story(office(), clocks=[waiting], goals=goals).recorded("2026-03-02 09:00")
    update.responded("2026-03-02 10:00").waiting("2026-03-02 12:00")
    update.prioritized("2026-03-02 13:00", Priority.HIGH)
    assert update.read(NEXT_UPDATE).target_due_at is None

    update.responded("2026-03-02 14:00")

    first, second = update.readings()
    assert (first.state, first.elapsed) == (ClockState.LATE, 2 * HOUR)
    assert first.target_due_at == update.local("2026-03-02 14:00")
    assert (second.state, second.target_due_at) == (ClockState.PAUSED, None)

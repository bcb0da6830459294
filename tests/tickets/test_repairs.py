"""Promises of repair: which count, which are kept, and what the calibration makes of them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foredesk.tickets.calibration import (
    CalibrationCut,
    CalibrationVerdict,
    calibrated,
)
from foredesk.tickets.repairs import (
    PromiseLevel,
    PromiseTurn,
    RepairPromise,
    repair_promises,
)
from foredesk.tickets.states import EventKind

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FIRST, LAST = PromiseTurn.FIRST, PromiseTurn.LAST
SINGLE, P50, P90 = PromiseLevel


@dataclass(frozen=True)
class Entry:
    kind: EventKind
    occurred_at: datetime
    data: dict[str, Any] = field(default_factory=dict)


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def entry(kind: EventKind, hours: float, **data: Any) -> Entry:
    return Entry(kind, at(hours), data)


def estimated(hours: float, soon: float, latest: float | None = None) -> Entry:
    return entry(
        EventKind.REPAIR_ESTIMATED,
        hours,
        repair_at=at(soon).isoformat(),
        latest_at=at(latest).isoformat() if latest else None,
    )


def verdicts(
    *events: Entry, now: float = 1000
) -> list[tuple[PromiseTurn, PromiseLevel, float, bool]]:
    return [
        (one.turn, one.level, (one.due_at - START) / timedelta(hours=1), one.kept)
        for one in repair_promises(events, at(now))
    ]


def test_a_promise_is_kept_when_it_was_solved_by_then_to_the_second() -> None:
    assert verdicts(estimated(0, 4), entry(EventKind.RESOLVED, 4)) == [
        (FIRST, SINGLE, 4, True),
        (LAST, SINGLE, 4, True),
    ]
    assert [kept for *_, kept in verdicts(estimated(0, 4), entry(EventKind.RESOLVED, 4.001))] == [
        False,
        False,
    ]


def test_two_times_are_two_promises() -> None:
    assert verdicts(estimated(0, 4, 8), entry(EventKind.RESOLVED, 6)) == [
        (FIRST, P50, 4, False),
        (FIRST, P90, 8, True),
        (LAST, P50, 4, False),
        (LAST, P90, 8, True),
    ]


def test_a_revision_is_judged_beside_the_first_promise_and_those_between_are_not() -> None:
    events = [estimated(0, 4), estimated(3, 6), estimated(5, 9), entry(EventKind.RESOLVED, 8)]

    assert verdicts(*events) == [(FIRST, SINGLE, 4, False), (LAST, SINGLE, 9, True)]
    assert {one.revision_count for one in repair_promises(events, at(99))} == {2}


def test_a_promise_counts_once_its_time_is_past_even_if_it_was_solved_early() -> None:
    events = [estimated(0, 4, 8), entry(EventKind.RESOLVED, 1)]

    assert verdicts(*events, now=3) == []
    assert verdicts(*events, now=4) == [(FIRST, P50, 4, True), (LAST, P50, 4, True)]
    assert len(verdicts(*events, now=8)) == 4


def test_what_is_unsolved_at_its_time_was_not_kept_before_anybody_knows_when_it_will_be() -> None:
    assert verdicts(estimated(0, 4), now=5) == [(FIRST, SINGLE, 4, False), (LAST, SINGLE, 4, False)]


def test_a_solution_that_was_refused_is_none() -> None:
    events = [
        estimated(0, 4),
        entry(EventKind.RESOLVED, 3),
        entry(EventKind.REFUSED, 5),
        estimated(5, 9),
        entry(EventKind.RESOLVED, 7),
    ]
    assert verdicts(*events) == [(FIRST, SINGLE, 4, False), (LAST, SINGLE, 9, True)]


def test_reopened_before_it_was_confirmed_the_same_repair_goes_on() -> None:
    events = [
        estimated(0, 4),
        entry(EventKind.RESOLVED, 3),
        entry(EventKind.CLOSED, 5, because="silence"),
        entry(EventKind.REOPENED, 20),
        entry(EventKind.RESOLVED, 30),
    ]
    assert verdicts(*events) == [(FIRST, SINGLE, 4, False), (LAST, SINGLE, 4, False)]


def test_reopened_after_it_was_confirmed_it_is_another_repair() -> None:
    events = [
        estimated(0, 4),
        entry(EventKind.RESOLVED, 3),
        entry(EventKind.CONFIRMED, 5),
        entry(EventKind.REOPENED, 20),
        estimated(21, 25),
        entry(EventKind.RESOLVED, 30),
    ]
    assert verdicts(*events) == [
        (FIRST, SINGLE, 4, True),
        (LAST, SINGLE, 4, True),
        (FIRST, SINGLE, 25, False),
        (LAST, SINGLE, 25, False),
    ]


def test_a_merged_ticket_is_left_out_until_it_is_one_of_its_own_again() -> None:
    events = [estimated(0, 4), entry(EventKind.MERGED, 1)]

    assert verdicts(*events) == []
    assert len(verdicts(*events, entry(EventKind.UNMERGED, 2))) == 2


def test_a_promise_is_its_team_s_who_had_the_ticket_then() -> None:
    first, second, service = uuid4(), uuid4(), uuid4()
    promises = repair_promises(
        [
            entry(EventKind.CLASSIFIED, 0, service_id=str(service)),
            entry(EventKind.ASSIGNED, 0, team_id=str(first)),
            estimated(1, 4),
            entry(EventKind.ESCALATED, 2, team_id=None),
            entry(EventKind.ESCALATED, 2, team_id=str(second)),
            estimated(3, 6),
        ],
        at(99),
    )
    assert [(one.turn, one.team_id, one.service_id) for one in promises] == [
        (FIRST, first, service),
        (LAST, second, service),
    ]


def promise(
    kept: bool, *, level: PromiseLevel = P90, due: datetime = START, team: UUID | None = None
) -> RepairPromise:
    return RepairPromise(level, FIRST, due, kept, 0, team, None)


def test_months_are_those_of_the_reader() -> None:
    late = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)

    def months(zone: str) -> list[str | None]:
        rows = calibrated([promise(True, due=late)], CalibrationCut.MONTH, ZoneInfo(zone))
        return [row.month for row in rows]

    assert months("UTC") == ["2026-03"]
    assert months("Europe/Berlin") == ["2026-04"]


def test_rows_are_cut_by_team_and_those_without_one_are_a_row_too() -> None:
    team = uuid4()
    rows = calibrated(
        [promise(True, team=team), promise(False, team=team), promise(True)],
        CalibrationCut.TEAM,
        ZoneInfo("UTC"),
    )
    assert [(row.team_id, row.kept_count, row.estimate.n) for row in rows] == [
        (None, 1, 1),
        (team, 1, 2),
    ]


@pytest.mark.parametrize(
    ("kept", "missed", "verdict"),
    [
        (90, 10, CalibrationVerdict.CALIBRATED),
        (60, 40, CalibrationVerdict.TOO_OPTIMISTIC),
        (100, 0, CalibrationVerdict.TOO_CAUTIOUS),
        (3, 1, CalibrationVerdict.CALIBRATED),
    ],
)
def test_the_verdict_is_what_wilson_s_interval_says_of_the_aim(
    kept: int, missed: int, verdict: CalibrationVerdict
) -> None:
    promises = [promise(True)] * kept + [promise(False)] * missed
    (row,) = calibrated(promises, CalibrationCut.ALL, ZoneInfo("UTC"))

    assert row.verdict is verdict
    assert row.estimate.value == kept / (kept + missed)


def test_a_single_time_has_no_aim_and_no_verdict() -> None:
    (row,) = calibrated([promise(True, level=SINGLE)], CalibrationCut.ALL, ZoneInfo("UTC"))

    assert row.aim is None
    assert row.verdict is None


KINDS = st.sampled_from(
    [
        EventKind.REPAIR_ESTIMATED,
        EventKind.REPAIR_ESTIMATED,
        EventKind.RESOLVED,
        EventKind.RESOLVED,
        EventKind.CONFIRMED,
        EventKind.REFUSED,
        EventKind.REOPENED,
        EventKind.CLOSED,
    ]
)


@given(st.lists(st.tuples(KINDS, st.integers(1, 20)), max_size=20), st.integers(1, 60))
def test_promises_are_judged_as_an_obvious_reading_of_the_history_does(
    steps: list[tuple[EventKind, int]], now: int
) -> None:
    events = [
        estimated(hour, hour + ahead) if kind is EventKind.REPAIR_ESTIMATED else entry(kind, hour)
        for hour, (kind, ahead) in enumerate(steps)
    ]
    assert verdicts(*events, now=now) == slowly(events, now)


def slowly(events: list[Entry], now: int) -> list[tuple[PromiseTurn, PromiseLevel, float, bool]]:
    """Cut the history where a confirmed solution came back, and look for the solution that held
    in each part anew for every promise.
    """
    parts: list[list[Entry]] = [[]]
    for event in events:
        kinds = [one.kind for one in parts[-1]]
        solved = [i for i, kind in enumerate(kinds) if kind is EventKind.RESOLVED]
        undone = [i for i, kind in enumerate(kinds) if kind is EventKind.REFUSED]
        confirmed = [i for i, kind in enumerate(kinds) if kind is EventKind.CONFIRMED]
        since = max([*solved, *undone], default=-1)
        if event.kind is EventKind.REOPENED and confirmed and confirmed[-1] > since:
            parts.append([])
        else:
            parts[-1].append(event)
    found = []
    for part in parts:
        promised = [one for one in part if one.kind is EventKind.REPAIR_ESTIMATED]
        ends = (EventKind.RESOLVED, EventKind.REFUSED, EventKind.REOPENED)
        last = next((one for one in reversed(part) if one.kind in ends), None)
        held = last.occurred_at if last and last.kind is EventKind.RESOLVED else None
        for turn, some in ((FIRST, promised[:1]), (LAST, promised[-1:])):
            for one in some:
                due = datetime.fromisoformat(one.data["repair_at"])
                if due <= at(now):
                    hours = (due - START) / timedelta(hours=1)
                    found.append((turn, SINGLE, hours, held is not None and held <= due))
    return found

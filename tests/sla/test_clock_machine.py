"""The fold and its ledger against an oracle that lives through every minute, whatever happens.

Clocks are defined in any way that an agreement may define them, agreements and calendars change,
and all of it happens where clocks on the wall do odd things.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from foredesk.sla.calendar import BusinessTime, OpeningHours
from foredesk.sla.clock import Reading, read_clocks
from foredesk.sla.definitions import ClockDefinition, PauseRule
from foredesk.sla.facts import ClockEvent, ClockEventKind
from foredesk.sla.ledger import Segment, elapsed_seconds, ledgers
from foredesk.sla.models import ClockState
from foredesk.sla.priority import Priority
from foredesk.sla.rulebook import Goal, Rulebook, Terms
from tests.sla.life import MINUTE, Agreement, Cycle, Happening, Life, Rules
from tests.sla.oracle import open_minutes
from tests.sla.strategies import CASES, SPOTS, often, zones_that_change

NAMESPACE = UUID(int=1)
KINDS = [kind.value for kind in ClockEventKind if kind.value != "recorded"]
WEEKS = {
    "office": (((540, 1020),),) * 5 + ((), ()),
    "split": (((0, 720), (780, 1440)), ((1320, 1800),)) * 3 + ((),),
    "nights": (((90, 150), (1380, 1620)),) * 7,
    "always": (((0, 1440),),) * 7,
}
PAUSES = ["waiting", "waiting:requester", "waiting:vendor", "open", "resolved"]


@dataclass(frozen=True)
class Case:
    zone: str
    base: datetime
    holidays: tuple[date, ...]
    agreements: Mapping[str, Agreement]
    happenings: tuple[Happening, ...]


@st.composite
def cases(draw: st.DrawFn, spots: st.SearchStrategy[tuple[str, tuple[int, int, int]]]) -> Case:
    zone, spot = draw(spots)
    base = datetime(*spot, tzinfo=UTC)
    agreements = {"first": Agreement(draw(st.sampled_from(list(WEEKS))), draw(rules()))}
    agreements["second"] = Agreement(
        draw(st.sampled_from(list(WEEKS))), draw(st.one_of(st.none(), rules()))
    )
    holidays = draw(st.lists(st.integers(-1, 1), max_size=2, unique=True))
    begin = base + timedelta(minutes=draw(st.integers(-1440, 720)))
    begun = {"priority": draw(PRIORITIES), "team": draw(TEAMS)}
    if draw(st.booleans()):
        begun["agreement"] = "first"
    happenings = [Happening(begin, "recorded", begun)]
    if "agreement" not in begun:
        happenings.append(Happening(begin, "agreement_set", {"agreement": "first"}))
    for _ in range(draw(st.integers(0, 9))):
        kind = draw(st.sampled_from(KINDS))
        begin += timedelta(minutes=draw(GAPS))
        happenings.append(Happening(begin, kind, _said(draw, kind)))
    days = tuple(base.date() + timedelta(days=days) for days in holidays)
    return Case(zone, base, days, agreements, tuple(happenings))


PRIORITIES = st.sampled_from(["normal", "high", "low"])
TEAMS = st.sampled_from(["a", "b", None])
GAPS = st.one_of(st.just(0), st.integers(0, 60), st.integers(0, 600))
EVENTS = st.sets(st.sampled_from([*KINDS, "recorded"]), max_size=3)


def _said(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    match kind:
        case "priority_set":
            return {"priority": draw(PRIORITIES)}
        case "kind_set":
            return {"kind": draw(st.sampled_from(["", "incident"]))}
        case "assigned":
            return {"team": draw(TEAMS)}
        case "waiting":
            return {"reason": draw(st.sampled_from(["requester", "vendor", "other"]))}
        case "agreement_set":
            return {
                "agreement": draw(st.sampled_from(["first", "second", None])),
                "calendar": draw(st.one_of(st.none(), st.sampled_from(list(WEEKS)))),
            }
    return {}


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    stop = draw(EVENTS) - {"recorded"}
    start = (draw(EVENTS) if draw(st.booleans()) else {"recorded"}) - stop or {"recorded"}
    cycle = (draw(EVENTS) if draw(st.booleans()) else set()) - stop - {"recorded"}
    within = draw(st.one_of(st.none(), st.integers(0, 600)))
    goals = {}
    for priority in ("normal", "high"):
        target = draw(st.integers(1, 30)) * 20
        more = draw(st.one_of(st.none(), st.integers(0, 600)))
        goals[priority, ""] = (target, None if more is None else target + more)
    if draw(st.booleans()):
        goals["normal", "incident"] = (20, 40)
    return Rules(
        start=frozenset(start),
        stop=frozenset(stop),
        restart=frozenset(draw(EVENTS) - stop - cycle),
        cycle=frozenset(cycle),
        pause=frozenset(draw(st.sets(st.sampled_from(PAUSES), max_size=2))),
        warnings=tuple(sorted(draw(st.sets(st.sampled_from([5, 50, 75, 95]), max_size=3)))),
        team=draw(st.sampled_from([None, None, "a"])),
        continue_within=within,
        goals=goals,
    )


@often(CASES // 6)
@given(cases(st.sampled_from(SPOTS)))
def test_the_clock_equals_an_oracle_that_lives_through_every_minute(case: Case) -> None:
    _compare(case)


@often(CASES // 20)
@given(cases(st.sampled_from(zones_that_change())))
def test_the_same_holds_in_every_zone_on_the_days_its_clocks_change(case: Case) -> None:
    _compare(case)


def _compare(case: Case) -> None:
    now = case.happenings[-1].at + timedelta(hours=7)
    until = now + timedelta(days=1)
    life = Life(case.agreements, _open(case, until), case.happenings)
    life.live(until)
    events, book = _facts(case.happenings), _book(case)
    readings = {reading.cycle: reading for reading in read_clocks(events, book)}
    told = ledgers(events, book, now)

    assert set(told) == {("clock", cycle.number) for cycle in life.cycles}
    for cycle in life.cycles:
        is_last = cycle is life.cycles[-1]
        _compare_ledger(cycle, told["clock", cycle.number], now if is_last else None)
        if cycle.number in readings:
            _compare_reading(readings[cycle.number], cycle, life, is_last=is_last, until=until)
    assert readings.keys() <= {cycle.number for cycle in life.cycles}
    if life.cycles and life.phase != "stopped":
        assert (life.cycles[-1].number in readings) is _has_a_goal(life)


def _compare_ledger(cycle: Cycle, segments: tuple[Segment, ...], now: datetime | None) -> None:
    end = cycle.stopped if cycle.stopped is not None else now
    assert end is not None
    lived = cycle.shown[: int((end - cycle.started) / MINUTE)]
    told = [
        (segment.kind.value, segment.sequence)
        for segment in segments
        for _ in range(segment.seconds // 60)
    ]
    assert told == lived
    assert elapsed_seconds(segments) == 60 * sum(kind == "running" for kind, _ in lived)


def _compare_reading(
    reading: Reading, cycle: Cycle, life: Life, *, is_last: bool, until: datetime
) -> None:
    counted = int((reading.counted_until - cycle.started) / MINUTE)
    lived = [kind for kind, _ in cycle.shown[:counted]]

    assert reading.is_current is is_last
    assert (reading.started_at, reading.stopped_at) == (cycle.started, cycle.stopped)
    assert reading.elapsed == 60 * lived.count("running")
    assert _seen(reading.target_due_at, until) == cycle.target
    assert _seen(reading.minimum_due_at, until) == cycle.minimum
    assert {percent: _seen(at, until) for percent, at in reading.warnings.items()} == {
        percent: cycle.warned.get(percent) for percent in reading.warnings
    }
    assert reading.state is _state(cycle, life, is_last=is_last)


def _seen(at: datetime | None, until: datetime) -> datetime | None:
    """What the oracle has not lived to see."""
    return at if at is not None and at <= until else None


def _state(cycle: Cycle, life: Life, *, is_last: bool) -> ClockState:
    if life.merged:
        return ClockState.MERGED
    if cycle.stopped is None:
        return ClockState.RUNNING if life.phase == "running" else ClockState.PAUSED
    if cycle.target is None:
        return ClockState.MET
    return ClockState.LATE if cycle.minimum is None else ClockState.MISSED


def _has_a_goal(life: Life) -> bool:
    agreement = life.agreements.get(life.agreement) if life.agreement else None
    rules = agreement.rules if agreement else None
    return rules is not None and (life.priority, "") in rules.goals


def _open(case: Case, until: datetime) -> dict[str, set[datetime]]:
    start = case.happenings[0].at.replace(minute=0) - timedelta(hours=1)
    end = until + timedelta(days=8)
    return {
        name: open_minutes(ZoneInfo(case.zone), week, dict.fromkeys(case.holidays, ()), start, end)
        for name, week in WEEKS.items()
    }


def _book(case: Case) -> Rulebook:
    holidays = dict.fromkeys(case.holidays, ())
    times = {
        name: BusinessTime.of(OpeningHours(ZoneInfo(case.zone), week, holidays))
        for name, week in WEEKS.items()
    }
    versions = {
        _id(name): Terms(
            times[agreement.calendar],
            _goals(agreement.rules),
            {"clock": _definition(agreement.rules)} if agreement.rules else {},
        )
        for name, agreement in case.agreements.items()
    }
    return Rulebook(versions, {_id(name): business for name, business in times.items()})


def _goals(rules: Rules | None) -> dict[tuple[str, Priority, str | None], Goal]:
    return {
        ("clock", Priority(priority), kind or None): Goal(
            60 * target, None if minimum is None else 60 * minimum
        )
        for (priority, kind), (target, minimum) in (rules.goals.items() if rules else ())
    }


def _definition(rules: Rules) -> ClockDefinition:
    within = rules.continue_within
    return ClockDefinition(
        "clock",
        "Clock",
        start=_kinds(rules.start),
        stop=_kinds(rules.stop),
        restart=_kinds(rules.restart),
        cycle=_kinds(rules.cycle),
        pause=frozenset(map(PauseRule.read, rules.pause)),
        warnings=rules.warnings,
        team_id=_id(rules.team) if rules.team else None,
        continue_within=None if within is None else timedelta(minutes=within),
    )


def _kinds(names: frozenset[str]) -> frozenset[ClockEventKind]:
    return frozenset(map(ClockEventKind, names))


def _facts(happenings: tuple[Happening, ...]) -> list[ClockEvent]:
    return [_fact(number, one) for number, one in enumerate(happenings, 1)]


def _fact(number: int, happening: Happening) -> ClockEvent:
    what = happening.what
    ids = {"agreement": "agreement_version_id", "calendar": "calendar_id", "team": "team_id"}
    said: dict[str, Any] = {
        ids[name]: _id(value) if value else None for name, value in what.items() if name in ids
    }
    if "priority" in what:
        said["priority"] = Priority(what["priority"])
    if "kind" in what:
        said["request_kind"] = what["kind"] or None
    if "reason" in what:
        said["reason"] = what["reason"]
    return ClockEvent(happening.at, ClockEventKind(happening.kind), number, **said)


@cache
def _id(name: str) -> UUID:
    return uuid5(NAMESPACE, name)

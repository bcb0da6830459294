"""Agreement files: read, written, read again as the same; refused with line and key."""

import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foredesk.agreement_files.durations import read_duration, working_day, write_duration
from foredesk.agreement_files.parse import parse_agreement_file, parse_calendar_file
from foredesk.agreement_files.proposed import (
    ProposedAgreement,
    ProposedCalendar,
    in_order,
    stand_in,
)
from foredesk.agreement_files.tree import LONGEST, FileFormat, UnreadableFile
from foredesk.agreement_files.write import agreement_text, calendar_text
from foredesk.people.roles import Role
from foredesk.sla.clock import read_clocks
from foredesk.sla.definitions import TEMPLATES, ClockDefinition, EscalationRule, Level, PauseRule
from foredesk.sla.facts import ClockEvent, ClockEventKind
from foredesk.sla.holidays import HolidaySource
from foredesk.sla.hours import WEEKDAYS
from foredesk.sla.penalties import Billing, PenaltyRule
from foredesk.sla.priority import Priority
from foredesk.sla.proposal import Promised, Proposal
from foredesk.sla.rulebook import Rulebook
from foredesk.sla.written import WrittenHours
from tests.clock import NOW
from tests.sla.strategies import often

PAGE = (Path(__file__).parents[2] / "docs" / "agreement-files.md").read_text("utf-8")
EXAMPLE = re.findall(r"```yaml\n(.*?)```", PAGE, re.S)[0]
GOLD = """agreement: Gold
calendar:
  name: Office
  time_zone: Europe/Berlin
  hours:
    monday: [09:00-17:00]
clocks:
  resolution:
    targets:
      high: {target: 4h, minimum: 1d}
"""


def test_the_whole_file_of_the_page_is_read() -> None:
    read = parse_agreement_file(EXAMPLE)

    assert (read.name, read.organization, read.service, read.kind) == (
        "Tannquell, e-mail",
        "tannquell",
        "email",
        None,
    )
    assert read.calendar.working_day == timedelta(hours=8)
    assert read.calendar.written.holidays == HolidaySource("DE", "BE", ("public",), (2026, 2027))
    assert read.calendar.written.names == {
        "2026-12-24": "Christmas Eve",
        "2026-12-25": "Christmas Day",
    }
    goals = read.terms().goals
    goal = goals["resolution", Priority.LOW, None]
    assert (goal.target, goal.minimum) == (4 * 8 * 3600, 6 * 8 * 3600)
    special = goals["resolution", Priority.NORMAL, "service_fulfillment"]
    assert special.target == 5 * 8 * 3600
    assert goals["next_update", Priority.CRITICAL, None].minimum is None
    clocks = read.terms().clocks
    assert clocks["response"] == TEMPLATES["response"]
    assert clocks["next_update"].warnings == (50, 90)
    assert clocks["network_work"].team_id == stand_in("team", "network")
    assert read.proposal.billing == Billing("EUR", Decimal(12000), None, Decimal(20))
    assert [rule.level for rule in read.terms().escalations] == [
        Level.WARNING,
        Level.MINIMUM,
        Level.TARGET,
    ]
    assert sorted(read.stood_for.values()) == ["grace@example.org", "network"]


@pytest.mark.parametrize("format", FileFormat)
def test_the_file_of_the_page_is_the_same_when_it_is_written_again(format: FileFormat) -> None:
    read = parse_agreement_file(EXAMPLE)

    text = agreement_text(read, format)

    assert parse_agreement_file(text) == read
    assert parse_agreement_file(text, format) == read
    assert agreement_text(parse_agreement_file(text), format) == text
    assert text.startswith("# A working day (1d) of this calendar has 8h.\n")


def test_a_file_is_ready_for_the_clock() -> None:
    read = parse_agreement_file(GOLD)
    version = stand_in("version", "1")
    event = ClockEvent(
        NOW, ClockEventKind.RECORDED, 1, priority=Priority.HIGH, agreement_version_id=version
    )

    (reading,) = read_clocks([event], Rulebook({version: read.terms()}))

    assert reading.target_due_at == NOW + timedelta(hours=4)


hours = st.lists(
    st.sampled_from(["08:00-12:00", "12:45-17:00", "22:00-23:30", "24:30-30:00"]),
    unique=True,
    max_size=3,
).map(sorted)
names = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20
)
times = st.integers(60, 400 * 3600).map(lambda seconds: timedelta(seconds=seconds))
money = st.decimals(Decimal("0.01"), Decimal(99999), places=2)
percents = st.decimals(Decimal("0.5"), Decimal(100), places=1)
kinds = st.sampled_from([None, "incident", "information"])
priorities = st.sampled_from(list(Priority))
events = st.frozensets(st.sampled_from(list(ClockEventKind)), min_size=1, max_size=3)
dates = st.dates().filter(lambda day: day.year > 999).map(str)


@st.composite
def calendars(draw: st.DrawFn) -> ProposedCalendar:
    weekly = {day: draw(hours) for day in WEEKDAYS if draw(st.booleans())}
    weekly["monday"] = ["09:00-17:00"]
    exceptions = draw(st.dictionaries(dates, hours, max_size=4))
    called = {day: draw(names) for day in exceptions if draw(st.booleans())}
    source = draw(
        st.sampled_from(
            [None, HolidaySource("NO", years=(2027,)), HolidaySource("", years=(2026, 2027))]
        )
    )
    ordered = {day: weekly[day] for day in WEEKDAYS if day in weekly}
    written = WrittenHours(draw(zones), ordered, exceptions, called, source)
    return ProposedCalendar(draw(names), written)


zones = st.sampled_from(["UTC", "Europe/Berlin", "Australia/Lord_Howe"])


@st.composite
def clocks(draw: st.DrawFn, name: str, stood_for: dict[Any, str]) -> ClockDefinition:
    usual = TEMPLATES.get(name)
    start = usual.start if usual else frozenset({ClockEventKind.RECORDED})
    stop = draw(events) - start
    team = draw(st.sampled_from(["", "network", "null"]))
    if team:
        stood_for[stand_in("team", team)] = team
    return ClockDefinition(
        name,
        draw(names),
        start,
        stop or frozenset({ClockEventKind.CLOSED}),
        restart=draw(st.sampled_from([frozenset(), frozenset({ClockEventKind.REOPENED})])) - stop,
        pause=draw(
            st.frozensets(
                st.sampled_from(["waiting", "waiting:vendor", "open"]).map(PauseRule.read)
            )
        ),
        warnings=tuple(sorted(draw(st.sets(st.integers(1, 99), max_size=3)))),
        team_id=stand_in("team", team) if team else None,
        continue_within=draw(st.none() | times),
    )


@st.composite
def agreements(draw: st.DrawFn) -> ProposedAgreement:
    stood_for: dict[Any, str] = {}
    promised = draw(
        st.lists(
            st.sampled_from(["response", "resolution", "next_update", "own_work", "x"]),
            min_size=1,
            max_size=4,
            unique=True,
        )
    )
    own = [
        draw(clocks(name, stood_for))
        for name in promised
        if name not in TEMPLATES or draw(st.booleans())
    ]
    promises = []
    for name in promised:
        wanted = st.tuples(priorities, kinds)
        for priority, kind in draw(st.lists(wanted, min_size=1, max_size=4, unique=True)):
            target = draw(times)
            minimum = target + draw(times)
            promises.append(Promised(name, priority, target, minimum, kind))
    rules = [
        PenaltyRule(name, None, draw(money), None, draw(st.none() | money))
        if draw(st.booleans())
        else PenaltyRule(name, None, None, draw(percents), None)
        for name in promised
        if draw(st.booleans())
    ]
    billing = Billing("EUR", draw(money), draw(st.none() | money), draw(st.none() | percents))
    escalations = [
        EscalationRule(
            stand_in("escalation", str(at)), name, Level.TARGET, role=Role.PROBLEM_MANAGER.value
        )
        for at, name in enumerate(promised)
        if draw(st.booleans())
    ]
    escalations = [
        EscalationRule(stand_in("escalation", str(at)), one.clock, one.level, role=one.role)
        for at, one in enumerate(escalations)
    ]
    proposal = Proposal(promises, own, rules, billing, escalations)
    proposal.check()
    return ProposedAgreement(
        draw(names),
        draw(calendars()),
        in_order(proposal),
        draw(st.sampled_from(["", "acme", "no"])),
        draw(st.sampled_from(["", "vpn"])),
        draw(kinds),
        stood_for,
    )


@often(200)
@given(agreements())
def test_whatever_is_written_is_read_as_the_same_in_both_formats(one: ProposedAgreement) -> None:
    yaml, toml = (agreement_text(one, format) for format in FileFormat)

    assert parse_agreement_file(yaml) == one
    assert parse_agreement_file(toml) == one
    assert parse_agreement_file(yaml, FileFormat.YAML) == parse_agreement_file(
        toml, FileFormat.TOML
    )


@often(100)
@given(calendars())
def test_a_calendar_alone_is_read_as_the_same(one: ProposedCalendar) -> None:
    for format in FileFormat:
        assert parse_calendar_file(calendar_text(one, format)) == one


@often(300)
@given(st.integers(0, 10**7), st.integers(0, 1440))
def test_a_time_is_read_as_it_was_written(seconds: int, minutes: int) -> None:
    time, day = timedelta(seconds=seconds), timedelta(minutes=minutes)

    assert read_duration(write_duration(time, day), day) == time


@pytest.mark.parametrize(
    ("time", "written"),
    [
        (timedelta(minutes=30), "30m"),
        (timedelta(hours=4), "4h"),
        (timedelta(minutes=90), "1h 30m"),
        (timedelta(hours=8), "8h"),
        (timedelta(hours=16), "2d"),
        (timedelta(hours=20), "20h"),
        (timedelta(0), "0s"),
    ],
)
def test_times_are_written_as_people_say_them(time: timedelta, written: str) -> None:
    assert write_duration(time, timedelta(hours=8)) == written


@pytest.mark.parametrize("text", ["", "soon", "4", "h", "-4h", "4h4h", "1.5h", "9999999999h"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="time"):
        read_duration(text, timedelta(hours=8))


def test_a_working_day_is_as_long_as_most() -> None:
    week = {
        **{day: ["08:00-12:00", "13:00-17:00"] for day in ("monday", "tuesday", "wednesday")},
        "thursday": ["08:00-20:00"],
        "friday": ["08:00-12:00"],
    }
    assert working_day(week) == timedelta(hours=8)
    assert working_day({"monday": ["08:00-12:00"], "friday": ["08:00-18:00"]}) == timedelta(
        hours=10
    )
    assert working_day({"monday": ["00:00-24:00"]}) == timedelta(hours=24)


@pytest.mark.parametrize(
    ("text", "line", "key", "problem"),
    [
        ("", None, "", "The file is empty."),
        ("- a\n- b\n", 1, "", "write keys with values here."),
        (GOLD + "clock: {}\n", 11, "clock", "there is no such key; known are agreement,"),
        (GOLD + "clocks: {}\n", 11, "clocks", "this key is here twice."),
        (GOLD.replace("agreement: Gold\n", ""), 1, "", "agreement is missing."),
        (GOLD.replace("Gold", "''"), 1, "agreement", "Give it a name"),
        (GOLD.replace("09:00-17:00", "9-5"), 6, "calendar.hours", "Write hours like"),
        (GOLD.replace("Europe/Berlin", "Mars"), 4, "calendar.time_zone", "is no time zone"),
        (GOLD.replace("monday:", "someday:"), 6, "calendar.hours.someday", "there is no such key"),
        (GOLD.replace("4h", "soon"), 10, "clocks.resolution.targets.high.target", "write a time"),
        (GOLD.replace("high:", "hihg:"), 10, "clocks.resolution.targets.hihg", "is unknown"),
        (GOLD.replace("4h", "9h"), 8, "clocks", "its minimum no shorter"),
        (GOLD.replace("resolution:", "restoration:"), 8, "clocks", "Say which events start"),
        (GOLD + "kind: riddle\n", 11, "kind", "'riddle' is unknown; use information,"),
        (GOLD + "penalties: {rules: [{clock: resolution}]}\n", 11, "penalties", "A penalty is"),
        (
            GOLD + "penalties: {currency: EUR, rules: [{clock: resolution, amount: much}]}\n",
            11,
            "penalties.rules[1].amount",
            "write a number like 250",
        ),
        (
            GOLD + "escalations:\n  - {clock: resolution, at: later, tell_role: agent}\n",
            12,
            "escalations[1].at",
            "write a percent of the target",
        ),
        (
            GOLD + "escalations:\n  - {clock: resolution, at: target}\n",
            12,
            "escalations",
            "Escalate to a team, to a person, or to a role.",
        ),
        ("agreement: Gold\ncalendar: Office\n", 2, "calendar", "no calendar named 'Office'"),
        ("agreement: [\n", 2, "", "This is no YAML"),
        ("agreement: &a [*a]\n", 1, "agreement[1]", "nested too deeply"),
        ("x" * (LONGEST + 1), None, "", "at most 200,000 characters"),
        ('agreement = "Gold"\nagreement = "Silver"\n', None, "", "This is no TOML"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(
    text: str, line: int | None, key: str, problem: str
) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        parse_agreement_file(text)

    assert problem in refusal.value.message
    assert refusal.value.field == "text"
    if line is not None:
        assert refusal.value.line == line
    assert refusal.value.key.startswith(key)


def test_the_refusal_shown_on_the_page_is_the_one_that_is_given() -> None:
    (shown,) = re.findall(r"```\n(Line .*?)\n```", PAGE)

    with pytest.raises(UnreadableFile) as refusal:
        parse_agreement_file(EXAMPLE.replace("1h 30m", "soon"))

    assert refusal.value.message == shown


def test_every_key_is_on_the_page() -> None:
    with pytest.raises(UnreadableFile) as refusal:
        parse_agreement_file("x: y")

    for key in refusal.value.message.partition("known are ")[2].strip(".").split(", "):
        assert f"| `{key}`" in PAGE


def test_a_calendar_may_be_named_only_if_it_is_known() -> None:
    office = WrittenHours("UTC", {"monday": ["09:00-16:00"]})
    text = re.sub(r"calendar:.*?clocks:", "calendar: Office\nclocks:", GOLD, flags=re.S)

    read = parse_agreement_file(text, calendars={"Office": office})

    assert (read.calendar.written, read.calendar.is_named_only) == (office, True)
    assert read.proposal.promises[0].minimum == timedelta(hours=7)


def test_aliases_that_grow_without_end_are_refused() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]" for a, b in zip("abcde", "bcdef", strict=True)
    ]

    with pytest.raises(UnreadableFile, match="at most 20,000 values"):
        parse_agreement_file("\n".join(lines))

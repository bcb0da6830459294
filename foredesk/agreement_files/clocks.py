"""The clocks of a file: what starts and stops them, and what is promised; in and out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from foredesk.agreement_files.durations import read_duration, write_duration
from foredesk.agreement_files.proposed import stand_in
from foredesk.agreement_files.tree import Section, Value
from foredesk.sla.definitions import TEMPLATES, ClockDefinition, PauseRule
from foredesk.sla.facts import ClockEventKind
from foredesk.sla.priority import Priority
from foredesk.sla.proposal import Promised
from foredesk.tickets.models import TicketKind

_DEFINING = (
    "title",
    "start",
    "stop",
    "restart",
    "cycle",
    "pause",
    "warnings",
    "team",
    "continue_within",
)
_KEYS = (*_DEFINING, "targets", "kinds")
_SETS = ("start", "stop", "restart", "cycle")
E_ = TypeVar("E_", bound=StrEnum)


def read_clock(name: str, value: Value, stood_for: dict[UUID, str]) -> ClockDefinition | None:
    """None for a built-in clock of which the file says nothing else. Raises UnreadableFile."""
    section = value.section(*_KEYS)
    built_in = TEMPLATES.get(name)
    if built_in and not any(key in section for key in _DEFINING):
        return None
    clock = built_in or _blank(name)
    events: dict[str, Any] = {key: _events(section[key]) for key in _SETS if key in section}
    return replace(clock, **events, **_manners(section, stood_for))


def _manners(section: Section, stood_for: dict[UUID, str]) -> dict[str, Any]:
    """What is said beside the events."""
    said: dict[str, Any] = {}
    if "title" in section:
        said["title"] = section.text("title")
    if "pause" in section:
        said["pause"] = frozenset(_pause(one) for one in section.items("pause"))
    if "warnings" in section:
        said["warnings"] = tuple(sorted(percent_in(one) for one in section.items("warnings")))
    if "continue_within" in section:
        said["continue_within"] = _duration(section["continue_within"], None)
    if team := section.text("team"):
        said["team_id"] = stand_in("team", team)
        stood_for[said["team_id"]] = team
    return said


def read_promises(name: str, value: Value, day: timedelta) -> Iterator[Promised]:
    """Raises UnreadableFile."""
    section = value.section(*_KEYS)
    yield from _targets(name, section.mapping("targets"), None, day)
    for kind, targets in section.mapping("kinds").items():
        known = member(TicketKind, kind, targets).value
        yield from _targets(name, targets.mapping(), known, day)


def clock_content(
    clock: ClockDefinition,
    promises: Iterable[Promised],
    stood_for: Mapping[UUID, str],
    day: timedelta,
) -> dict[str, Any]:
    """What `read_clock` and `read_promises` read; of a built-in clock only what differs."""
    usual = _defining(TEMPLATES.get(clock.name) or _blank(clock.name), {})
    content = {key: one for key, one in _defining(clock, stood_for).items() if one != usual[key]}
    own = [one for one in promises if one.clock == clock.name]
    for kind in sorted({one.kind for one in own}, key=lambda kind: kind or ""):
        targets = _written([one for one in own if one.kind == kind], day)
        if kind is None:
            content["targets"] = targets
        else:
            content.setdefault("kinds", {})[kind] = targets
    return content


def _blank(name: str) -> ClockDefinition:
    """What a file need not say of a clock of its own."""
    return ClockDefinition(name, name.replace("_", " ").capitalize(), frozenset(), frozenset())


def _written(promises: Sequence[Promised], day: timedelta) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for one in sorted(promises, key=lambda one: list(Priority).index(one.priority)):
        found[one.priority.value] = {"target": write_duration(one.target, day)}
        if one.minimum is not None:
            found[one.priority.value]["minimum"] = write_duration(one.minimum, day)
    return found


def _defining(clock: ClockDefinition, stood_for: Mapping[UUID, str]) -> dict[str, Any]:
    within = clock.continue_within
    return {
        "title": clock.title,
        **{key: sorted(str(one) for one in getattr(clock, key)) for key in _SETS},
        "pause": sorted(map(str, clock.pause)),
        "warnings": list(clock.warnings),
        "team": stood_for.get(clock.team_id, "") if clock.team_id else "",
        "continue_within": "" if within is None else write_duration(within, None),
    }


def _targets(
    clock: str, targets: Mapping[str, Value], kind: str | None, day: timedelta
) -> Iterator[Promised]:
    for priority, value in targets.items():
        section = value.section("target", "minimum")
        minimum = section.content.get("minimum")
        yield Promised(
            clock,
            member(Priority, priority, value),
            _duration(section["target"], day),
            _duration(minimum, day) if minimum else None,
            kind,
        )


def _events(value: Value) -> frozenset[ClockEventKind]:
    return frozenset(member(ClockEventKind, one.text(), one) for one in value.items())


def member(kind: type[E_], text: str, value: Value) -> E_:
    """Raises UnreadableFile."""
    try:
        return kind(text)
    except ValueError:
        value.refuse(f"{text!r} is unknown; use {', '.join(kind)}.")


def percent_in(value: Value) -> int:
    """`75` and `75%`. Raises UnreadableFile."""
    text = value.text().removesuffix("%").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        value.refuse("write a percent like 75.")
    return int(text)


def _pause(value: Value) -> PauseRule:
    try:
        return PauseRule.read(value.text())
    except ValueError:
        value.refuse("write a status like waiting, or with its reason like waiting:vendor.")


def _duration(value: Value, day: timedelta | None) -> timedelta:
    try:
        return read_duration(value.text(), day)
    except ValueError as problem:
        value.refuse(f"{problem}.")

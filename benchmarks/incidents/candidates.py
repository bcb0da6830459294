"""Candidates: the clocks and calendars that the other desk may have counted by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from foredesk.sla.calendar import BusinessTime
from foredesk.sla.definitions import RESOLUTION, TEMPLATES, ClockDefinition, PauseRule
from foredesk.sla.facts import ClockEventKind, Status
from foredesk.sla.hours import WEEKDAYS, read_hours
from foredesk.sla.priority import Priority
from foredesk.sla.rulebook import Goal, Goals, Terms

_NEVER = 10**9
_STOPS = {
    "resolution": frozenset({ClockEventKind.RESOLVED, ClockEventKind.CLOSED}),
    "closing": frozenset({ClockEventKind.CLOSED}),
    "assignment": frozenset(
        {ClockEventKind.ASSIGNED, ClockEventKind.RESOLVED, ClockEventKind.CLOSED}
    ),
}
_PAUSES = {
    "": frozenset[PauseRule](),
    "_without_requester": frozenset({PauseRule(Status.WAITING, "requester")}),
    "_without_waiting": frozenset({PauseRule(Status.WAITING)}),
}
_WORKDAYS = WEEKDAYS[:5]
CALENDARS: Mapping[str, Mapping[str, list[str]]] = {
    "always": {day: ["00:00-24:00"] for day in WEEKDAYS},
    "workdays": {day: ["00:00-24:00"] for day in _WORKDAYS},
    "workdays 08-18": {day: ["08:00-18:00"] for day in _WORKDAYS},
    "workdays 09-17": {day: ["09:00-17:00"] for day in _WORKDAYS},
    "workdays 07-19": {day: ["07:00-19:00"] for day in _WORKDAYS},
    "daily 08-18": {day: ["08:00-18:00"] for day in WEEKDAYS},
}
"""The plainest first: it is taken where another fits no better."""


def clocks() -> Mapping[str, ClockDefinition]:
    """By name, the plainest first."""
    resolution = TEMPLATES[RESOLUTION]
    return {
        f"{name}{pause}": replace(resolution, name=f"{name}{pause}", stop=stop, pause=rules)
        for name, stop in _STOPS.items()
        for pause, rules in _PAUSES.items()
    }


def calendar(name: str, zone: str) -> BusinessTime:
    return BusinessTime.of(read_hours(zone, CALENDARS[name], {}))


def endless(business: BusinessTime) -> Terms:
    """Every clock, with goals that nobody misses: what each counts is all that is asked."""
    defined = clocks()
    goals: Goals = {
        (name, priority, None): Goal(_NEVER) for name in defined for priority in Priority
    }
    return Terms(business, goals, defined)


@dataclass(frozen=True, slots=True)
class Fitted:
    """An agreement: one clock, a calendar, and a target for each priority in working seconds."""

    clock: str
    calendar: str
    targets: Mapping[Priority, int]

    def terms(self, business: BusinessTime) -> Terms:
        goals: Goals = {
            (self.clock, priority, None): Goal(target) for priority, target in self.targets.items()
        }
        return Terms(business, goals, {self.clock: clocks()[self.clock]})


def order() -> Iterator[tuple[str, str]]:
    """Clock and calendar, the plainest first."""
    for clock in clocks():
        for name in CALENDARS:
            yield clock, name

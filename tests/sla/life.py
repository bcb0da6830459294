"""Slow truth: one clock of a ticket, lived through minute by minute. Shares no code with the fold.

Rules are taken as they are written down, in strings; time passes one minute at a time, and the
only thing that is ever added up is the number of minutes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Rules:
    """A clock as an agreement writes it; goals in minutes by (priority, kind or "")."""

    start: frozenset[str]
    stop: frozenset[str]
    restart: frozenset[str]
    cycle: frozenset[str]
    pause: frozenset[str]
    warnings: tuple[int, ...]
    team: str | None
    continue_within: int | None
    goals: Mapping[tuple[str, str], tuple[int, int | None]]


@dataclass(frozen=True)
class Agreement:
    """`rules` is None where the agreement does not have the clock."""

    calendar: str
    rules: Rules | None


@dataclass(frozen=True)
class Happening:
    at: datetime
    kind: str
    what: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Cycle:
    """What one cycle turned out to be."""

    number: int
    started: datetime
    stopped: datetime | None = None
    minutes: int = 0
    warned: dict[int, datetime | None] = field(default_factory=dict)
    target: datetime | None = None
    minimum: datetime | None = None
    shown: list[tuple[str, int]] = field(default_factory=list)
    """For every minute: what it was, and the number of the event that made it so."""


@dataclass
class Life:
    """`live` goes through the happenings, and on until `until`."""

    agreements: Mapping[str, Agreement]
    open: Mapping[str, set[datetime]]
    happenings: Sequence[Happening]
    cycles: list[Cycle] = field(default_factory=list)
    phase: str = ""
    why: str = ""
    cause: int = 0

    priority: str = ""
    kind: str = ""
    team: str | None = None
    status: str = "open"
    reason: str | None = None
    merged: bool = False
    agreement: str | None = None
    calendar: str | None = None

    def live(self, until: datetime) -> None:
        first = next((one for one in self.happenings if one.what.get("agreement")), None)
        if first is not None:
            self.agreement = first.what["agreement"]
            self.calendar = first.what.get("calendar")
        waiting = list(enumerate(self.happenings, 1))
        now = self.happenings[0].at
        while now < until:
            while waiting and waiting[0][1].at <= now:
                self._happens(*waiting.pop(0), now)
            self._minute(now)
            now += MINUTE

    def _happens(self, number: int, happening: Happening, now: datetime) -> None:
        terms = self._terms()
        self._stands(happening)
        rules = self._rules(number)
        was, why = self.phase, self._why(rules)
        cycle = self.cycles[-1] if self.cycles else None
        begun = len(self.cycles)
        if cycle is None:
            if happening.kind in rules.start:
                self.cycles.append(Cycle(1, now))
        elif happening.kind in rules.cycle:
            self._stop(cycle, now, terms)
            self.cycles.append(Cycle(cycle.number + 1, now))
        elif cycle.stopped is None:
            if happening.kind in rules.stop:
                cycle.stopped = now
        elif happening.kind in rules.restart:
            gap = (now - cycle.stopped) / MINUTE
            if rules.continue_within is None or gap <= rules.continue_within:
                cycle.stopped = None
            else:
                self.cycles.append(Cycle(cycle.number + 1, now))
        if not self.cycles:
            return
        self.phase = self._phase(rules)
        is_new = len(self.cycles) != begun or self.phase != was
        runs_otherwise = self.phase == "running" and terms != self._terms()
        if is_new or runs_otherwise or (self.phase == "paused" and why != self.why):
            self.cause = number
        self.why = why
        stays_stopped = was == self.phase == "stopped" and len(self.cycles) == begun
        if self.phase in ("running", "stopped") and not stays_stopped:
            self._look(now, came_by_event=True)

    def _stop(
        self, cycle: Cycle, now: datetime, terms: tuple[str | None, str | None, str, str]
    ) -> None:
        """The next turn begins; this one ends as if it were stopped, under the terms so far."""
        if cycle.stopped is not None:
            return
        cycle.stopped, new = now, self._terms()
        self.agreement, self.calendar, self.priority, self.kind = terms
        self._look(now, came_by_event=True)
        self.agreement, self.calendar, self.priority, self.kind = new

    def _stands(self, happening: Happening) -> None:
        what = happening.what
        match happening.kind:
            case "recorded":
                self.priority, self.kind = what["priority"], what.get("kind", "")
                self.team = what.get("team")
                if what.get("agreement"):
                    self.agreement, self.calendar = what["agreement"], what.get("calendar")
            case "priority_set":
                self.priority = what["priority"]
            case "kind_set":
                self.kind = what["kind"]
            case "agreement_set":
                self.agreement, self.calendar = what["agreement"], what.get("calendar")
            case "assigned":
                self.team = what["team"]
            case "waiting":
                self.status, self.reason = "waiting", what["reason"]
            case "resumed" | "reopened":
                self.status, self.reason = "open", None
            case "resolved" | "closed":
                self.status, self.reason = happening.kind, None
            case "merged" | "unmerged":
                self.merged = happening.kind == "merged"

    def _rules(self, number: int) -> Rules:
        """In force now, or before, or soon."""
        told = [self._agreed_after(n) for n in range(1, len(self.happenings) + 1)]
        known = [one.rules if one else None for one in told]
        order = [*reversed(known[:number]), *known[number:]]
        return next(rules for rules in order if rules is not None)

    def _agreed_after(self, number: int) -> Agreement | None:
        named = [one.what["agreement"] for one in self.happenings if one.what.get("agreement")]
        name = named[0] if named else None
        for one in self.happenings[:number]:
            is_told = one.kind == "agreement_set" or one.what.get("agreement") is not None
            name = one.what["agreement"] if is_told else name
        return self.agreements.get(name) if name else None

    def _terms(self) -> tuple[str | None, str | None, str, str]:
        return self.agreement, self.calendar, self.priority, self.kind

    def _why(self, rules: Rules) -> str:
        """The most exact rule by which it is paused."""
        exact = f"{self.status}:{self.reason}"
        if exact in rules.pause:
            return exact
        return self.status if self.status in rules.pause else ""

    def _phase(self, rules: Rules) -> str:
        if self.cycles[-1].stopped is not None:
            return "stopped"
        if self.merged:
            return "merged"
        if rules.team is not None and rules.team != self.team:
            return "with_others"
        return "paused" if self._why(rules) else "running"

    def _force(self) -> Agreement | None:
        agreement = self.agreements.get(self.agreement) if self.agreement else None
        return agreement if agreement and agreement.rules else None

    def _minute(self, now: datetime) -> None:
        if not self.cycles:
            return
        cycle, agreement = self.cycles[-1], self._force()
        is_open = agreement is not None and now in self.open[self.calendar or agreement.calendar]
        shown = {"merged": "stopped"}.get(self.phase, self.phase)
        if self.phase == "running" and not is_open:
            shown = "outside_hours" if agreement else "unagreed"
        cycle.shown.append((shown, self.cause))
        if shown == "running":
            cycle.minutes += 1
            self._look(now + MINUTE, came_by_event=False)

    def _look(self, at: datetime, *, came_by_event: bool) -> None:
        cycle, agreement = self.cycles[-1], self._force()
        rules = agreement.rules if agreement else None
        if agreement is None or rules is None:
            return
        goal = rules.goals.get((self.priority, self.kind)) or rules.goals.get((self.priority, ""))
        if goal is None:
            return
        for percent in rules.warnings:
            if cycle.minutes * 100 < goal[0] * percent:
                cycle.warned[percent] = None
            elif cycle.warned.get(percent) is None:
                hours = self.open[self.calendar or agreement.calendar]
                cycle.warned[percent] = self._opening(hours, at) if came_by_event else at
        if cycle.minutes >= goal[0]:
            cycle.target = cycle.target or at
        if goal[1] is not None and cycle.minutes >= goal[1]:
            cycle.minimum = cycle.minimum or at

    def _opening(self, hours: set[datetime], at: datetime) -> datetime | None:
        return min((minute for minute in hours if minute >= at), default=None)

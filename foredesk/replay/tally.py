"""Tally: what a replay adds up. Tallies of parts join to that of the whole, in whatever order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import nsmallest
from typing import NamedTuple
from uuid import UUID

from foredesk.replay.causes import Causes
from foredesk.replay.timetable import Hours
from foredesk.replay.verdicts import Levels, Turn, Verdict
from foredesk.sla.penalties import Miss
from foredesk.sla.priority import Priority

FIRST = 50
"""So many of the missed are listed, those that came first."""

Place = tuple[str, Priority]
"""A clock and a priority."""


@dataclass(slots=True)
class Share:
    kept: int = 0
    missed: int = 0
    open: int = 0

    @property
    def n(self) -> int:
        """Those that are decided."""
        return self.kept + self.missed

    def add(self, level: bool | None) -> None:
        if level is None:
            self.open += 1
        elif level:
            self.kept += 1
        else:
            self.missed += 1

    def join(self, other: "Share") -> None:
        self.kept += other.kept
        self.missed += other.missed
        self.open += other.open


@dataclass(slots=True)
class Cell:
    """One clock for one priority; `late` is how many working seconds ran after each target that was
    missed, so far.
    """

    target: Share = field(default_factory=Share)
    minimum: Share = field(default_factory=Share)
    late: list[int] = field(default_factory=list)

    def join(self, other: "Cell") -> None:
        self.target.join(other.target)
        self.minimum.join(other.minimum)
        self.late += other.late


class Breach(NamedTuple):
    """A target that would have been missed; in the order in which they would have been."""

    at: datetime
    number: int
    clock: str
    cycle: int
    priority: Priority
    ticket_id: UUID
    target_seconds: int
    minimum_seconds: int | None
    minimum_missed_at: datetime | None
    elapsed_seconds: int
    stopped_at: datetime | None
    was: Levels | None
    """What the version in force says; None where it says nothing."""


@dataclass(slots=True)
class Changes:
    """One clock and level of it, under the version in force and under the proposal."""

    both_kept: int = 0
    both_missed: int = 0
    newly_missed: int = 0
    newly_kept: int = 0
    undecided: int = 0
    numbers_missed: list[int] = field(default_factory=list)
    numbers_kept: list[int] = field(default_factory=list)

    def add(self, number: int, was: bool | None, will: bool | None) -> None:
        if was is None or will is None:
            self.undecided += 1
        elif was and will:
            self.both_kept += 1
        elif was:
            self.newly_missed += 1
            self.numbers_missed = _first([*self.numbers_missed, number])
        elif will:
            self.newly_kept += 1
            self.numbers_kept = _first([*self.numbers_kept, number])
        else:
            self.both_missed += 1

    def join(self, other: "Changes") -> None:
        for name in ("both_kept", "both_missed", "newly_missed", "newly_kept", "undecided"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.numbers_missed = _first([*self.numbers_missed, *other.numbers_missed])
        self.numbers_kept = _first([*self.numbers_kept, *other.numbers_kept])


@dataclass(slots=True)
class Tally:
    """`covered` are the tickets that would run under the proposal."""

    tickets: int = 0
    covered: int = 0
    cells: dict[Place, Cell] = field(default_factory=dict)
    breaches: list[Breach] = field(default_factory=list)
    misses: list[Miss] = field(default_factory=list)
    causes: dict[str, Causes] = field(default_factory=dict)
    changes: dict[tuple[str, str], Changes] = field(default_factory=dict)

    def add(self, verdict: Verdict) -> None:
        cell = self.cells.setdefault((verdict.clock, verdict.priority), Cell())
        reading = verdict.reading
        cell.target.add(verdict.levels.target)
        if reading.goal.minimum is not None:
            cell.minimum.add(verdict.levels.minimum)

    def add_miss(self, breach: Breach, ran: Hours, late: Hours) -> None:
        """`ran` and `late` are the hours in which the clock ran, in all and after the target."""
        self.breaches.append(breach)
        self.cells[breach.clock, breach.priority].late.append(sum(late))
        too_long = breach.elapsed_seconds - breach.target_seconds
        can_tell = breach.stopped_at is not None and too_long >= 0
        causes = self.causes.setdefault(breach.clock, Causes())
        causes.add(ran, late, too_long if can_tell else None)
        if breach.minimum_missed_at is not None:
            at, id = breach.minimum_missed_at, breach.ticket_id
            self.misses.append(Miss(breach.clock, breach.priority, at, id))

    def compare(self, number: int, clock: str, was: Levels, will: Levels) -> None:
        for level, before, after in zip(Levels._fields, was, will, strict=True):
            self.changes.setdefault((clock, level), Changes()).add(number, before, after)

    def join(self, other: "Tally") -> None:
        self.tickets += other.tickets
        self.covered += other.covered
        _join(self.cells, other.cells, Cell)
        _join(self.causes, other.causes, Causes)
        _join(self.changes, other.changes, Changes)
        self.misses += other.misses
        self.breaches = nsmallest(FIRST, [*self.breaches, *other.breaches], key=_order)


def breach_of(number: int, ticket_id: UUID, verdict: Verdict, was: Levels | None) -> Breach:
    reading = verdict.reading
    assert reading.target_due_at is not None, "only what was missed is a breach"
    return Breach(
        at=reading.target_due_at,
        number=number,
        clock=verdict.clock,
        cycle=verdict.cycle,
        priority=verdict.priority,
        ticket_id=ticket_id,
        target_seconds=reading.goal.target,
        minimum_seconds=reading.goal.minimum,
        minimum_missed_at=reading.minimum_due_at if verdict.levels.minimum is False else None,
        elapsed_seconds=reading.elapsed,
        stopped_at=reading.stopped_at,
        was=was,
    )


def in_order(misses: Sequence[Miss]) -> list[Miss]:
    return sorted(misses, key=lambda one: (one.at, one.clock, str(one.ticket_id)))


InForce = Mapping[Turn, Levels]
"""What the stored clocks of a ticket say."""


def _order(breach: Breach) -> tuple[datetime, int, str, int]:
    return breach.at, breach.number, breach.clock, breach.cycle


def _first(numbers: list[int]) -> list[int]:
    return nsmallest(FIRST, numbers)


def _join(ours: dict, theirs: dict, kind: type) -> None:  # type: ignore[type-arg]
    for key, one in theirs.items():
        ours.setdefault(key, kind()).join(one)

"""Tally: what tickets add to the figures of one group. Pure."""

from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from foredesk.measures.sigma import Defect


@dataclass(slots=True)
class GoalTally:
    """`sizes` are seconds by which stopped clocks missed the goal that held in the end."""

    met: int = 0
    missed: int = 0
    sizes: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, other: "GoalTally") -> None:
        self.met += other.met
        self.missed += other.missed
        self.sizes.extend(other.sizes)


@dataclass(slots=True)
class ClockTally:
    target: GoalTally = field(default_factory=GoalTally)
    minimum: GoalTally = field(default_factory=GoalTally)


@dataclass(slots=True)
class TimeTally:
    """Seconds from the recording on: by every clock on the wall, and of those, business time."""

    clock: "array[float]" = field(default_factory=lambda: array("d"))
    business: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, other: "TimeTally") -> None:
        self.clock.extend(other.clock)
        self.business.extend(other.business)


Outcome = tuple[frozenset[Defect], frozenset[Defect]]
"""What could go wrong with a ticket, and what did."""


@dataclass(slots=True)
class Tally:
    """`settled` are tickets whose first resolution has stood its window, or has not.

    `undecided` are those whose window is still open.
    """

    opened: int = 0
    imported: int = 0
    resolved: int = 0
    clocks: defaultdict[str, ClockTally] = field(default_factory=lambda: defaultdict(ClockTally))
    acknowledged: TimeTally = field(default_factory=TimeTally)
    repaired: TimeTally = field(default_factory=TimeTally)
    settled: int = 0
    undecided: int = 0
    at_first_contact: int = 0
    came_back: int = 0
    hand_offs: "array[int]" = field(default_factory=lambda: array("q"))
    outcomes: Counter[Outcome] = field(default_factory=Counter)

    @property
    def volume(self) -> int:
        return self.opened + self.resolved

    def add(self, other: "Tally") -> None:
        for name in ("opened", "imported", "resolved", "settled", "undecided", "came_back"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.at_first_contact += other.at_first_contact
        self.acknowledged.add(other.acknowledged)
        self.repaired.add(other.repaired)
        self.hand_offs.extend(other.hand_offs)
        self.outcomes.update(other.outcomes)
        for name, clock in other.clocks.items():
            self.clocks[name].target.add(clock.target)
            self.clocks[name].minimum.add(clock.minimum)

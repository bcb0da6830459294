"""Figures: what a tally comes to, each with how much it rests on. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from foredesk.estimates import Estimate, shown, wilson
from foredesk.measures.facts import RESOLUTION, RESPONSE
from foredesk.measures.sigma import Defect, SigmaLevel, sigma_level
from foredesk.measures.summary import Summary, summarize
from foredesk.measures.tally import GoalTally, Tally, TimeTally


@dataclass(frozen=True, slots=True)
class Share:
    """`estimate` has no figures below five; the numbers are there in any case."""

    hits: int
    n: int
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class GoalFigures:
    """`misses` are the sizes, in seconds of business time, of those that are known."""

    met: Share
    misses: Summary


@dataclass(frozen=True, slots=True)
class ClockFigures:
    name: str
    target: GoalFigures
    minimum: GoalFigures


@dataclass(frozen=True, slots=True)
class TimeFigures:
    """Seconds, by the clock on the wall and by the calendar of the agreement."""

    clock_time: Summary
    business_time: Summary


@dataclass(frozen=True, slots=True)
class Figures:
    """`undecided` are resolved tickets that may still come back within the window."""

    opened: int
    imported: int
    resolved: int
    undecided: int
    clocks: tuple[ClockFigures, ...]
    acknowledgement: TimeFigures
    resolution: TimeFigures
    first_contact: Share
    came_back: Share
    hand_offs: Summary
    without_hand_off: Share


def figures_of(tally: Tally) -> Figures:
    unpassed = sum(count == 0 for count in tally.hand_offs)
    return Figures(
        opened=tally.opened,
        imported=tally.imported,
        resolved=tally.resolved,
        undecided=tally.undecided,
        clocks=tuple(
            ClockFigures(name, _goal(clock.target), _goal(clock.minimum))
            for name, clock in sorted(tally.clocks.items(), key=_in_order)
        ),
        acknowledgement=_times(tally.acknowledged),
        resolution=_times(tally.repaired),
        first_contact=share_of(tally.at_first_contact, tally.settled),
        came_back=share_of(tally.came_back, tally.settled),
        hand_offs=summarize(tally.hand_offs),
        without_hand_off=share_of(unpassed, len(tally.hand_offs)),
    )


def sigma_of(tally: Tally, opportunities: Sequence[Defect]) -> SigmaLevel:
    """Of settled tickets: only of those that had every one of the opportunities."""
    chosen = frozenset(opportunities)
    units = left_out = defects = 0
    for (possible, found), count in tally.outcomes.items():
        if chosen <= possible:
            units += count
            defects += count * len(found & chosen)
        else:
            left_out += count
    in_order = tuple(defect for defect in Defect if defect in chosen)
    return sigma_level(in_order, units, left_out, defects)


def share_of(hits: int, n: int) -> Share:
    return Share(hits, n, shown(wilson(hits, n)))


def _in_order(item: tuple[str, object]) -> tuple[bool, bool, str]:
    """Response and resolution first, then the others by name."""
    return item[0] != RESPONSE, item[0] != RESOLUTION, item[0]


def _goal(tally: GoalTally) -> GoalFigures:
    return GoalFigures(share_of(tally.met, tally.met + tally.missed), summarize(tally.sizes))


def _times(tally: TimeTally) -> TimeFigures:
    return TimeFigures(summarize(tally.clock), summarize(tally.business))

"""Fit: the clock, calendar and targets that agree most often with what the other desk says."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.incidents.candidates import CALENDARS, Fitted, calendar, endless, order
from benchmarks.incidents.judged import AGREEMENT, Judged
from foredesk.replay.timetable import Timetable
from foredesk.sla.calendar import BusinessTime, instant
from foredesk.sla.clock import Reading, read_clocks
from foredesk.sla.models import ClockState
from foredesk.sla.priority import Priority
from foredesk.sla.rulebook import Rulebook

MONTH = 31 * 86_400
Lasted = tuple[int, bool]
"""How long it took, and whether the other desk says that this was in time."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A candidate, and how many of those that it was fitted on it agrees with."""

    fitted: Fitted
    agrees: int


def fit(incidents: Sequence[Judged], zone: str, heard: Callable[[int, int], None]) -> list[Outcome]:
    """Every candidate with its best targets, the one that agrees most often first."""
    lasted: dict[tuple[str, str], dict[Priority, list[Lasted]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for done, name in enumerate(CALENDARS):
        book = Rulebook({AGREEMENT: endless(laid_out(calendar(name, zone), incidents))})
        for one in incidents:
            for clock, reading in last_readings(one, book).items():
                measured = reading.elapsed, one.made_sla
                lasted[clock, name][one.priority].append(measured)
        heard(done + 1, len(CALENDARS))
    outcomes = [_outcome(clock, name, lasted[clock, name]) for clock, name in order()]
    return sorted(outcomes, key=lambda outcome: -outcome.agrees)


def verdicts(fitted: Fitted, zone: str, incidents: Sequence[Judged]) -> list[bool | None]:
    """What our clock says of each under this agreement; None where it sets no target."""
    terms = fitted.terms(laid_out(calendar(fitted.calendar, zone), incidents))
    book = Rulebook({AGREEMENT: terms})
    return [_verdict(last_readings(one, book).get(fitted.clock)) for one in incidents]


def last_readings(one: Judged, book: Rulebook) -> Mapping[str, Reading]:
    return {reading.name: reading for reading in read_clocks(one.facts, book)}


def laid_out(business: BusinessTime, incidents: Sequence[Judged]) -> BusinessTime:
    times = [instant(fact.at) for one in incidents for fact in one.facts]
    return Timetable.over(business, min(times), max(times) + MONTH) if times else business


def best_target(lasted: Sequence[Lasted]) -> tuple[int, int]:
    """The target that agrees most often, and how often.

    Among equals the one in the widest gap between two incidents. Where all were in time, or none,
    the log does not tell more: then it is a little above the longest, or half of the shortest.
    """
    in_order = sorted(lasted)
    agrees = sum(not kept for _, kept in in_order)
    best = agrees, 0.0, max(1, in_order[0][0] // 2)
    for place, (seconds, kept) in enumerate(in_order):
        agrees += 1 if kept else -1
        following = in_order[place + 1][0] if place + 1 < len(in_order) else seconds * 11 // 10 + 2
        if following > seconds:
            best = max(best, (agrees, following - seconds, (seconds + following + 1) // 2))
    return best[2], best[0]


def _outcome(clock: str, name: str, by_priority: Mapping[Priority, Sequence[Lasted]]) -> Outcome:
    """Nobody promises more time for what is more pressing: where the log leaves it open, a target
    is no longer than that of the next lower priority.
    """
    targets: dict[Priority, int] = {}
    agrees, longest = 0, None
    for priority in reversed(Priority):
        if priority not in by_priority:
            continue
        lasted = by_priority[priority]
        target, agreeing = best_target(lasted)
        if longest is not None and longest < target and agreeing_with(longest, lasted) == agreeing:
            target = longest
        targets[priority] = longest = target
        agrees += agreeing
    return Outcome(Fitted(clock, name, targets), agrees)


def agreeing_with(target: int, lasted: Sequence[Lasted]) -> int:
    return sum((seconds < target) == kept for seconds, kept in lasted)


def _verdict(reading: Reading | None) -> bool | None:
    return None if reading is None else reading.state is ClockState.MET

"""Tally: what searches add to the figures. Pure.

Figures stand side by side and are never summed: only what a person confirmed is known to have
helped.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from foredesk.estimates import shown, wilson
from foredesk.knowledge.models import DeflectionOutcome
from foredesk.measures.figures import Share
from foredesk.self_service.searches import UNTIL_POTENTIAL, Asked


class Verdict(StrEnum):
    """What became of what was opened."""

    CONFIRMED = "confirmed"
    POTENTIAL = "potential"
    FAILED = "failed"
    REFUSED = "refused"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`count` is of all; `share` is of those that are at least seven days old, since only then
    each of them has been decided."""

    count: int
    share: Share


@dataclass(frozen=True, slots=True)
class DeflectionFigures:
    """`zero_result` is of all searches, `click_through` of those that showed something.

    `offered` are the searches that showed something; `held_out` those whose articles were kept
    back by an experiment; `pending` were opened less than seven days ago: too early to say.
    """

    searches: int
    zero_result: Share
    offered: int
    held_out: int
    click_through: Share
    confirmed: Outcome
    potential: Outcome
    failed: Outcome
    refused: Outcome
    pending: int


@dataclass(slots=True)
class Tally:
    """Of one article, a search counts once if it was among what was offered or opened."""

    searches: int = 0
    zero_result: int = 0
    offered: int = 0
    held_out: int = 0
    clicked: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    decided: Counter[Verdict] = field(default_factory=Counter)

    def take(self, asked: Asked, outcomes: Iterable[DeflectionOutcome], now: datetime) -> None:
        """`outcomes` are those that count here: of the whole search, or of one article."""
        came = frozenset(outcomes)
        search = asked.search
        self.searches += 1
        self.zero_result += search.total == 0
        self.held_out += not search.shown
        self.offered += (search.total > 0 and search.shown) or bool(came)
        if not came:
            return
        self.clicked += 1
        verdict = verdict_of(asked, came, now)
        self.verdicts[verdict] += 1
        if _is_old(asked, now):
            self.decided[verdict] += 1


def verdict_of(asked: Asked, came: frozenset[DeflectionOutcome], now: datetime) -> Verdict:
    """A request on the very search makes all that came of it a failure; another one within seven
    days, what nobody confirmed."""
    if asked.is_tied:
        return Verdict.FAILED
    if DeflectionOutcome.SOLVED in came:
        return Verdict.CONFIRMED
    if asked.is_filed:
        return Verdict.FAILED
    if DeflectionOutcome.NOT_HELPFUL in came:
        return Verdict.REFUSED
    return Verdict.POTENTIAL if _is_old(asked, now) else Verdict.PENDING


def figures_of(tally: Tally) -> DeflectionFigures:
    decided = sum(tally.decided.values())

    def outcome(verdict: Verdict) -> Outcome:
        return Outcome(tally.verdicts[verdict], share_of(tally.decided[verdict], decided))

    return DeflectionFigures(
        searches=tally.searches,
        zero_result=share_of(tally.zero_result, tally.searches),
        offered=tally.offered,
        held_out=tally.held_out,
        click_through=share_of(tally.clicked, tally.offered),
        confirmed=outcome(Verdict.CONFIRMED),
        potential=outcome(Verdict.POTENTIAL),
        failed=outcome(Verdict.FAILED),
        refused=outcome(Verdict.REFUSED),
        pending=tally.verdicts[Verdict.PENDING],
    )


def share_of(hits: int, n: int) -> Share:
    return Share(hits, n, shown(wilson(hits, n)))


def _is_old(asked: Asked, now: datetime) -> bool:
    return now - asked.search.created_at >= UNTIL_POTENTIAL

"""Control charts: what a process does when nothing special happens, and what is a signal. Pure.

Individuals (XmR) for figures, p-charts for shares. Flagged are Nelson's rules 1 and 2 and nothing
else: a point beyond three sigma, and nine points in a row on one side of the center (L. S. Nelson,
"The Shewhart Control Chart – Tests for Special Causes", Journal of Quality Technology 16, 1984).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import sqrt
from statistics import fmean

from foredesk.estimates import FEWEST
from foredesk.measures.binomial import binomial_limits

FEWEST_POINTS = 10
"""In the baseline; with fewer there are no limits, and so no signals."""
RUN = 9
XMR = 2.66
"""3 ÷ d₂ for moving ranges of two (d₂ = 1.128): limits are the mean ± 2.66 × mean moving range."""
NORMAL_FROM = 5
"""Expected hits and misses from which a share is near enough to normal for three sigma."""


class ChartKind(StrEnum):
    INDIVIDUALS = "individuals"
    SHARES = "shares"


class Signal(StrEnum):
    BEYOND_LIMITS = "beyond_limits"
    NINE_ON_ONE_SIDE = "nine_on_one_side"


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of one period. `value` is None where there were too few for a figure; a period
    that is not over is drawn, but neither makes limits nor signals.
    """

    value: float | None
    n: int
    is_complete: bool = True

    @property
    def counts(self) -> bool:
        return self.value is not None and self.is_complete


@dataclass(frozen=True, slots=True)
class Limits:
    low: float | None
    high: float | None
    is_exact: bool = False
    """By the binomial distribution itself, as the share is of too few for the normal one."""


NO_LIMITS = Limits(None, None)


@dataclass(frozen=True, slots=True)
class Chart:
    """`center` is None when the baseline has too few points. Limits and signals are by point."""

    kind: ChartKind
    points: tuple[Point, ...]
    center: float | None
    baseline: int
    limits: tuple[Limits, ...]
    signals: tuple[frozenset[Signal], ...]

    @property
    def is_in_control(self) -> bool:
        return not any(self.signals)


def individuals(points: Sequence[Point], baseline: Sequence[bool] | None = None) -> Chart:
    """An XmR chart of figures that can't be negative. `baseline` tells which points make the
    limits; all if left out. Moving ranges are between neighbors of those that count.
    """
    chosen = [point.value or 0.0 for point in _baseline(points, baseline)]
    if len(chosen) < FEWEST_POINTS:
        return _without_limits(ChartKind.INDIVIDUALS, points, len(chosen))
    center = fmean(chosen)
    reach = XMR * fmean(abs(after - before) for before, after in pairwise(chosen))
    limits = Limits(center - reach if center > reach else None, center + reach)
    return _chart(ChartKind.INDIVIDUALS, points, center, len(chosen), [limits] * len(points))


def shares(
    points: Sequence[Point], hits: Sequence[int], baseline: Sequence[bool] | None = None
) -> Chart:
    """A p-chart: the limits of each point depend on how many it is a share of."""
    inside = baseline or [True] * len(points)
    chosen = [
        (hit, point.n)
        for hit, point, is_in in zip(hits, points, inside, strict=True)
        if is_in and point.counts
    ]
    total = sum(n for _, n in chosen)
    if len(chosen) < FEWEST_POINTS or not total:
        return _without_limits(ChartKind.SHARES, points, len(chosen))
    hit = sum(hit for hit, _ in chosen)
    center, usual = hit / total, _never_certain(hit, total)
    limits = [share_limits(usual, point.n) for point in points]
    return _chart(ChartKind.SHARES, points, center, len(chosen), limits)


def share_limits(center: float, n: int) -> Limits:
    """Three sigma where it holds, the same probability by the binomial distribution where not.
    None stands for a limit that nothing can be beyond.
    """
    if n < FEWEST:
        return NO_LIMITS
    if not _is_near_normal(center, n):
        fewest, most = binomial_limits(center, n)
        low, high = fewest / n if fewest else None, most / n if most < n else None
        return Limits(low, high, is_exact=True)
    reach = 3 * sqrt(center * (1 - center) / n)
    low, high = center - reach, center + reach
    return Limits(low if low > 0 else None, high if high < 1 else None)


def _never_certain(hits: int, n: int) -> float:
    """Where all were hits, or none, half a one is added to either side (Jeffreys): a share of
    exactly 1 would make a signal of every single miss.
    """
    return hits / n if 0 < hits < n else (hits + 0.5) / (n + 1)


def _baseline(points: Sequence[Point], baseline: Sequence[bool] | None) -> list[Point]:
    inside = baseline or [True] * len(points)
    return [point for point, is_in in zip(points, inside, strict=True) if is_in and point.counts]


def _is_near_normal(center: float, n: int) -> bool:
    return n * min(center, 1 - center) >= NORMAL_FROM


def _without_limits(kind: ChartKind, points: Sequence[Point], baseline: int) -> Chart:
    nothing: frozenset[Signal] = frozenset()
    return Chart(
        kind,
        tuple(points),
        None,
        baseline,
        tuple(NO_LIMITS for _ in points),
        tuple(nothing for _ in points),
    )


def _chart(
    kind: ChartKind,
    points: Sequence[Point],
    center: float,
    baseline: int,
    limits: Sequence[Limits],
) -> Chart:
    beyond = [
        point.counts and _is_beyond(point.value, limit)
        for point, limit in zip(points, limits, strict=True)
    ]
    in_runs = _in_runs(points, limits, center)
    signals = tuple(
        frozenset(
            signal
            for signal, is_so in (
                (Signal.BEYOND_LIMITS, beyond[index]),
                (Signal.NINE_ON_ONE_SIDE, index in in_runs),
            )
            if is_so
        )
        for index in range(len(points))
    )
    return Chart(kind, tuple(points), center, baseline, tuple(limits), signals)


def _is_beyond(value: float | None, limits: Limits) -> bool:
    if value is None:
        return False
    too_low = limits.low is not None and value < limits.low
    return too_low or (limits.high is not None and value > limits.high)


def _in_runs(points: Sequence[Point], limits: Sequence[Limits], center: float) -> set[int]:
    """Points of runs of nine and more. A point on the center ends a run; a share of too few, of
    which one side is likelier than the other, and a point without a figure are passed over.
    """
    found: set[int] = set()
    run: list[int] = []
    side = 0
    for index, (point, limit) in enumerate(zip(points, limits, strict=True)):
        if not point.counts or limit.is_exact or point.value is None:
            continue
        at = (point.value > center) - (point.value < center)
        run = [*run, index] if at == side and at else [index]
        side = at
        if len(run) >= RUN:
            found.update(run)
    return found

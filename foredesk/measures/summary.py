"""Summaries: what many values come to, with no figure where too few would pretend to one. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import fmean, median

from foredesk.estimates import FEWEST

FEWEST_FOR_PERCENTILE = 10
"""With fewer, the 90th percentile by nearest rank is the largest value and says nothing else."""


@dataclass(frozen=True, slots=True)
class Summary:
    """`n` values; mean and median are None below five of them, the percentile below ten."""

    n: int
    mean: float | None
    median: float | None
    percentile_90: float | None


def summarize(values: Sequence[float]) -> Summary:
    ordered = sorted(values)
    n = len(ordered)
    is_enough = n >= FEWEST
    return Summary(
        n=n,
        mean=fmean(ordered) if is_enough else None,
        median=float(median(ordered)) if is_enough else None,
        percentile_90=float(nearest_rank(ordered, 90)) if n >= FEWEST_FOR_PERCENTILE else None,
    )


def nearest_rank(ordered: Sequence[float], percent: int) -> float:
    """The smallest value that at least so many percent of all do not exceed: one of the values,
    and not something between two of them. `ordered` is ascending and not empty.
    """
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)]

"""Sigma: defects per million opportunities, and the sigma level that they stand for. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

from foredesk.estimates import FEWEST, Estimate, wilson

SHIFT = 1.5
"""Standard deviations that a process is taken to drift by in the long run (Motorola)."""
MILLION = 1_000_000


class Defect(StrEnum):
    """What can go wrong once with each ticket: an opportunity for a defect."""

    FIRST_RESPONSE_LATE = "first_response_late"
    RESOLUTION_LATE = "resolution_late"
    CAME_BACK = "came_back"
    PASSED_AROUND = "passed_around"


@dataclass(frozen=True, slots=True)
class SigmaLevel:
    """`units` are the tickets that had every one of the opportunities; the others are left out.

    `level` is None when there are too few, and when no defect was found: then `at_least` tells.
    """

    opportunities: tuple[Defect, ...]
    units: int
    left_out: int
    defects: int
    dpmo: Estimate
    level: float | None
    at_least: float | None


def sigma_level(
    opportunities: tuple[Defect, ...], units: int, left_out: int, defects: int
) -> SigmaLevel:
    """DPMO = defects ÷ (units × opportunities) × 10⁶; the level adds the shift to the standard
    normal quantile of the share without defect. `at_least` is that of the interval's upper end.
    """
    chances = units * len(opportunities)
    share = wilson(defects, chances)
    if units < FEWEST:
        share = Estimate(None, None, None, chances, share.method)
    return SigmaLevel(
        opportunities=opportunities,
        units=units,
        left_out=left_out,
        defects=defects,
        dpmo=_per_million(share),
        level=level_of(share.value) if share.value else None,
        at_least=level_of(share.high) if share.high is not None else None,
    )


def level_of(defective: float) -> float | None:
    """None where it would be infinite."""
    if not 0 < defective < 1:
        return None
    return NormalDist().inv_cdf(1 - defective) + SHIFT


def _per_million(share: Estimate) -> Estimate:
    value, low, high = (
        None if one is None else one * MILLION for one in (share.value, share.low, share.high)
    )
    return Estimate(value, low, high, share.n, share.method)

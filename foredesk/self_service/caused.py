"""Caused: what suggestions are worth, told by those who were shown none. Pure.

Requesters are drawn, and one may begin several requests: the interval is worked out over
requesters, not over form starts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt
from statistics import NormalDist

from foredesk.estimates import FEWEST, Estimate, t_quantile, z_of

CONFIDENCE = 0.95
POWER = 0.8
MANY = 30
"""Degrees of freedom from which on a series is as good as searching for the quantile."""
METHOD = "log ratio of ratio estimates, Student t"


@dataclass(frozen=True, slots=True)
class Rate:
    """Hits per form start, with its variance over requesters; 0 where there are too few."""

    requesters: int
    form_starts: int
    hits: int
    value: float
    variance: float


def rate(requesters: Sequence[tuple[int, int]]) -> Rate:
    """Of each requester the form starts and the hits in them: a ratio estimate, linearized."""
    count = len(requesters)
    starts = sum(starts for starts, _ in requesters)
    hits = sum(hits for _, hits in requesters)
    value = hits / starts if starts else 0.0
    if count < 2:
        return Rate(count, starts, hits, value, 0.0)
    squares = sum((own_hits - value * own) ** 2 for own, own_hits in requesters)
    return Rate(count, starts, hits, value, squares * count / (count - 1) / starts**2)


def caused_deflection(treated: Rate, control: Rate) -> Estimate:
    """1 − treated ÷ control: the share of requests that suggestions made unnecessary. Negative if
    they bring more of them."""
    n = treated.form_starts + control.form_starts
    nothing = Estimate(None, None, None, n, METHOD)
    if min(treated.requesters, control.requesters) < FEWEST:
        return nothing
    if not (treated.value and control.value):
        return nothing
    parts = [
        (treated.variance / treated.value**2, treated.requesters - 1),
        (control.variance / control.value**2, control.requesters - 1),
    ]
    ratio, variance = treated.value / control.value, sum(part for part, _ in parts)
    half = _quantile(parts) * sqrt(variance)
    return Estimate(1 - ratio, 1 - ratio * exp(half), 1 - ratio * exp(-half), n, METHOD)


def difference(treated: Rate, control: Rate) -> Estimate:
    """Treated − control, for the guard rails."""
    n = treated.form_starts + control.form_starts
    if min(treated.requesters, control.requesters) < FEWEST:
        return Estimate(None, None, None, n, "Student t")
    parts = [
        (treated.variance, treated.requesters - 1),
        (control.variance, control.requesters - 1),
    ]
    value = treated.value - control.value
    half = _quantile(parts) * sqrt(treated.variance + control.variance)
    return Estimate(value, value - half, value + half, n, "Student t")


def form_starts_needed(filing: float, smallest: float, held_out: float) -> int:
    """To find a deflection of `smallest` in four of five experiments that have it: form starts of
    both arms together, if `filing` of them lead to a request without suggestions.

    The usual formula for two shares with unequal arms, variances not pooled.
    """
    treated = filing * (1 - smallest)
    z = z_of(CONFIDENCE) + NormalDist().inv_cdf(POWER)
    spread = filing * (1 - filing) / held_out + treated * (1 - treated) / (1 - held_out)
    return round(z**2 * spread / (filing - treated) ** 2)


def design_effect(*arms: Rate) -> float:
    """How many times as many form starts are needed because they come several from one requester;
    at least one."""
    found = [
        arm.variance * arm.form_starts / (arm.value * (1 - arm.value))
        for arm in arms
        if 0 < arm.value < 1 and arm.requesters >= FEWEST
    ]
    return max(1.0, *found) if found else 1.0


def _quantile(parts: Sequence[tuple[float, int]]) -> float:
    """Student's t with the degrees of freedom of Welch and Satterthwaite; the series is Fisher's
    (Abramowitz and Stegun 26.7.5), right to four digits here."""
    whole = sum(part for part, _ in parts)
    if not whole:
        return 0.0
    freedom = whole**2 / sum(part**2 / own for part, own in parts)
    if freedom < MANY:
        return t_quantile(0.5 + CONFIDENCE / 2, max(1, round(freedom)))
    z = z_of(CONFIDENCE)
    first = (z**3 + z) / (4 * freedom)
    return z + first + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)

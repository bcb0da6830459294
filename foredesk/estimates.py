"""Estimates: shares and means with their interval, by the standard library alone. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev

FEWEST = 5
"""With fewer there is no figure: it would mean nothing, and tell who it is about."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, the limits of its interval, and how much it rests on; None for too few."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    method: str

    @property
    def is_shown(self) -> bool:
        return self.n >= FEWEST


def shown(estimate: Estimate) -> Estimate:
    """The same, without figures when there are too few."""
    if estimate.is_shown:
        return estimate
    return Estimate(None, None, None, estimate.n, estimate.method)


def wilson(hits: float, n: float, confidence: float = 0.95) -> Estimate:
    """A share with Wilson's interval."""
    if n == 0:
        return Estimate(None, None, None, 0, "Wilson")
    z, share = z_of(confidence), hits / n
    scale = 1 + z * z / n
    center = (share + z * z / (2 * n)) / scale
    half = z / scale * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Estimate(share, max(0.0, center - half), min(1.0, center + half), round(n), "Wilson")


def mean(values: Sequence[float], confidence: float = 0.95) -> Estimate:
    """A mean with Student's interval, which needs two values."""
    n = len(values)
    if n < 2:
        return Estimate(values[0] if values else None, None, None, n, "Student t")
    center = fmean(values)
    half = t_quantile(0.5 + confidence / 2, n - 1) * stdev(values) / math.sqrt(n)
    return Estimate(center, center - half, center + half, n, "Student t")


def t_quantile(probability: float, freedom: int) -> float:
    """The inverse of Student's t by bisection; for probabilities of one half and above."""
    low, high = 0.0, 1e6
    while high - low > 1e-12 * max(1.0, high):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if _t_below(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def z_of(confidence: float) -> float:
    """How many standard deviations hold that much of a normal distribution."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def _t_below(t: float, freedom: int) -> float:
    return 1 - _incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2


def _incomplete_beta(a: float, b: float, x: float) -> float:
    if x in (0.0, 1.0):
        return x
    logarithm = (
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x)
    ) + b * math.log1p(-x)
    front = math.exp(logarithm)
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """Lentz's continued fraction of the incomplete beta function."""
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    result = d
    for m in range(1, 500):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _not_zero(1 + numerator * d)
            c = _not_zero(1 + numerator / c)
            result *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return result


def _not_zero(value: float) -> float:
    return value if abs(value) > 1e-300 else 1e-300

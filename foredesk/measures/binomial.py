"""Binomial: limits that chance alone hardly ever crosses, for shares of few. Pure."""

from math import exp, lgamma, log, log1p
from statistics import NormalDist

TAIL = NormalDist().cdf(-3)
"""What is beyond three sigma on one side of a normal distribution: 0.135 %."""


def binomial_limits(share: float, n: int, tail: float = TAIL) -> tuple[int, int]:
    """The fewest and the most hits of n that chance leaves: fewer, or more, have at most the
    probability of the tail together. `share` is between 0 and 1 and neither.
    """
    if share > 0.5:
        fewest, most = binomial_limits(1 - share, n, tail)
        return n - most, n - fewest
    fewer, fewest = 0.0, -1
    for hits in range(n + 1):
        if 1 - fewer <= tail:
            return fewest, hits - 1
        fewer += _probability(hits, n, share)
        if fewest < 0 and fewer > tail:
            fewest = hits
    return fewest, n


def _probability(hits: int, n: int, share: float) -> float:
    ways = lgamma(n + 1) - lgamma(hits + 1) - lgamma(n - hits + 1)
    return exp(ways + hits * log(share) + (n - hits) * log1p(-share))

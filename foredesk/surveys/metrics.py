"""Metrics: figures of answers with their interval. Pure."""

import math
from collections.abc import Sequence

from foredesk.estimates import Estimate, mean, wilson, z_of

FEW = 30
"""With fewer answers the interval is to be shown before the figure."""


def csat(scores: Sequence[int], confidence: float = 0.95) -> Estimate:
    """Share of 4 and 5 on a scale of 1 to 5, with Wilson's interval."""
    return wilson(sum(score >= 4 for score in scores), len(scores), confidence)


def nps(scores: Sequence[int], confidence: float = 0.95) -> Estimate:
    """Share of 9 and 10 less share of 0 to 6, in points, with the adjusted Wald interval.

    Three answers are added, of which three quarters promote and three quarters detract (Rocks
    2016): the plain interval is far too narrow for few answers.
    """
    n = len(scores)
    if n == 0:
        return Estimate(None, None, None, 0, "adjusted Wald")
    promoters, detractors = sum(s >= 9 for s in scores), sum(s <= 6 for s in scores)
    promote, detract = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    center = promote - detract
    half = z_of(confidence) * math.sqrt((promote + detract - center * center) / (n + 3))
    low, high = max(-1.0, center - half), min(1.0, center + half)
    value = (promoters - detractors) / n
    return Estimate(100 * value, 100 * low, 100 * high, n, "adjusted Wald")


def ces(scores: Sequence[int], confidence: float = 0.95) -> Estimate:
    """Mean of 1 to 7, with Student's interval."""
    return mean(scores, confidence)


def weighted_share(
    hits: Sequence[bool], weights: Sequence[float], confidence: float = 0.95
) -> Estimate:
    """A share that undoes the sampling (Hájek), with Wilson's interval on the effective n."""
    total = sum(weights)
    if not hits or total <= 0:
        return Estimate(None, None, None, len(hits), "Hájek")
    share = sum(weight for hit, weight in zip(hits, weights, strict=True) if hit) / total
    effective = total * total / sum(weight * weight for weight in weights)
    interval = wilson(share * effective, effective, confidence)
    return Estimate(share, interval.low, interval.high, len(hits), "Hájek")


def needed_answers(half_width: float, confidence: float = 0.95) -> int:
    """Answers that give a share of one half this half-width."""
    return math.ceil((z_of(confidence) / half_width) ** 2 / 4)

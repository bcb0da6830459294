import random
from collections import Counter
from itertools import accumulate, product
from math import comb
from statistics import fmean

import pytest

from foredesk.estimates import Estimate
from foredesk.self_service.caused import (
    Rate,
    caused_deflection,
    design_effect,
    difference,
    form_starts_needed,
    rate,
)

RUNS = 1_000


STARTS = (1, 1, 1, 2, 5)
READINESS = (0.85, 1.0, 1.15)


def people(filing: float) -> tuple[list[tuple[int, int]], list[float]]:
    """Form starts and requests of one requester, and how likely they are: one to five form starts,
    and some who write a request more readily than others."""
    found: Counter[tuple[int, int]] = Counter()
    for starts, readiness in product(STARTS, READINESS):
        own = filing * readiness
        for hits in range(starts + 1):
            likely = comb(starts, hits) * own**hits * (1 - own) ** (starts - hits)
            found[starts, hits] += likely  # type: ignore[assignment]
    return list(found), list(accumulate(found.values()))


def simulated(effect: float, held_out: float, requesters: int, seed: int) -> list[Estimate]:
    chance, control = random.Random(seed), round(requesters * held_out)
    arms = [(people(0.8 * (1 - effect)), requesters - control), (people(0.8), control)]
    return [
        caused_deflection(
            *(rate(chance.choices(kinds, cum_weights=odds, k=k)) for (kinds, odds), k in arms)
        )
        for _ in range(RUNS)
    ]


@pytest.mark.parametrize(("held_out", "requesters"), [(0.1, 900), (0.5, 360)])
def test_without_an_effect_the_interval_covers_zero_as_often_as_it_says(
    held_out: float, requesters: int
) -> None:
    found = simulated(0.0, held_out, requesters, seed=20261122)

    covered = sum(one.low <= 0 <= one.high for one in found)  # type: ignore[operator]
    assert 930 <= covered <= 970


def test_a_planted_effect_is_found_without_bias_and_as_often_as_planned() -> None:
    """900 requesters begin 1,800 requests on average: twice what a tenth needs at half and half."""
    found = simulated(0.1, 0.5, 900, seed=7)

    assert fmean(one.value for one in found) == pytest.approx(0.1, abs=0.005)  # type: ignore[misc]
    assert 930 <= sum(one.low <= 0.1 <= one.high for one in found) <= 970  # type: ignore[operator]
    assert sum(one.low > 0 for one in found) >= 800  # type: ignore[operator]


@pytest.mark.parametrize(("held_out", "needed"), [(0.1, 2237), (0.2, 1290), (0.5, 887)])
def test_how_many_form_starts_are_needed_is_known_beforehand(held_out: float, needed: int) -> None:
    assert form_starts_needed(0.8, 0.1, held_out) == needed


def test_who_comes_often_counts_as_one_and_makes_more_needed() -> None:
    alone = rate([(1, 1)] * 40 + [(1, 0)] * 40)
    together = rate([(4, 4)] * 10 + [(4, 0)] * 10)

    assert alone.value == together.value == 0.5
    assert together.variance == pytest.approx(4 * alone.variance, rel=0.1)
    assert design_effect(alone, alone) == pytest.approx(1, abs=0.02)
    assert design_effect(alone, together) == pytest.approx(4, rel=0.06)
    assert design_effect(rate([])) == 1


def test_of_too_few_there_is_no_figure() -> None:
    few, enough = rate([(1, 1)] * 4), rate([(1, 1), (1, 0)] * 10)

    assert caused_deflection(few, enough).value is None
    assert caused_deflection(enough, rate([(1, 0)] * 20)).value is None
    assert difference(enough, few).value is None
    assert rate([]) == Rate(0, 0, 0, 0.0, 0.0)
    one = difference(enough, enough)
    assert (one.value, one.low) == (0, -one.high)  # type: ignore[operator]

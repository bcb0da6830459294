"""Figures against published values, and intervals against every outcome there can be."""

import math
from collections.abc import Iterator

import pytest

from foredesk.estimates import Estimate, mean, shown, t_quantile, wilson
from foredesk.surveys.metrics import ces, csat, needed_answers, nps, weighted_share


@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [
        (1, 12.706204736),
        (2, 4.302652730),
        (4, 2.776445105),
        (9, 2.262157163),
        (29, 2.045229642),
        (1000, 1.962339081),
    ],
)
def test_students_quantiles_are_those_of_the_tables(freedom: int, quantile: float) -> None:
    assert t_quantile(0.975, freedom) == pytest.approx(quantile, abs=5e-9)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (8, 10, 0.4901624715, 0.9433178485),
        (0, 20, 0.0, 0.1611251581),
        (20, 20, 0.8388748419, 1.0),
        (81, 263, 0.2552894, 0.3662081),
        (15, 148, 0.0623859, 0.1605338),
    ],
)
def test_wilsons_interval_is_that_of_newcombes_paper(
    hits: int, n: int, low: float, high: float
) -> None:
    estimate = wilson(hits, n)

    assert estimate.value == hits / n
    assert (estimate.low, estimate.high) == (
        pytest.approx(low, abs=2e-4),
        pytest.approx(high, abs=2e-4),
    )


def test_satisfaction_is_the_share_of_fours_and_fives() -> None:
    estimate = csat([5, 5, 4, 4, 5, 4, 4, 5, 3, 1])

    assert estimate == wilson(8, 10)
    assert estimate.value == 0.8


def test_loyalty_is_promoters_less_detractors_in_points() -> None:
    estimate = nps([10] * 50 + [8] * 30 + [3] * 20)

    assert estimate.value == 30.0
    assert (estimate.low, estimate.high) == (
        pytest.approx(14.051, abs=1e-3),
        pytest.approx(44.201, abs=1e-3),
    )


@pytest.mark.parametrize(("n", "worst"), [(5, 0.924), (10, 0.914), (20, 0.947), (50, 0.947)])
def test_the_interval_of_loyalty_covers_what_it_says_for_few_answers(n: int, worst: float) -> None:
    populations = [
        (0.5, 0.3, 0.2),
        (0.7, 0.2, 0.1),
        (0.85, 0.12, 0.03),
        (0.2, 0.3, 0.5),
        (0.34, 0.33, 0.33),
        (0.95, 0.04, 0.01),
    ]

    covered = [_coverage(n, population) for population in populations]

    assert round(min(covered), 3) == worst


def test_effort_is_a_mean_with_students_interval() -> None:
    estimate = ces([5, 6, 7, 6, 6])

    half = 2.776445105 * math.sqrt(0.5) / math.sqrt(5)
    assert estimate.value == 6.0
    assert (estimate.low, estimate.high) == (pytest.approx(6 - half), pytest.approx(6 + half))


def test_without_answers_there_is_no_figure_and_no_error() -> None:
    nothing = [csat([]), nps([]), ces([]), weighted_share([], [])]

    assert [(one.value, one.low, one.high, one.n) for one in nothing] == [(None, None, None, 0)] * 4
    assert mean([7]) == Estimate(7, None, None, 1, "Student t")


def test_below_five_answers_no_figure_is_shown() -> None:
    assert shown(csat([5, 5, 5, 5])) == Estimate(None, None, None, 4, "Wilson")
    assert shown(csat([5, 5, 5, 5, 1])) == wilson(4, 5)


def test_weights_undo_that_some_were_asked_more_often() -> None:
    estimate = weighted_share([True] * 8 + [False] * 2, [1.0] * 8 + [8.0] * 2)

    assert estimate.value == pytest.approx(8 / 24)
    effective = 24**2 / (8 + 2 * 64)
    assert estimate.low == pytest.approx(wilson(effective / 3, effective).low)
    equal = weighted_share([True] * 8 + [False] * 2, [3.0] * 10)
    assert (equal.value, equal.low) == (
        pytest.approx(0.8),
        pytest.approx(wilson(8, 10).low),
    )


def test_answers_that_are_needed_for_a_half_width() -> None:
    assert [needed_answers(width) for width in (0.10, 0.05)] == [97, 385]


def _coverage(n: int, population: tuple[float, float, float]) -> float:
    true = 100 * (population[0] - population[2])
    total = 0.0
    for counts in _outcomes(n):
        scores = [10] * counts[0] + [8] * counts[1] + [0] * counts[2]
        estimate = nps(scores)
        assert estimate.low is not None
        assert estimate.high is not None
        if estimate.low - 1e-9 <= true <= estimate.high + 1e-9:
            total += _chance(counts, population)
    return total


def _outcomes(n: int) -> Iterator[tuple[int, int, int]]:
    for promoters in range(n + 1):
        for passives in range(n + 1 - promoters):
            yield promoters, passives, n - promoters - passives


def _chance(counts: tuple[int, int, int], population: tuple[float, float, float]) -> float:
    ways = math.factorial(sum(counts))
    for count in counts:
        ways //= math.factorial(count)
    return ways * math.prod(p**k for p, k in zip(population, counts, strict=True))

"""Control charts: limits by hand and by oracles, false alarms at their rate, shifts found."""

from math import comb
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foredesk.measures.binomial import TAIL, binomial_limits
from foredesk.measures.control import (
    NO_LIMITS,
    Chart,
    Limits,
    Point,
    Signal,
    individuals,
    share_limits,
    shares,
)

BEYOND, NINE = frozenset({Signal.BEYOND_LIMITS}), frozenset({Signal.NINE_ON_ONE_SIDE})
NOTHING: frozenset[Signal] = frozenset()


def points(values: list[float]) -> list[Point]:
    return [Point(value, 30) for value in values]


def p_chart(hits: list[int], n: int, baseline: list[bool] | None = None) -> Chart:
    return shares([Point(hit / n, n) for hit in hits], hits, baseline)


def test_limits_of_individuals_are_mean_and_moving_range_by_hand() -> None:
    chart = individuals(points([10, 12, 11, 13, 10, 12, 11, 13, 10, 12]))

    # |2| |1| |2| |3| |2| |1| |2| |3| |2| = 18 over 9 ranges
    assert chart.center == pytest.approx(11.4)
    assert chart.limits[0].low == pytest.approx(11.4 - 2.66 * 2)
    assert chart.limits[0].high == pytest.approx(11.4 + 2.66 * 2)
    assert chart.is_in_control


def test_a_limit_below_nothing_is_no_limit() -> None:
    chart = individuals(points([0, 5, 0, 5, 0, 5, 0, 5, 0, 5]))

    assert chart.limits[0].low is None
    assert chart.limits[0].high == pytest.approx(2.5 + 2.66 * 5)


def test_a_point_beyond_the_limits_is_flagged_and_only_it() -> None:
    chart = individuals(points([10, 12, 11, 13, 10, 12, 11, 13, 10, 12, 40]), [True] * 10 + [False])

    assert chart.baseline == 10
    assert chart.signals == (NOTHING,) * 10 + (BEYOND,)


def test_eight_on_one_side_are_chance_and_nine_are_a_signal() -> None:
    before: list[float] = [9, 11] * 5
    baseline = [True] * 10 + [False] * 9

    eight = individuals(points([*before, *[10.5] * 8]), baseline[:18])
    nine = individuals(points([*before, *[10.5] * 9]), baseline)

    # the last of the baseline is above the center, too
    assert eight.signals[9:] == (NINE,) * 9
    assert nine.signals[9:] == (NINE,) * 10
    assert nine.signals[:9] == (NOTHING,) * 9
    assert individuals(points([*before, *[9.5] * 8]), baseline[:18]).is_in_control


def test_a_point_on_the_center_ends_a_run() -> None:
    values: list[float] = [9, 11, 9, 11, 9, 11, 9, 11, 11, 9]
    run = [10.5] * 4 + [10.0] + [10.5] * 5

    chart = individuals(points(values + run), [True] * 10 + [False] * 10)

    assert chart.center == 10
    assert chart.is_in_control


def test_nine_points_make_no_limits() -> None:
    chart = individuals(points([1, 2, 3, 4, 5, 6, 7, 8, 900]))

    assert chart.center is None
    assert chart.baseline == 9
    assert chart.limits == (NO_LIMITS,) * 9
    assert chart.is_in_control


def test_a_period_that_is_not_over_makes_neither_limits_nor_signals() -> None:
    chart = individuals([*points([9, 11] * 5), Point(99, 30, is_complete=False)])

    assert (chart.center, chart.baseline) == (10, 10)
    assert chart.is_in_control


def test_a_period_without_a_figure_is_passed_over() -> None:
    chart = individuals([*points([9, 11] * 5), Point(None, 3), *points([10.5] * 8)])

    assert chart.baseline == 18
    assert chart.signals[10] == NOTHING


def test_a_p_chart_has_limits_for_each_subgroup() -> None:
    sizes = [100, 400, 100, 100, 100, 100, 100, 100, 100, 100]
    hits = [80, 320, 80, 80, 80, 80, 80, 80, 80, 80]
    chart = shares([Point(0.8, n) for n in sizes], hits)

    assert chart.center == pytest.approx(0.8)
    assert chart.limits[0] == Limits(pytest.approx(0.68), pytest.approx(0.92))
    assert chart.limits[1] == Limits(pytest.approx(0.74), pytest.approx(0.86))


def test_where_all_were_kept_one_miss_is_chance_and_half_are_a_signal() -> None:
    hits = [20] * 10
    baseline = [True] * 10 + [False]

    assert p_chart([*hits, 19], 20, baseline).is_in_control
    assert p_chart([*hits, 10], 20, baseline).signals[10] == BEYOND


def test_runs_count_no_shares_of_which_one_side_is_likelier() -> None:
    """Of 6 with a share of 95 %, all are kept three times of four."""
    chart = p_chart([6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 3], 6)

    assert all(limit.is_exact for limit in chart.limits)
    assert not any(Signal.NINE_ON_ONE_SIDE in one for one in chart.signals)


@given(st.floats(0.01, 0.99), st.integers(5, 300))
def test_limits_of_shares_are_the_textbooks_or_the_binomials_own(share: float, n: int) -> None:
    limits = share_limits(share, n)

    if n * min(share, 1 - share) >= 5:
        sigma = (share * (1 - share) / n) ** 0.5
        low, high = share - 3 * sigma, share + 3 * sigma
        assert limits.low == (pytest.approx(low) if low > 0 else None)
        assert limits.high == (pytest.approx(high) if high < 1 else None)
    else:
        assert limits.is_exact


@given(st.integers(1, 99), st.integers(5, 60))
def test_binomial_limits_leave_less_than_the_tail_outside_and_no_more_than_that(
    percent: int, n: int
) -> None:
    share = percent / 100

    def chance(hits: int) -> float:
        return comb(n, hits) * share**hits * (1 - share) ** (n - hits)

    fewest, most = binomial_limits(share, n)

    assert sum(map(chance, range(fewest))) <= TAIL * 1.000001
    assert sum(map(chance, range(fewest + 1))) > TAIL * 0.999999
    assert sum(map(chance, range(most + 1, n + 1))) <= TAIL * 1.000001
    assert sum(map(chance, range(most, n + 1))) > TAIL * 0.999999


def flagged(charts: list[Chart], signal: Signal) -> float:
    found = [signal in one for chart in charts for one in chart.signals]
    return sum(found) / len(found)


def test_individuals_in_control_are_flagged_at_the_nominal_rate() -> None:
    """One of 370 beyond three sigma. A point is in a run of nine with a probability of
    k / 2^(k + 1) for each length k of nine and more, in sum 0.0195.
    """
    dice = Random(1984)
    charts = [individuals(points([dice.gauss(100, 10) for _ in range(500)])) for _ in range(40)]

    assert flagged(charts, Signal.BEYOND_LIMITS) == pytest.approx(0.0027, abs=0.0015)
    runs = sum(k / 2 ** (k + 1) for k in range(9, 60))
    assert flagged(charts, Signal.NINE_ON_ONE_SIDE) == pytest.approx(runs, abs=0.006)


def test_shares_in_control_are_flagged_at_the_nominal_rate() -> None:
    dice = Random(1931)

    def chart(n: int) -> Chart:
        return p_chart([sum(dice.random() < 0.8 for _ in range(n)) for _ in range(200)], n)

    large = [chart(120) for _ in range(20)]
    small = [chart(12) for _ in range(60)]

    assert flagged(large, Signal.BEYOND_LIMITS) == pytest.approx(0.0027, abs=0.002)
    assert flagged(small, Signal.BEYOND_LIMITS) <= 2 * TAIL
    assert flagged(small, Signal.NINE_ON_ONE_SIDE) == 0


@pytest.mark.parametrize("seed", range(20))
def test_a_shift_of_two_sigma_is_found_within_a_dozen_periods(seed: int) -> None:
    dice = Random(seed)
    usual = [dice.gauss(100, 10) for _ in range(30)]
    after = [dice.gauss(120, 10) for _ in range(12)]

    chart = individuals(points(usual + after), [True] * 30 + [False] * 12)

    assert any(chart.signals[30:])


@pytest.mark.parametrize("seed", range(20))
def test_a_share_that_falls_from_nine_tenths_to_six_is_found(seed: int) -> None:
    dice = Random(seed)
    hits = [sum(dice.random() < share for _ in range(60)) for share in [0.9] * 20 + [0.6] * 6]

    chart = p_chart(hits, 60, [True] * 20 + [False] * 6)

    assert any(Signal.BEYOND_LIMITS in one for one in chart.signals[20:])

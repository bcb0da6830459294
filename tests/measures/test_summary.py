"""Summaries against counting by hand, and against a slow and obvious percentile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foredesk.measures.summary import Summary, nearest_rank, summarize

VALUES = st.lists(st.integers(0, 10_000), min_size=10, max_size=80)


def test_ten_values_give_mean_median_and_percentile() -> None:
    values = [10, 20, 30, 40, 50, 60, 70, 80, 90, 1000]

    assert summarize(values) == Summary(n=10, mean=145.0, median=55.0, percentile_90=90.0)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], Summary(0, None, None, None)),
        ([1, 2, 3, 4], Summary(4, None, None, None)),
        ([5, 1, 4, 2, 3], Summary(5, 3.0, 3.0, None)),
        (list(range(9)), Summary(9, 4.0, 4.0, None)),
    ],
)
def test_too_few_values_give_no_figure(values: list[int], expected: Summary) -> None:
    assert summarize(values) == expected


@given(VALUES, st.sampled_from([1, 10, 25, 50, 75, 90, 99, 100]))
def test_a_percentile_is_the_smallest_value_that_enough_do_not_exceed(
    values: list[int], percent: int
) -> None:
    found = nearest_rank(sorted(values), percent)

    enough = [
        value
        for value in values
        if 100 * sum(other <= value for other in values) >= percent * len(values)
    ]
    assert found == min(enough)


@given(VALUES)
def test_the_order_of_the_values_does_not_matter(values: list[int]) -> None:
    assert summarize(values) == summarize(values[::-1])
    assert summarize(values).median == pytest.approx(
        (sorted(values)[(len(values) - 1) // 2] + sorted(values)[len(values) // 2]) / 2
    )

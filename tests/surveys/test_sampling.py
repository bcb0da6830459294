from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foredesk.surveys.sampling import LEAST, draw, inclusion_probability, probability
from tests.sla.strategies import often

COOL_DOWN = 90

days_apart = st.lists(st.tuples(st.integers(0, 60), st.floats(0.05, 1.0)), min_size=1, max_size=9)


@often(300)
@given(days_apart)
def test_the_inclusion_probability_is_exactly_the_chance_to_be_asked(
    closes: list[tuple[int, float]],
) -> None:
    """Against every way the draws can fall, with the cool-down applied to each."""
    days: list[int] = []
    for gap, _ in closes:
        days.append((days[-1] if days else 0) + gap)
    chances = [chance for _, chance in closes]

    ours: list[float] = []
    for place, day in enumerate(days):
        earlier = [ours[other] for other in range(place) if days[other] > day - COOL_DOWN]
        ours.append(inclusion_probability(chances[place], earlier))

    assert ours == pytest.approx(_every_way(days, chances), abs=1e-9)


def test_who_was_surely_asked_lately_can_not_be_asked() -> None:
    assert inclusion_probability(1.0, [1.0]) == 0.0


def test_a_draw_is_the_same_for_a_ticket_and_spread_evenly_over_many() -> None:
    secret = "00" * 32
    draws = [draw(secret, UUID(int=number)) for number in range(2000)]

    assert draws[:3] == [draw(secret, UUID(int=number)) for number in range(3)]
    assert draws[0] != draw("01" * 32, UUID(int=0))
    assert all(0 <= one < 1 for one in draws)
    for tenth in range(10):
        share = sum(tenth / 10 <= one < (tenth + 1) / 10 for one in draws) / 2000
        assert 0.075 < share < 0.125


@pytest.mark.parametrize(
    ("closes", "sent", "answered", "expected"),
    [
        (1, 0, 0, 1.0),
        (80, 0, 0, 1.0),
        (500, 0, 0, 97 / 4 / (500 * 0.3)),
        (500, 90, 87, 97 / 4 / (500 * 0.9)),
        (100_000, 0, 0, LEAST),
    ],
)
def test_as_few_are_asked_as_the_answer_needs(
    closes: int, sent: int, answered: int, expected: float
) -> None:
    chance = probability(
        half_width=10.0, expected_closes=closes, sent=sent, answered=answered, strata=4
    )

    assert chance == pytest.approx(expected)


def _every_way(days: list[int], chances: list[float]) -> list[float]:
    """By going through all paths: a ticket is drawn unless one in the cool-down before it was."""
    totals = [0.0] * len(days)
    paths: list[tuple[float, int | None]] = [(1.0, None)]
    for place, day in enumerate(days):
        grown: dict[int | None, float] = {}
        for weight, last in paths:
            free = last is None or last <= day - COOL_DOWN
            asked = weight * chances[place] if free else 0.0
            totals[place] += asked
            grown[day] = grown.get(day, 0.0) + asked
            grown[last] = grown.get(last, 0.0) + weight - asked
        paths = [(weight, last) for last, weight in grown.items()]
    return totals

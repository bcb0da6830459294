"""DPMO and sigma levels against the published table of the 1.5 shift, and by hand."""

import pytest

from foredesk.measures.figures import sigma_of
from foredesk.measures.sigma import Defect, level_of, sigma_level
from foredesk.measures.tally import Tally

LATE, SLOW, BACK, PASSED = Defect


@pytest.mark.parametrize(
    ("dpmo", "level"),
    [(690_000, 1.0), (308_538, 2.0), (66_807, 3.0), (6_210, 4.0), (233, 5.0), (3.4, 6.0)],
)
def test_levels_are_those_of_the_published_table(dpmo: float, level: float) -> None:
    assert level_of(dpmo / 1_000_000) == pytest.approx(level, abs=0.005)


def test_defects_are_counted_per_million_opportunities() -> None:
    found = sigma_level((LATE, SLOW, BACK, PASSED), units=50, left_out=3, defects=12)

    assert found.dpmo.value == pytest.approx(12 / 200 * 1_000_000)
    assert found.dpmo.n == 200
    assert found.level == pytest.approx(1.5547735946 + 1.5)
    assert found.dpmo.high is not None
    assert found.at_least == level_of(found.dpmo.high / 1_000_000)


def test_no_defect_gives_no_level_but_says_what_it_is_at_least() -> None:
    found = sigma_level((LATE, SLOW), units=100, left_out=0, defects=0)

    assert found.dpmo.value == 0
    assert found.level is None
    assert found.at_least == pytest.approx(level_of(3.8414588 / 203.8414588), abs=1e-6)


@pytest.mark.parametrize("units", [0, 1, 4])
def test_too_few_tickets_give_no_figure(units: int) -> None:
    found = sigma_level((BACK,), units=units, left_out=0, defects=0)

    assert (found.dpmo.value, found.level, found.at_least) == (None, None, None)


def test_four_tickets_are_too_few_however_many_opportunities_they_have() -> None:
    found = sigma_level((LATE, SLOW, BACK, PASSED), units=4, left_out=0, defects=2)

    assert (found.dpmo.value, found.dpmo.n, found.level) == (None, 16, None)


def test_everything_defective_has_no_level() -> None:
    found = sigma_level((BACK,), units=10, left_out=0, defects=10)

    assert found.dpmo.value == 1_000_000
    assert (found.level, found.at_least) == (None, None)


def test_only_tickets_with_every_opportunity_are_units() -> None:
    tally = Tally()
    tally.outcomes[frozenset({LATE, SLOW, BACK, PASSED}), frozenset({SLOW, BACK})] += 3
    tally.outcomes[frozenset({LATE, SLOW, BACK, PASSED}), frozenset()] += 7
    tally.outcomes[frozenset({BACK, PASSED}), frozenset({BACK})] += 5

    both = sigma_of(tally, [SLOW, LATE])
    last = sigma_of(tally, [BACK])

    assert both.opportunities == (LATE, SLOW)
    assert (both.units, both.left_out, both.defects) == (10, 5, 3)
    assert (last.units, last.left_out, last.defects) == (15, 0, 8)

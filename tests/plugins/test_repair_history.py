"""The built-in estimate of repair, and the hook behind it."""

import math
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foredesk.hooks import RepairEstimate, RepairFacts
from foredesk.testing import PluginContract, PluginDesk
from plugins.builtin.repair_history import FEWEST, STEP, RepairHistory, _quantile


class TestContract(PluginContract):
    plugin = RepairHistory()


def past(*hours: float, alike: bool = True) -> tuple[RepairFacts, ...]:
    return tuple(RepairFacts(3600 * one, same_category=alike) for one in hours)


def asked(desk: PluginDesk, history: tuple[RepairFacts, ...], after: float = 0) -> RepairEstimate:
    ticket = desk.make_ticket(opened_at=desk.now - timedelta(hours=after))
    estimate: RepairEstimate = desk.ask("estimate_repair", ticket=ticket, history=history)
    return estimate


def test_it_promises_what_half_and_nine_in_ten_of_the_team_s_incidents_took(
    plugin_desk: PluginDesk,
) -> None:
    plugin_desk.install(RepairHistory())

    estimate = asked(plugin_desk, past(*range(1, 21)))

    assert estimate.probably_by - plugin_desk.now == timedelta(hours=11)
    assert estimate.almost_certainly_by is not None
    assert estimate.almost_certainly_by - plugin_desk.now == timedelta(hours=19)
    assert estimate.explanation == (
        "Of 20 solved incidents of the team of the same category that took longer than this one "
        "so far, half took up to 11 h, and nine in ten up to 19 h."
    )


def test_it_says_nothing_of_too_few(plugin_desk: PluginDesk) -> None:
    plugin_desk.install(RepairHistory())

    assert asked(plugin_desk, past(*range(1, FEWEST))) is None
    assert asked(plugin_desk, past(*range(1, FEWEST + 1)), after=1) is None
    assert asked(plugin_desk, past(*range(1, FEWEST + 1)), after=0.9) is not None


def test_less_alike_ones_count_only_where_the_more_alike_are_too_few(
    plugin_desk: PluginDesk,
) -> None:
    plugin_desk.install(RepairHistory())
    others = past(*[100] * 30, alike=False)

    assert "of the same category" in asked(plugin_desk, past(*range(1, 21)) + others).explanation
    few = asked(plugin_desk, past(*range(1, 20)) + others)
    assert "Of 49 solved incidents of the team of all kinds" in few.explanation


def test_times_that_are_the_same_are_promised_once(plugin_desk: PluginDesk) -> None:
    plugin_desk.install(RepairHistory())

    estimate = asked(plugin_desk, past(*[2.01] * 20))

    assert estimate.probably_by - plugin_desk.now == timedelta(hours=2, minutes=5)
    assert estimate.almost_certainly_by is None


def test_a_time_without_a_zone_or_out_of_order_is_refused(plugin_desk: PluginDesk) -> None:
    now = plugin_desk.now
    for soon, latest in ((now.replace(tzinfo=None), None), (now, now), (now, now - STEP)):
        with pytest.raises(ValueError, match="must be"):
            RepairEstimate(soon, 0.5, "so", latest)


@given(st.lists(st.integers(1, 10**6), min_size=FEWEST, max_size=60), st.sampled_from([0.5, 0.9]))
def test_the_next_of_as_many_stays_below_it_at_least_as_often_as_promised(
    spans: list[int], share: float
) -> None:
    """Left out one by one, each equally likely to be the next: the obvious count."""
    below = 0
    for place in range(len(spans)):
        rest = sorted(float(one) for one in spans[:place] + spans[place + 1 :])
        limit = _quantile(rest, share)
        below += timedelta(seconds=spans[place]) <= limit
    n = len(spans)
    assert below >= min(math.ceil(share * n), n - 1)

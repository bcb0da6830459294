"""Penalties against cents that are counted by hand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from foredesk.sla.penalties import Billing, Miss, PenaltyRule, statement
from foredesk.sla.priority import Priority
from tests.sla.strategies import CASES, often

BERLIN = ZoneInfo("Europe/Berlin")
EUROS = Billing("EUR", Decimal(1000), cap_percent=Decimal(15))
RULES = (
    PenaltyRule("response", None, amount=Decimal(50)),
    PenaltyRule("resolution", Priority.CRITICAL, percent=Decimal("7.5")),
    PenaltyRule("resolution", None, amount=Decimal(40), monthly_cap=Decimal(60)),
)


def missed(clock: str, priority: Priority, at: str) -> Miss:
    return Miss(clock, priority, datetime.fromisoformat(at).replace(tzinfo=UTC), uuid4())


def amounts(misses: Sequence[Miss], billing: Billing = EUROS) -> list[tuple[date, list[str], str]]:
    return [
        (month.month, [str(line.amount) for line in month.lines], str(month.amount))
        for month in statement(misses, RULES, billing, BERLIN).months
    ]


def test_each_miss_costs_what_the_rule_for_its_priority_says() -> None:
    misses = [
        missed("response", Priority.LOW, "2026-03-02 10:00"),
        missed("resolution", Priority.CRITICAL, "2026-03-05 10:00"),
        missed("resolution", Priority.HIGH, "2026-03-06 10:00"),
        missed("next_update", Priority.HIGH, "2026-03-06 11:00"),
    ]

    assert amounts(misses, Billing("EUR", Decimal(1000))) == [
        (date(2026, 3, 1), ["50", "75.00", "40"], "165.00")
    ]


def test_the_rule_is_capped_first_and_then_the_month() -> None:
    normal = [missed("resolution", Priority.NORMAL, "2026-03-06 10:00") for _ in range(3)]
    late = [missed("response", Priority.NORMAL, "2026-03-07 10:00") for _ in range(2)]

    assert amounts(normal) == [(date(2026, 3, 1), ["60"], "60")]
    assert amounts(normal + late) == [(date(2026, 3, 1), ["100", "60"], "150.00")]


def test_a_month_begins_in_the_zone_of_the_calendar() -> None:
    misses = [
        missed("response", Priority.LOW, "2026-02-28 22:59:59"),
        missed("response", Priority.LOW, "2026-02-28 23:00:00"),
    ]

    assert amounts(misses) == [
        (date(2026, 2, 1), ["50"], "50"),
        (date(2026, 3, 1), ["50"], "50"),
    ]


def test_a_share_is_rounded_to_the_smallest_coin() -> None:
    rule = PenaltyRule("response", None, percent=Decimal("0.333"))
    miss = [missed("response", Priority.LOW, "2026-03-02 10:00")]

    def cost(currency: str) -> Decimal:
        return statement(miss, [rule], Billing(currency, Decimal(1234)), BERLIN).total

    assert (cost("EUR"), cost("JPY"), cost("KWD")) == (
        Decimal("4.11"),
        Decimal(4),
        Decimal("4.109"),
    )


START = datetime(2026, 1, 1, tzinfo=UTC)
CENTS = st.integers(1, 100_000).map(lambda cents: Decimal(cents) / 100)
PERCENTS = st.integers(1, 1000).map(lambda percent: Decimal(percent) / 10)
MAYBE = st.one_of(st.none(), CENTS)
PRIORITIES = st.sampled_from(Priority)
CLOCKS = st.sampled_from(["response", "resolution"])


@st.composite
def rules(draw: st.DrawFn) -> PenaltyRule:
    amount = draw(MAYBE)
    percent = draw(PERCENTS) if amount is None else None
    priority = draw(st.one_of(st.none(), PRIORITIES))
    return PenaltyRule(draw(CLOCKS), priority, amount, percent, draw(MAYBE))


MISSES = st.builds(
    Miss,
    clock=CLOCKS,
    priority=PRIORITIES,
    at=st.integers(0, 100 * 1440).map(lambda minutes: START + timedelta(minutes=minutes)),
)


@often(CASES // 6)
@given(
    st.lists(MISSES, max_size=15),
    st.lists(rules(), max_size=5, unique_by=lambda rule: (rule.clock, rule.priority)),
    CENTS,
    MAYBE,
    st.one_of(st.none(), PERCENTS),
)
def test_a_statement_is_what_counting_cents_by_hand_gives(
    misses: list[Miss],
    agreed: list[PenaltyRule],
    fee: Decimal,
    cap: Decimal | None,
    percent: Decimal | None,
) -> None:
    told = statement(misses, agreed, Billing("EUR", fee, cap, percent), BERLIN)

    by_hand: dict[tuple[int, int], int] = {}
    for month in {_month(miss) for miss in misses}:
        cents = 0
        for rule in agreed:
            count = sum(_month(miss) == month and _hit(miss, agreed) is rule for miss in misses)
            each = _cents(rule.amount) if rule.amount is not None else _share(fee, rule.percent)
            most = 10**12 if rule.monthly_cap is None else _cents(rule.monthly_cap)
            cents += min(count * each, most)
        cents = min(cents, 10**12 if cap is None else _cents(cap))
        by_hand[month] = min(cents, 10**12 if percent is None else _share(fee, percent))

    assert {(one.month.year, one.month.month): _cents(one.amount) for one in told.months} == {
        month: cents
        for month, cents in by_hand.items()
        if any(_month(miss) == month and _hit(miss, agreed) for miss in misses)
    }
    assert _cents(told.total) == sum(by_hand.values())
    assert [one.month for one in told.months] == sorted(one.month for one in told.months)


def _month(miss: Miss) -> tuple[int, int]:
    local = miss.at.astimezone(BERLIN)
    return local.year, local.month


def _hit(miss: Miss, agreed: list[PenaltyRule]) -> PenaltyRule | None:
    mine = [rule for rule in agreed if rule.clock == miss.clock]
    exact = [rule for rule in mine if rule.priority is miss.priority]
    return next(iter([*exact, *(rule for rule in mine if rule.priority is None)]), None)


def _cents(amount: Decimal) -> int:
    assert amount * 100 == int(amount * 100)
    return int(amount * 100)


def _share(fee: Decimal, percent: Decimal | None) -> int:
    assert percent is not None
    thousandths = int(fee * 100) * int(percent * 10)
    return (thousandths + 500) // 1000

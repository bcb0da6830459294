"""Penalties: what missed minimums cost, month by month. Pure, in decimal money.

A miss falls into the month in which its minimum was reached, in the zone of the calendar. The rule
for its priority holds, or else the one for every priority. First each rule's own cap is applied to
a month, then that of the agreement.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.numbers import get_currency_precision

from foredesk.sla.priority import Priority

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class PenaltyRule:
    """For each missed minimum: an amount, or a share of the monthly fee in percent."""

    clock: str
    priority: Priority | None = None
    amount: Decimal | None = None
    percent: Decimal | None = None
    monthly_cap: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Billing:
    """What penalties are reckoned in; the caps limit all of them together, each month."""

    currency: str | None = None
    monthly_fee: Decimal | None = None
    cap: Decimal | None = None
    cap_percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Miss:
    """A minimum that was not kept, and when it was reached."""

    clock: str
    priority: Priority
    at: datetime
    ticket_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PenaltyLine:
    """One rule in one month: `gross` before its cap, `amount` after it."""

    rule: PenaltyRule
    misses: tuple[Miss, ...]
    each: Decimal
    gross: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PenaltyMonth:
    """`gross` is the sum of the lines, `amount` what is left of it under the agreement's cap."""

    month: date
    lines: tuple[PenaltyLine, ...]
    gross: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Statement:
    currency: str | None
    months: tuple[PenaltyMonth, ...]

    @property
    def total(self) -> Decimal:
        return sum((month.amount for month in self.months), NOTHING)


def statement(
    misses: Iterable[Miss], rules: Sequence[PenaltyRule], billing: Billing, zone: ZoneInfo
) -> Statement:
    """Months without a penalty are left out, the oldest comes first."""
    by_rule = {(rule.clock, rule.priority): rule for rule in rules}
    charged: dict[date, dict[PenaltyRule, list[Miss]]] = defaultdict(lambda: defaultdict(list))
    for miss in misses:
        rule = by_rule.get((miss.clock, miss.priority)) or by_rule.get((miss.clock, None))
        if rule is not None:
            charged[_month(miss.at, zone)][rule].append(miss)
    months = (_month_of(month, charged[month], rules, billing) for month in sorted(charged))
    return Statement(billing.currency, tuple(months))


def _month_of(
    month: date,
    charged: Mapping[PenaltyRule, list[Miss]],
    rules: Sequence[PenaltyRule],
    billing: Billing,
) -> PenaltyMonth:
    lines = tuple(_line(rule, charged[rule], billing) for rule in rules if rule in charged)
    gross = sum((line.amount for line in lines), NOTHING)
    caps = [billing.cap, _share(billing.cap_percent, billing)]
    return PenaltyMonth(
        month, lines, gross, min([gross, *(cap for cap in caps if cap is not None)])
    )


def _line(rule: PenaltyRule, misses: Sequence[Miss], billing: Billing) -> PenaltyLine:
    each = rule.amount if rule.amount is not None else _share(rule.percent, billing) or NOTHING
    in_order = tuple(sorted(misses, key=lambda miss: (miss.at, str(miss.ticket_id))))
    gross = each * len(in_order)
    capped = gross if rule.monthly_cap is None else min(gross, rule.monthly_cap)
    return PenaltyLine(rule, in_order, each, gross, capped)


def _share(percent: Decimal | None, billing: Billing) -> Decimal | None:
    """Of the monthly fee, in the smallest coin; None without either."""
    if percent is None or billing.monthly_fee is None:
        return None
    coin = Decimal(1).scaleb(-get_currency_precision(billing.currency or "EUR"))
    return (billing.monthly_fee * percent / 100).quantize(coin, ROUND_HALF_UP)


def _month(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date().replace(day=1)

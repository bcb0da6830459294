"""The rules of a file: what a missed minimum costs, and who is told or takes over; in and out."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from foredesk.agreement_files.clocks import member, percent_in
from foredesk.agreement_files.proposed import stand_in
from foredesk.agreement_files.tree import Section, Value
from foredesk.people.roles import Role
from foredesk.sla.definitions import EscalationRule, Level
from foredesk.sla.penalties import Billing, PenaltyRule
from foredesk.sla.priority import Priority

_BILLING = ("currency", "monthly_fee", "cap", "cap_percent")
_PENALTY = ("clock", "priority", "amount", "percent", "monthly_cap")
_TO = ("hand_to_team", "tell_person", "tell_role")


def read_billing(value: Value | None) -> Billing:
    """Raises UnreadableFile."""
    if value is None:
        return Billing()
    section = value.section(*_BILLING, "rules")
    return Billing(
        section.text("currency") or None,
        _money(section, "monthly_fee"),
        _money(section, "cap"),
        _money(section, "cap_percent"),
    )


def read_penalties(value: Value) -> Sequence[PenaltyRule]:
    """Raises UnreadableFile."""
    rules = value.section(*_BILLING, "rules").items("rules")
    return [_penalty(rule.section(*_PENALTY)) for rule in rules]


def read_escalations(
    values: Sequence[Value], stood_for: dict[UUID, str]
) -> Sequence[EscalationRule]:
    """Raises UnreadableFile."""
    return [_escalation(at, value, stood_for) for at, value in enumerate(values)]


def penalties_content(rules: Sequence[PenaltyRule], billing: Billing) -> dict[str, Any]:
    """What `read_billing` and `read_penalties` read."""
    content: dict[str, Any] = {
        "currency": billing.currency,
        "monthly_fee": billing.monthly_fee,
        "cap": billing.cap,
        "cap_percent": billing.cap_percent,
        "rules": [_given({key: getattr(rule, key) for key in _PENALTY}) for rule in rules],
    }
    return _given(content)


def escalations_content(
    rules: Sequence[EscalationRule], stood_for: Mapping[UUID, str]
) -> list[dict[str, Any]]:
    """What `read_escalations` reads."""
    return [
        _given(
            {
                "clock": rule.clock,
                "at": f"{rule.percent}%" if rule.percent else rule.level.value,
                "priority": rule.priority,
                "hand_to_team": stood_for.get(rule.team_id) if rule.team_id else None,
                "tell_person": stood_for.get(rule.person_id) if rule.person_id else None,
                "tell_role": rule.role,
            }
        )
        for rule in rules
    ]


def _penalty(section: Section) -> PenaltyRule:
    return PenaltyRule(
        section["clock"].text(),
        _priority(section),
        _money(section, "amount"),
        _money(section, "percent"),
        _money(section, "monthly_cap"),
    )


def _escalation(at: int, value: Value, stood_for: dict[UUID, str]) -> EscalationRule:
    section = value.section("clock", "at", "priority", *_TO)
    level, percent = _level(section["at"])
    ids: dict[str, UUID] = {}
    for key, noun in (("hand_to_team", "team"), ("tell_person", "person")):
        if name := section.text(key):
            ids[noun] = stand_in(noun, name)
            stood_for[ids[noun]] = name
    role = section.content.get("tell_role")
    return EscalationRule(
        stand_in("escalation", str(at)),
        section["clock"].text(),
        level,
        percent,
        _priority(section),
        ids.get("team"),
        ids.get("person"),
        member(Role, role.text(), role).value if role else None,
    )


def _level(value: Value) -> tuple[Level, int | None]:
    text = value.text()
    if text[:1].isdigit():
        return Level.WARNING, percent_in(value)
    if text not in (Level.TARGET, Level.MINIMUM):
        value.refuse("write a percent of the target like 75%, or target, or minimum.")
    return Level(text), None


def _priority(section: Section) -> Priority | None:
    value = section.content.get("priority")
    return member(Priority, value.text(), value) if value and value.text() else None


def _money(section: Section, name: str) -> Decimal | None:
    value = section.content.get(name)
    if value is None or not value.text():
        return None
    try:
        number = Decimal(value.text())
    except InvalidOperation:
        value.refuse("write a number like 250 or 2.5.")
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -3 or number.adjusted() > 9:
        value.refuse("write a number with at most three decimals.")
    return number


def _given(content: dict[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in content.items() if one not in (None, [], "")}

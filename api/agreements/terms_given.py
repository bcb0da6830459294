"""Terms given: what an input says of a version, as the use cases take it."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from api.acting import a_key, given, the_key
from api.agreements import inputs
from foredesk.errors import InvalidInput
from foredesk.identity import new_id
from foredesk.sla.define import Promised
from foredesk.sla.definitions import (
    REQUESTER,
    WARN_PERCENT,
    ClockDefinition,
    EscalationRule,
    PauseRule,
)
from foredesk.sla.penalties import Billing, PenaltyRule

AT_MOST = 100


def terms_given(input: inputs.AgreementTermsInput) -> dict[str, Any]:
    """Arguments of define_agreement and revise_agreement. Raises InvalidInput and NotFound."""
    few("targets", input.targets)
    return {
        "calendar_id": the_key("Calendar", input.calendar_id, "calendarId"),
        "promises": [_promised(one) for one in input.targets],
        "clocks": [_clock(one) for one in few("clocks", given(input.clocks))],
        "penalties": [_penalty(one) for one in few("penalties", given(input.penalties))],
        "billing": _billing(given(input.billing)),
        "escalations": [_escalation(one) for one in few("escalations", given(input.escalations))],
    }


def few(field: str, values: Sequence[Any] | None, most: int = AT_MOST) -> Sequence[Any]:
    """Raises InvalidInput for too many."""
    if values is not None and len(values) > most:
        raise InvalidInput(field, f"Give at most {most}.")
    return values or ()


def _promised(one: inputs.ServiceLevelTargetInput) -> Promised:
    minimum, kind = given(one.minimum_seconds), given(one.kind)
    return Promised(
        one.clock,
        one.priority,
        timedelta(seconds=one.target_seconds),
        None if minimum is None else timedelta(seconds=minimum),
        kind.value if kind else None,
    )


def _clock(one: inputs.AgreementClockInput) -> ClockDefinition:
    pause, warnings = given(one.pause), given(one.warnings)
    within = given(one.continue_within_seconds)
    try:
        rules = frozenset({REQUESTER} if pause is None else map(PauseRule.read, pause))
    except ValueError:
        message = "Pause in a state like waiting, or with its reason like waiting:vendor."
        raise InvalidInput("clocks", message) from None
    return ClockDefinition(
        name=one.name,
        title=one.title,
        start=frozenset(one.start),
        stop=frozenset(one.stop),
        restart=frozenset(given(one.restart) or ()),
        cycle=frozenset(given(one.cycle) or ()),
        pause=rules,
        warnings=(WARN_PERCENT,) if warnings is None else tuple(sorted(warnings)),
        team_id=a_key("Team", given(one.team_id), "clocks"),
        continue_within=None if within is None else timedelta(seconds=within),
    )


def _penalty(one: inputs.AgreementPenaltyInput) -> PenaltyRule:
    return PenaltyRule(
        one.clock,
        given(one.priority),
        _number("penalties", given(one.amount)),
        _number("penalties", given(one.percent)),
        _number("penalties", given(one.monthly_cap)),
    )


def _billing(one: inputs.BillingInput | None) -> Billing:
    if one is None:
        return Billing()
    return Billing(
        one.currency,
        _number("monthlyFee", given(one.monthly_fee)),
        _number("penaltyCap", given(one.penalty_cap)),
        _number("penaltyCapPercent", given(one.penalty_cap_percent)),
    )


def _escalation(one: inputs.AgreementEscalationInput) -> EscalationRule:
    return EscalationRule(
        new_id(),
        one.clock,
        one.level,
        given(one.percent),
        given(one.priority),
        a_key("Team", given(one.team_id), "escalations"),
        a_key("Person", given(one.person_id), "escalations"),
        given(one.role),
    )


def _number(field: str, text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise InvalidInput(field, f"Write a number like 250 or 2.5, not {text[:40]!r}.") from None
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -3:
        raise InvalidInput(field, "Write a number with at most three decimals.")
    return number

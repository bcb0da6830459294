"""Terms that contradict themselves are refused, and say where and why."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from foredesk.errors import InvalidInput
from foredesk.people.roles import Role
from foredesk.sla.definitions import RESOLUTION, RESPONSE, TEMPLATES, EscalationRule, Level
from foredesk.sla.facts import ClockEventKind
from foredesk.sla.penalties import Billing, PenaltyRule
from foredesk.sla.priority import Priority
from foredesk.sla.proposal import Promised, Proposal

HOUR = timedelta(hours=1)
EUROS = Billing("EUR", Decimal(100))
CLOCK = TEMPLATES[RESOLUTION]
SOUND = Proposal(
    promises=(
        Promised(RESPONSE, Priority.HIGH, HOUR, None),
        Promised(RESOLUTION, Priority.HIGH, HOUR, 2 * HOUR),
        Promised(RESOLUTION, Priority.HIGH, HOUR, 2 * HOUR, kind="incident"),
    ),
    penalties=(PenaltyRule(RESOLUTION, amount=Decimal(5)),),
    billing=EUROS,
    escalations=(
        EscalationRule(uuid4(), RESOLUTION, Level.WARNING, 75, role=Role.INCIDENT_COORDINATOR),
        EscalationRule(uuid4(), RESPONSE, Level.TARGET, team_id=uuid4()),
    ),
)


def rule(clock: str, level: Level, percent: int | None = None, **to: Any) -> EscalationRule:
    return EscalationRule(uuid4(), clock, level, percent, **to)


def test_sound_terms_are_taken_with_the_clocks_that_are_built_in() -> None:
    SOUND.check()

    assert SOUND.defined == {RESPONSE: TEMPLATES[RESPONSE], RESOLUTION: TEMPLATES[RESOLUTION]}


@pytest.mark.parametrize(
    ("field", "message", "changes"),
    [
        ("clocks", "Name a clock like", {"clocks": [replace(CLOCK, name="Résolution")]}),
        ("clocks", "a name of its own", {"clocks": [CLOCK, CLOCK]}),
        ("clocks", "a title of at most 80", {"clocks": [replace(CLOCK, title="")]}),
        ("clocks", "which events start", {"clocks": [replace(CLOCK, start=frozenset())]}),
        ("clocks", "both start and stop", {"clocks": [replace(CLOCK, start=CLOCK.stop)]}),
        (
            "clocks",
            "both continue",
            {"clocks": [replace(CLOCK, cycle=frozenset({ClockEventKind.REOPENED}))]},
        ),
        ("clocks", "at 1 to 99 percent", {"clocks": [replace(CLOCK, warnings=(0,))]}),
        ("clocks", "at 1 to 99 percent", {"clocks": [replace(CLOCK, warnings=(100,))]}),
        (
            "clocks",
            "at most 10 times",
            {"clocks": [replace(CLOCK, warnings=tuple(range(1, 12)))]},
        ),
        ("clocks", "Give each warning", {"clocks": [replace(CLOCK, warnings=(50, 50))]}),
        ("clocks", "in the past", {"clocks": [replace(CLOCK, continue_within=-HOUR)]}),
        ("clocks", "Promise something for", {"clocks": [replace(CLOCK, name="other")]}),
        ("promises", "at least one thing", {"promises": ()}),
        ("promises", "once", {"promises": (*SOUND.promises, SOUND.promises[0])}),
        (
            "promises",
            "Define the clock 'hold'",
            {"promises": (*SOUND.promises, Promised("hold", Priority.LOW, HOUR, None))},
        ),
        (
            "promises",
            "no shorter than it",
            {"promises": (*SOUND.promises, Promised(RESPONSE, Priority.LOW, 2 * HOUR, HOUR))},
        ),
        ("currency", "is no currency", {"billing": Billing("EURO", Decimal(100))}),
        ("currency", "in which currency", {"billing": Billing(None, None)}),
        ("monthlyFee", "above nothing", {"billing": Billing("EUR", Decimal(0))}),
        ("penaltyCap", "above nothing", {"billing": Billing("EUR", cap=Decimal(-1))}),
        ("penaltyCapPercent", "up to 100", {"billing": replace(EUROS, cap_percent=Decimal(101))}),
        ("monthlyFee", "cap in percent", {"billing": Billing("EUR", cap_percent=Decimal(5))}),
        (
            "penalties",
            "no minimum that could be missed",
            {"penalties": [PenaltyRule(RESPONSE, amount=Decimal(5))]},
        ),
        (
            "penalties",
            "Nothing is promised",
            {"penalties": [PenaltyRule(RESOLUTION, Priority.LOW, amount=Decimal(5))]},
        ),
        ("penalties", "either an amount", {"penalties": [PenaltyRule(RESOLUTION)]}),
        (
            "penalties",
            "either an amount",
            {"penalties": [PenaltyRule(RESOLUTION, amount=Decimal(1), percent=Decimal(1))]},
        ),
        (
            "penalties",
            "up to 100",
            {"penalties": [PenaltyRule(RESOLUTION, percent=Decimal("100.1"))]},
        ),
        ("penalties", "once", {"penalties": [*SOUND.penalties, *SOUND.penalties]}),
        (
            "monthlyFee",
            "penalty in percent",
            {
                "penalties": [PenaltyRule(RESOLUTION, percent=Decimal(1))],
                "billing": Billing("EUR"),
            },
        ),
        (
            "escalations",
            "no clock 'hold'",
            {"escalations": [rule("hold", Level.TARGET, role=Role.ADMINISTRATOR)]},
        ),
        (
            "escalations",
            "no warning at 50",
            {"escalations": [rule(RESPONSE, Level.WARNING, 50, role=Role.ADMINISTRATOR)]},
        ),
        (
            "escalations",
            "percent of a warning",
            {"escalations": [rule(RESPONSE, Level.TARGET, 75, role=Role.ADMINISTRATOR)]},
        ),
        (
            "escalations",
            "no minimum",
            {"escalations": [rule(RESPONSE, Level.MINIMUM, role=Role.ADMINISTRATOR)]},
        ),
        ("escalations", "to a role", {"escalations": [rule(RESPONSE, Level.TARGET)]}),
        (
            "escalations",
            "no role of those",
            {"escalations": [rule(RESPONSE, Level.TARGET, role=Role.REQUESTER)]},
        ),
    ],
)
def test_terms_that_contradict_themselves_are_refused(
    field: str, message: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput, match=message) as refusal:
        replace(SOUND, **changes).check()

    assert refusal.value.field == field

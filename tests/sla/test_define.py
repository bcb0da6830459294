"""What a version says is kept, never changed, and read back as it was said."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from foredesk.desk import Desk
from foredesk.errors import NotFound, StaleVersion
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM
from foredesk.sla.define import Promised, define_agreement, revise_agreement
from foredesk.sla.definitions import (
    NEXT_UPDATE,
    RESOLUTION,
    TEMPLATES,
    EscalationRule,
    Level,
    PauseRule,
)
from foredesk.sla.models import Agreement, AgreementVersion
from foredesk.sla.penalties import Billing, PenaltyRule
from foredesk.sla.priority import Priority
from foredesk.sla.rulebook import Goal
from foredesk.sla.terms import terms_of
from tests.clock import NOW
from tests.people import make_team
from tests.sla.rows import PROMISES, Rows, make_rows

HOUR = timedelta(hours=1)


@pytest.fixture
async def rows(desk: Desk) -> Rows:
    return await make_rows(desk)


async def test_everything_that_a_version_says_is_ready_for_the_clock(
    desk: Desk, rows: Rows
) -> None:
    team = await make_team(desk, rows.organization)
    own = replace(
        TEMPLATES[RESOLUTION],
        name="second_line",
        title="Second line",
        pause=frozenset({PauseRule.read("waiting"), PauseRule.read("resolved")}),
        warnings=(25, 90),
        team_id=team.id,
        continue_within=timedelta(days=3),
    )
    penalties = (
        PenaltyRule(RESOLUTION, Priority.HIGH, percent=Decimal("7.5")),
        PenaltyRule(RESOLUTION, amount=Decimal("12.5"), monthly_cap=Decimal(100)),
    )
    billing = Billing("EUR", Decimal("4800.5"), cap=Decimal(900), cap_percent=Decimal(15))
    told = EscalationRule(uuid4(), "second_line", Level.WARNING, 90, role=Role.PROBLEM_MANAGER)

    agreement = await define_agreement(
        desk,
        SYSTEM,
        name="Everything",
        calendar_id=rows.calendar.id,
        organization_id=rows.organization.id,
        promises=[
            Promised(RESOLUTION, Priority.HIGH, HOUR, 2 * HOUR),
            Promised(RESOLUTION, Priority.HIGH, HOUR / 2, HOUR, kind="incident"),
            Promised(NEXT_UPDATE, Priority.HIGH, HOUR, None),
            Promised("second_line", Priority.HIGH, HOUR, None),
        ],
        clocks=[own],
        penalties=penalties,
        billing=billing,
        escalations=[told],
    )

    version = await AgreementVersion.get(agreement_id=agreement.id)
    terms = (await terms_of([version.id]))[version.id]
    assert terms.clocks == {
        "second_line": own,
        RESOLUTION: TEMPLATES[RESOLUTION],
        NEXT_UPDATE: TEMPLATES[NEXT_UPDATE],
    }
    assert terms.goals == {
        (RESOLUTION, Priority.HIGH, None): Goal(3600, 7200),
        (RESOLUTION, Priority.HIGH, "incident"): Goal(1800, 3600),
        (NEXT_UPDATE, Priority.HIGH, None): Goal(3600),
        ("second_line", Priority.HIGH, None): Goal(3600),
    }
    assert (terms.penalties, terms.billing) == (penalties, billing)
    assert [replace(rule, id=told.id) for rule in terms.escalations] == [told]
    assert (terms.agreement, terms.calendar) == ("“Everything” (version 1)", "Office")
    hidden = {target.clock for target in await version.targets if target.is_operational}
    assert hidden == {"second_line"}


async def test_a_team_that_does_not_serve_the_organization_is_unknown(
    desk: Desk, rows: Rows
) -> None:
    own = replace(TEMPLATES[RESOLUTION], team_id=uuid4())
    nobody = EscalationRule(uuid4(), RESOLUTION, Level.TARGET, person_id=uuid4())

    for field, terms in (("clocks", {"clocks": [own]}), ("escalations", {"escalations": [nobody]})):
        with pytest.raises(NotFound) as refusal:
            await define_agreement(
                desk,
                SYSTEM,
                name="Odd",
                calendar_id=rows.calendar.id,
                promises=PROMISES,
                organization_id=rows.organization.id,
                **terms,  # type: ignore[arg-type]
            )
        assert refusal.value.field == field
    assert await Agreement.all().count() == 1


async def test_who_revises_what_somebody_else_has_revised_is_told(desk: Desk, rows: Rows) -> None:
    async def revise(days: int) -> AgreementVersion:
        return await revise_agreement(
            desk,
            SYSTEM,
            agreement_id=rows.agreement.id,
            calendar_id=rows.calendar.id,
            promises=PROMISES,
            valid_from=NOW + timedelta(days=days),
            expected_version=1,
        )

    assert (await revise(1)).number == 2
    with pytest.raises(StaleVersion):
        await revise(2)

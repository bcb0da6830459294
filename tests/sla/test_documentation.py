from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from foredesk.desk import Desk
from foredesk.people.viewer import SYSTEM
from foredesk.sla.agreements import applicable_agreements
from foredesk.sla.calendars import define_calendar
from foredesk.sla.define import Promised, define_agreement
from foredesk.sla.definitions import TEMPLATES
from foredesk.sla.penalties import Billing, PenaltyRule
from foredesk.sla.priority import Priority
from tests.people import make_organization, make_team
from tests.sla.documented import run_the_examples_of


async def test_the_example_of_the_page_on_service_levels_works(desk: Desk) -> None:
    organization = await make_organization(desk)

    names = await run_the_examples_of(
        "service-levels.md",
        {
            "desk": desk,
            "administrator": SYSTEM,
            "organization": organization,
            "define_calendar": define_calendar,
            "define_agreement": define_agreement,
            "Promised": Promised,
            "Priority": Priority,
            "Billing": Billing,
            "Decimal": Decimal,
            "PenaltyRule": PenaltyRule,
            "TEMPLATES": TEMPLATES,
            "replace": replace,
            "team": await make_team(desk, organization),
            "timedelta": timedelta,
        },
    )

    (choice,) = await applicable_agreements(
        organization_id=organization.id, service_id=None, kind=None, at=desk.now()
    )
    assert choice.agreement.id == names["agreement"].id

from datetime import timedelta

from foredesk.desk import Desk
from foredesk.people.viewer import SYSTEM
from foredesk.sla.agreements import applicable_agreement
from foredesk.sla.define import Promised, define_agreement, define_calendar
from foredesk.sla.models import ClockName
from foredesk.sla.priority import Priority
from tests.people import make_organization
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
            "ClockName": ClockName,
            "Priority": Priority,
            "timedelta": timedelta,
        },
    )

    version = await applicable_agreement(
        organization_id=organization.id, service_id=None, kind=None, at=desk.now()
    )
    assert version is not None
    assert version.agreement_id == names["agreement"].id

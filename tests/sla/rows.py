"""An organization with an agreement and a ticket, for tests of stored clocks."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from foredesk.desk import Desk
from foredesk.people.enroll import enroll_person, register_organization
from foredesk.people.models import Organization, Person
from foredesk.people.viewer import SYSTEM
from foredesk.sla.calendars import define_calendar
from foredesk.sla.define import Promised, define_agreement
from foredesk.sla.definitions import RESOLUTION, RESPONSE
from foredesk.sla.models import Agreement, AgreementVersion, Calendar
from foredesk.sla.priority import Priority
from foredesk.tickets.models import Ticket

OFFICE = {day: ["09:00-17:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
PROMISES = (
    Promised(RESPONSE, Priority.NORMAL, timedelta(hours=2), timedelta(hours=4)),
    Promised(RESOLUTION, Priority.NORMAL, timedelta(hours=8), timedelta(hours=16)),
    Promised(RESOLUTION, Priority.HIGH, timedelta(hours=4), timedelta(hours=8)),
)


@dataclass(frozen=True)
class Rows:
    organization: Organization
    requester: Person
    calendar: Calendar
    agreement: Agreement
    version: AgreementVersion
    ticket: Ticket


async def make_rows(desk: Desk) -> Rows:
    organization = await register_organization(desk, SYSTEM, slug="lovelace", name="Lovelace")
    requester = await enroll_person(
        desk, SYSTEM, organization=organization, name="Ada", email="ada@lovelace.example"
    )
    calendar = await define_calendar(desk, SYSTEM, name="Office", time_zone="UTC", weekly=OFFICE)
    agreement = await make_agreement(desk, calendar.id, organization.id)
    return Rows(
        organization=organization,
        requester=requester,
        calendar=calendar,
        agreement=agreement,
        version=await AgreementVersion.get(agreement_id=agreement.id),
        ticket=await make_ticket(desk, organization, requester),
    )


async def make_agreement(
    desk: Desk,
    calendar_id: UUID,
    organization_id: UUID | None = None,
    *,
    name: str = "Standard",
    service_id: UUID | None = None,
    kind: str | None = None,
) -> Agreement:
    return await define_agreement(
        desk,
        SYSTEM,
        name=name,
        calendar_id=calendar_id,
        promises=PROMISES,
        organization_id=organization_id,
        service_id=service_id,
        kind=kind,
    )


async def make_ticket(
    desk: Desk, organization: Organization, requester: Person, number: int = 1
) -> Ticket:
    return await Ticket.create(
        number=number,
        subject="VPN drops",
        opened_at=desk.now(),
        updated_at=desk.now(),
        organization_id=organization.id,
        requester_id=requester.id,
    )

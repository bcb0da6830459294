"""Which agreement a ticket runs under after what decides on it has changed."""

from datetime import timedelta
from typing import Any

from foredesk.catalog.models import Service, ServiceKind
from foredesk.desk import Desk
from foredesk.people.models import Organization
from foredesk.people.viewer import SYSTEM
from foredesk.sla.calendars import define_calendar
from foredesk.sla.define import define_agreement
from foredesk.sla.models import AgreementVersion, TicketClock
from foredesk.sla.priority import Impact, Priority, Urgency
from foredesk.sla.proposal import Promised
from foredesk.tickets.classify import classify_ticket
from foredesk.tickets.models import Ticket, TicketEvent, TicketKind
from foredesk.tickets.record import record_ticket
from foredesk.tickets.states import EventKind
from foredesk.tickets.verify import differences
from tests.tickets import make_crowd


async def agree(
    desk: Desk, name: str, organization: Organization, **scope: Any
) -> AgreementVersion:
    calendar = await define_calendar(
        desk, SYSTEM, name=name, time_zone="UTC", weekly={"monday": ["09:00-17:00"]}
    )
    promised = [Promised("response", Priority.NORMAL, timedelta(hours=1), timedelta(hours=2))]
    agreement = await define_agreement(
        desk,
        SYSTEM,
        name=name,
        calendar_id=calendar.id,
        promises=promised,
        organization_id=organization.id,
        **scope,
    )
    return await AgreementVersion.get(agreement_id=agreement.id)


async def chosen(ticket: Ticket) -> list[Any]:
    events = TicketEvent.filter(ticket_id=ticket.id, kind=EventKind.AGREEMENT_CHOSEN)
    return [event.data["agreement_version_id"] for event in await events.order_by("sequence")]


async def test_another_kind_or_service_is_another_agreement_or_none(desk: Desk) -> None:
    crowd = await make_crowd(desk)
    service = await Service.create(key="vpn", name="VPN", kind=ServiceKind.TECHNICAL)
    for_service = await agree(desk, "VPN", crowd.acme, service_id=service.id)
    for_kind = await agree(desk, "Incidents", crowd.acme, kind="incident")
    ticket = await record_ticket(
        desk, crowd.ada, subject="VPN", kind=TicketKind.INCIDENT, service_id=service.id
    )
    assert ticket.agreement_version_id == for_service.id

    async def sorted_as(kind: TicketKind | None, service_id: Any) -> Any:
        await classify_ticket(
            desk,
            crowd.grace,
            ticket_id=ticket.id,
            kind=kind,
            category=None,
            impact=None,
            urgency=None,
            service_id=service_id,
        )
        stored = await Ticket.get(id=ticket.id)
        assert await differences(stored) == []
        clocks = await TicketClock.filter(ticket_id=ticket.id)
        assert {clock.agreement_version_id for clock in clocks} == (
            {stored.agreement_version_id} if stored.agreement_version_id else set()
        )
        return stored.agreement_version_id

    assert await sorted_as(TicketKind.INCIDENT, None) == for_kind.id
    assert await sorted_as(TicketKind.INFORMATION, None) is None
    assert await sorted_as(TicketKind.INFORMATION, service.id) == for_service.id
    assert await chosen(ticket) == [
        str(for_service.id),
        str(for_kind.id),
        None,
        str(for_service.id),
    ]


async def test_sorting_alone_leaves_the_agreement_that_was_chosen(desk: Desk) -> None:
    """A plugin may have chosen one that precedence would not."""
    crowd = await make_crowd(desk)
    first = await agree(desk, "For all", crowd.acme)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN")
    newer = await agree(desk, "Newer", crowd.acme, valid_from=ticket.opened_at)
    assert ticket.agreement_version_id == first.id

    async def sort(category: str, urgency: Urgency | None) -> Any:
        await classify_ticket(
            desk,
            crowd.grace,
            ticket_id=ticket.id,
            kind=None,
            category=category,
            impact=Impact.MEDIUM,
            urgency=urgency,
        )
        return (await Ticket.get(id=ticket.id)).agreement_version_id

    assert await sort("network", Urgency.MEDIUM) == first.id
    assert await chosen(ticket) == [str(first.id)]
    assert await sort("network", Urgency.HIGH) == newer.id

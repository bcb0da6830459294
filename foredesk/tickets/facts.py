"""Facts: what a plugin may know of a ticket."""

from foredesk.hooks import TicketEventFacts, TicketFacts
from foredesk.people.models import Organization, Person
from foredesk.tickets.models import Ticket, TicketEvent


async def facts_of(ticket: Ticket) -> TicketFacts:
    requester = await Person.get(id=ticket.requester_id)
    organization = await Organization.get(id=ticket.organization_id)
    return TicketFacts(
        id=ticket.id,
        number=ticket.number,
        organization_id=ticket.organization_id,
        subject=ticket.subject,
        details=ticket.details,
        kind=ticket.kind,
        category=ticket.category,
        impact=ticket.impact,
        urgency=ticket.urgency,
        priority=ticket.priority,
        state=ticket.state,
        channel=ticket.channel,
        locale=requester.locale or organization.locale,
        requester_id=ticket.requester_id,
        service_id=ticket.service_id,
        team_id=ticket.team_id,
        assignee_id=ticket.assignee_id,
        opened_at=ticket.opened_at,
    )


def event_facts(event: TicketEvent) -> TicketEventFacts:
    return TicketEventFacts(
        id=event.id,
        kind=event.kind,
        at=event.occurred_at,
        actor_id=event.actor_id,
        data=event.data,
    )

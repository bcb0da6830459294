"""Facts: what a plugin may know of a ticket."""

from foredesk.hooks import TicketEventFacts, TicketFacts
from foredesk.people.models import Organization, Person
from foredesk.tickets.models import Ticket, TicketEvent


async def facts_of(ticket: Ticket, locale: str | None = None) -> TicketFacts:
    return facts_in(ticket, locale or await _locale_of(ticket))


def facts_in(ticket: Ticket, locale: str) -> TicketFacts:
    """Without its words where a confidential team has it."""
    return TicketFacts(
        id=ticket.id,
        number=ticket.number,
        organization_id=ticket.organization_id,
        subject="" if ticket.is_confidential else ticket.subject,
        details="" if ticket.is_confidential else ticket.details,
        kind=ticket.kind,
        category=ticket.category,
        impact=ticket.impact,
        urgency=ticket.urgency,
        priority=ticket.priority,
        state=ticket.state,
        channel=ticket.channel,
        locale=locale,
        requester_id=ticket.requester_id,
        service_id=ticket.service_id,
        team_id=ticket.team_id,
        assignee_id=ticket.assignee_id,
        opened_at=ticket.opened_at,
        is_confidential=ticket.is_confidential,
    )


async def _locale_of(ticket: Ticket) -> str:
    requester = await Person.get(id=ticket.requester_id)
    return requester.locale or (await Organization.get(id=ticket.organization_id)).locale


def event_facts(event: TicketEvent) -> TicketEventFacts:
    return TicketEventFacts(
        id=event.id,
        kind=event.kind,
        at=event.occurred_at,
        actor_id=event.actor_id,
        data=event.data,
    )

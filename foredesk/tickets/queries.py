"""What a viewer may read of tickets and their history."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from foredesk.people.viewer import Viewer
from foredesk.tickets.models import Ticket, TicketArticle, TicketEvent
from foredesk.tickets.states import INTERNAL


def visible_to(viewer: Viewer) -> QuerySet[Ticket]:
    """Requesters see their own, or their whole organization's where it says so.

    Agents also see those of the organizations that their teams serve; administrators all.
    """
    if viewer.is_administrator:
        return Ticket.all()
    if viewer.person_id is None:
        return Ticket.filter(id__isnull=True)
    seen = Q(requester_id=viewer.person_id)
    if viewer.sees_whole_organization:
        seen |= Q(organization_id=viewer.organization_id)
    if viewer.is_agent and viewer.serves:
        seen |= Q(organization_id__in=list(viewer.serves))
    return Ticket.filter(seen)


def visible_events(viewer: Viewer, ticket: Ticket) -> QuerySet[TicketEvent]:
    """The history of a visible ticket; internal entries only for those who serve it."""
    events = TicketEvent.filter(ticket_id=ticket.id)
    if sees_internal(viewer, ticket.organization_id):
        return events
    return events.exclude(kind__in=[kind.value for kind in INTERNAL])


def sees_internal(viewer: Viewer, organization_id: UUID) -> bool:
    return viewer.is_administrator or (viewer.is_agent and organization_id in viewer.serves)


def visible_article_links(viewer: Viewer, ticket: Ticket) -> QuerySet[TicketArticle]:
    return TicketArticle.filter(ticket_id=ticket.id).order_by("linked_at", "id")


async def article_links_of(ticket_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[TicketArticle]]:
    """By ticket. Ask only for those the viewer may see; the articles have readers of their own."""
    found: dict[UUID, list[TicketArticle]] = {ticket_id: [] for ticket_id in ticket_ids}
    links = TicketArticle.filter(ticket_id__in=list(ticket_ids)).order_by("linked_at", "id")
    for link in await links:
        found[link.ticket_id].append(link)
    return found

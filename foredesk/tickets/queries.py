"""What a viewer may read of tickets and their history."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from foredesk.people.policy import handles
from foredesk.people.roles import Scope
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import INTERNAL


def visible_to(viewer: Viewer) -> QuerySet[Ticket]:
    """Requesters see their own, or their whole organization's where it says so; agents also
    those that they handle.
    """
    if viewer.is_system:
        return Ticket.all()
    if viewer.person_id is None or not viewer.reads(Scope.TICKETS):
        return Ticket.filter(id__isnull=True)
    seen = Q(requester_id=viewer.person_id)
    if viewer.sees_whole_organization:
        seen |= Q(organization_id=viewer.organization_id, is_confidential=False)
    return Ticket.filter(seen | handled_by(viewer)) if viewer.is_agent else Ticket.filter(seen)


def handled_by(viewer: Viewer, path: str = "") -> Q:
    """Tickets of the organizations that their teams serve, for administrators of all of them;
    what a confidential team has, only its members handle. `path` leads to the ticket.
    """
    open_to_them: dict[str, Any] = {f"{path}is_confidential": False}
    if not viewer.is_administrator:
        open_to_them[f"{path}organization_id__in"] = list(viewer.serves)
    if not viewer.confidential_team_ids:
        return Q(**open_to_them)
    theirs: dict[str, Any] = {f"{path}team_id__in": list(viewer.confidential_team_ids)}
    return Q(**open_to_them) | Q(**theirs)


def visible_events(viewer: Viewer) -> QuerySet[TicketEvent]:
    """What may be read of the tickets that they see, and ask for no others': internal entries
    only where they handle the ticket.
    """
    if viewer.is_system:
        return TicketEvent.all()
    seen = ~Q(kind__in=[kind.value for kind in INTERNAL])
    if viewer.is_agent:
        seen |= handled_by(viewer, "ticket__")
    return TicketEvent.filter(seen)


def history_of(viewer: Viewer, ticket: Ticket) -> QuerySet[TicketEvent]:
    """The history of a visible ticket, as far as they may read it."""
    events = TicketEvent.filter(ticket_id=ticket.id)
    if sees_internal(viewer, ticket):
        return events
    return events.exclude(kind__in=[kind.value for kind in INTERNAL])


def sees_internal(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether they are among those who handle it, and not only its requester."""
    return viewer.is_system or (viewer.is_agent and handles(viewer, ticket))


async def handled_among(viewer: Viewer, ticket_ids: Sequence[UUID]) -> Mapping[UUID, bool]:
    """`sees_internal` for many tickets, which are not at hand."""
    theirs: set[object] = set()
    if viewer.is_system:
        theirs = set(ticket_ids)
    elif viewer.is_agent:
        tickets = Ticket.filter(handled_by(viewer), id__in=list(ticket_ids))
        theirs = set(await tickets.values_list("id", flat=True))
    return {id: id in theirs for id in ticket_ids}

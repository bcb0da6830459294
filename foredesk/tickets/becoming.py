"""Becoming: what decides on a ticket's agreement, as it is and as it is about to be."""

from copy import copy
from typing import Any
from uuid import UUID

from foredesk.desk import Desk
from foredesk.people.viewer import Viewer
from foredesk.tickets.agreement import Suggested, asks_plugins, suggest_policy
from foredesk.tickets.facts import facts_of
from foredesk.tickets.models import Ticket
from foredesk.tickets.queries import visible_to


def grounds(ticket: Ticket) -> tuple[Any, ...]:
    """As long as this stays the same, so does the agreement: sorting alone undoes no choice."""
    return (ticket.organization_id, ticket.service_id, ticket.kind, ticket.priority)


async def policy_after(
    desk: Desk, viewer: Viewer, ticket_id: UUID, **becomes: Any
) -> Suggested | None:
    """What plugins choose for the ticket with these values; None where none is asked, or where
    they decide nothing. Call it outside a transaction.
    """
    ticket = await visible_to(viewer).get_or_none(id=ticket_id)
    if ticket is None or not asks_plugins(desk, ticket.organization_id):
        return None
    other = copy(ticket)
    for name, value in becomes.items():
        setattr(other, name, value)
    if grounds(other) == grounds(ticket):
        return None
    return await suggest_policy(desk, other, await facts_of(other))

"""Release: what an agent had who left goes back to the team that has it."""

from uuid import UUID

from foredesk.desk import Desk
from foredesk.people.models import TeamMember
from foredesk.people.policy import Act
from foredesk.people.viewer import SYSTEM
from foredesk.tickets.change import changing
from foredesk.tickets.models import Ticket
from foredesk.tickets.place import is_agent
from foredesk.tickets.states import EventKind, TicketState

UNSOLVED = (TicketState.OPEN, TicketState.WAITING)


async def release_tickets(desk: Desk, person_id: UUID) -> int:
    """Of those they work on, the ones they may not work on any more; returns how many."""
    held = Ticket.filter(assignee_id=person_id, state__in=[state.value for state in UNSOLVED])
    tickets = await held.order_by("opened_at", "id")
    return sum([await _release(desk, person_id, ticket.id) for ticket in tickets])


async def _release(desk: Desk, person_id: UUID, ticket_id: UUID) -> bool:
    async with changing(desk, SYSTEM, ticket_id, Act.ASSIGN) as change:
        ticket = change.ticket
        is_theirs = ticket.assignee_id == person_id and ticket.state in UNSOLVED
        if not is_theirs or await may_keep(person_id, ticket):
            return False
        change.append(
            EventKind.ASSIGNED,
            team_id=str(ticket.team_id) if ticket.team_id else None,
            assignee_id=None,
            is_confidential=ticket.is_confidential,
            because="left",
        )
    return True


async def may_keep(person_id: UUID, ticket: Ticket) -> bool:
    is_member = await TeamMember.exists(team_id=ticket.team_id, person_id=person_id)
    return is_member and await is_agent(person_id)

"""Candidates: the teams that may take a ticket, as plugins are told of them."""

from foredesk.desk import Desk
from foredesk.hooks import AgentFacts, TeamFacts
from foredesk.people.models import Person, Team
from foredesk.people.standing_in import StandingIn, standing_in
from foredesk.tickets.models import Ticket
from foredesk.tickets.states import TicketState


async def candidates_for(desk: Desk, ticket: Ticket) -> tuple[TeamFacts, ...]:
    """Teams that serve the organization, by name, with their members and who of them is absent."""
    standing = await standing_in(desk.now())
    teams = await Team.filter(customers__organization_id=ticket.organization_id).order_by("name")
    return tuple([await _team_facts(team, standing) for team in teams])


async def _team_facts(team: Team, standing: StandingIn) -> TeamFacts:
    people = await Person.filter(memberships__team_id=team.id, is_active=True).order_by("name")
    agents = [
        AgentFacts(
            id=person.id,
            name=person.name,
            open_tickets=await _open_count(assignee_id=person.id),
            is_absent=standing.is_absent(person.id),
        )
        for person in people
    ]
    return TeamFacts(
        id=team.id,
        name=team.name,
        open_tickets=await _open_count(team_id=team.id),
        agents=tuple(agents),
        is_confidential=team.is_confidential,
    )


async def _open_count(**who: object) -> int:
    states = [TicketState.OPEN.value, TicketState.WAITING.value]
    return await Ticket.filter(state__in=states, **who).count()

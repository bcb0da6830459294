"""Place: the team and the agent that a ticket really goes to, and why it is not the one meant."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound
from foredesk.people.models import RoleGrant, Team, TeamMember
from foredesk.people.roles import AGENT_ROLES
from foredesk.people.standing_in import standing_in
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Place:
    """`instead_of` is the absent agent it was meant for."""

    team_id: UUID | None
    assignee_id: UUID | None
    is_confidential: bool = False
    instead_of: UUID | None = None

    @property
    def told(self) -> dict[str, Any]:
        """As the event keeps it."""
        absent = {"instead_of": str(self.instead_of)} if self.instead_of else {}
        return {
            "team_id": str(self.team_id) if self.team_id else None,
            "assignee_id": str(self.assignee_id) if self.assignee_id else None,
            "is_confidential": self.is_confidential,
            **absent,
        }


async def place(
    desk: Desk, viewer: Viewer, ticket: Ticket, team_id: UUID | None, assignee_id: UUID | None
) -> Place:
    """What a person decided. Raises NotFound and InvalidInput."""
    if ticket.is_confidential:
        team_id = team_id or ticket.team_id
    if assignee_id is not None and team_id is None:
        team_id = await _team_of(ticket, assignee_id)
    team = await serving_team(ticket, team_id)
    await _check_agent(team_id, assignee_id)
    if team is None or assignee_id is None or assignee_id == viewer.person_id:
        return Place(team_id, assignee_id, team is not None and team.is_confidential)
    there = await in_place_of(desk, assignee_id, only_of=team if team.is_confidential else None)
    if there is None:
        raise InvalidInput(
            "assigneeId", "This person is absent and nobody stands in. Name another, or the team."
        )
    absent = assignee_id if there != assignee_id else None
    return Place(team.id, there, team.is_confidential, absent)


async def place_as_suggested(
    desk: Desk, ticket: Ticket, team_id: UUID, agent_id: UUID | None
) -> Place:
    """What a plugin decided among the candidates: without a substitute it goes to the team."""
    team = await Team.get(id=team_id)
    if agent_id is None:
        return Place(team.id, None, team.is_confidential)
    there = await in_place_of(desk, agent_id, only_of=team if team.is_confidential else None)
    return Place(team.id, there, team.is_confidential, agent_id if there != agent_id else None)


async def serving_team(ticket: Ticket, team_id: UUID | None) -> Team | None:
    """Raises NotFound for a team that does not serve the ticket's organization."""
    if team_id is None:
        return None
    team = await Team.get_or_none(id=team_id, customers__organization_id=ticket.organization_id)
    if team is None:
        raise NotFound("teamId")
    return team


async def in_place_of(desk: Desk, person_id: UUID, *, only_of: Team | None) -> UUID | None:
    """Who is there for this person, themselves if they are; None if nobody is.

    A confidential team (`only_of`) is not handed over: its substitutes are members too.
    """
    there = (await standing_in(desk.now())).in_place_of(person_id)
    if there is None or there == person_id:
        return there
    if not await is_agent(there):
        return None
    if only_of and not await TeamMember.exists(team_id=only_of.id, person_id=there):
        return None
    return there


async def is_agent(person_id: UUID) -> bool:
    roles = RoleGrant.filter(
        person_id=person_id, person__is_active=True, role__in=[role.value for role in AGENT_ROLES]
    )
    return await roles.exists()


async def _check_agent(team_id: UUID | None, assignee_id: UUID | None) -> None:
    if assignee_id is None:
        return
    if not await is_agent(assignee_id):
        raise NotFound("assigneeId")
    if not await TeamMember.exists(team_id=team_id, person_id=assignee_id):
        raise InvalidInput("assigneeId", "This person is not in the team.")


async def _team_of(ticket: Ticket, assignee_id: UUID) -> UUID:
    """The ticket's team if the agent is in it, else one of theirs that serves the organization;
    a confidential team has to be named.
    """
    teams = await Team.filter(
        members__person_id=assignee_id,
        customers__organization_id=ticket.organization_id,
        is_confidential=False,
    ).order_by("name")
    if not teams:
        raise NotFound("assigneeId")
    return next((team.id for team in teams if team.id == ticket.team_id), teams[0].id)

"""Assign: who takes care of it."""

from typing import Any
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound
from foredesk.hooks import AgentFacts, AssignmentSuggestion, TeamFacts
from foredesk.people.idempotency import Once
from foredesk.people.models import Person, RoleGrant, Team, TeamCustomer, TeamMember
from foredesk.people.policy import Act
from foredesk.people.roles import AGENT_ROLES
from foredesk.people.viewer import SYSTEM, Viewer
from foredesk.ports import Outcome
from foredesk.tickets.change import changing
from foredesk.tickets.facts import facts_of
from foredesk.tickets.models import Ticket
from foredesk.tickets.states import EventKind, TicketState

THRESHOLD = 0.8
"""A suggested assignment below this confidence is shown instead of being applied."""


async def assign_ticket(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    team_id: UUID | None = None,
    assignee_id: UUID | None = None,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """Give the request to a team, an agent, or an agent within a team; to nobody with neither.

    Raises NotFound for a team or an agent that does not serve the request's organization,
    InvalidInput for an agent who is not in the team, and what `changing` raises.
    """
    async with changing(
        desk, viewer, ticket_id, Act.ASSIGN, expected_version=expected_version, once=once
    ) as change:
        ticket = change.ticket
        team_id = team_id or (await _team_of(ticket, assignee_id) if assignee_id else None)
        await check_team(ticket, team_id)
        await _check_agent(team_id, assignee_id)
        change.append(
            EventKind.ASSIGNED,
            team_id=str(team_id) if team_id else None,
            assignee_id=str(assignee_id) if assignee_id else None,
        )
    return change.ticket


async def suggest_assignment(desk: Desk, ticket: Ticket) -> Ticket:
    """Ask the plugins who should take it; apply the best answer if it is sure enough."""
    if not desk.hooks.listeners("suggest_assignment", ticket.organization_id):
        return ticket
    candidates = await _candidates(ticket)
    outcomes = await desk.hooks.collect(
        "suggest_assignment",
        ticket.organization_id,
        ticket=await facts_of(ticket),
        candidates=candidates,
    )
    best = _best(outcomes, candidates)
    async with changing(desk, SYSTEM, ticket.id, Act.ASSIGN) as change:
        for outcome in outcomes:
            change.append(EventKind.SUGGESTED, hook="suggest_assignment", **_told(outcome))
        is_free = change.ticket.team_id is None and change.ticket.assignee_id is None
        if best and best.confidence >= THRESHOLD and is_free and _is_open(change.ticket):
            agent = str(best.agent_id) if best.agent_id else None
            change.append(EventKind.ASSIGNED, team_id=str(best.team_id), assignee_id=agent)
    return change.ticket


async def check_team(ticket: Ticket, team_id: UUID | None) -> None:
    """Raises NotFound for a team that does not serve the ticket's organization."""
    served = TeamCustomer.filter(team_id=team_id, organization_id=ticket.organization_id)
    if team_id is not None and not await served.exists():
        raise NotFound("teamId")


async def _check_agent(team_id: UUID | None, assignee_id: UUID | None) -> None:
    if assignee_id is None:
        return
    roles = RoleGrant.filter(person_id=assignee_id, role__in=[role.value for role in AGENT_ROLES])
    if not await Person.exists(id=assignee_id, is_active=True) or not await roles.exists():
        raise NotFound("assigneeId")
    if not await TeamMember.exists(team_id=team_id, person_id=assignee_id):
        raise InvalidInput("assigneeId", "This person is not in the team.")


async def _team_of(ticket: Ticket, assignee_id: UUID) -> UUID:
    """The ticket's team if the agent is in it, else one of theirs that serves the organization."""
    teams = await Team.filter(
        members__person_id=assignee_id, customers__organization_id=ticket.organization_id
    ).order_by("name")
    if not teams:
        raise NotFound("assigneeId")
    return next((team.id for team in teams if team.id == ticket.team_id), teams[0].id)


async def _candidates(ticket: Ticket) -> tuple[TeamFacts, ...]:
    teams = await Team.filter(customers__organization_id=ticket.organization_id).order_by("name")
    return tuple([await _team_facts(team) for team in teams])


async def _team_facts(team: Team) -> TeamFacts:
    people = await Person.filter(memberships__team_id=team.id, is_active=True).order_by("name")
    load = [await _open_count(assignee_id=person.id) for person in people]
    agents = [AgentFacts(person.id, person.name, n) for person, n in zip(people, load, strict=True)]
    return TeamFacts(team.id, team.name, await _open_count(team_id=team.id), tuple(agents))


async def _open_count(**who: UUID) -> int:
    states = [TicketState.OPEN.value, TicketState.WAITING.value]
    return await Ticket.filter(state__in=states, **who).count()


def _best(
    outcomes: tuple[Outcome, ...], candidates: tuple[TeamFacts, ...]
) -> AssignmentSuggestion | None:
    members = {team.id: {agent.id for agent in team.agents} for team in candidates}
    answers = [answer for outcome in outcomes for answer in outcome.value or ()]
    fitting = [
        answer
        for answer in answers
        if answer.team_id in members
        and (answer.agent_id is None or answer.agent_id in members[answer.team_id])
    ]
    return max(fitting, key=lambda answer: answer.confidence, default=None)


def _told(outcome: Outcome) -> dict[str, Any]:
    if outcome.error:
        return {"plugin": outcome.plugin, "error": outcome.error, "detail": outcome.detail[:500]}
    return {
        "plugin": outcome.plugin,
        "suggestions": [
            {
                "team_id": str(answer.team_id),
                "agent_id": str(answer.agent_id) if answer.agent_id else None,
                "confidence": answer.confidence,
                "explanation": answer.explanation,
            }
            for answer in outcome.value
        ],
    }


def _is_open(ticket: Ticket) -> bool:
    return ticket.state in (TicketState.OPEN, TicketState.WAITING)

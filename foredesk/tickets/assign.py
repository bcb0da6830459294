"""Assign: who takes care of it."""

from typing import Any
from uuid import UUID

from foredesk.desk import Desk
from foredesk.hooks import AssignmentSuggestion, TeamFacts
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act
from foredesk.people.viewer import SYSTEM, Viewer
from foredesk.ports import Outcome
from foredesk.tickets.candidates import candidates_for
from foredesk.tickets.change import changing
from foredesk.tickets.facts import facts_of
from foredesk.tickets.models import Ticket
from foredesk.tickets.place import place, place_as_suggested
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

    What is meant for an absent agent goes to who stands in for them, unless they take it
    themselves. A confidential team keeps its request until another team is named.

    Raises NotFound for a team or an agent that does not serve the request's organization,
    InvalidInput for an agent who is not in the team, or absent with nobody in their place, and
    what `changing` raises.
    """
    async with changing(
        desk, viewer, ticket_id, Act.ASSIGN, expected_version=expected_version, once=once
    ) as change:
        to = await place(desk, viewer, change.ticket, team_id, assignee_id)
        change.append(EventKind.ASSIGNED, **to.told)
    return change.ticket


async def suggest_assignment(desk: Desk, ticket: Ticket) -> Ticket:
    """Ask the plugins who should take it; apply the best answer if it is sure enough."""
    if not desk.hooks.listeners("suggest_assignment", ticket.organization_id):
        return ticket
    candidates = await candidates_for(desk, ticket)
    outcomes = await desk.hooks.collect(
        "suggest_assignment",
        ticket.organization_id,
        ticket=await facts_of(ticket),
        candidates=candidates,
    )
    best = _best(outcomes, candidates)
    async with changing(desk, SYSTEM, ticket.id, Act.ASSIGN) as change:
        if change.ticket.merged_into_id is not None:
            return change.ticket
        for outcome in outcomes:
            change.append(EventKind.SUGGESTED, hook="suggest_assignment", **_told(outcome))
        is_free = change.ticket.team_id is None and change.ticket.assignee_id is None
        if best and best.confidence >= THRESHOLD and is_free and _is_open(change.ticket):
            to = await place_as_suggested(desk, change.ticket, best.team_id, best.agent_id)
            change.append(EventKind.ASSIGNED, **to.told)
    return change.ticket


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

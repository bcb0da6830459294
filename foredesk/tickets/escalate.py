"""Escalate: hand it to those who know more, or tell those who decide more."""

from enum import StrEnum
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound
from foredesk.people.idempotency import Once
from foredesk.people.models import Person
from foredesk.people.policy import Act
from foredesk.people.viewer import Viewer
from foredesk.text import readable
from foredesk.tickets.assign import check_team
from foredesk.tickets.change import changing
from foredesk.tickets.models import Ticket
from foredesk.tickets.states import EventKind

REASON_LIMIT = 2_000


class EscalationKind(StrEnum):
    """By function to another team, or by rank to a person who decides."""

    FUNCTIONAL = "functional"
    HIERARCHICAL = "hierarchical"


async def escalate_ticket(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    reason: str,
    team_id: UUID | None = None,
    person_id: UUID | None = None,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """Escalate to a team (functional, it takes over) or to a person (hierarchical, they are told).

    Raises InvalidInput unless exactly one of the two is named and a reason is given; NotFound
    for a team or person that is not there for the request; and what `changing` raises.
    """
    reason = readable("reason", reason, limit=REASON_LIMIT)
    if not reason:
        raise InvalidInput("reason", "Say why, so that the next person need not ask.")
    if (team_id is None) == (person_id is None):
        raise InvalidInput("teamId", "Name either a team or a person.")
    async with changing(
        desk, viewer, ticket_id, Act.ESCALATE, expected_version=expected_version, once=once
    ) as change:
        await check_team(change.ticket, team_id)
        await _check_person(change.ticket, person_id)
        kind = EscalationKind.FUNCTIONAL if team_id else EscalationKind.HIERARCHICAL
        change.append(
            EventKind.ESCALATED,
            escalation=kind,
            team_id=str(team_id) if team_id else None,
            person_id=str(person_id) if person_id else None,
            reason=reason,
        )
    return change.ticket


async def _check_person(ticket: Ticket, person_id: UUID | None) -> None:
    """Whoever decides must be somebody who serves the request's organization."""
    serving = Person.filter(
        id=person_id,
        is_active=True,
        memberships__team__customers__organization_id=ticket.organization_id,
    )
    if person_id is not None and not await serving.exists():
        raise NotFound("personId")

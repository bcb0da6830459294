"""Escalate: hand it to those who know more, or tell those who decide more."""

from enum import StrEnum
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound
from foredesk.people.idempotency import Once
from foredesk.people.models import Person, Team
from foredesk.people.policy import Act
from foredesk.people.viewer import Viewer
from foredesk.text import readable
from foredesk.tickets.change import changing
from foredesk.tickets.models import Ticket
from foredesk.tickets.place import Place, in_place_of, serving_team
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
    """Escalate to a team (functional, it takes over) or to a person (hierarchical, they are told,
    or who stands in for them).

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
        team = await serving_team(change.ticket, team_id)
        told, absent = await there_for(desk, change.ticket, person_id)
        kind = EscalationKind.FUNCTIONAL if team else EscalationKind.HIERARCHICAL
        to = Place(team_id, None, team is not None and team.is_confidential, absent)
        change.append(
            EventKind.ESCALATED,
            escalation=kind,
            person_id=str(told) if told else None,
            told=[str(told)] if told else [],
            reason=reason,
            **{name: value for name, value in to.told.items() if name != "assignee_id"},
        )
    return change.ticket


async def there_for(
    desk: Desk, ticket: Ticket, person_id: UUID | None
) -> tuple[UUID | None, UUID | None]:
    """Who is told, and the absent person whom they stand in for.

    Raises NotFound for a person who is not there for the request.
    """
    if person_id is None:
        return None, None
    await _check_person(ticket, person_id)
    team = await Team.get(id=ticket.team_id) if ticket.is_confidential else None
    there = await in_place_of(desk, person_id, only_of=team)
    return (there, person_id) if there not in (None, person_id) else (person_id, None)


async def _check_person(ticket: Ticket, person_id: UUID) -> None:
    """Whoever decides must be somebody who serves the request's organization, and a member of the
    confidential team that has it.
    """
    serving = Person.filter(
        id=person_id,
        is_active=True,
        memberships__team__customers__organization_id=ticket.organization_id,
    )
    if ticket.is_confidential:
        serving = serving.filter(memberships__team_id=ticket.team_id)
    if not await serving.exists():
        raise NotFound("personId")

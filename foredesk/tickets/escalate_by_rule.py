"""Escalate by rule: what an agreement says is to be done when a clock reaches a level."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import structlog

from foredesk.desk import Desk
from foredesk.errors import NotFound
from foredesk.people.models import Person, Team, TeamMember
from foredesk.sla.definitions import EscalationRule, Level
from foredesk.sla.due import DueClock, escalations_for, mark_escalated
from foredesk.tickets.change import Change
from foredesk.tickets.escalate import EscalationKind, there_for
from foredesk.tickets.models import Ticket
from foredesk.tickets.place import Place, in_place_of, serving_team
from foredesk.tickets.states import EventKind, can_happen

log = structlog.get_logger(__name__)


async def escalate_by_rules(change: Change, due: DueClock) -> None:
    """Carry out each rule once in a cycle of the clock, unless the ticket is resolved by now.

    A rule that cannot be carried out any more, since its team serves the organization no longer or
    nobody is there, holds up nothing: it is logged, and the others are.
    """
    for rule in await escalations_for(due):
        if not can_happen(EventKind.ESCALATED, change.ticket.state, is_merged=_merged(change)):
            return
        if not await mark_escalated(due.clock_id, rule.id):
            continue
        told = await _told(change.desk, change.ticket, rule)
        if told is None:
            log.warning("escalation impossible", ticket=change.ticket.number, rule=str(rule.id))
            continue
        if told:
            change.append(EventKind.ESCALATED, **told, **_occasion(due, rule))


def _merged(change: Change) -> bool:
    return change.ticket.merged_into_id is not None


def _occasion(due: DueClock, rule: EscalationRule) -> dict[str, Any]:
    return {
        "rule_id": str(rule.id),
        "clock": due.name,
        "cycle": due.cycle,
        "level": due.level,
        "percent": due.percent,
        "reason": _reason(due),
    }


def _reason(due: DueClock) -> str:
    match due.level:
        case Level.WARNING:
            return f"The clock “{due.name}” has used {due.percent} % of its target."
        case Level.TARGET:
            return f"The clock “{due.name}” has missed its target."
        case Level.MINIMUM:
            return f"The clock “{due.name}” has missed its minimum."


async def _told(desk: Desk, ticket: Ticket, rule: EscalationRule) -> dict[str, Any] | None:
    """What the event says of to whom; None if that is not possible, empty if nothing is to do."""
    try:
        if rule.team_id is not None:
            return await _to_team(ticket, rule.team_id)
        people = await _people(desk, ticket, rule)
    except NotFound:
        return None
    if not people:
        return None
    alone = people[0] if rule.person_id is not None else None
    return {
        "escalation": EscalationKind.HIERARCHICAL,
        "team_id": None,
        "person_id": str(alone) if alone else None,
        "role": rule.role,
        "told": [str(one) for one in people],
        "is_confidential": ticket.is_confidential,
        **({"instead_of": str(rule.person_id)} if alone not in (None, rule.person_id) else {}),
    }


async def _to_team(ticket: Ticket, team_id: UUID) -> dict[str, Any] | None:
    """What a confidential team has stays there, whatever was agreed."""
    if team_id == ticket.team_id:
        return {}
    if ticket.is_confidential:
        return None
    team = await serving_team(ticket, team_id)
    place = Place(team_id, None, team is not None and team.is_confidential)
    named = {name: value for name, value in place.told.items() if name != "assignee_id"}
    return {"escalation": EscalationKind.FUNCTIONAL, "person_id": None, "told": [], **named}


async def _people(desk: Desk, ticket: Ticket, rule: EscalationRule) -> Sequence[UUID]:
    if rule.person_id is not None:
        there, _ = await there_for(desk, ticket, rule.person_id)
        return [there] if there else []
    return await _holders(desk, ticket, str(rule.role))


async def _holders(desk: Desk, ticket: Ticket, role: str) -> Sequence[UUID]:
    """Who has the role and serves the organization, or stands in for somebody who does."""
    serving = Person.filter(
        is_active=True,
        role_grants__role=role,
        memberships__team__customers__organization_id=ticket.organization_id,
    ).distinct()
    team = await Team.get(id=ticket.team_id) if ticket.is_confidential else None
    if team is not None:
        members = TeamMember.filter(team_id=team.id).values_list("person_id", flat=True)
        serving = serving.filter(id__in=await members)
    meant = sorted(await serving.values_list("name", "id"))
    there = [await in_place_of(desk, id, only_of=team) for _, id in meant]
    return list(dict.fromkeys(one for one in there if one is not None))

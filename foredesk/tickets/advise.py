"""Advise: what plugins think of the time of repair, kept for the agent who promises it."""

from typing import Any
from uuid import UUID

from foredesk.desk import Desk
from foredesk.hooks import RepairFacts
from foredesk.people.policy import Act
from foredesk.people.viewer import SYSTEM
from foredesk.ports import Outcome
from foredesk.tickets.change import changing
from foredesk.tickets.facts import facts_of
from foredesk.tickets.models import Ticket, TicketEvent, TicketKind
from foredesk.tickets.overdue import UNSOLVED
from foredesk.tickets.states import EventKind

HOOK = "estimate_repair"
LOOKED_AT = 500
"""So many of the team's solved incidents, the newest."""


async def suggest_repair(desk: Desk, ticket_id: UUID) -> None:
    """Ask the plugins once for each team that an unsolved incident comes to, and keep what they
    say. Harmless when repeated; no plugin is asked of what a confidential team has.
    """
    ticket = await Ticket.get(id=ticket_id)
    if not _is_asked_of(ticket) or await _was_asked(ticket):
        return
    outcomes = await desk.hooks.collect(
        HOOK,
        ticket.organization_id,
        ticket=await facts_of(ticket),
        history=await repair_history(ticket),
    )
    if not outcomes:
        return
    async with changing(desk, SYSTEM, ticket_id, Act.ESTIMATE_REPAIR) as change:
        if not _is_asked_of(change.ticket) or change.ticket.team_id != ticket.team_id:
            return
        for outcome in outcomes:
            team = str(ticket.team_id)
            change.append(EventKind.SUGGESTED, hook=HOOK, team_id=team, **_told(outcome))


async def repair_history(ticket: Ticket) -> tuple[RepairFacts, ...]:
    """The solved incidents of the ticket's team, newest first, without anything that could tell
    whose they were; what was confidential is not among them.
    """
    solved = Ticket.filter(
        team_id=ticket.team_id,
        kind=TicketKind.INCIDENT.value,
        resolved_at__isnull=False,
        merged_into_id__isnull=True,
        is_confidential=False,
    ).exclude(id=ticket.id)
    rows = await solved.order_by("-opened_at", "-id").limit(LOOKED_AT)
    return tuple(
        RepairFacts(
            seconds=(row.resolved_at - row.opened_at).total_seconds(),
            same_category=row.category is not None and row.category == ticket.category,
            same_priority=row.priority is ticket.priority,
            same_service=row.service_id is not None and row.service_id == ticket.service_id,
            same_organization=row.organization_id == ticket.organization_id,
        )
        for row in rows
        if row.resolved_at is not None
    )


def _is_asked_of(ticket: Ticket) -> bool:
    return (
        ticket.state in UNSOLVED
        and ticket.kind is TicketKind.INCIDENT
        and ticket.team_id is not None
        and not ticket.is_confidential
    )


async def _was_asked(ticket: Ticket) -> bool:
    """Whether the newest suggestions were made for the team that has it now."""
    events = TicketEvent.filter(ticket_id=ticket.id, kind=EventKind.SUGGESTED)
    for event in await events.order_by("-sequence"):
        if event.data.get("hook") == HOOK:
            return event.data.get("team_id") == str(ticket.team_id)
    return False


def _told(outcome: Outcome) -> dict[str, Any]:
    if outcome.error:
        return {"plugin": outcome.plugin, "error": outcome.error, "detail": outcome.detail[:500]}
    said, latest = outcome.value, outcome.value.almost_certainly_by
    return {
        "plugin": outcome.plugin,
        "suggestion": {
            "probably_by": said.probably_by.isoformat(),
            "almost_certainly_by": latest.isoformat() if latest else None,
            "confidence": said.confidence,
            "explanation": said.explanation,
        },
    }

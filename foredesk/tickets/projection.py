"""Projection: the ticket row as a function of its events. Nothing else writes a ticket."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from foredesk.sla.priority import Impact, Priority, Urgency
from foredesk.tickets.models import Ticket, TicketEvent, TicketKind
from foredesk.tickets.states import EventKind, TicketState


def apply(ticket: Ticket, event: TicketEvent) -> None:
    """Bring the ticket to where the event leaves it. Pure but for the ticket it is given."""
    columns: Any = _Columns()
    columns.__dict__ = vars(ticket)
    _PROJECTIONS[event.kind](columns, event, event.data)
    columns.version = event.sequence
    columns.updated_at = event.occurred_at


class _Columns:
    """A ticket's own values, without what Tortoise does whenever one is set."""


def rebuild(events: Iterable[TicketEvent]) -> Ticket:
    """The ticket that its events, oldest first, tell of; equal to what is stored, always."""
    ticket = Ticket()
    for event in events:
        ticket.id = event.ticket_id
        apply(ticket, event)
    return ticket


_RELATIONS = frozenset(f"{name}_id" for name in Ticket._meta.fk_fields)
"""Tortoise adds these columns to a model only when it connects."""

PROJECTED = tuple(sorted({*Ticket._meta.fields_db_projection, *_RELATIONS} - {"id", "number"}))
"""Names of the columns that `apply` decides."""


def _recorded(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.number = data["number"]
    ticket.subject = data["subject"]
    ticket.details = data["details"]
    ticket.channel = data["channel"]
    ticket.external_key = data.get("external_key")
    ticket.organization_id = UUID(data["organization_id"])
    ticket.requester_id = UUID(data["requester_id"])
    ticket.service_id = _id(data.get("service_id"))
    ticket.team_id = ticket.assignee_id = ticket.agreement_version_id = None
    ticket.kind = _known(TicketKind, data.get("kind"))
    ticket.impact = _known(Impact, data.get("impact"))
    ticket.urgency = _known(Urgency, data.get("urgency"))
    ticket.priority = Priority(data["priority"])
    ticket.opened_at = event.occurred_at


def _nothing(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    """The event tells, but moves nothing."""


def _classified(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.kind = _known(TicketKind, data.get("kind"))
    ticket.category = data.get("category")
    ticket.impact = _known(Impact, data.get("impact"))
    ticket.urgency = _known(Urgency, data.get("urgency"))
    ticket.service_id = _id(data.get("service_id"))
    ticket.priority = Priority(data["priority"])
    ticket.classified_at = event.occurred_at


def _agreement_chosen(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.agreement_version_id = _id(data.get("agreement_version_id"))


def _assigned(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    team_id, assignee_id = _id(data.get("team_id")), _id(data.get("assignee_id"))
    had_one = ticket.assignee_id is not None
    if (had_one and assignee_id != ticket.assignee_id) or (
        ticket.team_id is not None and team_id != ticket.team_id
    ):
        ticket.hand_off_count += 1
    ticket.team_id, ticket.assignee_id = team_id, assignee_id
    ticket.is_confidential = bool(data.get("is_confidential"))


def _replied(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    if not data["from_requester"]:
        ticket.first_responded_at = ticket.first_responded_at or event.occurred_at
        if ticket.state is not TicketState.RESOLVED:
            waits = data.get("waits_for_requester")
            ticket.state = TicketState.WAITING if waits else ticket.state
    elif ticket.state is TicketState.WAITING:
        ticket.state = TicketState.OPEN
    if ticket.state is TicketState.RESOLVED:
        ticket.close_due_at = _close_due(event.occurred_at, data)


def _escalated(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.escalation_level += 1
    team_id = _id(data.get("team_id"))
    if team_id is not None and team_id != ticket.team_id:
        ticket.hand_off_count += ticket.team_id is not None
        ticket.team_id, ticket.assignee_id = team_id, None
        ticket.is_confidential = bool(data.get("is_confidential"))


def _repair_estimated(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.estimated_repair_at = datetime.fromisoformat(data["repair_at"])


def _resolved(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.state = TicketState.RESOLVED
    ticket.resolution = data["resolution"]
    ticket.resolved_at = event.occurred_at
    ticket.first_responded_at = ticket.first_responded_at or event.occurred_at
    ticket.close_due_at = _close_due(event.occurred_at, data)


def _confirmed(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.confirmed_at = event.occurred_at


def _refused(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.refusal_count += 1
    _open_again(ticket)


def _reopened(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.reopen_count += 1
    _open_again(ticket)


def _closed(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.state = TicketState.CLOSED
    ticket.closed_at = event.occurred_at
    ticket.close_due_at = None


def _open_again(ticket: Ticket) -> None:
    ticket.state = TicketState.OPEN
    ticket.resolved_at = ticket.confirmed_at = ticket.closed_at = ticket.close_due_at = None
    ticket.estimated_repair_at = None


def _close_due(at: datetime, data: dict[str, Any]) -> datetime | None:
    days = data.get("close_after_days")
    return at + timedelta(days=days) if days else None


def _known(enum: type[StrEnum], value: str | None) -> Any:
    return enum(value) if value else None


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None


_PROJECTIONS: dict[EventKind, Callable[[Ticket, TicketEvent, dict[str, Any]], None]] = {
    EventKind.RECORDED: _recorded,
    EventKind.SUGGESTED: _nothing,
    EventKind.CLASSIFIED: _classified,
    EventKind.AGREEMENT_CHOSEN: _agreement_chosen,
    EventKind.ASSIGNED: _assigned,
    EventKind.REPLIED: _replied,
    EventKind.NOTED: _nothing,
    EventKind.ESCALATED: _escalated,
    EventKind.REPAIR_ESTIMATED: _repair_estimated,
    EventKind.RESOLVED: _resolved,
    EventKind.CONFIRMED: _confirmed,
    EventKind.REFUSED: _refused,
    EventKind.REOPENED: _reopened,
    EventKind.CLOSED: _closed,
    EventKind.CLOCK_WARNED: _nothing,
    EventKind.CLOCK_MISSED: _nothing,
}

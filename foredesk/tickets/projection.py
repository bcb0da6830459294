"""Projection: the ticket row as a function of its events. Nothing else writes a ticket."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from foredesk.sla.priority import Impact, Priority, Urgency
from foredesk.tickets.models import Ticket, TicketEvent, TicketKind
from foredesk.tickets.states import EventKind, OutageReportState, TicketState, WaitingFor


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

KEPT = tuple(sorted({*Ticket._meta.fields_db_projection, *_RELATIONS} - {"id", "number"}))
"""Names of the columns that events change."""

PROJECTED = tuple(name for name in KEPT if name != "due_at")
"""Names of the columns that `apply` decides; its clocks decide when the ticket is due."""


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
    ticket.merged_into_id, ticket.split_from_id = None, _id(data.get("split_from_id"))


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
    if ticket.merged_into_id is not None:
        return
    if not data["from_requester"]:
        ticket.first_responded_at = ticket.first_responded_at or event.occurred_at
        if ticket.state is not TicketState.RESOLVED and data.get("waits_for_requester"):
            _pause(ticket, WaitingFor.REQUESTER, None)
    elif ticket.waiting_for is WaitingFor.REQUESTER:
        _go_on(ticket)
    if ticket.state is TicketState.RESOLVED:
        ticket.close_due_at = _close_due(ticket, event, data)


def _paused(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    _pause(ticket, WaitingFor(data["waiting_for"]), _time(data.get("until")))


def _resumed(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    _go_on(ticket)


def _escalated(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.escalation_level += 1
    team_id = _id(data.get("team_id"))
    if team_id is not None and team_id != ticket.team_id:
        ticket.hand_off_count += ticket.team_id is not None
        ticket.team_id, ticket.assignee_id = team_id, None
        ticket.is_confidential = bool(data.get("is_confidential"))


def _repair_estimated(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.estimated_repair_at = datetime.fromisoformat(data["repair_at"])
    ticket.estimated_repair_latest_at = _time(data.get("latest_at"))
    ticket.estimate_reminder_at = ticket.estimated_repair_latest_at or ticket.estimated_repair_at


def _estimate_overdue(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.estimate_reminder_at = None


def _resolved(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    _no_pause(ticket)
    ticket.state = TicketState.RESOLVED
    ticket.resolution = data["resolution"]
    ticket.resolved_at = event.occurred_at
    ticket.first_responded_at = ticket.first_responded_at or event.occurred_at
    ticket.close_due_at = _close_due(ticket, event, data)
    ticket.estimate_reminder_at = None


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


def _moved(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.requester_id = UUID(data["requester_id"])
    ticket.organization_id = UUID(data["organization_id"])
    ticket.service_id = _id(data.get("service_id"))
    ticket.team_id, ticket.assignee_id = _id(data.get("team_id")), _id(data.get("assignee_id"))


def _merged(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    _no_pause(ticket)
    ticket.state = TicketState.CLOSED
    ticket.close_due_at = None
    ticket.merged_into_id = UUID(data["into_id"])


def _unmerged(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    """Everything that merging took comes back as it was."""
    was = data["was"]
    ticket.state = TicketState(was["state"])
    ticket.waiting_for = _known(WaitingFor, was["waiting_for"])
    ticket.paused_until = _time(was["paused_until"])
    ticket.close_due_at = _time(was["close_due_at"])
    ticket.merged_into_id = None


def _imported(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    """The other desk knows best when it resolved and closed; its verdict is not ours."""
    if "made_sla" in data:
        ticket.imported_made_sla = data["made_sla"]
    for column in ("resolved_at", "closed_at"):
        if column in data and getattr(ticket, column, None) is not None:
            setattr(ticket, column, datetime.fromisoformat(data[column]))


def _report_in_work(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.outage_report_state = OutageReportState.DRAFT
    ticket.close_due_at = None


def _report_sent(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.outage_report_state = OutageReportState.SENT
    ticket.close_due_at = None


def _report_accepted(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.outage_report_state = OutageReportState.ACCEPTED
    ticket.close_due_at = _close_due(ticket, event, data)


def _report_discarded(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.outage_report_state = _known(OutageReportState, None)
    ticket.close_due_at = _close_due(ticket, event, data)


def _merged_in(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.merged_count += 1


def _merged_out(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> None:
    ticket.merged_count -= 1


def _open_again(ticket: Ticket) -> None:
    ticket.state = TicketState.OPEN
    ticket.resolved_at = ticket.confirmed_at = ticket.closed_at = ticket.close_due_at = None
    ticket.estimated_repair_at = ticket.estimated_repair_latest_at = None
    ticket.estimate_reminder_at = None


def _pause(ticket: Ticket, waiting_for: WaitingFor, until: datetime | None) -> None:
    ticket.state = TicketState.WAITING
    ticket.waiting_for, ticket.paused_until = waiting_for, until


def _go_on(ticket: Ticket) -> None:
    _no_pause(ticket)
    ticket.state = TicketState.OPEN


def _no_pause(ticket: Ticket) -> None:
    ticket.waiting_for, ticket.paused_until = _known(WaitingFor, None), None


def _close_due(ticket: Ticket, event: TicketEvent, data: dict[str, Any]) -> datetime | None:
    """None while its customer is owed a reason for outage."""
    days = data.get("close_after_days")
    if ticket.state is not TicketState.RESOLVED or not days or owes_report(ticket):
        return None
    return event.occurred_at + timedelta(days=days)


def owes_report(ticket: Ticket) -> bool:
    """Whether a reason for outage is in work, or its customer has not accepted it."""
    return ticket.outage_report_state in (OutageReportState.DRAFT, OutageReportState.SENT)


def _known(enum: type[StrEnum], value: str | None) -> Any:
    return enum(value) if value else None


def _time(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


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
    EventKind.PAUSED: _paused,
    EventKind.RESUMED: _resumed,
    EventKind.ESCALATED: _escalated,
    EventKind.REPAIR_ESTIMATED: _repair_estimated,
    EventKind.RESOLVED: _resolved,
    EventKind.CONFIRMED: _confirmed,
    EventKind.REFUSED: _refused,
    EventKind.REOPENED: _reopened,
    EventKind.CLOSED: _closed,
    EventKind.MOVED: _moved,
    EventKind.SPLIT: _nothing,
    EventKind.MERGED: _merged,
    EventKind.UNMERGED: _unmerged,
    EventKind.MERGED_IN: _merged_in,
    EventKind.MERGED_OUT: _merged_out,
    EventKind.FORWARDED: _nothing,
    EventKind.SOLVED_ELSEWHERE: _nothing,
    EventKind.CLOCK_WARNED: _nothing,
    EventKind.CLOCK_MISSED: _nothing,
    EventKind.OPERATIONAL_MISSED: _nothing,
    EventKind.ESTIMATE_OVERDUE: _estimate_overdue,
    EventKind.OUTAGE_REPORT_DRAFTED: _report_in_work,
    EventKind.OUTAGE_REPORT_REVISED: _report_in_work,
    EventKind.OUTAGE_REPORT_DISCARDED: _report_discarded,
    EventKind.OUTAGE_REPORT_SENT: _report_sent,
    EventKind.OUTAGE_REPORT_ACCEPTED: _report_accepted,
    EventKind.OUTAGE_REPORT_REFUSED: _report_in_work,
    EventKind.OUTAGE_ACTION_COMPLETED: _nothing,
    EventKind.ARTICLE_LINKED: _nothing,
    EventKind.ARTICLE_UNLINKED: _nothing,
    EventKind.KNOWN_ERROR_TOLD: _nothing,
    EventKind.IMPORTED: _imported,
}

"""Projection: the row of a report as a function of its ticket's events. Nothing else writes it."""

from collections.abc import Callable, Iterable
from typing import Any

from foredesk.outages.models import OutageReport
from foredesk.outages.moves import MOVES
from foredesk.tickets.models import TicketEvent
from foredesk.tickets.states import EventKind

PROJECTED = ("state", "version", "sent_version", "drafted_at", "sent_at", "answered_at",
             "answered_by_id", "refusal", "comment")  # fmt: skip


def apply_to(report: OutageReport, event: TicketEvent) -> None:
    """Bring the report to where the event leaves it. Pure but for the report it is given."""
    state: Any = MOVES[event.kind][1]
    report.state = state
    _PROJECTIONS[event.kind](report, event, event.data)


def rebuild(events: Iterable[TicketEvent]) -> OutageReport | None:
    """The report that its ticket's events, oldest first, tell of; None without one."""
    report: OutageReport | None = None
    for event in events:
        if event.kind in MOVES:
            report = report or OutageReport(ticket_id=event.ticket_id)
            apply_to(report, event)
    return report


def _written(report: OutageReport, event: TicketEvent, data: Any) -> None:
    report.version = data["version"]
    if event.kind is EventKind.OUTAGE_REPORT_DRAFTED:
        report.drafted_at = event.occurred_at


def _nothing(report: OutageReport, event: TicketEvent, data: Any) -> None:
    """Only the state says it."""


def _sent(report: OutageReport, event: TicketEvent, data: Any) -> None:
    report.sent_version, report.sent_at = data["version"], event.occurred_at
    report.answered_at = report.answered_by_id = None
    report.comment = ""


def _accepted(report: OutageReport, event: TicketEvent, data: Any) -> None:
    _answered(report, event)
    report.comment, report.refusal = data["comment"], ""


def _refused(report: OutageReport, event: TicketEvent, data: Any) -> None:
    _answered(report, event)
    report.refusal = data["reason"]


def _answered(report: OutageReport, event: TicketEvent) -> None:
    report.answered_at, report.answered_by_id = event.occurred_at, event.actor_id


_PROJECTIONS: dict[EventKind, Callable[[OutageReport, TicketEvent, Any], None]] = {
    EventKind.OUTAGE_REPORT_DRAFTED: _written,
    EventKind.OUTAGE_REPORT_REVISED: _written,
    EventKind.OUTAGE_REPORT_DISCARDED: _nothing,
    EventKind.OUTAGE_REPORT_SENT: _sent,
    EventKind.OUTAGE_REPORT_ACCEPTED: _accepted,
    EventKind.OUTAGE_REPORT_REFUSED: _refused,
}

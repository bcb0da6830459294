"""Reporting: a change of one ticket that is about its reason for outage."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import NotFound, StaleVersion
from foredesk.outages.models import OutageReport
from foredesk.outages.moves import MOVES, check_move
from foredesk.outages.projection import apply_to
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act
from foredesk.people.viewer import Viewer
from foredesk.tickets.change import Change, changing
from foredesk.tickets.models import TicketEvent
from foredesk.tickets.projection import owes_report
from foredesk.tickets.states import EventKind


@dataclass(slots=True)
class Reporting:
    """A report and the change of its ticket; what is told of it moves both."""

    change: Change
    report: OutageReport

    def tell(self, kind: EventKind, **data: Any) -> TicketEvent:
        """Raises InvalidTransition when that can't happen to the report, or to its ticket."""
        was_sent = self.report.sent_version is not None
        check_move(self.change.ticket, kind, was_sent=was_sent)
        event = self.change.append(
            kind, close_after_days=self.change.desk.settings.close_after_days, **data
        )
        apply_to(self.report, event)
        return event

    def close_if_settled(self) -> None:
        """A solution that was confirmed has waited for this alone."""
        ticket = self.change.ticket
        if ticket.confirmed_at is not None and not owes_report(ticket):
            self.change.append(EventKind.CLOSED, because="confirmed")


@asynccontextmanager
async def reporting(
    desk: Desk,
    viewer: Viewer,
    ticket_id: UUID,
    act: Act,
    *,
    expected_version: int | None = None,
    once: Once | None = None,
) -> AsyncIterator[Reporting]:
    """A transaction around a change of one ticket's report; the row is stored at its end.

    `expected_version` is the version of the report that the viewer has read.

    Raises NotFound for a ticket without a report, StaleVersion when a version is newer, and what
    `changing` raises.
    """
    async with changing(desk, viewer, ticket_id, act, once=once) as change:
        report = await OutageReport.get_or_none(ticket_id=change.ticket.id)
        if report is None:
            raise NotFound("ticketId")
        if expected_version not in (None, report.version):
            raise StaleVersion(report.version)
        yield Reporting(change, report)
        if any(event.kind in MOVES for event in change.events):
            await report.save()


@asynccontextmanager
async def beginning(
    desk: Desk,
    viewer: Viewer,
    ticket_id: UUID,
    *,
    expected_version: int | None = None,
    once: Once | None = None,
) -> AsyncIterator[Reporting]:
    """The same around a change that begins a report; `expected_version` is that of the ticket.

    Raises what `changing` raises.
    """
    async with changing(
        desk,
        viewer,
        ticket_id,
        Act.WRITE_OUTAGE_REPORT,
        expected_version=expected_version,
        once=once,
    ) as change:
        report = await OutageReport.get_or_none(ticket_id=change.ticket.id)
        it = Reporting(change, report or OutageReport(ticket_id=change.ticket.id))
        yield it
        await it.report.save()

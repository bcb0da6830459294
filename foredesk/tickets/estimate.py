"""Estimate: say when it will work again, and every time that changes."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act
from foredesk.people.viewer import Viewer
from foredesk.text import readable
from foredesk.tickets.change import changing
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import EventKind

REASON_LIMIT = 2_000


async def set_estimated_repair(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    at: datetime,
    latest_at: datetime | None = None,
    reason: str = "",
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """Set or revise the estimated time of repair; earlier estimates stay in the history.

    With `latest_at` there are two promises: probably by `at` (P50), and almost certainly by
    `latest_at` (P90).

    Raises InvalidInput for a time that is past and for a P90 that is not after the P50, and what
    `changing` raises.
    """
    reason = readable("reason", reason, limit=REASON_LIMIT)
    if at <= desk.now():
        raise InvalidInput("at", "Choose a time that is still to come.")
    if latest_at is not None and latest_at <= at:
        raise InvalidInput("latestAt", "Choose a later time than the one it is probably done by.")
    async with changing(
        desk, viewer, ticket_id, Act.ESTIMATE_REPAIR, expected_version=expected_version, once=once
    ) as change:
        change.append(
            EventKind.REPAIR_ESTIMATED,
            repair_at=at.astimezone(UTC).isoformat(),
            latest_at=latest_at.astimezone(UTC).isoformat() if latest_at else None,
            reason=reason,
        )
    return change.ticket


def present_estimates(events: Iterable[TicketEvent]) -> list[TicketEvent]:
    """Of a ticket's history, the first estimate that still counts, and its revisions; empty once
    it is taken up again, until somebody estimates anew.
    """
    estimates: list[TicketEvent] = []
    for event in events:
        if event.kind is EventKind.REPAIR_ESTIMATED:
            estimates.append(event)
        elif event.kind in (EventKind.REFUSED, EventKind.REOPENED):
            estimates.clear()
    return estimates

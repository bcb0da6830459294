"""Estimate: say when it will work again, and every time that changes."""

from datetime import UTC, datetime
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act
from foredesk.people.viewer import Viewer
from foredesk.text import readable
from foredesk.tickets.change import changing
from foredesk.tickets.models import Ticket
from foredesk.tickets.states import EventKind

REASON_LIMIT = 2_000


async def set_estimated_repair(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    at: datetime,
    reason: str = "",
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """Set or revise the estimated time of repair; earlier estimates stay in the history.

    Raises InvalidInput for a time that is past, and what `changing` raises.
    """
    reason = readable("reason", reason, limit=REASON_LIMIT)
    if at <= desk.now():
        raise InvalidInput("at", "Choose a time that is still to come.")
    async with changing(
        desk, viewer, ticket_id, Act.ESTIMATE_REPAIR, expected_version=expected_version, once=once
    ) as change:
        change.append(
            EventKind.REPAIR_ESTIMATED, repair_at=at.astimezone(UTC).isoformat(), reason=reason
        )
    return change.ticket

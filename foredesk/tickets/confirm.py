"""Confirm and close: the requester says that it works, or that it doesn't."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from foredesk.desk import Desk
from foredesk.each import each
from foredesk.errors import InvalidInput, InvalidTransition
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act
from foredesk.people.viewer import SYSTEM, Viewer
from foredesk.text import readable
from foredesk.tickets.change import changing
from foredesk.tickets.models import Ticket
from foredesk.tickets.projection import owes_report
from foredesk.tickets.states import EventKind, TicketState
from foredesk.tickets.transition import check_transition

WORDS_LIMIT = 10_000


async def confirm_resolution(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    comment: str = "",
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """The requester confirms that it works; that closes the request, unless they are owed a
    reason for outage: then their acceptance of it closes it.

    Raises PluginRejection, and what `changing` raises.
    """
    comment = readable("comment", comment, limit=WORDS_LIMIT)
    await check_transition(desk, viewer, ticket_id, "closed")
    async with changing(
        desk, viewer, ticket_id, Act.CONFIRM, expected_version=expected_version, once=once
    ) as change:
        change.append(EventKind.CONFIRMED, comment=comment)
        if not owes_report(change.ticket):
            change.append(EventKind.CLOSED, because="confirmed")
    return change.ticket


async def refuse_resolution(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    reason: str,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """The requester says that it is still broken; that opens the request again.

    Raises InvalidInput without a reason, PluginRejection, and what `changing` raises.
    """
    reason = _reason(reason)
    await check_transition(desk, viewer, ticket_id, "open")
    async with changing(
        desk, viewer, ticket_id, Act.REFUSE, expected_version=expected_version, once=once
    ) as change:
        change.append(EventKind.REFUSED, reason=reason)
    return change.ticket


async def reopen_ticket(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    reason: str,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """Continue a request that was resolved or closed, with the same clocks.

    Raises InvalidInput without a reason, InvalidTransition when it was closed too long ago,
    PluginRejection, and what `changing` raises.
    """
    reason = _reason(reason)
    await check_transition(desk, viewer, ticket_id, "open")
    async with changing(
        desk, viewer, ticket_id, Act.REOPEN, expected_version=expected_version, once=once
    ) as change:
        _check_window(desk, change.ticket)
        change.append(EventKind.REOPENED, reason=reason)
    return change.ticket


def reopen_until(desk: Desk, ticket: Ticket) -> datetime | None:
    """Until when a closed ticket can be continued; None for one that is not closed."""
    window = timedelta(days=desk.settings.reopen_within_days)
    return ticket.closed_at + window if ticket.closed_at is not None else None


async def close_silent(desk: Desk, *, limit: int = 200) -> int:
    """Close what was resolved and never answered within the agreed time; returns how many."""
    now = desk.now()
    due = await Ticket.filter(close_due_at__lte=now).order_by("close_due_at").limit(limit)
    ids = [ticket.id for ticket in due]
    return len(await each("Closing the request", ids, partial(_close, desk, now=now)))


async def _close(desk: Desk, ticket_id: UUID, now: datetime) -> None:
    async with changing(desk, SYSTEM, ticket_id, Act.RESOLVE) as change:
        due = change.ticket.close_due_at
        if change.ticket.state is TicketState.RESOLVED and due is not None and due <= now:
            change.append(EventKind.CLOSED, because="silence")


def _reason(reason: str) -> str:
    reason = readable("reason", reason, limit=WORDS_LIMIT)
    if not reason:
        raise InvalidInput("reason", "Say what still does not work.")
    return reason


def _check_window(desk: Desk, ticket: Ticket) -> None:
    until = reopen_until(desk, ticket)
    if until is not None and desk.now() > until:
        days = desk.settings.reopen_within_days
        raise InvalidTransition(
            f"This was closed over {days} days ago. Please make a new request.",
            state=ticket.state.value,
            allowed=(),
        )

"""Pause: say whom or what a request waits for, and when it goes on."""

from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from foredesk.desk import Desk
from foredesk.each import each
from foredesk.errors import InvalidInput
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act
from foredesk.people.viewer import SYSTEM, Viewer
from foredesk.text import readable
from foredesk.tickets.change import changing
from foredesk.tickets.models import Ticket
from foredesk.tickets.states import EventKind, TicketState, WaitingFor
from foredesk.tickets.transition import check_transition

NOTE_LIMIT = 2_000


async def pause_ticket(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    waiting_for: WaitingFor,
    note: str = "",
    until: datetime | None = None,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """Let the request wait; one that waits already does so for the new reason from now on.

    An answer of its requester ends only the waiting for the requester. With `until` it goes on
    by itself.

    Raises InvalidInput for a time that is past, and for an unreadable note or none where it waits
    for something else than the vocabulary knows; PluginRejection; and what `changing` raises.
    """
    note = readable("note", note, limit=NOTE_LIMIT)
    if waiting_for is WaitingFor.OTHER and not note:
        raise InvalidInput("note", "Say what it waits for.")
    if until is not None and until <= desk.now():
        raise InvalidInput("until", "Choose a time that is still to come.")
    await check_transition(desk, viewer, ticket_id, "waiting")
    async with changing(
        desk, viewer, ticket_id, Act.PAUSE, expected_version=expected_version, once=once
    ) as change:
        change.append(
            EventKind.PAUSED,
            waiting_for=waiting_for,
            note=note,
            until=until.astimezone(UTC).isoformat() if until else None,
        )
    return change.ticket


async def resume_ticket(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """Go on with a request that waited. Raises PluginRejection, and what `changing` raises."""
    await check_transition(desk, viewer, ticket_id, "open")
    async with changing(
        desk, viewer, ticket_id, Act.RESUME, expected_version=expected_version, once=once
    ) as change:
        change.append(EventKind.RESUMED, because="person")
    return change.ticket


async def resume_due(desk: Desk, *, limit: int = 200) -> int:
    """A sweep: go on with what waited long enough, from its own time on; returns how many."""
    due = Ticket.filter(paused_until__lte=desk.now()).order_by("paused_until").limit(limit)
    ids = [ticket.id for ticket in await due]
    return sum(await each("Going on with the request", ids, partial(_resume, desk)))


async def _resume(desk: Desk, ticket_id: UUID) -> bool:
    async with changing(desk, SYSTEM, ticket_id, Act.RESUME) as change:
        ticket = change.ticket
        until = ticket.paused_until
        if ticket.state is not TicketState.WAITING or until is None or until > desk.now():
            return False
        change.append(EventKind.RESUMED, at=max(until, ticket.updated_at), because="time")
    return True

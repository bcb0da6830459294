"""Split: a part of a request becomes a request of its own."""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from uuid import UUID

from tortoise.exceptions import IntegrityError

from foredesk.database import blank
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act
from foredesk.people.viewer import Viewer
from foredesk.sla.agreed import Agreed, agreed
from foredesk.text import one_line, readable
from foredesk.tickets.agreement import choose_agreement
from foredesk.tickets.change import Change, changing, check_can_happen, store
from foredesk.tickets.classify import classify_recorded
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.record import DETAILS_LIMIT, SUBJECT_LIMIT
from foredesk.tickets.states import EventKind


class ClockStart(StrEnum):
    """When the clocks of the part begin: with the split, or with the message it is made of."""

    NOW = "now"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class _Part:
    subject: str
    details: str
    message_sequence: int | None
    clock_start: ClockStart


async def split_ticket(
    desk: Desk,
    viewer: Viewer,
    *,
    ticket_id: UUID,
    subject: str,
    details: str = "",
    message_sequence: int | None = None,
    clock_start: ClockStart = ClockStart.NOW,
    expected_version: int | None = None,
    once: Once | None = None,
) -> Ticket:
    """Record a part of a request as one of its own, for the same requester; answers the part.

    Without details it has the words of the message. It is as important as the whole, about the
    same service, and with the same team, but nobody there has it yet.

    Raises InvalidInput for an unreadable subject or details, and where the clocks should start
    with a message that is not named; NotFound for a message that is no reply; and what `changing`
    raises.
    """
    blank_subject = "Say in a few words what you need."
    part = _Part(
        one_line("subject", subject, limit=SUBJECT_LIMIT, blank=blank_subject),
        readable("details", details, limit=DETAILS_LIMIT),
        message_sequence,
        clock_start,
    )
    if clock_start is ClockStart.MESSAGE and message_sequence is None:
        raise InvalidInput("messageSequence", "Name the message that its clocks start with.")
    split = partial(_split, desk, viewer, ticket_id, part, expected_version, once)
    while True:
        known = await agreed()
        try:
            recorded = await split(known)
            break
        except IntegrityError:
            if await agreed() is known:
                raise
    return await classify_recorded(recorded, None)


async def _split(
    desk: Desk,
    viewer: Viewer,
    ticket_id: UUID,
    given: _Part,
    expected_version: int | None,
    once: Once | None,
    known: Agreed,
) -> Change:
    async with changing(
        desk, viewer, ticket_id, Act.SPLIT, expected_version=expected_version
    ) as change:
        check_can_happen(EventKind.SPLIT, change.ticket)
        message = await _message(change.ticket, given.message_sequence)
        part = Change(desk, viewer, blank(Ticket), once=once, goes_by=known)
        _record(part, change.ticket, given, message)
        await choose_agreement(part)
        _place(part, change.ticket)
        await store(part)
        change.append(
            EventKind.SPLIT,
            part_id=str(part.ticket.id),
            message_sequence=given.message_sequence,
        )
    return part


async def _message(ticket: Ticket, sequence: int | None) -> TicketEvent | None:
    if sequence is None:
        return None
    message = await TicketEvent.get_or_none(
        ticket_id=ticket.id, sequence=sequence, kind=EventKind.REPLIED
    )
    if message is None:
        raise NotFound("messageSequence")
    return message


def _record(part: Change, whole: Ticket, given: _Part, message: TicketEvent | None) -> None:
    from_message = message is not None and given.clock_start is ClockStart.MESSAGE
    part.append(
        EventKind.RECORDED,
        at=message.occurred_at if message and from_message else None,
        number=None,  # it is given when it is stored
        organization_id=str(whole.organization_id),
        requester_id=str(whole.requester_id),
        subject=given.subject,
        details=given.details or (message.data["body"] if message else ""),
        channel=whole.channel,
        kind=whole.kind,
        impact=whole.impact,
        urgency=whole.urgency,
        priority=whole.priority,
        service_id=str(whole.service_id) if whole.service_id else None,
        split_from_id=str(whole.id),
        split_from_sequence=given.message_sequence,
    )


def _place(part: Change, whole: Ticket) -> None:
    """A confidential team keeps what it has."""
    if whole.team_id is not None:
        part.append(
            EventKind.ASSIGNED,
            team_id=str(whole.team_id),
            assignee_id=None,
            is_confidential=whole.is_confidential,
        )

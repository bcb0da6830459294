"""Joining: what an agent does with a ticket that waits, belongs to another, or is another's."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import InvalidInput
from foredesk.people.models import Person
from foredesk.people.queries import visible_people
from foredesk.people.viewer import Viewer
from foredesk.tickets.merge import merge_ticket, unmerge_ticket
from foredesk.tickets.models import Ticket
from foredesk.tickets.move import move_ticket
from foredesk.tickets.pause import pause_ticket, resume_ticket
from foredesk.tickets.queries import visible_to
from foredesk.tickets.split import ClockStart, split_ticket
from foredesk.tickets.states import WaitingFor
from portal.acting import LARGEST_NUMBER, act, version_of
from portal.forms import Form, choice_of
from portal.pages import desk_of
from portal.visits import visit_of
from portal.work import moment
from portal.workplace import workplace


async def pause(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="pauseNote", action=_pause)


async def resume(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="", action=_resume)


async def merge(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="intoTicketId", action=_merge)


async def unmerge(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="", action=_unmerge)


async def split(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="subject", action=_split)


async def move(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="requesterId", action=_move)


def waiting_for(sent: Form) -> WaitingFor:
    """Raises InvalidInput."""
    chosen = choice_of(sent, "waitingFor", WaitingFor)
    if chosen is None:
        raise InvalidInput("waitingFor", "Say what it waits for.")
    return chosen


async def ticket_numbered(viewer: Viewer, text: str) -> Ticket:
    """Raises InvalidInput for a number that no visible ticket has."""
    text = text.strip()
    is_number = text.isascii() and text.isdigit() and len(text) < 11
    number = int(text) if is_number else 0
    ticket = None
    if 0 < number <= LARGEST_NUMBER:
        ticket = await visible_to(viewer).get_or_none(number=number)
    if ticket is None:
        raise InvalidInput("intoTicketId", "There is no such thing, or it is not yours to see.")
    return ticket


async def _pause(request: Request, ticket: Ticket, sent: Form) -> None:
    await pause_ticket(
        desk_of(request),
        visit_of(request).viewer,
        ticket_id=ticket.id,
        waiting_for=waiting_for(sent),
        note=sent["pauseNote"],
        until=moment(request, sent, "until") if sent["until"] else None,
    )


async def _resume(request: Request, ticket: Ticket, sent: Form) -> None:
    await resume_ticket(desk_of(request), visit_of(request).viewer, ticket_id=ticket.id)


async def _merge(request: Request, ticket: Ticket, sent: Form) -> None:
    viewer = visit_of(request).viewer
    into = await ticket_numbered(viewer, sent["intoTicketId"])
    await merge_ticket(desk_of(request), viewer, ticket_id=ticket.id, into_id=into.id)


async def _unmerge(request: Request, ticket: Ticket, sent: Form) -> None:
    await unmerge_ticket(desk_of(request), visit_of(request).viewer, ticket_id=ticket.id)


async def _split(request: Request, ticket: Ticket, sent: Form) -> None:
    sequence = sent["messageSequence"]
    is_number = sequence.isascii() and sequence.isdigit() and len(sequence) < 10
    await split_ticket(
        desk_of(request),
        visit_of(request).viewer,
        ticket_id=ticket.id,
        subject=sent["subject"],
        message_sequence=int(sequence) if is_number else None,
        clock_start=ClockStart.MESSAGE if "fromMessage" in sent else ClockStart.NOW,
        expected_version=version_of(sent),
    )


async def _move(request: Request, ticket: Ticket, sent: Form) -> None:
    viewer = visit_of(request).viewer
    person = await _person(viewer, sent["requesterId"])
    await move_ticket(
        desk_of(request), viewer, ticket_id=ticket.id, requester_id=person.id, reason=sent["moved"]
    )


async def _person(viewer: Viewer, email: str) -> Person:
    found = visible_people(viewer).filter(email=email.strip().lower(), is_active=True)
    person = await found.first()
    if person is None:
        raise InvalidInput("requesterId", "There is no such thing, or it is not yours to see.")
    return person


_act = partial(act, show=workplace, back="/board")

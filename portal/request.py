"""One request: what happened, what happens next, and what its requester can say to it."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from foredesk.people.policy import Act, may
from foredesk.tickets.confirm import (
    confirm_resolution,
    refuse_resolution,
    reopen_ticket,
    reopen_until,
)
from foredesk.tickets.models import Ticket
from foredesk.tickets.reply import add_reply
from foredesk.tickets.states import TicketState
from portal.acting import NOTHING_TYPED, Typed, act, ticket_of, version_of
from portal.forms import Form
from portal.history import history
from portal.joined import joined
from portal.labels import state_of
from portal.pages import desk_of, page
from portal.reports import report_of
from portal.requests import next_of
from portal.revisions import estimated
from portal.visits import visit_of


async def show(request: Request) -> Response:
    return await _page(request, await ticket_of(request), NOTHING_TYPED)


async def reply(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="body", action=_reply)


async def confirm(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="", action=_confirm)


async def refuse(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="reason", action=_refuse)


async def reopen(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="reopen_reason", action=_reopen)


async def _reply(request: Request, ticket: Ticket, sent: Form) -> None:
    await add_reply(
        desk_of(request),
        visit_of(request).viewer,
        ticket_id=ticket.id,
        body=sent["body"],
        expected_version=version_of(sent),
    )


async def _confirm(request: Request, ticket: Ticket, sent: Form) -> None:
    await confirm_resolution(desk_of(request), visit_of(request).viewer, ticket_id=ticket.id)


async def _refuse(request: Request, ticket: Ticket, sent: Form) -> None:
    viewer = visit_of(request).viewer
    await refuse_resolution(desk_of(request), viewer, ticket_id=ticket.id, reason=sent["reason"])


async def _reopen(request: Request, ticket: Ticket, sent: Form) -> None:
    viewer, reason = visit_of(request).viewer, sent["reopen_reason"]
    await reopen_ticket(desk_of(request), viewer, ticket_id=ticket.id, reason=reason)


async def _page(request: Request, ticket: Ticket, typed: Typed) -> Response:
    viewer, words = visit_of(request).viewer, visit_of(request).words
    label, tone = state_of(ticket, words)
    is_closed = ticket.state is TicketState.CLOSED
    is_mine = ticket.requester_id == viewer.person_id
    is_merged = ticket.merged_into_id is not None
    until = reopen_until(desk_of(request), ticket)
    in_time = until is not None and desk_of(request).now() <= until
    is_resolved = ticket.state is TicketState.RESOLVED
    return page(
        request,
        "request.html",
        status=typed.status,
        ticket=ticket,
        label=label,
        tone=tone,
        next=next_of(request, ticket),
        entries=await history(request, ticket),
        typed=typed,
        problems=typed.problems,
        is_mine=is_mine,
        can_confirm=is_resolved and may(viewer, Act.CONFIRM, ticket),
        has_confirmed=ticket.confirmed_at is not None,
        report=await report_of(request, ticket),
        estimated=await estimated(request, ticket),
        joined=await joined(viewer, ticket),
        can_reply=may(viewer, Act.REPLY, ticket) and (is_mine if is_merged else not is_closed),
        can_reopen=in_time and may(viewer, Act.REOPEN, ticket),
    )


_act = partial(act, show=_page, back="/requests")

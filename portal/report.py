"""The customer's page on a reason for outage: read it, accept it, or say what is missing."""

from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.outages.answer import accept_outage_report, refuse_outage_report
from foredesk.tickets.models import Ticket
from portal.acting import NOTHING_TYPED, Typed, act, ticket_of, version_of
from portal.forms import Form
from portal.pages import desk_of, page
from portal.reports import report_of
from portal.visits import visit_of


async def show(request: Request) -> Response:
    return await _page(request, await ticket_of(request), NOTHING_TYPED)


async def accept(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="comment", action=_accept)


async def refuse(request: Request, sent: Form) -> Response:
    return await _act(request, sent, field="reason", action=_refuse)


async def _accept(request: Request, ticket: Ticket, sent: Form) -> None:
    await accept_outage_report(
        desk_of(request),
        visit_of(request).viewer,
        ticket_id=ticket.id,
        comment=sent["comment"],
        expected_version=version_of(sent),
    )


async def _refuse(request: Request, ticket: Ticket, sent: Form) -> None:
    await refuse_outage_report(
        desk_of(request),
        visit_of(request).viewer,
        ticket_id=ticket.id,
        reason=sent["reason"],
        expected_version=version_of(sent),
    )


async def _page(request: Request, ticket: Ticket, typed: Typed) -> Response:
    report = await report_of(request, ticket)
    if report is None:
        raise HTTPException(404)
    return page(
        request,
        "report.html",
        status=typed.status,
        ticket=ticket,
        report=report,
        typed=typed,
        problems=typed.problems,
    )


_act = partial(act, show=_page, back="/requests")

"""My requests: the list, and the same as a file for a spreadsheet."""

import csv
from dataclasses import dataclass
from io import StringIO

from starlette.requests import Request
from starlette.responses import Response
from tortoise.expressions import Q

from foredesk.people.viewer import Viewer
from foredesk.text import harmless_cell
from foredesk.tickets.confirm import reopen_until
from foredesk.tickets.models import Ticket
from foredesk.tickets.queries import visible_to
from foredesk.tickets.states import TicketState
from portal.labels import state_of
from portal.pages import desk_of, page
from portal.promises import Next, next_step
from portal.visits import visit_of

SHOWN_AT_MOST = 200
IN_TABLE_AT_MOST = 10_000
GOES_ON_ELSEWHERE = Q(merged_into_id__isnull=False, merged_into__closed_at__isnull=True)
CLOSED = Q(state=TicketState.CLOSED.value) & ~GOES_ON_ELSEWHERE


@dataclass(frozen=True, slots=True)
class Row:
    ticket: Ticket
    label: str
    tone: str
    next: Next


async def show(request: Request) -> Response:
    viewer = visit_of(request).viewer
    lists = {"open": of(viewer) & ~CLOSED, "closed": of(viewer) & CLOSED}
    if viewer.sees_whole_organization:
        lists["company"] = Q(organization_id=viewer.organization_id) & ~CLOSED
    chosen = request.query_params.get("state", "open")
    chosen = chosen if chosen in lists else "open"
    rows = await rows_of(request, lists[chosen], limit=SHOWN_AT_MOST)
    return page(
        request,
        "requests.html",
        rows=rows,
        chosen=chosen,
        is_cut=len(rows) == SHOWN_AT_MOST,
    )


async def download(request: Request) -> Response:
    words = visit_of(request).words
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(
        [words("Number"), words("Subject"), words("State"), words("Asked on"), words("Next")]
    )
    mine = of(visit_of(request).viewer)
    for row in await rows_of(request, mine, limit=IN_TABLE_AT_MOST):
        ticket = row.ticket
        asked = ticket.opened_at.astimezone(words.zone).isoformat(timespec="minutes")
        writer.writerow(
            map(
                harmless_cell, [str(ticket.number), ticket.subject, row.label, asked, row.next.text]
            )
        )
    return Response(
        file.getvalue().encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="requests.csv"',
            "Cache-Control": "no-store",
        },
    )


def of(viewer: Viewer) -> Q:
    """What this person asked for themselves."""
    return Q(requester_id=viewer.person_id)


async def rows_of(request: Request, wanted: Q, *, limit: int) -> list[Row]:
    """Newest first."""
    tickets = visible_to(visit_of(request).viewer).filter(wanted).limit(limit)
    found = await tickets.prefetch_related("clocks", "requester")
    return [_row(request, ticket) for ticket in found]


def next_of(request: Request, ticket: Ticket) -> Next:
    """What happens next to a ticket whose clocks are at hand."""
    desk = desk_of(request)
    until = reopen_until(desk, ticket)
    return next_step(ticket, ticket.clocks, visit_of(request).words, desk.now(), until)


def _row(request: Request, ticket: Ticket) -> Row:
    label, tone = state_of(ticket, visit_of(request).words)
    return Row(ticket, label, tone, next_of(request, ticket))

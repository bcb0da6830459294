"""My requests: the list, and the same as a file for a spreadsheet."""

import csv
from dataclasses import dataclass
from io import StringIO

from starlette.requests import Request
from starlette.responses import Response

from foredesk.tickets.confirm import reopen_until
from foredesk.tickets.models import Ticket
from foredesk.tickets.queries import visible_to
from foredesk.tickets.states import TicketState
from portal.labels import state_of
from portal.pages import desk_of, page
from portal.promises import Next, next_step
from portal.visits import visit_of

SHOWN_AT_MOST = 200
FILTERS = {
    "open": (TicketState.OPEN, TicketState.WAITING, TicketState.RESOLVED),
    "closed": (TicketState.CLOSED,),
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Row:
    ticket: Ticket
    label: str
    tone: str
    next: Next


async def show(request: Request) -> Response:
    chosen = request.query_params.get("state", "open")
    chosen = chosen if chosen in FILTERS else "open"
    rows = await my_rows(request, FILTERS[chosen], limit=SHOWN_AT_MOST)
    return page(request, "requests.html", rows=rows, chosen=chosen)


async def download(request: Request) -> Response:
    words = visit_of(request).words
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(
        [words("Number"), words("Subject"), words("State"), words("Asked on"), words("Next")]
    )
    for row in await my_rows(request, tuple(TicketState), limit=10_000):
        ticket = row.ticket
        asked = ticket.opened_at.astimezone(words.zone).isoformat(timespec="minutes")
        writer.writerow(
            map(_harmless, [str(ticket.number), ticket.subject, row.label, asked, row.next.text])
        )
    return Response(
        file.getvalue().encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="requests.csv"',
            "Cache-Control": "no-store",
        },
    )


async def my_rows(request: Request, states: tuple[TicketState, ...], *, limit: int) -> list[Row]:
    """The signed-in person's own requests, newest first."""
    visit = visit_of(request)
    mine = visible_to(visit.viewer).filter(requester_id=visit.viewer.person_id)
    found = mine.filter(state__in=[state.value for state in states])
    tickets = await found.limit(limit).prefetch_related("clocks")
    return [_row(request, ticket) for ticket in tickets]


def next_of(request: Request, ticket: Ticket) -> Next:
    """What happens next to a ticket whose clocks are at hand."""
    desk = desk_of(request)
    until = reopen_until(desk, ticket)
    return next_step(ticket, ticket.clocks, visit_of(request).words, desk.now(), until)


def _row(request: Request, ticket: Ticket) -> Row:
    label, tone = state_of(ticket, visit_of(request).words)
    return Row(ticket, label, tone, next_of(request, ticket))


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell

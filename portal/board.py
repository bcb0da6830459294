"""The board: what agents have to keep next, most pressing first."""

from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from tortoise.expressions import Q

from foredesk.tickets.models import Ticket
from foredesk.tickets.queries import visible_to
from foredesk.tickets.states import TicketState
from portal import labels
from portal.pages import desk_of, page
from portal.promises import due_next
from portal.several import colleagues
from portal.visits import Visit, visit_of

SHOWN_AT_MOST = 300
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Line:
    """One ticket of the queue. `due` is the next promise to keep; None if none is running."""

    ticket: Ticket
    label: str
    tone: str
    priority: str
    due: datetime | None
    is_late: bool


async def show(request: Request) -> Response:
    visit = visit_of(request)
    chosen = request.query_params.get("show", "open")
    chosen = chosen if chosen in _FILTERS else "open"
    mine = _served(visit) & _FILTERS[chosen](visit)
    parts = ("clocks", "requester", "organization", "assignee")
    tickets = visible_to(visit.viewer).filter(mine).order_by("opened_at", "id")
    found = await tickets.limit(SHOWN_AT_MOST).prefetch_related(*parts)
    lines = [_line(ticket, visit, desk_of(request).now()) for ticket in found]
    lines.sort(key=lambda line: (line.due or NEVER, line.ticket.opened_at))
    return page(
        request, "board.html", lines=lines, chosen=chosen, colleagues=await colleagues(visit)
    )


def _served(visit: Visit) -> Q:
    """Agents handle what their teams serve; what they asked for themselves is handled by others."""
    if visit.viewer.is_administrator:
        return Q()
    return Q(organization_id__in=list(visit.viewer.serves))


def _line(ticket: Ticket, visit: Visit, now: datetime) -> Line:
    label, tone = labels.state_for_agents(ticket, visit.words)
    due = due_next(ticket, ticket.clocks, now)
    return Line(
        ticket=ticket,
        label=label,
        tone=tone,
        priority=labels.priority(ticket.priority, visit.words),
        due=due,
        is_late=due is not None and due <= now,
    )


_OPEN = Q(state=TicketState.OPEN.value)
_UNSOLVED = Q(state__in=[TicketState.OPEN.value, TicketState.WAITING.value])
_FILTERS = {
    "open": lambda visit: _OPEN,
    "mine": lambda visit: _UNSOLVED & Q(assignee_id=visit.viewer.person_id),
    "free": lambda visit: _OPEN & Q(assignee_id__isnull=True),
    "waiting": lambda visit: Q(state=TicketState.WAITING.value),
    "resolved": lambda visit: Q(state=TicketState.RESOLVED.value),
}

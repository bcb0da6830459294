"""The board: what agents have to keep next, most pressing first."""

from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response
from tortoise.expressions import Q

from foredesk.people.standing_in import StandingIn, standing_in
from foredesk.tickets.models import Ticket
from foredesk.tickets.queries import handled_by, visible_to
from foredesk.tickets.states import TicketState, WaitingFor
from portal import labels
from portal.asked import asked_of
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
    is_away: bool
    """Who has it is absent."""


async def show(request: Request) -> Response:
    visit = visit_of(request)
    chosen = request.query_params.get("show", "open")
    chosen = chosen if chosen in _FILTERS else "open"
    mine = _served(visit) & _FILTERS[chosen](visit)
    parts = ("clocks", "requester", "organization", "assignee")
    tickets = visible_to(visit.viewer).filter(mine).order_by("due_at", "opened_at", "id")
    found = await tickets.limit(SHOWN_AT_MOST).prefetch_related(*parts)
    now = desk_of(request).now()
    standing = await standing_in(now)
    lines = [_line(ticket, visit, now, standing) for ticket in found]
    lines.sort(key=lambda line: (line.due or NEVER, line.ticket.opened_at))
    return page(
        request,
        "board.html",
        lines=lines,
        chosen=chosen,
        asked=await asked_of(visit),
        colleagues=await colleagues(visit),
        reasons=[(one.value, labels.waiting_for(one, visit.words)) for one in WaitingFor],
    )


def _served(visit: Visit) -> Q:
    """Agents handle what their teams serve; what they asked for themselves is handled by others."""
    return handled_by(visit.viewer)


def _line(ticket: Ticket, visit: Visit, now: datetime, standing: StandingIn) -> Line:
    label, tone = labels.state_for_agents(ticket, visit.words)
    due = due_next(ticket, ticket.clocks, now)
    return Line(
        ticket=ticket,
        label=label,
        tone=tone,
        priority=labels.priority(ticket.priority, visit.words),
        due=due,
        is_late=due is not None and due <= now,
        is_away=ticket.assignee_id is not None and standing.is_absent(ticket.assignee_id),
    )


def _theirs(visit: Visit) -> list[object]:
    """Their own, and of those they stand in for."""
    return [visit.viewer.person_id, *visit.viewer.stands_in_for]


_OPEN = Q(state=TicketState.OPEN.value)
_UNSOLVED = Q(state__in=[TicketState.OPEN.value, TicketState.WAITING.value])
_FILTERS = {
    "open": lambda visit: _OPEN,
    "mine": lambda visit: _UNSOLVED & Q(assignee_id__in=_theirs(visit)),
    "free": lambda visit: _OPEN & Q(assignee_id__isnull=True),
    "waiting": lambda visit: Q(state=TicketState.WAITING.value),
    "resolved": lambda visit: Q(state=TicketState.RESOLVED.value),
}

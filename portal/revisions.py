"""Revisions: what was said before about the time of repair, and what plugins think of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request

from foredesk.tickets.estimate import present_estimates
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.overdue import UNSOLVED, is_overdue
from foredesk.tickets.queries import history_of, sees_internal
from foredesk.tickets.states import EventKind
from portal.pages import desk_of
from portal.visits import visit_of

ABOUT = (EventKind.REPAIR_ESTIMATED, EventKind.REFUSED, EventKind.REOPENED, EventKind.SUGGESTED)


@dataclass(frozen=True, slots=True)
class SuggestedTimes:
    """What a plugin would promise, and why."""

    plugin: str
    soon: datetime
    latest: datetime | None
    explanation: str


@dataclass(frozen=True, slots=True)
class Estimated:
    """The estimate that counts. `before` is what it revised; `suggested` is for agents."""

    reason: str = ""
    before: datetime | None = None
    is_overdue: bool = False
    suggested: SuggestedTimes | None = None


async def estimated(request: Request, ticket: Ticket) -> Estimated:
    viewer, now = visit_of(request).viewer, desk_of(request).now()
    if ticket.state not in UNSOLVED:
        return Estimated()
    kinds = [kind.value for kind in ABOUT]
    events = await history_of(viewer, ticket).filter(kind__in=kinds).order_by("sequence")
    said = present_estimates(events)
    shows = sees_internal(viewer, ticket)
    return Estimated(
        reason=str(said[-1].data.get("reason") or "") if said else "",
        before=_time(said[-2].data["repair_at"]) if len(said) > 1 else None,
        is_overdue=is_overdue(ticket, now),
        suggested=_suggested(events, now) if shows else None,
    )


def _suggested(events: list[TicketEvent], now: datetime) -> SuggestedTimes | None:
    """The newest that is still to come."""
    for event in reversed(events):
        data: Any = event.data
        told = data.get("suggestion") if data.get("hook") == "estimate_repair" else None
        if told and _time(told["probably_by"]) > now:
            latest = told.get("almost_certainly_by")
            return SuggestedTimes(
                plugin=data["plugin"],
                soon=_time(told["probably_by"]),
                latest=_time(latest) if latest else None,
                explanation=told["explanation"],
            )
    return None


def _time(text: object) -> datetime:
    return datetime.fromisoformat(str(text))

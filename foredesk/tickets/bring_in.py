"""Bring in: a request from another desk, with its own times and without telling anyone."""

from dataclasses import dataclass
from datetime import datetime

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.identity import new_id
from foredesk.people.models import Person
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer
from foredesk.sla.priority import Impact, Urgency, priority_of
from foredesk.text import one_line, readable
from foredesk.tickets.change import Change, store
from foredesk.tickets.models import Ticket, TicketKind
from foredesk.tickets.record import DETAILS_LIMIT, SUBJECT_LIMIT
from foredesk.tickets.states import EventKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTicket:
    """A request from another desk; a time that is not known is None.

    `external_key` names it there and is what makes bringing it in twice harmless.
    """

    external_key: str
    subject: str
    details: str = ""
    opened_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    resolution: str = ""
    kind: TicketKind | None = None
    category: str | None = None
    impact: Impact | None = None
    urgency: Urgency | None = None


async def bring_in_ticket(
    desk: Desk, viewer: Viewer, *, requester: Person, past: PastTicket
) -> Ticket | None:
    """Store it with its history; None when its key is here already.

    Without an opening time it counts as opened now. No agreement's clock runs for it, no plugin,
    mail or survey hears of it.

    Raises InvalidInput for unreadable text and for times that are out of order.
    """
    require(viewer, Act.IMPORT)
    subject = one_line("subject", past.subject, limit=SUBJECT_LIMIT, blank="The subject is blank.")
    details = readable("details", past.details, limit=DETAILS_LIMIT)
    key = one_line("external_key", past.external_key, limit=128, blank="The key is blank.")
    opened_at = past.opened_at or desk.now()
    _check_order(opened_at, past.resolved_at, past.closed_at)
    async with transaction():
        if await Ticket.exists(external_key=key):
            return None
        change = Change(desk, viewer, Ticket(id=new_id()), is_silent=True)
        change.append(
            EventKind.RECORDED,
            at=opened_at,
            number=None,  # it is given when it is stored
            organization_id=str(requester.organization_id),
            requester_id=str(requester.id),
            subject=subject,
            details=details,
            channel="import",
            external_key=key,
            kind=past.kind,
            impact=past.impact,
            urgency=past.urgency,
            priority=_priority(past),
        )
        _classify(change, past, opened_at)
        _finish(change, past)
        await store(change)
    return change.ticket


def _check_order(*times: datetime | None) -> None:
    known = [time for time in times if time is not None]
    if known != sorted(known):
        raise InvalidInput("opened_at", "The times are out of order: opened, resolved, closed.")


def _classify(change: Change, past: PastTicket, at: datetime) -> None:
    change.append(
        EventKind.CLASSIFIED,
        at=at,
        kind=past.kind,
        category=past.category,
        impact=past.impact,
        urgency=past.urgency,
        service_id=None,
        priority=_priority(past),
        decided_by="import",
        explanation="",
        confidence=None,
    )


def _finish(change: Change, past: PastTicket) -> None:
    resolved_at = past.resolved_at or past.closed_at
    if resolved_at is None:
        return
    resolution = readable("resolution", past.resolution, limit=DETAILS_LIMIT)
    change.append(EventKind.RESOLVED, at=resolved_at, resolution=resolution, article_ids=[])
    if past.closed_at is not None:
        change.append(EventKind.CLOSED, at=past.closed_at, because="imported")


def _priority(past: PastTicket) -> str:
    return priority_of(past.impact or Impact.MEDIUM, past.urgency or Urgency.MEDIUM)

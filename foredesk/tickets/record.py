"""Record: take down what a person needs, before anything is decided about it."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from tortoise.exceptions import IntegrityError

from foredesk import faults
from foredesk.catalog import queries as catalog
from foredesk.database import blank, is_open, transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound
from foredesk.knowledge.deflection import file_after_search
from foredesk.people.idempotency import Once, only_once
from foredesk.people.policy import Act, require
from foredesk.people.queries import visible_people
from foredesk.people.viewer import Viewer
from foredesk.sla.agreed import agreed, agreed_at_hand
from foredesk.sla.priority import Impact, Urgency, priority_of
from foredesk.text import one_line, readable
from foredesk.tickets.agreement import choose_agreement
from foredesk.tickets.change import Change, store
from foredesk.tickets.classify import classify_at_hand, classify_recorded
from foredesk.tickets.models import Ticket, TicketKind
from foredesk.tickets.queries import visible_to
from foredesk.tickets.states import EventKind

SUBJECT_LIMIT = 200
DETAILS_LIMIT = 50_000
CHANNELS = frozenset({"portal", "api", "mail", "phone", "import"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A request as it was given; None means "I don't know"."""

    subject: str
    details: str
    kind: TicketKind | None
    impact: Impact | None
    urgency: Urgency | None
    service_id: UUID | None
    search_id: UUID | None
    visitor: str | None
    channel: str


async def record_ticket(
    desk: Desk,
    viewer: Viewer,
    *,
    subject: str,
    details: str = "",
    requester_id: UUID | None = None,
    kind: TicketKind | None = None,
    impact: Impact | None = None,
    urgency: Urgency | None = None,
    service_id: UUID | None = None,
    search_id: UUID | None = None,
    visitor: str | None = None,
    channel: str = "portal",
    idempotency_key: str | None = None,
) -> Ticket:
    """Record a request and classify it. It is stored before any plugin is asked.

    With `search_id`, the search that did not answer is tied to it; `visitor` is the browser's
    token where the search was made before signing in. Repeated with the same
    `idempotency_key` within 24 hours it answers the first ticket.

    Raises InvalidInput for an unreadable subject or details, NotFound for a requester or service
    that the viewer may not see, and IdempotencyKeyReused.
    """
    require(viewer, Act.RECORD)
    draft = Draft(
        **_checked(subject, details, channel),
        kind=kind,
        impact=impact,
        urgency=urgency,
        service_id=service_id,
        search_id=search_id,
        visitor=visitor,
    )
    requester = await _requester(viewer, requester_id)
    if idempotency_key is None:
        return await _recorded(desk, viewer, requester, draft, None)
    given = _given(draft, requester)
    once = Once(desk, viewer, "record_ticket", idempotency_key, given)
    return await only_once(
        once,
        partial(_recorded, desk, viewer, requester, draft, once),
        partial(_recorded_before, viewer),
    )


def _checked(subject: str, details: str, channel: str) -> dict[str, str]:
    blank = "Say in a few words what you need."
    if channel not in CHANNELS:
        raise InvalidInput("channel", f"Use one of {', '.join(sorted(CHANNELS))}.")
    return {
        "subject": one_line("subject", subject, limit=SUBJECT_LIMIT, blank=blank),
        "details": readable("details", details, limit=DETAILS_LIMIT),
        "channel": channel,
    }


@dataclass(frozen=True, slots=True)
class Requester:
    """For whom it is; the locale is the one of their own, or of their organization."""

    id: UUID
    organization_id: UUID
    locale: str | None = None


async def _requester(viewer: Viewer, requester_id: UUID | None) -> Requester:
    if viewer.person_id and viewer.organization_id and requester_id in (None, viewer.person_id):
        return Requester(viewer.person_id, viewer.organization_id, viewer.locale)
    person = await visible_people(viewer).get_or_none(id=requester_id, is_active=True)
    if person is None:
        raise NotFound("requesterId")
    require(viewer, Act.RECORD_FOR_OTHERS, person)
    return Requester(person.id, person.organization_id)


def _given(draft: Draft, requester: Requester) -> dict[str, Any]:
    return {
        "subject": draft.subject,
        "details": draft.details,
        "requester": str(requester.id),
        "kind": draft.kind,
        "impact": draft.impact,
        "urgency": draft.urgency,
        "service": str(draft.service_id),
        "search": str(draft.search_id),
    }


async def _recorded_before(viewer: Viewer, ticket_id: UUID) -> Ticket:
    """Raises NotFound for what has become somebody else's since."""
    ticket = await visible_to(viewer).get_or_none(id=ticket_id)
    if ticket is None:
        raise NotFound("idempotencyKey")
    return ticket


async def _recorded(
    desk: Desk, viewer: Viewer, requester: Requester, draft: Draft, once: Once | None
) -> Ticket:
    await _check_service(viewer, draft.service_id)
    known = (None if is_open() else agreed_at_hand()) or await agreed()
    while True:
        change = Change(desk, viewer, blank(Ticket), once=once, goes_by=known)
        try:
            await _record(change, requester, draft)
            break
        except IntegrityError:
            known, before = await agreed(), known
            if known is before:
                raise
    faults.point("after-commit-before-classification")
    return await classify_recorded(change, requester.locale)


async def _record(change: Change, requester: Requester, draft: Draft) -> None:
    change.append(
        EventKind.RECORDED,
        number=None,  # it is given when it is stored
        organization_id=str(requester.organization_id),
        requester_id=str(requester.id),
        subject=draft.subject,
        details=draft.details,
        channel=draft.channel,
        kind=draft.kind,
        impact=draft.impact,
        urgency=draft.urgency,
        priority=priority_of(draft.impact or Impact.MEDIUM, draft.urgency or Urgency.MEDIUM),
        service_id=str(draft.service_id) if draft.service_id else None,
        search_id=str(draft.search_id) if draft.search_id else None,
    )
    await choose_agreement(change)
    classify_at_hand(change, requester.locale)
    await _store(change, draft)


async def _store(change: Change, draft: Draft) -> None:
    if draft.search_id is None:
        await store(change)
        return
    async with transaction():
        await store(change)
        await file_after_search(
            change.desk,
            change.viewer,
            search_id=draft.search_id,
            ticket_id=change.ticket.id,
            visitor=draft.visitor,
        )


async def _check_service(viewer: Viewer, service_id: UUID | None) -> None:
    if service_id and not await catalog.visible_to(viewer).filter(id=service_id).exists():
        raise NotFound("serviceId")

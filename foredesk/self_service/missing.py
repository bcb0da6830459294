"""Missing: what people looked or asked for and no article answered, by how many it cost."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import NotPermitted
from foredesk.people.roles import Scope
from foredesk.people.viewer import Viewer
from foredesk.self_service.likeness import alike
from foredesk.self_service.searches import Asked, Span, asked_in, sees_figures
from foredesk.tickets.models import Ticket, TicketArticle
from foredesk.tickets.queries import handled_by
from foredesk.tickets.reuse import REUSED
from foredesk.tickets.states import TicketState

MOST_QUERIES = 500
MOST_GAPS = 200
MOST_TEXTS = 5_000
MOST_TICKETS = 10_000
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class MissedQuery:
    """One wording in one language. `without_result` and `without_click` are numbers of searches;
    `people` are those who searched, however often."""

    text: str
    locale: str
    people: int
    searches: int
    without_result: int
    without_click: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class ContentGap:
    """Searches that found or brought nothing, and solved tickets without an article, that ask for
    the same. `text` is what most people wrote, `examples` are other wordings."""

    text: str
    examples: tuple[str, ...]
    people: int
    searches: int
    tickets: int


@dataclass(frozen=True, slots=True)
class Missing:
    since: datetime
    until: datetime
    gaps: Sequence[ContentGap]
    queries: Sequence[MissedQuery]


@dataclass(slots=True)
class _Wording:
    text: str
    locale: str
    people: set[object] = field(default_factory=set)
    searches: int = 0
    without_result: int = 0
    without_click: int = 0
    tickets: int = 0
    last_at: datetime | None = None


async def missing_content(desk: Desk, viewer: Viewer, *, span: Span) -> Missing:
    """Of the searches that are the viewer's to count and the tickets that they handle. What a
    confidential team has is left out.

    Raises NotPermitted for who is no manager, and InvalidInput for no time at all or too much.
    """
    if not sees_figures(viewer):
        raise NotPermitted()
    now = desk.now()
    since, until = span.bounds(now)
    wordings: dict[tuple[str, str], _Wording] = {}
    async for asked in asked_in(viewer, span, now):
        if not asked.opened and asked.search.text:
            _take_search(wordings, asked)
    queries = [_query(one) for one in _ranked(list(wordings.values()))[:MOST_QUERIES]]
    if viewer.reads(Scope.TICKETS):
        await _take_tickets(wordings, viewer, since, until)
    gaps = await asyncio.to_thread(_gaps, list(wordings.values()))
    return Missing(since, until, gaps[:MOST_GAPS], queries)


def _take_search(wordings: dict[tuple[str, str], _Wording], asked: Asked) -> None:
    search = asked.search
    if search.total > 0 and not search.shown:
        return
    wording = _of(wordings, search.text, search.locale)
    wording.people.add(search.person_id or search.visitor or search.id)
    wording.searches += 1
    wording.without_result += search.total == 0
    wording.without_click += search.total > 0
    wording.last_at = search.created_at


async def _take_tickets(
    wordings: dict[tuple[str, str], _Wording], viewer: Viewer, since: datetime, until: datetime
) -> None:
    solved = Ticket.filter(
        opened_at__gte=since,
        opened_at__lt=until,
        state__in=[TicketState.RESOLVED, TicketState.CLOSED],
        merged_into_id__isnull=True,
        is_confidential=False,
    ).exclude(channel="import")
    if not viewer.is_system:
        solved = solved.filter(handled_by(viewer))
    rows = (
        await solved.order_by("-opened_at")
        .limit(MOST_TICKETS)
        .values_list("id", "subject", "requester_id")
    )
    answered = await _answered([row[0] for row in rows])
    for ticket_id, subject, requester_id in rows:
        if ticket_id not in answered:
            wording = _of(wordings, subject, "")
            wording.people.add(requester_id)
            wording.tickets += 1


async def _answered(ticket_ids: Sequence[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for start in range(0, len(ticket_ids), 1_000):
        part = TicketArticle.filter(REUSED, ticket_id__in=list(ticket_ids[start : start + 1_000]))
        found |= {row.ticket_id for row in await part.only("id", "ticket_id")}
    return found


def _of(wordings: dict[tuple[str, str], _Wording], text: str, locale: str) -> _Wording:
    shown = " ".join(text.split())
    return wordings.setdefault((shown.casefold(), locale), _Wording(shown, locale))


def _ranked(wordings: Sequence[_Wording]) -> list[_Wording]:
    return sorted(
        wordings, key=lambda one: (-len(one.people), -one.searches - one.tickets, one.text)
    )


def _query(wording: _Wording) -> MissedQuery:
    assert wording.last_at is not None
    return MissedQuery(
        text=wording.text,
        locale=wording.locale,
        people=len(wording.people),
        searches=wording.searches,
        without_result=wording.without_result,
        without_click=wording.without_click,
        last_at=wording.last_at,
    )


def _gaps(wordings: Sequence[_Wording]) -> list[ContentGap]:
    """The most people first. Whoever searched and then asked is one of them."""
    ranked = _ranked(wordings)[:MOST_TEXTS]
    found = [
        _gap([ranked[place] for place in places]) for places in alike([w.text for w in ranked])
    ]
    return sorted(found, key=lambda gap: (-gap.people, -gap.searches - gap.tickets, gap.text))


def _gap(group: Sequence[_Wording]) -> ContentGap:
    wordings = list(dict.fromkeys(one.text for one in group))
    return ContentGap(
        text=wordings[0],
        examples=tuple(wordings[1 : EXAMPLES + 1]),
        people=len(set[object]().union(*(one.people for one in group))),
        searches=sum(one.searches for one in group),
        tickets=sum(one.tickets for one in group),
    )

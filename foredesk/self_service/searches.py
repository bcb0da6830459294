"""Searches: every question of a time with what came of it, as far as the viewer may count it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.queryset import QuerySet

from foredesk.errors import InvalidInput
from foredesk.knowledge.models import Deflection, DeflectionOutcome, Search, SearchChannel
from foredesk.people.roles import Scope
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import Ticket

UNTIL_POTENTIAL = timedelta(days=7)
"""How long a reader has to stay away from the help desk for an article to have answered."""
USUAL = timedelta(days=91)
MOST_SEARCHES = 250_000
PART = 2_000
OF_REQUESTERS = (SearchChannel.SEARCH, SearchChannel.ASK_FORM, SearchChannel.API)
"""Where people look before they ask; what an agent looks for on a ticket deflects nothing."""

Outcomes = Mapping[UUID, frozenset[DeflectionOutcome]]
"""By article, what came of it."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which searches are looked at: those that began in a time; of requesters if no channels are
    named."""

    since: datetime | None = None
    until: datetime | None = None
    channels: Sequence[SearchChannel] | None = None
    locale: str | None = None

    def bounds(self, now: datetime) -> tuple[datetime, datetime]:
        """The last 13 weeks if nothing else is said. Raises InvalidInput for no time at all."""
        until = self.until or now
        since = self.since or until - USUAL
        if not since < until:
            raise InvalidInput("from", "The end must come after the start.")
        return since, until


@dataclass(frozen=True, slots=True)
class Asked:
    """One search. `is_filed`: a request was filed after it, on it or within seven days."""

    search: Search
    is_tied: bool
    is_filed: bool
    outcomes: Outcomes = field(default_factory=dict)

    @property
    def opened(self) -> bool:
        return bool(self.outcomes)


def sees_figures(viewer: Viewer) -> bool:
    """Managers and administrators, with a credential that opens the knowledge base."""
    return viewer.is_manager and viewer.reads(Scope.KNOWLEDGE)


def searches_visible_to(viewer: Viewer) -> QuerySet[Search]:
    """Managers count those of the organizations they serve, administrators all."""
    if sees_figures(viewer) and viewer.is_administrator:
        return Search.all()
    ours = [*viewer.reader.organization_ids] if sees_figures(viewer) else []
    return Search.filter(organization_id__in=ours)


async def asked_in(viewer: Viewer, span: Span, now: datetime) -> AsyncIterator[Asked]:
    """Oldest first. Raises InvalidInput for no time at all and for more than 250,000 searches."""
    searches = _chosen(viewer, span, now)
    if await searches.count() > MOST_SEARCHES:
        raise InvalidInput(
            "from", f"That is more than {MOST_SEARCHES} searches. Ask for less time."
        )
    last: tuple[datetime, UUID] | None = None
    while True:
        rows = await _part(searches, last)
        if not rows:
            return
        outcomes = await _outcomes(rows)
        filed = await filed_after(rows)
        for row in rows:
            is_tied = row.ticket_id is not None
            yield Asked(row, is_tied, is_tied or row.id in filed, outcomes.get(row.id, {}))
        last = rows[-1].created_at, rows[-1].id


def _chosen(viewer: Viewer, span: Span, now: datetime) -> QuerySet[Search]:
    since, until = span.bounds(now)
    searches = searches_visible_to(viewer).filter(created_at__gte=since, created_at__lt=until)
    channels = OF_REQUESTERS if span.channels is None else span.channels
    searches = searches.filter(channel__in=[channel.value for channel in channels])
    return searches.filter(locale=span.locale) if span.locale else searches


async def _part(searches: QuerySet[Search], last: tuple[datetime, UUID] | None) -> list[Search]:
    """The next ones after the last; several may have begun at the same instant."""
    if last is None:
        return list(await searches.order_by("created_at", "id").limit(PART))
    at, id_ = last
    same = await searches.filter(created_at=at, id__gt=id_).order_by("id").limit(PART)
    if len(same) == PART:
        return list(same)
    later = searches.filter(created_at__gt=at).order_by("created_at", "id")
    return [*same, *await later.limit(PART - len(same))]


async def _outcomes(rows: Sequence[Search]) -> Mapping[UUID, Outcomes]:
    found: defaultdict[UUID, defaultdict[UUID, set[DeflectionOutcome]]]
    found = defaultdict(lambda: defaultdict(set))
    known = Deflection.filter(search_id__in=[row.id for row in rows])
    for search_id, article_id, outcome in await known.values_list(
        "search_id", "article_id", "outcome"
    ):
        found[search_id][article_id].add(DeflectionOutcome(outcome))
    return {
        search_id: {article_id: frozenset(came) for article_id, came in articles.items()}
        for search_id, articles in found.items()
    }


async def filed_after(rows: Sequence[Search]) -> Mapping[UUID, UUID]:
    """By search, the first request of the same person within seven days, by whatever way and about
    whatever: it can't be told apart, so the search is not taken for an answer."""
    people = {row.person_id for row in rows if row.person_id is not None}
    if not people:
        return {}
    tickets = Ticket.filter(
        requester_id__in=list(people),
        opened_at__gte=rows[0].created_at,
        opened_at__lt=rows[-1].created_at + UNTIL_POTENTIAL,
    ).exclude(channel="import")
    opened: defaultdict[UUID, list[tuple[datetime, UUID]]] = defaultdict(list)
    for person_id, opened_at, ticket_id in await tickets.order_by("opened_at", "id").values_list(
        "requester_id", "opened_at", "id"
    ):
        opened[person_id].append((opened_at, ticket_id))
    found = {row.id: _next(opened[row.person_id], row) for row in rows if row.person_id}
    return {id_: ticket_id for id_, ticket_id in found.items() if ticket_id is not None}


def _next(opened: Sequence[tuple[datetime, UUID]], row: Search) -> UUID | None:
    place = bisect_left(opened, row.created_at, key=lambda one: one[0])
    if place == len(opened) or opened[place][0] >= row.created_at + UNTIL_POTENTIAL:
        return None
    return opened[place][1]

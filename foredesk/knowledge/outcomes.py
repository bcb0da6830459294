"""Outcomes: how often articles answered in place of the desk. Figures stand side by side, never
summed: only what a person confirmed is known to have helped."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.queryset import QuerySet

from foredesk.desk import Desk
from foredesk.knowledge.models import DeflectionOutcome, Search
from foredesk.people.viewer import Viewer

UNTIL_POTENTIAL = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class OutcomeCounts:
    """Every figure counts searches."""

    searches: int = 0
    zero_result: int = 0
    clicked: int = 0
    """Something was opened."""
    confirmed: int = 0
    """"This answered it", and no request was filed after it."""
    potential: int = 0
    """Opened at least seven days ago, neither confirmed nor refused, and no request was filed."""
    failed: int = 0
    """Opened, then a request was filed all the same."""
    pending: int = 0
    """Opened less than seven days ago: too early to say."""


async def deflection_counts(
    desk: Desk, viewer: Viewer, *, since: datetime, until: datetime
) -> OutcomeCounts:
    """Over the searches that began in this time and are the viewer's to count."""
    searches = searches_visible_to(viewer).filter(created_at__gte=since, created_at__lt=until)
    counts: Counter[str] = Counter()
    for ticket_id, created_at, outcomes in (await _outcomes(searches)).values():
        counts[_verdict(ticket_id, created_at, outcomes, desk.now())] += 1
    return OutcomeCounts(
        searches=await searches.count(),
        zero_result=await searches.filter(total=0).count(),
        clicked=sum(counts.values()),
        confirmed=counts["confirmed"],
        potential=counts["potential"],
        failed=counts["failed"],
        pending=counts["pending"],
    )


def searches_visible_to(viewer: Viewer) -> QuerySet[Search]:
    """Managers count those of the organizations they serve, administrators all."""
    if viewer.is_administrator:
        return Search.all()
    ours = [*viewer.reader.organization_ids] if viewer.is_manager else []
    return Search.filter(organization_id__in=ours)


_Outcomes = tuple[UUID | None, datetime, set[DeflectionOutcome]]


async def _outcomes(searches: QuerySet[Search]) -> Mapping[UUID, _Outcomes]:
    """For each search of which something came: the request after it, its time, and what came."""
    rows = await searches.filter(deflections__id__isnull=False).values_list(
        "id", "ticket_id", "created_at", "deflections__outcome"
    )
    came: dict[UUID, _Outcomes] = {}
    for search_id, ticket_id, created_at, outcome in rows:
        outcomes = came.setdefault(search_id, (ticket_id, created_at, set()))[2]
        outcomes.add(DeflectionOutcome(outcome))
    return came


def _verdict(
    ticket_id: UUID | None, created_at: datetime, outcomes: set[DeflectionOutcome], now: datetime
) -> str:
    if ticket_id is not None:
        return "failed"
    if DeflectionOutcome.SOLVED in outcomes:
        return "confirmed"
    if DeflectionOutcome.NOT_HELPFUL in outcomes:
        return "refused"
    return "potential" if now - created_at >= UNTIL_POTENTIAL else "pending"

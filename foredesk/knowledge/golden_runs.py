"""Golden runs: what a change does to golden queries, whether it may, and the record of it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import LostAnswer, SearchRegression
from foredesk.identity import new_id
from foredesk.knowledge.golden_ranks import Ranks, concerned, ranks
from foredesk.knowledge.search_models import (
    GoldenChange,
    GoldenQuery,
    GoldenRun,
    Occasion,
    is_kept,
)
from foredesk.people.idempotency import Once
from foredesk.people.viewer import Viewer

T = TypeVar("T")
SUBJECT_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Changed:
    """A golden query that holds on one side of a change only."""

    query: GoldenQuery
    before: int | None
    after: int | None

    @property
    def is_loss(self) -> bool:
        return not is_kept(self.query, self.after)


@dataclass(frozen=True, slots=True)
class Tried:
    """`subject` is what was changed; `changes` are the queries that it lost or won back."""

    run_id: UUID
    occasion: Occasion
    subject: str
    organization_id: UUID | None
    queries: Sequence[GoldenQuery]
    after: Ranks
    changes: tuple[Changed, ...]

    @property
    def losses(self) -> tuple[Changed, ...]:
        return tuple(one for one in self.changes if one.is_loss)

    @property
    def stops(self) -> bool:
        """Whether the change must not be made."""
        can_stop = self.occasion not in (Occasion.BY_HAND, Occasion.ANALYSIS_CHANGED)
        return can_stop and any(one.query.is_binding for one in self.losses)


def compare(
    occasion: Occasion,
    subject: str,
    organization_id: UUID | None,
    queries: Sequence[GoldenQuery],
    before: Ranks,
    after: Ranks,
) -> Tried:
    changes = tuple(
        Changed(one, before[one.id], after[one.id])
        for one in queries
        if is_kept(one, before[one.id]) is not is_kept(one, after[one.id])
    )
    short = subject[:SUBJECT_LIMIT]
    return Tried(new_id(), occasion, short, organization_id, queries, after, changes)


async def keep_run(desk: Desk, viewer: Viewer, tried: Tried, once: Once | None = None) -> None:
    """Record it; of a change that was stopped the queries' own places are not taken over."""
    async with transaction():
        await GoldenRun.create(
            id=tried.run_id,
            occasion=tried.occasion,
            subject=tried.subject,
            at=desk.now(),
            asked=len(tried.queries),
            kept=sum(is_kept(one, tried.after[one.id]) for one in tried.queries),
            was_stopped=tried.stops,
            organization_id=tried.organization_id,
            person_id=viewer.person_id,
        )
        await GoldenChange.bulk_create(
            [
                GoldenChange(
                    run_id=tried.run_id,
                    query_id=one.query.id,
                    before=one.before,
                    after=one.after,
                    is_loss=one.is_loss,
                )
                for one in tried.changes
            ]
        )
        if not tried.stops:
            await _take_over(desk, tried)
        if once is not None:
            await once.remember(tried.run_id)


def refuse(tried: Tried) -> None:
    """Raises SearchRegression with the binding queries that would be lost."""
    raise SearchRegression(
        [
            LostAnswer(one.query.text, one.query.article.title, one.before, one.after)
            for one in tried.losses
            if one.query.is_binding
        ],
        tried.run_id,
    )


async def guarded(
    desk: Desk,
    viewer: Viewer,
    *,
    occasion: Occasion,
    subject: str,
    organization_id: UUID | None,
    locale: str | None = None,
    change: Callable[[], Awaitable[T]],
    take_back: Callable[[T], Awaitable[object]],
) -> tuple[T, Tried | None]:
    """Make a change that only shows once it is made, and take it back if it loses a binding
    query. Raises SearchRegression then; costs nothing where there are no golden queries."""
    queries = await concerned(organization_id, locale)
    if not queries:
        return await change(), None
    await desk.knowledge.catch_up()
    before = await ranks(desk, queries)
    made = await change()
    await desk.knowledge.catch_up()
    after = await ranks(desk, queries)
    tried = compare(occasion, subject, organization_id, queries, before, after)
    if tried.stops:
        await take_back(made)
        await desk.knowledge.catch_up()
    await keep_run(desk, viewer, tried)
    if tried.stops:
        refuse(tried)
    return made, tried


async def _take_over(desk: Desk, tried: Tried) -> None:
    for query in tried.queries:
        query.rank, query.checked_at = tried.after[query.id], desk.now()
    if tried.queries:
        await GoldenQuery.bulk_update(tried.queries, fields=["rank", "checked_at"])

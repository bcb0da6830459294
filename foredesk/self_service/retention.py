"""Retention: after a while it is forgotten who searched and rated, and in which words; what it came
to is kept."""

from datetime import datetime, timedelta
from uuid import UUID

from tortoise.expressions import Q

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.knowledge.experiment_models import FormStart, SuggestionExperiment
from foredesk.knowledge.models import ArticleRating, Deflection, Search
from foredesk.self_service.searches import UNTIL_POTENTIAL, filed_after

AT_ONCE = 500
FORGOTTEN = "forgotten:"
EVERY = timedelta(hours=1)


class Forgetting:
    """A sweep that looks once an hour, and again at once while there is more."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._next: datetime | None = None

    async def __call__(self) -> None:
        now = self._desk.now()
        if self._next is not None and now < self._next:
            return
        if not await forget_searchers(self._desk):
            self._next = now + EVERY


async def forget_searchers(desk: Desk) -> int:
    """Returns how many rows it made anonymous; 500 of a kind at most.

    Before a search forgets whose it was, the request that its person filed within seven days is
    tied to what they opened, so that no figure gets better with time. The salt of an experiment
    goes with the last of its people: from then on nobody can tell who was in it.
    """
    days = desk.settings.searchers_kept_days
    if days <= 0:
        return 0
    until = desk.now() - max(timedelta(days=days), 2 * UNTIL_POTENTIAL)
    forgotten = await _searches(until) + await _ratings(until) + await _form_starts(until)
    ended = SuggestionExperiment.filter(ended_at__lt=until, salt__isnull=False)
    return forgotten + await ended.update(salt=None)


async def _searches(until: datetime) -> int:
    told = Q(person_id__isnull=False) | Q(visitor__isnull=False) | ~Q(text="")
    rows = await Search.filter(told, created_at__lt=until).order_by("created_at").limit(AT_ONCE)
    if not rows:
        return 0
    ids = [row.id for row in rows]
    filed, unconfirmed = await filed_after(rows), await _unconfirmed(ids)
    async with transaction():
        for row in rows:
            if row.ticket_id is None and row.id in filed and row.id in unconfirmed:
                await Search.filter(id=row.id).update(ticket_id=filed[row.id])
                await Deflection.filter(search_id=row.id).update(ticket_id=filed[row.id])
        await Search.filter(id__in=ids).update(text="", person_id=None, visitor=None)
    return len(rows)


async def _unconfirmed(ids: list[UUID]) -> set[UUID]:
    """What somebody confirmed is no failure because they asked for something else later."""
    solved = Deflection.filter(search_id__in=ids, outcome="solved")
    return set(ids) - set(await solved.values_list("search_id", flat=True))


async def _ratings(until: datetime) -> int:
    """Each stays one vote, of a reader that nobody knows."""
    known = Q(person_id__isnull=False) | ~Q(visitor__startswith=FORGOTTEN) | ~Q(comment="")
    ids = (
        await ArticleRating.filter(known, at__lt=until).limit(AT_ONCE).values_list("id", flat=True)
    )
    async with transaction():
        for id_ in ids:
            await ArticleRating.filter(id=id_).update(
                person_id=None, visitor=f"{FORGOTTEN}{id_}", comment=""
            )
    return len(ids)


async def _form_starts(until: datetime) -> int:
    told = Q(person_id__isnull=False) | Q(visitor__isnull=False)
    old = FormStart.filter(told, begun_at__lt=until, settled_at__isnull=False)
    ids = await old.limit(AT_ONCE).values_list("id", flat=True)
    if not ids:
        return 0
    return await FormStart.filter(id__in=list(ids)).update(person_id=None, visitor=None)

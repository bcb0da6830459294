"""Exposure: every question and what it was offered, once for each occasion and not each key."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from tortoise.queryset import QuerySet

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.hooks import SearchFacts
from foredesk.knowledge.events import enqueue_for_listeners
from foredesk.knowledge.models import Deflection, Search, SearchChannel
from foredesk.people.viewer import Viewer

SAME_OCCASION = timedelta(minutes=2)
RESULT_LIMIT = 50


async def log_search(
    desk: Desk,
    viewer: Viewer,
    asked: SearchFacts,
    visitor: str | None,
    results: Sequence[str],
    total: int,
    *,
    shown: bool = True,
) -> Search:
    """Note the search, and whether what it found is shown. Who goes on typing, or turns the page,
    is still at the same one."""
    async with transaction():
        search = await _unfinished(desk, viewer, asked, visitor)
        if search is None:
            return await _begun(desk, viewer, asked, visitor, results, total, shown)
        search.text, search.total = asked.text, total
        search.results = list(dict.fromkeys([*results, *search.results]))[:RESULT_LIMIT]
        search.shown = search.shown or shown
        await search.save(update_fields=["text", "total", "results", "shown"])
        return search


async def own_search(viewer: Viewer, search_id: UUID, visitor: str | None) -> Search | None:
    """The search, if it was this person's or visitor's."""
    search = await Search.filter(id=search_id).select_for_update().first()
    if search is None or viewer.is_system:
        return search
    is_theirs = search.person_id is not None and search.person_id == viewer.person_id
    is_visitors = search.visitor is not None and search.visitor == visitor
    is_nobodys = search.person_id is None and search.visitor is None and viewer.is_anonymous
    return search if is_theirs or is_visitors or is_nobodys else None


async def _begun(
    desk: Desk,
    viewer: Viewer,
    asked: SearchFacts,
    visitor: str | None,
    results: Sequence[str],
    total: int,
    shown: bool,
) -> Search:
    search = await Search.create(
        text=asked.text,
        locale=asked.locale[:16],
        channel=SearchChannel(asked.channel),
        person_id=viewer.person_id,
        organization_id=viewer.organization_id,
        visitor=visitor,
        results=list(results),
        total=total,
        shown=shown,
        created_at=desk.now(),
    )
    await enqueue_for_listeners(desk, viewer, "on_search", search.id, delay=SAME_OCCASION)
    return search


async def _unfinished(
    desk: Desk, viewer: Viewer, asked: SearchFacts, visitor: str | None
) -> Search | None:
    """The searcher's last one, if these are the same words, longer or shorter, and nothing came
    of it yet."""
    mine = _searches_of(viewer, visitor)
    if mine is None:
        return None
    search = await mine.filter(
        channel=SearchChannel(asked.channel), created_at__gt=desk.now() - SAME_OCCASION
    ).first()
    if search is None or search.ticket_id is not None:
        return None
    old, new = search.text.casefold(), asked.text.casefold()
    if not (old.startswith(new) or new.startswith(old)):
        return None
    return None if await Deflection.exists(search_id=search.id) else search


def _searches_of(viewer: Viewer, visitor: str | None) -> QuerySet[Search] | None:
    if viewer.person_id is not None:
        return Search.filter(person_id=viewer.person_id)
    return Search.filter(visitor=visitor) if visitor else None

"""Deflection: what came of the articles that were offered, counted without flattering ourselves."""

from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import NotFound
from foredesk.knowledge.events import enqueue_for_listeners
from foredesk.knowledge.exposure import own_search
from foredesk.knowledge.models import Article, Deflection, DeflectionOutcome, Search
from foredesk.knowledge.queries import published_for
from foredesk.knowledge.slugs import may_be_slug
from foredesk.knowledge.wording import visitor_token
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer


async def record_deflection(
    desk: Desk,
    viewer: Viewer,
    *,
    search_id: UUID,
    article_id: UUID,
    outcome: DeflectionOutcome,
    visitor: str | None = None,
) -> Deflection:
    """Note what an article did for who searched; the same again changes nothing.

    Raises NotFound for a search that was not theirs and an article that is not theirs to read.
    """
    require(viewer, Act.RECORD_DEFLECTION)
    visitor = visitor_token(visitor)
    async with transaction():
        search = await own_search(viewer, search_id, visitor)
        if search is None:
            raise NotFound("searchId")
        if not await published_for(viewer).filter(id=article_id).exists():
            raise NotFound("articleId")
        return await _noted(desk, viewer, search, article_id, outcome)


async def open_article(
    desk: Desk,
    viewer: Viewer,
    *,
    slug: str,
    search_id: UUID | None = None,
    visitor: str | None = None,
) -> Article | None:
    """The published article at this address, noted as opened from the search that led to it."""
    visitor = visitor_token(visitor)
    if not may_be_slug(slug):
        return None
    article = await published_for(viewer).filter(slug=slug).first()
    if article is None or search_id is None:
        return article
    async with transaction():
        if search := await own_search(viewer, search_id, visitor):
            await _noted(desk, viewer, search, article.id, DeflectionOutcome.OPENED)
    return article


async def file_after_search(
    desk: Desk, viewer: Viewer, *, search_id: UUID, ticket_id: UUID, visitor: str | None = None
) -> bool:
    """A request was filed after all: whatever was offered has failed. False if it was not theirs.

    The first request counts; saying it again changes nothing.
    """
    visitor = visitor_token(visitor)
    async with transaction():
        search = await own_search(viewer, search_id, visitor)
        if search is None:
            return False
        if search.ticket_id is None:
            search.ticket_id = ticket_id
            await search.save(update_fields=["ticket_id"])
            await Deflection.filter(search_id=search.id).update(ticket_id=ticket_id)
        return search.ticket_id == ticket_id


async def _noted(
    desk: Desk, viewer: Viewer, search: Search, article_id: UUID, outcome: DeflectionOutcome
) -> Deflection:
    """The search is locked, so that two at a time note it once."""
    known = await Deflection.filter(
        search_id=search.id, article_id=article_id, outcome=outcome
    ).first()
    if known is not None:
        return known
    deflection = await Deflection.create(
        search_id=search.id,
        article_id=article_id,
        outcome=outcome,
        at=desk.now(),
        ticket_id=search.ticket_id,
    )
    await enqueue_for_listeners(desk, viewer, "on_deflected", deflection.id)
    return deflection

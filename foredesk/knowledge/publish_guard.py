"""Publish guard: an article that takes golden queries their places is not left published."""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.knowledge.authoring import ArticleAct
from foredesk.knowledge.changes import announce, next_revision, record_change
from foredesk.knowledge.golden_runs import guarded
from foredesk.knowledge.models import Article, ArticleState, Audience
from foredesk.knowledge.notices import note_act
from foredesk.knowledge.search_models import Occasion
from foredesk.people.viewer import Viewer

T = TypeVar("T")
TAKEN_BACK = "It took questions that must be answered their answers."
_FOUND_BY_ASKERS = (Audience.PUBLIC, Audience.ORGANIZATION)
_AS_IT_WAS = (
    *("state", "published_at", "published_version", "submitted_at", "submitted_by_id"),
    *("publish_at", "retire_at", "scheduled_by_id", "scheduled_version"),
)


async def publish_guarded(
    desk: Desk, viewer: Viewer, article_id: UUID, publish: Callable[[], Awaitable[T]]
) -> T:
    """Publish, then run the golden queries that it may change; the run is kept.

    Only the index itself knows what it finds, so the article is findable while they run. Raises
    SearchRegression after taking it back if a binding one lost its place.
    """
    article = await Article.get_or_none(id=article_id)
    if article is None or article.audience not in _FOUND_BY_ASKERS:
        return await publish()

    async def take_back(_: T) -> None:
        await _take_back(desk, viewer, article)

    made, _ = await guarded(
        desk,
        viewer,
        occasion=Occasion.PUBLISHED,
        subject=article.slug,
        organization_id=article.organization_id,
        locale=article.locale,
        change=publish,
        take_back=take_back,
    )
    return made


async def _take_back(desk: Desk, viewer: Viewer, before: Article) -> None:
    """Unless somebody did something else with it in the meantime."""
    async with transaction():
        revision = await next_revision()
        article = await Article.filter(id=before.id).select_for_update().get()
        is_untouched = article.version == before.version
        if article.state is not ArticleState.PUBLISHED or not is_untouched:
            return
        article.update_from_dict({name: getattr(before, name) for name in _AS_IT_WAS})
        article.revision, article.updated_at = revision, desk.now()
        await article.save(update_fields=["revision", "updated_at", *_AS_IT_WAS])
        await note_act(desk, article, ArticleAct.NOT_PUBLISHED, viewer.person_id, TAKEN_BACK)
        await record_change(article.id, revision)
        await announce(desk, article.id, revision)

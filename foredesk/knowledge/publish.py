"""Publish: draft → review → published → retired, and back to draft."""

from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, InvalidTransition
from foredesk.knowledge.changes import announce, next_revision, record_change
from foredesk.knowledge.models import Article, ArticleState
from foredesk.knowledge.write import changeable
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer

REACHABLE: dict[ArticleState, frozenset[ArticleState]] = {
    ArticleState.DRAFT: frozenset({ArticleState.REVIEW, ArticleState.PUBLISHED}),
    ArticleState.REVIEW: frozenset({ArticleState.DRAFT, ArticleState.PUBLISHED}),
    ArticleState.PUBLISHED: frozenset({ArticleState.RETIRED}),
    ArticleState.RETIRED: frozenset({ArticleState.DRAFT, ArticleState.PUBLISHED}),
}
"""Who may publish may do so without asking for a review first."""


async def submit_article(desk: Desk, viewer: Viewer, *, article_id: UUID) -> Article:
    """Ask for a review. Raises NotFound and InvalidTransition."""
    return await _move(desk, viewer, article_id, ArticleState.REVIEW, Act.WRITE_ARTICLE)


async def return_article(desk: Desk, viewer: Viewer, *, article_id: UUID) -> Article:
    """Make it a draft again, from review or from retirement."""
    return await _move(desk, viewer, article_id, ArticleState.DRAFT, Act.WRITE_ARTICLE)


async def publish_article(desk: Desk, viewer: Viewer, *, article_id: UUID) -> Article:
    """Let people find it. Raises NotFound, InvalidTransition, and InvalidInput when it is empty."""
    return await _move(desk, viewer, article_id, ArticleState.PUBLISHED, Act.PUBLISH_ARTICLE)


async def retire_article(desk: Desk, viewer: Viewer, *, article_id: UUID) -> Article:
    """Take it back: nobody finds or opens it any more, but agents."""
    return await _move(desk, viewer, article_id, ArticleState.RETIRED, Act.PUBLISH_ARTICLE)


async def _move(
    desk: Desk, viewer: Viewer, article_id: UUID, state: ArticleState, act: Act
) -> Article:
    require(viewer, act)
    async with transaction():
        revision = await next_revision()
        article = await changeable(viewer, article_id, act)
        if state not in REACHABLE[article.state]:
            raise _not_from(article)
        if state is ArticleState.PUBLISHED and not article.body.strip():
            raise InvalidInput("body", "An article without text answers nothing.")
        article.state, article.revision, article.updated_at = state, revision, desk.now()
        if state is ArticleState.PUBLISHED:
            article.published_at = desk.now()
        await article.save(update_fields=["state", "revision", "updated_at", "published_at"])
        await record_change(article.id, revision)
        await announce(desk, article.id, revision)
    return article


def _not_from(article: Article) -> InvalidTransition:
    return InvalidTransition(
        f"The article is {article.state.value}; that can't happen to it now.",
        state=article.state.value,
        allowed=tuple(sorted(state.value for state in REACHABLE[article.state])),
    )

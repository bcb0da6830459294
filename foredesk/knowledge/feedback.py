"""Feedback: whether an article helped, one vote for each reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tortoise.expressions import Subquery
from tortoise.functions import Count

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound
from foredesk.knowledge.events import enqueue_for_listeners
from foredesk.knowledge.models import Article, ArticleRating
from foredesk.knowledge.queries import published_for, visible_to
from foredesk.knowledge.wording import visitor_token
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer
from foredesk.text import readable

COMMENT_LIMIT = 2000
COMMENTS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Votes:
    helpful: int = 0
    not_helpful: int = 0


async def rate_article(
    desk: Desk,
    viewer: Viewer,
    *,
    article_id: UUID,
    helpful: bool,
    comment: str = "",
    visitor: str | None = None,
) -> ArticleRating:
    """Cast a vote, or change one's own.

    Raises NotFound for an article that is not the viewer's to read, and InvalidInput for a comment
    that is too long or a reader who is neither signed in nor has a visitor's token.
    """
    require(viewer, Act.RATE_ARTICLE)
    visitor = visitor_token(visitor) if viewer.person_id is None else None
    if viewer.person_id is None and visitor is None:
        raise InvalidInput("visitor", "Sign in, or name the visitor.")
    comment = readable("comment", comment, limit=COMMENT_LIMIT)
    async with transaction():
        article = await published_for(viewer).filter(id=article_id).select_for_update().first()
        if article is None:
            raise NotFound("articleId")
        rating = await _own(viewer, article, visitor)
        rating.helpful, rating.comment, rating.at = helpful, comment, desk.now()
        await rating.save()
        await enqueue_for_listeners(desk, viewer, "on_article_rated", rating.id)
    return rating


async def votes(article_ids: Sequence[UUID]) -> dict[UUID, Votes]:
    """The votes on each of the articles, those without any included."""
    counts = dict.fromkeys(article_ids, Votes())
    rows = (
        await ArticleRating.filter(article_id__in=[*article_ids])
        .annotate(readers=Count("id"))
        .group_by("article_id", "helpful")
        .values_list("article_id", "helpful", "readers")
    )
    for article_id, helpful, readers in rows:
        known = counts[article_id]
        counts[article_id] = (
            Votes(readers, known.not_helpful) if helpful else Votes(known.helpful, readers)
        )
    return counts


async def missed(viewer: Viewer, article_id: UUID) -> Sequence[ArticleRating]:
    """What readers say was missing, newest first; for those who write articles, without names."""
    require(viewer, Act.WRITE_ARTICLE)
    seen = visible_to(viewer).filter(id=article_id)
    said = ArticleRating.filter(article_id__in=Subquery(seen.values("id")), helpful=False)
    return await said.exclude(comment="").order_by("-at", "-id").limit(COMMENTS_SHOWN)


async def own_rating(viewer: Viewer, article_id: UUID, visitor: str | None) -> ArticleRating | None:
    """The viewer's vote; None if they have cast none."""
    if viewer.person_id is not None:
        return await ArticleRating.filter(article_id=article_id, person_id=viewer.person_id).first()
    visitor = visitor_token(visitor)
    if visitor is None:
        return None
    return await ArticleRating.filter(article_id=article_id, visitor=visitor).first()


async def _own(viewer: Viewer, article: Article, visitor: str | None) -> ArticleRating:
    """The article is locked, so that two at a time make one vote."""
    known = await own_rating(viewer, article.id, visitor)
    return known or ArticleRating(
        article_id=article.id, person_id=viewer.person_id, visitor=visitor
    )

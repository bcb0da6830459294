"""Originals: what a translation translates, and whether it still says the same."""

from uuid import UUID

from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.knowledge.authoring import ArticleNotice, ArticleNoticeKind
from foredesk.knowledge.models import Article, ArticleState
from foredesk.knowledge.notices import tell


def is_behind(article: Article, original: Article | None) -> bool:
    """Whether its original says something newer than what it translates."""
    if original is None or original.id != article.original_id:
        return False
    return (article.original_version or 0) < original.version


async def known_version(article: Article, version: int) -> int:
    """A version that the article's original has. Raises InvalidInput for any other."""
    original = await Article.get_or_none(id=article.original_id) if article.original_id else None
    if original is None:
        raise InvalidInput("originalVersion", "This article is no translation of another.")
    if not 1 <= version <= original.version:
        raise InvalidInput("originalVersion", "The original has no such version.")
    return version


async def tell_translators(desk: Desk, original: Article) -> None:
    """Whoever answers for a translation hears that it is behind, once until they have seen it."""
    translations = Article.filter(original_id=original.id).exclude(state=ArticleState.RETIRED)
    for article in await translations.order_by("locale", "id"):
        if article.owner_id is not None and not await _knows(article, article.owner_id):
            await tell(desk, article, article.owner_id, ArticleNoticeKind.ORIGINAL_CHANGED)


async def _knows(article: Article, person_id: UUID) -> bool:
    return await ArticleNotice.filter(
        article_id=article.id,
        person_id=person_id,
        kind=ArticleNoticeKind.ORIGINAL_CHANGED,
        seen_at=None,
    ).exists()

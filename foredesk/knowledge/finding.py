"""Finding: what the viewer may read that answers, best first; nothing is noted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from uuid import UUID

from foredesk.desk import Desk
from foredesk.hooks import HitFacts, SearchFacts
from foredesk.knowledge.advice import reranked, rewritten, synonyms
from foredesk.knowledge.known_words import words_for
from foredesk.knowledge.models import Article
from foredesk.knowledge.queries import published_for
from foredesk.people.viewer import Viewer
from foredesk.ports import SearchQuery, SearchResult, SearchWords


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """`excerpt` is escaped HTML with the matched words in mark elements. `explanation` is a
    plugin's, and empty for what the search found by itself."""

    article: Article
    excerpt: str
    score: float = 0.0
    explanation: str = ""


async def find(
    desk: Desk,
    viewer: Viewer,
    asked: SearchFacts,
    page: SearchQuery,
    words: tuple[SearchWords, ...] | None = None,
) -> tuple[SearchResult, list[FoundArticle]]:
    """Ask the index and the plugins. `words` are tried in place of those that are in force."""
    wanted = await rewritten(desk, viewer, asked)
    page = replace(
        page,
        text=wanted.text,
        locale=wanted.locale,
        synonyms=await synonyms(desk, viewer, wanted),
        words=await words_for(viewer.organization_id) if words is None else words,
    )
    result = await desk.knowledge.search(page)
    hits = await _readable(viewer, result)
    order = await reranked(desk, viewer, asked, [_facts(hit) for hit in hits])
    by_id = {hit.article.id: hit for hit in hits}
    return result, [by_id[article_id] for article_id in order]


async def published(viewer: Viewer, ids: Sequence[UUID]) -> dict[UUID, Article]:
    if not ids:
        return {}
    return {article.id: article for article in await published_for(viewer).filter(id__in=[*ids])}


async def _readable(viewer: Viewer, result: SearchResult) -> list[FoundArticle]:
    """The index only proposes: what the viewer may read is read from the database."""
    articles = await published(viewer, [hit.article_id for hit in result.hits])
    return [
        FoundArticle(article, hit.excerpt or escape(article.summary), hit.score)
        for hit in result.hits
        if (article := articles.get(hit.article_id))
    ]


def _facts(hit: FoundArticle) -> HitFacts:
    return HitFacts(hit.article.id, hit.score, hit.article.title)

"""Answering: find the articles that answer, with the help of plugins, and note what was offered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from uuid import UUID

from foredesk.desk import Desk
from foredesk.hooks import ArticleSuggestion, DraftFacts, HitFacts, SearchFacts
from foredesk.knowledge.advice import reranked, rewritten, suggested, synonyms
from foredesk.knowledge.exposure import log_search
from foredesk.knowledge.models import Article, SearchChannel
from foredesk.knowledge.queries import published_for
from foredesk.knowledge.wording import kept, query, visitor_token
from foredesk.people.viewer import Viewer
from foredesk.ports import SearchQuery, SearchResult

PAGE_LIMIT = 50
SUGGESTIONS = 5
CONFIDENT = 0.5
"""From here on a plugin's suggestion stands before what the search finds."""


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """`excerpt` is escaped HTML with the matched words in mark elements. `explanation` is a
    plugin's, and empty for what the search found by itself."""

    article: Article
    excerpt: str
    score: float = 0.0
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class FoundArticles:
    """`search_id` names the occasion, for `record_deflection`; None if nothing was asked."""

    search_id: UUID | None = None
    hits: tuple[FoundArticle, ...] = ()
    total: int = 0
    did_you_mean: str | None = None


async def search_articles(
    desk: Desk,
    viewer: Viewer,
    *,
    text: str,
    channel: SearchChannel = SearchChannel.SEARCH,
    locale: str | None = None,
    section: str | None = None,
    visitor: str | None = None,
    limit: int = 10,
    offset: int = 0,
    prefix: bool = False,
) -> FoundArticles:
    """What the viewer may read that answers `text`, best first. Never fails for any text.

    `prefix` says that they may still be typing. `visitor` is the random token by which the
    portal knows somebody who has not signed in; InvalidInput for what can't be one.
    """
    visitor = visitor_token(visitor)
    asked = SearchFacts(query(text), locale or viewer.locale, channel.value)
    if not asked.text:
        return FoundArticles()
    page = _page(viewer, limit, offset, prefix, section)
    result, hits = await _found(desk, viewer, asked, page)
    search = await log_search(desk, viewer, asked, visitor, _ids(hits), result.total)
    return FoundArticles(search.id, tuple(hits), result.total, result.did_you_mean)


async def suggest_articles(
    desk: Desk,
    viewer: Viewer,
    *,
    subject: str,
    details: str = "",
    channel: SearchChannel = SearchChannel.ASK_FORM,
    locale: str | None = None,
    visitor: str | None = None,
    limit: int = SUGGESTIONS,
) -> FoundArticles:
    """What may answer a request before it is filed: what plugins name and what the search finds."""
    visitor = visitor_token(visitor)
    asked = SearchFacts(query(f"{subject}\n{details}"), locale or viewer.locale, channel.value)
    if not asked.text:
        return FoundArticles()
    draft = DraftFacts(query(subject), kept(details), asked.locale)
    named = await _named_by_plugins(desk, viewer, draft)
    result, hits = await _found(desk, viewer, asked, _page(viewer, limit, 0, True, None))
    hits = _beside(named, hits)[: max(limit, 0)]
    search = await log_search(desk, viewer, asked, visitor, _ids(hits), len(hits))
    return FoundArticles(search.id, tuple(hits), len(hits), result.did_you_mean)


def _page(
    viewer: Viewer, limit: int, offset: int, prefix: bool, section: str | None
) -> SearchQuery:
    return SearchQuery(
        text="",
        locale="",
        reader=viewer.reader,
        limit=min(max(limit, 0), PAGE_LIMIT),
        offset=max(offset, 0),
        prefix=prefix,
        section=section,
    )


async def _found(
    desk: Desk, viewer: Viewer, asked: SearchFacts, page: SearchQuery
) -> tuple[SearchResult, list[FoundArticle]]:
    wanted = await rewritten(desk, viewer, asked)
    others = await synonyms(desk, viewer, wanted)
    page = replace(page, text=wanted.text, locale=wanted.locale, synonyms=others)
    result = await desk.knowledge.search(page)
    hits = await _readable(viewer, result)
    order = await reranked(desk, viewer, asked, [_facts(hit) for hit in hits])
    by_id = {hit.article.id: hit for hit in hits}
    return result, [by_id[article_id] for article_id in order]


async def _readable(viewer: Viewer, result: SearchResult) -> list[FoundArticle]:
    """The index only proposes: what the viewer may read is read from the database."""
    articles = await _published(viewer, [hit.article_id for hit in result.hits])
    return [
        FoundArticle(article, hit.excerpt or escape(article.summary), hit.score)
        for hit in result.hits
        if (article := articles.get(hit.article_id))
    ]


async def _named_by_plugins(
    desk: Desk, viewer: Viewer, draft: DraftFacts
) -> list[tuple[ArticleSuggestion, FoundArticle]]:
    suggestions = await suggested(desk, viewer, draft)
    articles = await _published(viewer, [suggestion.article_id for suggestion in suggestions])
    return [
        (suggestion, FoundArticle(article, escape(article.summary), 0.0, suggestion.explanation))
        for suggestion in suggestions
        if (article := articles.get(suggestion.article_id))
    ]


async def _published(viewer: Viewer, ids: Sequence[UUID]) -> dict[UUID, Article]:
    if not ids:
        return {}
    return {article.id: article for article in await published_for(viewer).filter(id__in=[*ids])}


def _beside(
    named: Sequence[tuple[ArticleSuggestion, FoundArticle]], hits: Sequence[FoundArticle]
) -> list[FoundArticle]:
    """Confident suggestions, what the search found, the other suggestions; each article once."""
    first = [hit for suggestion, hit in named if suggestion.confidence >= CONFIDENT]
    last = [hit for suggestion, hit in named if suggestion.confidence < CONFIDENT]
    merged: dict[UUID, FoundArticle] = {}
    for hit in (*first, *hits, *last):
        merged.setdefault(hit.article.id, hit)
    return list(merged.values())


def _facts(hit: FoundArticle) -> HitFacts:
    return HitFacts(hit.article.id, hit.score, hit.article.title)


def _ids(hits: Sequence[FoundArticle]) -> list[str]:
    return [str(hit.article.id) for hit in hits]

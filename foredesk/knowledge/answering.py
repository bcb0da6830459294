"""Answering: find the articles that answer, with the help of plugins, and note what was offered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.hooks import ArticleSuggestion, DraftFacts, SearchFacts
from foredesk.knowledge.advice import suggested
from foredesk.knowledge.exposure import log_search
from foredesk.knowledge.finding import FoundArticle, find, published
from foredesk.knowledge.form_starts import is_held_out
from foredesk.knowledge.models import SearchChannel
from foredesk.knowledge.wording import kept, query, visitor_token
from foredesk.people.viewer import Viewer
from foredesk.ports import NO_FACETS, Facets, SearchQuery

__all__ = [
    "FoundArticle",
    "FoundArticles",
    "count_facets",
    "search_articles",
    "suggest_articles",
]

PAGE_LIMIT = 50
SUGGESTIONS = 5
CONFIDENT = 0.5
"""From here on a plugin's suggestion stands before what the search finds."""


@dataclass(frozen=True, slots=True)
class FoundArticles:
    """`search_id` names the occasion, for `record_deflection`; None if nothing was asked.

    `facets` are empty unless they were asked for.
    """

    search_id: UUID | None = None
    hits: tuple[FoundArticle, ...] = ()
    total: int = 0
    did_you_mean: str | None = None
    facets: Facets = NO_FACETS
    is_held_out: bool = False
    """An experiment keeps suggestions back from this requester, whether or not there are any."""


async def search_articles(
    desk: Desk,
    viewer: Viewer,
    *,
    text: str,
    channel: SearchChannel = SearchChannel.SEARCH,
    locale: str | None = None,
    section: str | None = None,
    language: str | None = None,
    service_id: UUID | None = None,
    visitor: str | None = None,
    limit: int = 10,
    offset: int = 0,
    prefix: bool = False,
    facets: bool = False,
) -> FoundArticles:
    """What the viewer may read that answers `text`, best first. Never fails for any text.

    Articles in `locale` come first, and others where it has none; of `language` alone if it is
    given. `prefix` says that they may still be typing. `visitor` is the random token by which the
    portal knows somebody who has not signed in; InvalidInput for what can't be one.
    """
    visitor = visitor_token(visitor)
    asked = SearchFacts(query(text), language or locale or viewer.locale, channel.value)
    if not asked.text:
        return FoundArticles()
    page = _page(viewer, limit, offset)
    page = replace(
        page,
        prefix=prefix,
        section=section,
        language=language,
        service=service_id,
        facets=facets,
    )
    result, hits = await find(desk, viewer, asked, page)
    search = await log_search(desk, viewer, asked, visitor, _ids(hits), result.total)
    return FoundArticles(search.id, tuple(hits), result.total, result.did_you_mean, result.facets)


async def count_facets(
    desk: Desk,
    viewer: Viewer,
    *,
    text: str,
    locale: str | None = None,
    section: str | None = None,
    language: str | None = None,
    service_id: UUID | None = None,
) -> Facets:
    """The facets of a search that is noted already."""
    asked = SearchFacts(
        query(text), language or locale or viewer.locale, SearchChannel.SEARCH.value
    )
    if not asked.text:
        return NO_FACETS
    page = replace(
        _page(viewer, 0, 0),
        section=section,
        language=language,
        service=service_id,
        facets=True,
    )
    result, _ = await find(desk, viewer, asked, page)
    return result.facets


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
    result, hits = await find(desk, viewer, asked, replace(_page(viewer, limit, 0), prefix=True))
    hits = _beside(named, hits)[: max(limit, 0)]
    async with transaction():
        kept_back = await is_held_out(desk, viewer, visitor, channel)
        shown = not kept_back
        search = await log_search(desk, viewer, asked, visitor, _ids(hits), len(hits), shown=shown)
    if kept_back:
        return FoundArticles(search.id, is_held_out=True)
    return FoundArticles(search.id, tuple(hits), len(hits), result.did_you_mean)


def _page(viewer: Viewer, limit: int, offset: int) -> SearchQuery:
    return SearchQuery(
        text="",
        locale="",
        reader=viewer.reader,
        limit=min(max(limit, 0), PAGE_LIMIT),
        offset=max(offset, 0),
    )


async def _named_by_plugins(
    desk: Desk, viewer: Viewer, draft: DraftFacts
) -> list[tuple[ArticleSuggestion, FoundArticle]]:
    suggestions = await suggested(desk, viewer, draft)
    articles = await published(viewer, [suggestion.article_id for suggestion in suggestions])
    return [
        (suggestion, FoundArticle(article, escape(article.summary), 0.0, suggestion.explanation))
        for suggestion in suggestions
        if (article := articles.get(suggestion.article_id))
    ]


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


def _ids(hits: Sequence[FoundArticle]) -> list[str]:
    return [str(hit.article.id) for hit in hits]

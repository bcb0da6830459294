"""Found: what a search answers, page by page."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

import orjson
import strawberry

from api.catalog import Service
from api.connections import PageInfo
from api.context import Info
from api.fields import computed, shown
from api.identifiers import global_id
from api.knowledge.types import Article
from api.operations.errors import Code, refusal
from api.scalars import Html
from foredesk.knowledge.answering import FoundArticle, FoundArticles
from foredesk.ports import FacetCount, Facets

DEEPEST = 1000
MOST_FACETS = 20


@strawberry.type(description="Article found for a search.")
class ArticleSearchEdge:
    hit: strawberry.Private[FoundArticle]
    cursor: str = strawberry.field(description="Place of the article, for after")

    @computed(description="Article that was found")
    def node(self) -> Article:
        return Article(row=self.hit.article)

    @computed(description="Relevance of the article, comparable within one result only")
    def score(self) -> float:
        return self.hit.score

    @computed(description="Passage of the article with the matched words in mark elements")
    def excerpt_html(self) -> Html:
        return Html(self.hit.excerpt)


@strawberry.type(description="How many articles a search would find with one choice made.")
class SearchFacetCount:
    value: str = strawberry.field(description="Section, or language, that can be chosen")
    count: int = strawberry.field(description="Number of articles that it would find")


@strawberry.type(description="How many articles a search would find about one service.")
class ServiceFacetCount:
    key: strawberry.Private[UUID]
    count: int = strawberry.field(description="Number of articles that it would find")

    @computed(description="Service that they are about; null if it is hidden")
    async def service(self, info: Info) -> Service | None:
        service: Service | None = await shown(info, Service, self.key)
        return service


@strawberry.type(
    description="What a search can be narrowed or turned to, the most articles first. Each kind "
    "is counted as if nothing of it were chosen."
)
class SearchFacets:
    facets: strawberry.Private[Facets]

    @computed(description="Sections of the language that answers", at_most=MOST_FACETS)
    def sections(self) -> list[SearchFacetCount]:
        return _counted(self.facets.sections)

    @computed(
        description="Languages of articles, also of those that did not answer", at_most=MOST_FACETS
    )
    def languages(self) -> list[SearchFacetCount]:
        return _counted(self.facets.languages)

    @computed(description="Services that articles are about", at_most=MOST_FACETS)
    def services(self) -> list[ServiceFacetCount]:
        return [
            ServiceFacetCount(key=UUID(one.value), count=one.count)
            for one in self.facets.services[:MOST_FACETS]
        ]


@strawberry.type(description="Page of articles found, best first.")
class ArticleSearchConnection:
    found: strawberry.Private[FoundArticles]
    words: strawberry.Private[str]
    offset: strawberry.Private[int]
    size: strawberry.Private[int]
    count: strawberry.Private[Callable[[], Awaitable[Facets]]]

    @computed(
        description="ID of this search for recordDeflection and CreateTicketInput.searchId; "
        "null if nothing was asked"
    )
    def search_id(self) -> strawberry.ID | None:
        return global_id("Search", self.found.search_id) if self.found.search_id else None

    @computed(description="Corrected search text; null when there is none")
    def did_you_mean(self) -> str | None:
        return self.found.did_you_mean

    @computed(description="What the search can be narrowed or turned to", weight=10)
    async def facets(self) -> SearchFacets:
        return SearchFacets(facets=await self.count())

    @computed(description="Number of articles found, all pages together")
    def total_count(self) -> int:
        return self.found.total

    @computed(description="Articles of the page with their relevance")
    def edges(self) -> list[ArticleSearchEdge]:
        hits, cursors = self.found.hits, self._cursors()
        return [
            ArticleSearchEdge(hit=hit, cursor=at) for hit, at in zip(hits, cursors, strict=True)
        ]

    @computed(description="Articles of the page")
    def nodes(self) -> list[Article]:
        return [Article(row=hit.article) for hit in self.found.hits]

    @computed(description="Place of the page among all that was found")
    def page_info(self) -> PageInfo:
        cursors = self._cursors()
        return PageInfo(
            has_next_page=self._has_next and bool(cursors),
            has_previous_page=self.offset > 0,
            start_cursor=cursors[0] if cursors else None,
            end_cursor=cursors[-1] if cursors else None,
        )

    @property
    def _has_next(self) -> bool:
        return self.offset + self.size < self.found.total

    def _cursors(self) -> list[str]:
        """Articles that the index names but the viewer may not read leave no gap behind them."""
        places = [self.offset + number for number, _ in enumerate(self.found.hits, 1)]
        if places and self._has_next:
            places[-1] = self.offset + self.size
        return [_cursor(self.words, place) for place in places]


@strawberry.type(description="Article that may answer a request.")
class ArticleSuggestion:
    hit: strawberry.Private[FoundArticle]

    @computed(description="Article that may answer it")
    def article(self) -> Article:
        return Article(row=self.hit.article)

    @computed(description="Relevance of the article, comparable within one result only")
    def score(self) -> float:
        return self.hit.score

    @computed(description="Passage of the article with the matched words in mark elements")
    def excerpt_html(self) -> Html:
        return Html(self.hit.excerpt)

    @computed(description="Why a plugin suggests it; null for what the search found")
    def explanation(self) -> str | None:
        return self.hit.explanation or None


@strawberry.type(description="Articles that may answer a request before it is filed, best first.")
class ArticleSuggestions:
    found: strawberry.Private[FoundArticles]

    @computed(
        description="ID of this search for recordDeflection and CreateTicketInput.searchId; "
        "null if nothing was asked"
    )
    def search_id(self) -> strawberry.ID | None:
        return global_id("Search", self.found.search_id) if self.found.search_id else None

    @computed(
        description="Indicates that an experiment keeps suggestions back from this requester: show "
        "nothing in their place"
    )
    def is_held_out(self) -> bool:
        return self.found.is_held_out

    @computed(description="Articles, best first, at most 10", at_most=10)
    def suggestions(self) -> list[ArticleSuggestion]:
        return [ArticleSuggestion(hit=hit) for hit in self.found.hits]


def offset_of(words: str, after: str | None) -> int:
    """Where a cursor of this search leads. Refuses one of another search."""
    if not after:
        return 0
    try:
        mark, place = orjson.loads(urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    except (ValueError, TypeError):
        raise refusal("There is no such cursor.", Code.BAD_USER_INPUT) from None
    if mark != _mark(words) or not isinstance(place, int) or not 0 < place <= DEEPEST:
        raise refusal("This cursor is of another search.", Code.BAD_USER_INPUT)
    return place


def _counted(facets: Sequence[FacetCount]) -> list[SearchFacetCount]:
    return [SearchFacetCount(value=one.value, count=one.count) for one in facets[:MOST_FACETS]]


def _cursor(words: str, place: int) -> str:
    return urlsafe_b64encode(orjson.dumps([_mark(words), place])).decode().rstrip("=")


def _mark(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:8]

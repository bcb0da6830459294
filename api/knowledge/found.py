"""Found: what a search answers, page by page."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

import orjson
import strawberry

from api.connections import PageInfo
from api.fields import computed
from api.identifiers import global_id
from api.knowledge.types import Article
from api.operations.errors import Code, refusal
from api.scalars import Html
from foredesk.knowledge.answering import FoundArticle, FoundArticles

DEEPEST = 1000


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


@strawberry.type(description="Page of articles found, best first.")
class ArticleSearchConnection:
    found: strawberry.Private[FoundArticles]
    words: strawberry.Private[str]
    offset: strawberry.Private[int]
    size: strawberry.Private[int]

    @computed(
        description="ID of this search for recordDeflection and CreateTicketInput.searchId; "
        "null if nothing was asked"
    )
    def search_id(self) -> strawberry.ID | None:
        return global_id("Search", self.found.search_id) if self.found.search_id else None

    @computed(description="Corrected search text; null when there is none")
    def did_you_mean(self) -> str | None:
        return self.found.did_you_mean

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


def _cursor(words: str, place: int) -> str:
    return urlsafe_b64encode(orjson.dumps([_mark(words), place])).decode().rstrip("=")


def _mark(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:8]

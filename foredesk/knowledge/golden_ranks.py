"""Golden ranks: ask golden queries as the people they stand for, and see where the answers are."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from uuid import UUID

from foredesk.desk import Desk
from foredesk.hooks import SearchFacts
from foredesk.knowledge.finding import find
from foredesk.knowledge.known_words import words_for
from foredesk.knowledge.models import SearchChannel
from foredesk.knowledge.search_models import GoldenQuery
from foredesk.people.viewer import Viewer
from foredesk.ports import SearchQuery, SearchWords

DEEPEST = 20
"""Further down an answer counts as not found."""
Ranks = Mapping[UUID, int | None]
WordsFor = Callable[[UUID | None], Awaitable[tuple[SearchWords, ...]]]


async def concerned(organization_id: UUID | None, locale: str | None = None) -> list[GoldenQuery]:
    """The queries that a change for an organization, or for everybody, may change the answers of:
    those in its language, if it has one."""
    queries = GoldenQuery.all().prefetch_related("article").order_by("created_at", "id")
    if organization_id is not None:
        queries = queries.filter(organization_id=organization_id)
    return [one for one in await queries if locale is None or _alike(one.locale, locale)]


async def ranks(desk: Desk, queries: Iterable[GoldenQuery], words: WordsFor = words_for) -> Ranks:
    """The place of each query's article, from 1; None where it is not among the first."""
    known: dict[UUID | None, tuple[SearchWords, ...]] = {}
    found: dict[UUID, int | None] = {}
    for query in queries:
        if query.organization_id not in known:
            known[query.organization_id] = await words(query.organization_id)
        found[query.id] = await rank(desk, query, known[query.organization_id])
    return found


async def rank(desk: Desk, query: GoldenQuery, words: tuple[SearchWords, ...]) -> int | None:
    viewer = asker_of(query)
    asked = SearchFacts(query.text, query.locale, SearchChannel.SEARCH.value)
    page = SearchQuery(text="", locale="", reader=viewer.reader, limit=DEEPEST)
    _, hits = await find(desk, viewer, asked, page, words)
    places = (place for place, hit in enumerate(hits, 1) if hit.article.id == query.article_id)
    return next(places, None)


def asker_of(query: GoldenQuery) -> Viewer:
    """Somebody of the organization, or somebody who is not signed in."""
    return Viewer(person_id=None, organization_id=query.organization_id, locale=query.locale)


def _alike(first: str, second: str) -> bool:
    """Whether they are one language, wherever it is spoken."""
    return first.partition("-")[0] == second.partition("-")[0]

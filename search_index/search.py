"""One search over the generations of now: own language first, the others if it has nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from foredesk.ports import Hit, SearchQuery, SearchResult
from search_index.analysis import language_of
from search_index.excerpts import excerpt
from search_index.generation import Generation
from search_index.query import Plan, clean, plan
from search_index.spelling import correct

MOST_HITS = 1000


def search(generations: Mapping[str, Generation], query: SearchQuery) -> SearchResult:
    """Runs in a thread."""
    text = clean(query.text)
    own = _own(generations, query.locale)
    ranking = _best_of(own, text, query)
    if ranking is None:
        others = [one for one in generations.values() if one not in own]
        ranking = _best_of(others, text, query)
    suggestion = _did_you_mean(own, text, query)
    if ranking is None:
        return SearchResult(did_you_mean=suggestion)
    return SearchResult(ranking.hits(query), ranking.total, suggestion)


@dataclass(frozen=True, slots=True)
class _Ranking:
    generation: Generation
    plan: Plan
    best: list[tuple[int, float]]
    total: int

    def hits(self, query: SearchQuery) -> tuple[Hit, ...]:
        shown = self.best[max(query.offset, 0) : _end(query)]
        return tuple(self._hit(document, score) for document, score in shown)

    def _hit(self, document: int, score: float) -> Hit:
        text = self.generation.text(document)
        shown = excerpt(text, self.plan.weights)
        return Hit(UUID(text.article_id), text.revision, score, shown)


def _own(generations: Mapping[str, Generation], locale: str) -> list[Generation]:
    """Of the very locale, or those of the same language."""
    if locale in generations:
        return [generations[locale]]
    language = language_of(locale)
    return [one for known, one in generations.items() if language_of(known) == language]


def _best_of(generations: list[Generation], text: str, query: SearchQuery) -> _Ranking | None:
    """The ranking with the highest score; None when none has a hit."""
    rankings = [_rank(generation, text, query) for generation in generations]
    found = [ranking for ranking in rankings if ranking.total]
    return max(found, key=lambda ranking: ranking.best[0][1], default=None)


def _rank(generation: Generation, text: str, query: SearchQuery) -> _Ranking:
    planned = plan(
        text,
        generation.analyzer,
        generation.vocabulary,
        prefix=query.prefix,
        synonyms=query.synonyms,
    )
    allowed = generation.allowed(query.reader, query.section)
    best, total = generation.impacts.rank(planned.parts, allowed, max(_end(query), 1))
    return _Ranking(generation, planned, best, total)


def _end(query: SearchQuery) -> int:
    return max(query.offset, 0) + min(max(query.limit, 0), MOST_HITS)


def _did_you_mean(own: list[Generation], text: str, query: SearchQuery) -> str | None:
    """A word still being typed is not misspelled yet."""
    if query.prefix:
        return None
    for generation in own:
        vocabulary = generation.vocabulary
        corrected = correct(text, generation.analyzer, generation.impacts, vocabulary)
        if corrected:
            return corrected
    return None

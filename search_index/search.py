"""One search over the generations of now: own locale first, others if it has nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from foredesk.ports import Facets, Hit, SearchQuery, SearchResult
from search_index.analysis import language_of
from search_index.excerpts import excerpt
from search_index.facets import count_facets, plan_for
from search_index.generation import Generation
from search_index.query import Plan, clean
from search_index.spelling import correct
from search_index.word_lists import lists_for

MOST_HITS = 1000


def search(generations: Mapping[str, Generation], query: SearchQuery) -> SearchResult:
    """Runs in a thread."""
    text = clean(query.text)
    known = _of_language(generations, query.language)
    nearest_first = _by_nearness(known, query.language or query.locale)
    rankings = (_best_of(equally_near, text, query) for equally_near in nearest_first)
    ranking = next(filter(None, rankings), None)
    exactly, in_language, _ = nearest_first
    suggestion = _did_you_mean([*exactly, *in_language], text, query)
    facets = Facets()
    if query.facets:
        shown = ranking.generation if ranking else next(iter(exactly), None)
        facets = count_facets(generations.values(), shown, text, query)
    if ranking is None:
        return SearchResult(did_you_mean=suggestion, facets=facets)
    return SearchResult(ranking.hits(query), ranking.total, suggestion, facets)


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
        return Hit(text.article_id, text.revision, score, shown)


def _of_language(
    generations: Mapping[str, Generation], language: str | None
) -> Mapping[str, Generation]:
    """A language without a place has those of every place in it."""
    if language is None:
        return generations
    return {
        known: generation
        for known, generation in generations.items()
        if language in (known, language_of(known))
    }


def _by_nearness(
    generations: Mapping[str, Generation], locale: str
) -> tuple[list[Generation], list[Generation], list[Generation]]:
    """Of the very locale, of the same language, and all others."""
    exactly, in_language, others = [], [], []
    for known, generation in generations.items():
        if known == locale:
            exactly.append(generation)
        elif language_of(known) == language_of(locale):
            in_language.append(generation)
        else:
            others.append(generation)
    return exactly, in_language, others


def _best_of(generations: list[Generation], text: str, query: SearchQuery) -> _Ranking | None:
    """The ranking with the highest score; None when none has a hit."""
    rankings = [_rank(generation, text, query) for generation in generations]
    found = [ranking for ranking in rankings if ranking.total]
    return max(found, key=lambda ranking: ranking.best[0][1], default=None)


def _rank(generation: Generation, text: str, query: SearchQuery) -> _Ranking:
    planned = plan_for(generation, text, query)
    allowed = generation.allowed(query.reader, query.section, query.service)
    best, total = generation.rank(planned.parts, allowed, max(_end(query), 1))
    return _Ranking(generation, planned, best, total)


def _end(query: SearchQuery) -> int:
    return max(query.offset, 0) + min(max(query.limit, 0), MOST_HITS)


def _did_you_mean(own: list[Generation], text: str, query: SearchQuery) -> str | None:
    """A word still being typed is not misspelled yet."""
    if query.prefix:
        return None
    for generation in own:
        if corrected := _corrected(generation, text, query):
            return corrected
    return None


def _corrected(generation: Generation, text: str, query: SearchQuery) -> str | None:
    """Of articles the reader may not find, no word is suggested either."""
    allowed = generation.allowed(query.reader, None)
    lists = lists_for(query.words, generation.analyzer)
    return correct(
        text,
        generation.analyzer,
        lambda: generation.vocabulary.speller,
        lambda field, term: generation.count(field, term, allowed),
        lists.knows,
    )

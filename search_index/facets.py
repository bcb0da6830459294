"""Facets: how many of what was found are in each section, language and service."""

from collections.abc import Iterable

from foredesk.ports import FacetCount, Facets, SearchQuery
from search_index.generation import Generation
from search_index.query import Plan, plan


def count_facets(
    generations: Iterable[Generation], shown: Generation | None, text: str, query: SearchQuery
) -> Facets:
    """Sections and services are those of the language that is shown."""
    languages = {one.locale: _count(one, text, query) for one in generations}
    if shown is None:
        return Facets(languages=_most_frequent(languages))
    found = shown.matching(plan_for(shown, text, query).parts)
    in_service = shown.allowed(query.reader, None, query.service)
    in_section = shown.allowed(query.reader, query.section)
    return Facets(
        _most_frequent(shown.count_by("section", found, in_service)),
        _most_frequent(languages),
        _most_frequent(shown.count_by("service", found, in_section)),
    )


def plan_for(generation: Generation, text: str, query: SearchQuery) -> Plan:
    return plan(
        text,
        generation.analyzer,
        generation.vocabulary,
        prefix=query.prefix,
        synonyms=query.synonyms,
        words=query.words,
    )


def _count(generation: Generation, text: str, query: SearchQuery) -> int:
    allowed = generation.allowed(query.reader, query.section, query.service)
    found = generation.matching(plan_for(generation, text, query).parts)
    return generation.count_in(found, allowed)


def _most_frequent(counts: dict[str, int]) -> tuple[FacetCount, ...]:
    found = [(value, count) for value, count in counts.items() if value and count]
    return tuple(FacetCount(*one) for one in sorted(found, key=lambda one: (-one[1], one[0])))

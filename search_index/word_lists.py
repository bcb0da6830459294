"""Words that an organization gave the search, read once for each list and kept for a while."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from foredesk.ports import SearchWords
from search_index.analysis import Analyzer, analyzer_for, language_of, readable, shingles

Parts = tuple[str, ...]
"""A word's term, or the pairs of neighboring terms of several words."""


@dataclass(frozen=True, slots=True)
class Lists:
    """`synonyms` are by the first part of what is asked for."""

    stop_terms: frozenset[str]
    synonyms: Mapping[str, tuple[tuple[Parts, Parts], ...]]

    def alternatives(self, asked: Sequence[str]) -> Iterator[str]:
        """Terms and pairs that stand for some of those that are asked for."""
        for first in asked:
            for parts, others in self.synonyms.get(first, ()):
                if all(part in asked for part in parts):
                    yield from others

    def knows(self, term: str) -> bool:
        """Whether somebody put the word in: then it is not misspelled."""
        return term in self.stop_terms or term in self.synonyms

    def without_stop_words(self, terms: Sequence[str]) -> list[str]:
        """All of them, if nothing else is left."""
        return [term for term in terms if term not in self.stop_terms] or list(terms)


def lists_for(words: tuple[SearchWords, ...], analyzer: Analyzer) -> Lists:
    """What all the lists of the analyzer's language say together."""
    return _read(tuple(one for one in words if language_of(one.language) == analyzer.language))


@lru_cache(maxsize=128)
def _read(words: tuple[SearchWords, ...]) -> Lists:
    stop_terms: set[str] = set()
    synonyms: dict[str, list[tuple[Parts, Parts]]] = {}
    for one in words:
        analyzer = analyzer_for(one.language)
        stop_terms.update(term for word in one.stop_words for term in analyzer.terms(word))
        for group in one.synonyms:
            members = [parts for word in group if (parts := _parts(word, analyzer))]
            for parts in members:
                others = tuple(p for other in members if other != parts for p in other)
                synonyms.setdefault(parts[0], []).append((parts, others))
    return Lists(frozenset(stop_terms), {first: tuple(all) for first, all in synonyms.items()})


def _parts(text: str, analyzer: Analyzer) -> Parts:
    terms = analyzer.terms(readable(text))
    return tuple(shingles(terms)) if len(terms) > 1 else tuple(terms)

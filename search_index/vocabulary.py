"""The words of one generation, sorted: for completion and compounds."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from heapq import nlargest

from search_index.spelling import Speller

SHORTEST_PART = 4
"""Shorter words are not looked for inside compounds."""


class Vocabulary:
    """Words are folded, of titles, headings, tags and past questions; terms are those of all text.

    `lexicon` gives a field's texts, sorted, each with the number of its documents. It is read when
    it is first needed.
    """

    def __init__(self, lexicon: Callable[[str], Sequence[tuple[str, int]]]) -> None:
        self._lexicon = lexicon

    def __contains__(self, term: str) -> bool:
        return term in self._term_frequency

    def completions(self, prefix: str, limit: int) -> list[str]:
        """The most frequent words that begin so, without the prefix itself."""
        found = (word for word in _beginning(self._words, prefix) if word != prefix)
        return nlargest(limit, found, key=self._word_frequency.__getitem__)

    def compounds(self, term: str, limit: int) -> list[str]:
        """The most frequent longer terms that begin or end with this one."""
        if len(term) < SHORTEST_PART:
            return []
        found = {longer for longer in _beginning(self._terms, term) if longer != term}
        found.update(
            longer[::-1]
            for longer in _beginning(self._reversed, term[::-1])
            if longer[::-1] != term
        )
        return nlargest(limit, sorted(found), key=self._term_frequency.__getitem__)

    def parts(self, term: str) -> list[str]:
        """Two known terms that a compound is made of, with a linking letter or two at most."""
        for middle in range(len(term) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            if term[middle:] not in self:
                continue
            for link in ("", "s", "n", "e", "es", "en", "er"):
                head = term[:middle].removesuffix(link)
                if len(head) >= SHORTEST_PART and head in self:
                    return [head, term[middle:]]
        return []

    @cached_property
    def speller(self) -> Speller:
        return Speller(self._word_frequency)

    @cached_property
    def _word_frequency(self) -> dict[str, int]:
        return dict(self._lexicon("words"))

    @cached_property
    def _words(self) -> list[str]:
        return list(self._word_frequency)

    @cached_property
    def _term_frequency(self) -> dict[str, int]:
        return dict(self._lexicon("all"))

    @cached_property
    def _terms(self) -> list[str]:
        return list(self._term_frequency)

    @cached_property
    def _reversed(self) -> list[str]:
        return sorted(term[::-1] for term in self._terms)


def _beginning(ordered: list[str], prefix: str) -> Iterator[str]:
    for i in range(bisect_left(ordered, prefix), len(ordered)):
        if not ordered[i].startswith(prefix):
            return
        yield ordered[i]

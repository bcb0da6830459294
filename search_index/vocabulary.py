"""The words of one generation, sorted: for completion, compounds and spelling."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from heapq import nlargest, nsmallest

from search_index.spelling import Speller

SHORTEST_PART = 4
"""Shorter words are not looked for inside compounds."""

LINKS = ("", "s", "n", "e", "es", "en", "er")
"""What may stand between the two parts of a compound."""


class Vocabulary:
    """Words are folded, of titles, headings, tags and past questions; terms are those of all text.

    `lexicon` gives the sorted texts of a field and `frequency` the number of documents that have
    one of them. Both are asked only when something needs them.
    """

    def __init__(
        self, lexicon: Callable[[str], Sequence[str]], frequency: Callable[[str, str], int]
    ) -> None:
        self._lexicon = lexicon
        self._frequency = frequency
        self._known: dict[str, int] = {}

    def __contains__(self, term: str) -> bool:
        found = bisect_left(self._terms, term)
        return found < len(self._terms) and self._terms[found] == term

    def completions(self, prefix: str, limit: int) -> list[str]:
        """The most frequent words that begin so, without the prefix itself."""
        found = (word for word in _beginning(self._words, prefix) if word != prefix)
        return nlargest(limit, found, key=self.frequency)

    def compounds(self, term: str, limit: int) -> list[str]:
        """The shortest longer terms that begin or end with this one."""
        if len(term) < SHORTEST_PART:
            return []
        found = set(_beginning(self._terms, term))
        found.update(longer[::-1] for longer in _beginning(self._reversed, term[::-1]))
        return nsmallest(limit, found - {term}, key=lambda longer: (len(longer), longer))

    def parts(self, term: str) -> list[str]:
        """Two known terms that a compound is made of."""
        for middle in range(len(term) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            if term[middle:] not in self:
                continue
            for link in LINKS:
                head = term[:middle].removesuffix(link)
                if len(head) >= SHORTEST_PART and head in self:
                    return [head, term[middle:]]
        return []

    def frequency(self, word: str) -> int:
        """How many documents have the word in title, headings, tags or past questions."""
        if word not in self._known:
            self._known[word] = self._frequency("words", word)
        return self._known[word]

    @cached_property
    def speller(self) -> Speller:
        return Speller(self._words)

    @cached_property
    def _words(self) -> Sequence[str]:
        return self._lexicon("words")

    @cached_property
    def _terms(self) -> Sequence[str]:
        return self._lexicon("all")

    @cached_property
    def _reversed(self) -> Sequence[str]:
        return sorted(term[::-1] for term in self._terms)


def _beginning(ordered: Sequence[str], prefix: str) -> Iterator[str]:
    for i in range(bisect_left(ordered, prefix), len(ordered)):
        if not ordered[i].startswith(prefix):
            return
        yield ordered[i]

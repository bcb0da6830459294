"""Ranking over impacts: every term's score in every document, decoded once per generation."""

import heapq
import threading
from array import array
from collections.abc import Iterable
from typing import Any, NamedTuple

from search_index.query import Part


class Postings(NamedTuple):
    documents: "array[int]"
    impacts: "array[float]"


MOST_ABSENT = 20_000
NOWHERE = Postings(array("I"), array("d"))


class ImpactCache:
    """Postings of one searcher, scored by Whoosh's own scorer when a term is first asked for."""

    def __init__(self, searcher: Any, access: threading.RLock) -> None:
        self._searcher = searcher
        self._access = access
        self._decoded: dict[tuple[str, str], Postings] = {}
        self._absent = 0

    def postings(self, field: str, term: str) -> Postings:
        found = self._decoded.get((field, term))
        return found if found is not None else self._decode(field, term)

    def count(self, field: str, term: str, allowed: bytes | None) -> int:
        """How many of the allowed documents have the term."""
        documents = self.postings(field, term).documents
        return len(documents) if allowed is None else sum(allowed[n] for n in documents)

    def matching(self, parts: Iterable[Part]) -> set[int]:
        """All documents that have any of the parts, whoever may find them."""
        found: set[int] = set()
        for field, term, _ in parts:
            found.update(self.postings(field, term).documents)
        return found

    def rank(
        self, parts: Iterable[Part], allowed: bytes | None, top: int
    ) -> tuple[list[tuple[int, float]], int]:
        """The best documents with their scores, and how many there are in all.

        `allowed` has a byte for each document, 0 for those that are not to be found.
        """
        scores: dict[int, float] = {}
        score_of = scores.get
        for field, term, weight in parts:
            documents, impacts = self.postings(field, term)
            for document, impact in zip(documents, impacts, strict=True):
                scores[document] = score_of(document, 0.0) + impact * weight
        if allowed is not None:
            scores = {number: score for number, score in scores.items() if allowed[number]}
        return _best(scores, top), len(scores)

    def _decode(self, field: str, term: str) -> Postings:
        with self._access:
            if (field, term) not in self._searcher.reader():
                return self._remember(field, term, NOWHERE)
            matcher = self._searcher.postings(field, term)
            postings = Postings(array("I"), array("d"))
            is_active, number, score, advance = (
                matcher.is_active,
                matcher.id,
                matcher.score,
                matcher.next,
            )
            while is_active():
                postings.documents.append(number())
                postings.impacts.append(score())
                advance()
        return self._remember(field, term, postings)

    def _remember(self, field: str, term: str, postings: Postings) -> Postings:
        """Of unknown terms only so many: anybody can make up more."""
        self._absent += postings is NOWHERE
        if postings is not NOWHERE or self._absent < MOST_ABSENT:
            self._decoded[field, term] = postings
        return postings


def _best(scores: dict[int, float], top: int) -> list[tuple[int, float]]:
    """Highest score first, and of equals the lower number."""
    worst = min(heapq.nlargest(top, scores.values()), default=0.0)
    candidates = [(-score, number) for number, score in scores.items() if score >= worst]
    return [(number, -score) for score, number in sorted(candidates)[:top]]

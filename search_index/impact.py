"""Ranking over impacts: every term's score in every document, decoded once per generation."""

import heapq
import threading
from array import array
from collections.abc import Container, Iterable
from typing import Any, NamedTuple

from whoosh.reading import TermNotFound


class Part(NamedTuple):
    """One term of a query in one field, and how much it counts."""

    field: str
    term: str
    weight: float


class Postings(NamedTuple):
    documents: "array[int]"
    impacts: "array[float]"


NOWHERE = Postings(array("I"), array("d"))


class ImpactCache:
    """Postings of one searcher, scored by Whoosh's own scorer when a term is first asked for."""

    def __init__(self, searcher: Any, access: threading.RLock) -> None:
        self._searcher = searcher
        self._access = access
        self._decoded: dict[tuple[str, str], Postings] = {}

    def postings(self, field: str, term: str) -> Postings:
        found = self._decoded.get((field, term))
        return found if found is not None else self._decode(field, term)

    def rank(
        self, parts: Iterable[Part], allowed: Container[int] | None, top: int
    ) -> tuple[list[tuple[int, float]], int]:
        """The best documents with their scores, and how many there are in all."""
        scores: dict[int, float] = {}
        score_of = scores.get
        for field, term, weight in parts:
            documents, impacts = self.postings(field, term)
            for document, impact in zip(documents, impacts, strict=True):
                scores[document] = score_of(document, 0.0) + impact * weight
        ranked = [
            (-score, document)
            for document, score in scores.items()
            if allowed is None or document in allowed
        ]
        best = [(document, -score) for score, document in heapq.nsmallest(top, ranked)]
        return best, len(ranked)

    def _decode(self, field: str, term: str) -> Postings:
        with self._access:
            try:
                matcher = self._searcher.postings(field, term)
            except TermNotFound:
                return NOWHERE
            postings = Postings(array("I"), array("d"))
            while matcher.is_active():
                postings.documents.append(matcher.id())
                postings.impacts.append(matcher.score())
                matcher.next()
        self._decoded[field, term] = postings
        return postings

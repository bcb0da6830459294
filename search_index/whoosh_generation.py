"""A generation on Whoosh, ranked by decoded impacts."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from whoosh.scoring import BM25F

from foredesk.ports import Reader
from search_index.generation import Generation
from search_index.impact import ImpactCache
from search_index.query import Part
from search_index.schema import reader_reach

# An article is not worse for having been asked about often: its length counts little there.
WEIGHTING = BM25F(B=0.75, K1=1.2, asked_as_B=0.25, shingles_B=0.5)


class WhooshGeneration(Generation):
    """Whoosh's files have one position: hence the lock. What is allowed has a byte per document."""

    def __init__(self, locale: str, index: Any) -> None:
        self._searcher: Any = index.searcher(weighting=WEIGHTING)
        self._access = threading.RLock()
        self._numbers: int = self._searcher.doc_count_all()
        self._impacts = ImpactCache(self._searcher, self._access)
        self._by_value: dict[str, Mapping[str, Sequence[int]]] = {}
        number = self._searcher.reader().generation()
        super().__init__(locale, number, self._searcher.doc_count())

    def reach(self, reader: Reader) -> bytes | None:
        documents: set[int] = set()
        for term in reader_reach(reader):
            documents.update(self._impacts.postings("reach", term).documents)
        return None if len(documents) == self.documents else self._mask(documents)

    def narrowed(self, allowed: bytes | None, values: Mapping[str, str]) -> bytes:
        kept = [set(self._impacts.postings(*value).documents) for value in values.items()]
        inside = set.intersection(*kept)
        return self._mask(n for n in inside if allowed is None or allowed[n])

    def rank(
        self, parts: Iterable[Part], allowed: bytes | None, top: int
    ) -> tuple[list[tuple[int, float]], int]:
        return self._impacts.rank(parts, allowed, top)

    def count(self, field: str, term: str, allowed: bytes | None) -> int:
        return self._impacts.count(field, term, allowed)

    def matching(self, parts: Iterable[Part]) -> set[int]:
        return self._impacts.matching(parts)

    def count_in(self, found: set[int], allowed: bytes | None) -> int:
        return len(found) if allowed is None else sum(allowed[number] for number in found)

    def count_by(self, field: str, found: set[int], allowed: bytes | None) -> dict[str, int]:
        counted = found if allowed is None else {number for number in found if allowed[number]}
        return {
            value: sum(number in counted for number in documents)
            for value, documents in self._values(field).items()
        }

    def stored(self, document: int) -> Mapping[str, Any]:
        with self._access:
            stored: Mapping[str, Any] = self._searcher.stored_fields(document)
        return stored

    def lexicon(self, field: str) -> list[str]:
        with self._access:
            return [text.decode("utf-8") for text in self._searcher.lexicon(field)]

    def frequency(self, field: str, term: str) -> int:
        with self._access:
            return int(self._searcher.doc_frequency(field, term))

    def close(self) -> None:
        with self._access:
            self._searcher.close()

    def _values(self, field: str) -> Mapping[str, Sequence[int]]:
        """The documents of each section or service there is."""
        if field not in self._by_value:
            postings = self._impacts.postings
            self._by_value[field] = {
                value: postings(field, value).documents for value in self.lexicon(field) if value
            }
        return self._by_value[field]

    def _mask(self, documents: Iterable[int]) -> bytes:
        mask = bytearray(self._numbers)
        for number in documents:
            mask[number] = 1
        return bytes(mask)

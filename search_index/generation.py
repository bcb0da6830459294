"""A generation: an open view of one committed state of one locale's index."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from whoosh.scoring import BM25F

from foredesk.ports import Reader
from search_index.analysis import Analyzer, analyzer_for
from search_index.excerpts import ReadText, TextCache
from search_index.impact import ImpactCache
from search_index.schema import AGENTS, PUBLIC
from search_index.vocabulary import Vocabulary

# An article is not worse for having been asked about often: its length counts little there.
WEIGHTING = BM25F(B=0.75, K1=1.2, asked_as_B=0.25, shingles_B=0.5)


class Generation:
    """One locale's index as of one commit. Whoosh's files have one position: hence the lock."""

    def __init__(self, locale: str, index: Any) -> None:
        self.locale = locale
        self.analyzer: Analyzer = analyzer_for(locale)
        self._searcher: Any = index.searcher(weighting=WEIGHTING)
        self._access = threading.RLock()
        self.number: int = self._searcher.reader().generation()
        self.documents: int = self._searcher.doc_count()
        self._numbers: int = self._searcher.doc_count_all()
        self.impacts = ImpactCache(self._searcher, self._access)
        self.vocabulary = Vocabulary(self._lexicon, self._frequency)
        self._texts = TextCache(self._stored, self.analyzer)
        self._reachable: dict[Reader, bytes | None] = {}
        self._by_value: dict[str, Mapping[str, Sequence[int]]] = {}
        self._users = 1

    def text(self, document: int) -> ReadText:
        return self._texts.get(document)

    def allowed(
        self, reader: Reader, section: str | None, service: UUID | None = None
    ) -> bytes | None:
        """A byte for each document, 1 if the reader may find it; None if all are allowed."""
        reachable = self._reach(reader)
        chosen = {"section": section, "service": str(service) if service else None}
        for field, value in chosen.items():
            if value is not None:
                inside = self.impacts.postings(field, value).documents
                reachable = self._mask(n for n in inside if reachable is None or reachable[n])
        return reachable

    def by_value(self, field: str) -> Mapping[str, Sequence[int]]:
        """The documents of each section or service there is."""
        if field not in self._by_value:
            postings = self.impacts.postings
            self._by_value[field] = {
                value: postings(field, value).documents for value in self._lexicon(field) if value
            }
        return self._by_value[field]

    def retain(self) -> None:
        self._users += 1

    def release(self) -> None:
        """Whoever is the last to leave closes the files."""
        self._users -= 1
        if self._users == 0:
            with self._access:
                self._searcher.close()

    def _reach(self, reader: Reader) -> bytes | None:
        if reader not in self._reachable:
            if len(self._reachable) > 500:
                self._reachable.clear()
            self._reachable[reader] = self._read_reach(reader)
        return self._reachable[reader]

    def _read_reach(self, reader: Reader) -> bytes | None:
        terms = [PUBLIC, *(f"organization:{id}" for id in reader.organization_ids)]
        terms += [f"group:{id}" for id in reader.team_ids]
        if reader.is_agent:
            terms += [AGENTS, *(f"agents:{id}" for id in reader.organization_ids)]
        documents: set[int] = set()
        for term in terms:
            documents.update(self.impacts.postings("reach", term).documents)
        return None if len(documents) == self.documents else self._mask(documents)

    def _mask(self, documents: Iterable[int]) -> bytes:
        mask = bytearray(self._numbers)
        for number in documents:
            mask[number] = 1
        return bytes(mask)

    def _stored(self, document: int) -> Mapping[str, Any]:
        with self._access:
            stored: Mapping[str, Any] = self._searcher.stored_fields(document)
        return stored

    def _lexicon(self, field: str) -> list[str]:
        with self._access:
            return [text.decode("utf-8") for text in self._searcher.lexicon(field)]

    def _frequency(self, field: str, term: str) -> int:
        with self._access:
            return int(self._searcher.doc_frequency(field, term))

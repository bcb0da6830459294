"""A generation: an open view of one committed state of one locale's index."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from foredesk.ports import Reader
from search_index.analysis import Analyzer, analyzer_for
from search_index.excerpts import ReadText, TextCache
from search_index.query import Part
from search_index.vocabulary import Vocabulary

MOST_READERS = 500


class Generation(ABC):
    """What every engine answers. Documents are numbered, and numbers are of this generation only.

    What is `Any` is the engine's own: which documents a reader may find, and which were found.
    `number` names the commit.
    """

    def __init__(self, locale: str, number: int, documents: int) -> None:
        self.locale = locale
        self.number = number
        self.documents = documents
        self.analyzer: Analyzer = analyzer_for(locale)
        self.vocabulary = Vocabulary(self.lexicon, self.frequency)
        self._texts = TextCache(self.stored, self.analyzer)
        self._reachable: dict[Reader, Any] = {}
        self._users = 1

    def text(self, document: int) -> ReadText:
        return self._texts.get(document)

    def allowed(self, reader: Reader, section: str | None, service: UUID | None = None) -> Any:
        """What the reader may find there; None if that is everything."""
        values = {"section": section, "service": str(service) if service else None}
        chosen = {field: value for field, value in values.items() if value is not None}
        reachable = self._reach(reader)
        return self.narrowed(reachable, chosen) if chosen else reachable

    def retain(self) -> None:
        self._users += 1

    def release(self) -> None:
        """Whoever is the last to leave closes the files."""
        self._users -= 1
        if self._users == 0:
            self.close()

    @abstractmethod
    def reach(self, reader: Reader) -> Any:
        """All that the reader may find; None if that is everything."""

    @abstractmethod
    def narrowed(self, allowed: Any, values: Mapping[str, str]) -> Any:
        """Of what is allowed, the documents whose fields have these values."""

    @abstractmethod
    def rank(
        self, parts: Iterable[Part], allowed: Any, top: int
    ) -> tuple[list[tuple[int, float]], int]:
        """The best documents with their scores, of equals always the same first; and how many
        there are in all."""

    @abstractmethod
    def count(self, field: str, term: str, allowed: Any) -> int:
        """How many of the allowed documents have the term."""

    @abstractmethod
    def matching(self, parts: Iterable[Part]) -> Any:
        """All documents that have any of the parts, whoever may find them."""

    @abstractmethod
    def count_in(self, found: Any, allowed: Any) -> int:
        """How many of those found are allowed."""

    @abstractmethod
    def count_by(self, field: str, found: Any, allowed: Any) -> dict[str, int]:
        """How many of those found are allowed, for each value of the field."""

    @abstractmethod
    def stored(self, document: int) -> Mapping[str, Any]:
        """Its id, revision and body."""

    @abstractmethod
    def lexicon(self, field: str) -> list[str]:
        """All terms of the field, sorted."""

    @abstractmethod
    def frequency(self, field: str, term: str) -> int:
        """About how many documents have the term: those that were deleted may still count."""

    @abstractmethod
    def close(self) -> None: ...

    def _reach(self, reader: Reader) -> Any:
        if reader not in self._reachable:
            if len(self._reachable) > MOST_READERS:
                self._reachable.clear()
            self._reachable[reader] = self.reach(reader)
        return self._reachable[reader]

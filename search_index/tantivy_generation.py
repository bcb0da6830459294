"""A generation on tantivy, ranked by its own BM25."""

from collections.abc import Iterable, Mapping
from typing import Any

from tantivy import DocAddress, Occur, Query, Schema, Searcher, SearchResult

from foredesk.ports import Reader
from search_index.generation import Generation
from search_index.query import Part
from search_index.schema import reader_reach
from search_index.tantivy_panics import panics_as_errors

_IN_SEGMENT = 32


class TantivyGeneration(Generation):
    """What is allowed and what was found are queries; a document is its segment and its place."""

    def __init__(self, locale: str, number: int, searcher: Searcher, schema: Schema) -> None:
        self._searcher = searcher
        self._schema = schema
        super().__init__(locale, number, searcher.num_docs)

    def reach(self, reader: Reader) -> Query | None:
        reachable = Query.term_set_query(self._schema, "reach", reader_reach(reader))
        return None if self._size(reachable) == self.documents else reachable

    def narrowed(self, allowed: Query | None, values: Mapping[str, str]) -> Query:
        wanted = [self._term(field, value) for field, value in values.items()]
        return _all_of(*wanted, *([allowed] if allowed else []))

    def rank(
        self, parts: Iterable[Part], allowed: Query | None, top: int
    ) -> tuple[list[tuple[int, float]], int]:
        found = self.matching(parts)
        if allowed:
            found = _all_of(found, Query.const_score_query(allowed, 0.0))
        result = self._search(found, max(top, 1))
        best = [(_number(address), float(score)) for score, address in result.hits]
        return best[:top], int(_counted(result))

    def count(self, field: str, term: str, allowed: Query | None) -> int:
        return self.count_in(self._term(field, term), allowed)

    def matching(self, parts: Iterable[Part]) -> Query:
        wanted = [Query.boost_query(self._term(*part[:2]), part.weight) for part in parts]
        return Query.boolean_query([(Occur.Should, one) for one in wanted])

    def count_in(self, found: Query, allowed: Query | None) -> int:
        return self._size(_all_of(found, allowed) if allowed else found)

    def count_by(self, field: str, found: Query, allowed: Query | None) -> dict[str, int]:
        return {
            value: self.count_in(_all_of(found, self._term(field, value)), allowed)
            for value in self.lexicon(field)
        }

    def stored(self, document: int) -> Mapping[str, Any]:
        with panics_as_errors():
            stored = self._searcher.doc(_address(document))
        body: bytes = stored["body"][0]
        return {"id": stored["id"][0], "revision": stored["revision"][0], "body": body.decode()}

    def lexicon(self, field: str) -> list[str]:
        with panics_as_errors():
            return sorted(term for term, _ in self._searcher.terms_with_prefix(field, ""))

    def frequency(self, field: str, term: str) -> int:
        return int(self._searcher.doc_freq(field, term))

    def close(self) -> None:
        """Its files are closed with its last search."""

    def _term(self, field: str, term: str) -> Query:
        frequencies = "basic" if field in _WITHOUT_FREQUENCIES else "freq"
        return Query.term_query(self._schema, field, term, frequencies)

    def _size(self, found: Query) -> int:
        return int(_counted(self._search(found, 1)))

    def _search(self, query: Query, top: int) -> SearchResult:
        with panics_as_errors():
            return self._searcher.search(query, top)


def _all_of(*queries: Query) -> Query:
    return Query.boolean_query([(Occur.Must, one) for one in queries])


def _counted(result: Any) -> Any:
    """Its type stub leaves the count out."""
    return result.count


def _number(address: DocAddress) -> int:
    return address.segment_ord << _IN_SEGMENT | address.doc


def _address(number: int) -> DocAddress:
    return DocAddress(number >> _IN_SEGMENT, number & (1 << _IN_SEGMENT) - 1)


_WITHOUT_FREQUENCIES = frozenset({"id", "reach", "section", "service", "words"})

"""The engine for many articles: tantivy. Needs `foredesk[tantivy]`."""

import json
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import tantivy

from foredesk.ports import IndexDocument
from search_index.schema import entry
from search_index.tantivy_generation import TantivyGeneration
from search_index.tantivy_panics import panics_as_errors

MEMORY = 64_000_000
BETWEEN = "\x1f"
"""Stands between the terms of a field: our own analysis makes them, and no term has it."""

_RAW, _LISTED = "raw", "listed"


class TantivyEngine:
    name = "tantivy"
    suffixes = (".idx", ".pos", ".term", ".store", ".fast", ".fieldnorm", ".del")

    def create(self, folder: Path) -> None:
        tantivy.Index(_schema(), str(folder))

    def open(self, folder: Path) -> "TantivyFolder":
        return TantivyFolder(folder)


class TantivyFolder:
    """Opened anew for each use: every generation is the commit that it was opened at."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._schema = _schema()

    def latest(self) -> int:
        """tantivy numbers the operations; a commit is named by its last one."""
        return int(json.loads((self._folder / "meta.json").read_text("utf-8"))["opstamp"])

    def generation(self, locale: str) -> TantivyGeneration:
        number = self.latest()
        with panics_as_errors():
            searcher = self._opened().searcher()
            return TantivyGeneration(locale, number, searcher, self._schema)

    def writer(self) -> "TantivyWriter":
        with panics_as_errors():
            return TantivyWriter(self._opened().writer(MEMORY, 1))

    def known(self, ids: Iterable[str]) -> list[str]:
        with panics_as_errors():
            searcher = self._opened().searcher()
            return [id for id in ids if searcher.doc_freq("id", id)]

    def revisions(self) -> dict[UUID, int]:
        with panics_as_errors():
            searcher = self._opened().searcher()
            most = max(searcher.num_docs, 1)
            found = searcher.search(tantivy.Query.all_query(), most, count=False).hits
            documents = (searcher.doc(address) for _, address in found)
            return {UUID(one["id"][0]): int(one["revision"][0]) for one in documents}

    def _opened(self) -> tantivy.Index:
        index = tantivy.Index.open(str(self._folder))
        index.config_reader("manual")
        words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(f"[^{BETWEEN}]+"))
        index.register_tokenizer(_LISTED, words.build())
        return index


class TantivyWriter:
    def __init__(self, writer: tantivy.IndexWriter) -> None:
        self._writer = writer

    def remove(self, id: str) -> None:
        self._writer.delete_documents_by_term("id", id)

    def add(self, document: IndexDocument) -> None:
        with panics_as_errors():
            self._writer.add_document(_document(document))

    def commit(self) -> None:
        """With the merges that follow: once it has returned, no file changes any more."""
        with panics_as_errors():
            self._writer.commit()
            self._writer.wait_merging_threads()

    def cancel(self) -> None:
        with panics_as_errors():
            self._writer.rollback()
            self._writer.wait_merging_threads()


def _schema() -> tantivy.Schema:
    fields = tantivy.SchemaBuilder()
    fields = fields.add_text_field("id", stored=True, tokenizer_name=_RAW, index_option="basic")
    fields = fields.add_unsigned_field("revision", stored=True)
    fields = fields.add_bytes_field("body", stored=True)
    for name in ("reach", "section"):
        fields = fields.add_text_field(name, tokenizer_name=_RAW, index_option="basic")
    for name in ("service", "words"):
        fields = fields.add_text_field(name, tokenizer_name=_LISTED, index_option="basic")
    for name in ("title", "whole_title", "all", "asked_as", "shingles"):
        fields = fields.add_text_field(name, tokenizer_name=_LISTED, index_option="freq")
    return fields.build()


def _document(document: IndexDocument) -> tantivy.Document:
    made = tantivy.Document()
    for field, value in entry(document).items():
        if field == "revision":
            made.add_unsigned(field, value)
        elif field == "body":
            made.add_bytes(field, value.encode())
        elif value:
            made.add_text(field, value if isinstance(value, str) else BETWEEN.join(value))
    return made


TANTIVY = TantivyEngine()

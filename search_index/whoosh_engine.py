"""The engine that needs nothing else: Whoosh."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from whoosh import index

from foredesk.ports import IndexDocument
from search_index.schema import entry, schema
from search_index.whoosh_generation import WhooshGeneration

MEMORY_MB = 64


class WhooshEngine:
    name = "whoosh"
    suffixes = (".seg", ".toc")

    def create(self, folder: Path) -> None:
        index.create_in(str(folder), schema())

    def open(self, folder: Path) -> "WhooshFolder":
        return WhooshFolder(index.open_dir(str(folder)))


class WhooshFolder:
    def __init__(self, index: Any) -> None:
        self._index = index

    def latest(self) -> int:
        return int(self._index.latest_generation())

    def generation(self, locale: str) -> WhooshGeneration:
        return WhooshGeneration(locale, self._index)

    def writer(self) -> "WhooshWriter":
        return WhooshWriter(self._index.writer(limitmb=MEMORY_MB))

    def known(self, ids: Iterable[str]) -> list[str]:
        with self._index.reader() as reader:
            return [id for id in ids if ("id", id) in reader]

    def revisions(self) -> dict[UUID, int]:
        with self._index.reader() as reader:
            return {UUID(fields["id"]): fields["revision"] for fields in reader.all_stored_fields()}


class WhooshWriter:
    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def remove(self, id: str) -> None:
        self._writer.delete_by_term("id", id)

    def add(self, document: IndexDocument) -> None:
        self._writer.add_document(**entry(document))

    def commit(self) -> None:
        self._writer.commit()

    def cancel(self) -> None:
        self._writer.cancel()


WHOOSH = WhooshEngine()

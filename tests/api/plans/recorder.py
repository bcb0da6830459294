"""Recorder: stands in front of a reader and keeps what it is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tortoise.connection import get_connection

from foredesk.database.reading import Reader, current_reader


@dataclass(slots=True)
class Recorder:
    reader: Reader
    asked: list[tuple[str, list[Any]]] = field(default_factory=list)

    @property
    def dialect(self) -> str:
        return self.reader.dialect

    async def rows(self, statement: str, values: Any) -> Any:
        self.asked.append((statement, list(values)))
        return await self.reader.rows(statement, values)


@contextmanager
def recorded() -> Iterator[Recorder]:
    client: Any = get_connection("default")
    reader = current_reader()
    assert reader is not None
    client.reader = recorder = Recorder(reader)
    try:
        yield recorder
    finally:
        client.reader = reader

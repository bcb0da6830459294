"""Source: a database read for replay, by a connection of its own and straight to tuples.

It can be opened in any process; nothing of it needs an event loop around it.
"""

import asyncio
import sqlite3
from collections.abc import Sequence
from typing import Any, Protocol

import asyncpg

from foredesk.database.connect import is_sqlite, sqlite_path

SQLITE_PRAGMAS = ("query_only=1", "cache_size=-65536", "mmap_size=1073741824", "temp_store=MEMORY")
POSTGRES_SETTINGS = {"default_transaction_read_only": "on", "jit": "off", "timezone": "UTC"}


class Source(Protocol):
    """Statements have parameters `$1`, `$2`, in this order and each once."""

    def rows(self, statement: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]: ...

    def close(self) -> None: ...


def open_source(url: str) -> Source:
    """Of the database that `foredesk.database.connect` opens by this URL."""
    return _Sqlite(url) if is_sqlite(url) else _Postgres(url)


class _Sqlite:
    def __init__(self, url: str) -> None:
        path = sqlite_path(url).resolve().as_uri()
        self._connection = sqlite3.connect(f"{path}?mode=ro", uri=True, isolation_level=None)
        for pragma in SQLITE_PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")

    def rows(self, statement: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
        return self._connection.execute(statement.replace("$", "?"), _texts(values)).fetchall()

    def close(self) -> None:
        self._connection.close()


class _Postgres:
    def __init__(self, url: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._connection = self._loop.run_until_complete(
            asyncpg.connect(url.partition("?")[0], server_settings=POSTGRES_SETTINGS)
        )

    def rows(self, statement: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
        rows: Any = self._loop.run_until_complete(self._connection.fetch(statement, *values))
        return rows  # type: ignore[no-any-return]  # asyncpg's rows unpack like tuples

    def close(self) -> None:
        self._loop.run_until_complete(self._connection.close())
        self._loop.close()


def _texts(values: Sequence[Any]) -> list[Any]:
    """Times and keys as SQLite keeps them."""
    return [value if isinstance(value, int) else str(value) for value in values]

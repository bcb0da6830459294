"""Reads on SQLite: in the thread of the event loop, as a page is read faster than handed over.

A read that takes longer is stopped and done again in a thread, so that it holds up nobody else.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Sequence
from time import perf_counter
from typing import Any

PRAGMAS = {
    "query_only": 1,
    "busy_timeout": 0,
    "cache_size": -65536,
    "mmap_size": 1 << 30,
    "temp_store": "MEMORY",
}
SECONDS = 0.02
"""How long a read may hold the event loop."""
STEPS = 10_000
"""Of SQLite's machine between two looks at the clock, about half a millisecond."""
STATEMENTS = 500

Named = Callable[[sqlite3.OperationalError], Exception]
"""Makes an error of ours of one of SQLite's."""
InThread = Callable[[str, list[Any]], Awaitable[Iterable[Any]]]


class SqliteReader:
    """One read-only connection, opened with the first read."""

    dialect = "sqlite"

    def __init__(self, path: str, in_thread: InThread, named: Named) -> None:
        self.stopped = 0
        self._named = named
        self._path = path
        self._in_thread = in_thread
        self._connection: sqlite3.Connection | None = None
        self._until = 0.0

    async def rows(self, statement: str, values: Sequence[Any]) -> Sequence[Any]:
        connection = self._connection or self._opened()
        self._until = perf_counter() + SECONDS
        try:
            return connection.execute(statement, values).fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_BUSY):
                raise self._named(error) from error
        self.stopped += 1
        return list(await self._in_thread(statement, list(values)))

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None, cached_statements=STATEMENTS)
        for pragma, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {pragma}={value}")
        connection.set_progress_handler(self._is_overdue, STEPS)
        self._connection = connection
        return connection

    def _is_overdue(self) -> bool:
        return perf_counter() > self._until

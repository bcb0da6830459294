"""Watched: tables of which somebody has to hear whenever they change, whoever changes them.

Every statement of the ORM passes here, so that no use case has to remember to tell.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from foredesk.database.transaction import after_commit

Hint = Callable[[], Awaitable[None]]
_WRITE = re.compile(r'\b(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
_SETS_ONE = re.compile(r'UPDATE\s+"?(\w+)"?\s+SET\s+"?(\w+)"?\s*=\s*[^\s,]+\s+WHERE', re.IGNORECASE)


class Watch:
    """`version` grows with every commit that changed one of the tables.

    `harmless` are writes that need not be heard of: `INSERT INTO session`, or
    `UPDATE session.seen_at` where nothing else is set.
    """

    def __init__(self, tables: Iterable[str], *, harmless: Iterable[str] = ()) -> None:
        self.version = 0
        self._tables = frozenset(tables)
        self._harmless = frozenset(harmless)
        self._hints: list[Hint] = []
        _watches.append(self)

    @contextmanager
    def telling(self, hint: Hint) -> Iterator[None]:
        """Meanwhile `hint` is called after each such commit."""
        self._hints.append(hint)
        try:
            yield
        finally:
            self._hints.remove(hint)

    async def moved(self) -> None:
        self.version += 1
        for hint in self._hints:
            await hint()

    def concerns(self, statement: str) -> bool:
        if statement.startswith("SELECT"):
            return False
        one = _SETS_ONE.match(statement)
        if one and f"UPDATE {one[1]}.{one[2]}" in self._harmless:
            return False
        writes = {f"{how.upper()} {table}": table for how, table in _WRITE.findall(statement)}
        return any(
            table in self._tables and write not in self._harmless for write, table in writes.items()
        )


_watches: list[Watch] = []


class Watched(BaseDBAsyncClient):
    """For a database client, before its own class."""

    async def execute_insert(self, query: str, values: list[Any]) -> Any:
        result = await super().execute_insert(query, values)
        await told(query)
        return result

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        await super().execute_many(query, values)
        await told(query)

    async def execute_query(self, query: str, values: list[Any] | None = None) -> Any:
        result = await super().execute_query(query, values)
        await told(query)
        return result

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> Any:
        result = await super().execute_query_dict(query, values)
        await told(query)
        return result


async def told(statement: str) -> None:
    """After the commit, tell whoever watches what the statement has changed."""
    if not statement.startswith("SELECT"):
        for watch in _concerned(statement):
            await after_commit(watch.moved)


@lru_cache(2048)
def _concerned(statement: str) -> tuple[Watch, ...]:
    return tuple(watch for watch in _watches if watch.concerns(statement))

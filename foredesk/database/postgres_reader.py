"""Reads on PostgreSQL: a pool of their own, whose connections keep every statement prepared."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import asyncpg

SETTINGS = {
    "default_transaction_read_only": "on",
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
    "timezone": "UTC",
}
"""One plan for all values of a statement: to plan it anew costs more than most reads do."""
LARGEST = 8
STATEMENTS = 500


class PostgresReader:
    """Opens its first connection with the first read."""

    dialect = "postgres"

    def __init__(self, client: Any, named_errors: Callable[[], AbstractContextManager[None]]):
        self._client = client
        self._named_errors = named_errors
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None

    async def rows(self, statement: str, values: Sequence[Any]) -> Sequence[Any]:
        with self._named_errors():
            pool = self._pool or await self._opened()
            async with pool.acquire() as connection:
                found: Sequence[Any] = await connection.fetch(statement, *values)
                return found

    async def close(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.close()

    async def _opened(self) -> "asyncpg.Pool[asyncpg.Record]":
        client = self._client
        self._pool = await asyncpg.create_pool(
            host=client.host,
            port=client.port,
            user=client.user,
            password=client.password,
            database=client.database,
            server_settings={**client.server_settings, **SETTINGS},
            min_size=0,
            max_size=LARGEST,
            reset=_leave,
            statement_cache_size=STATEMENTS,
            max_cached_statement_lifetime=0,
            **client.extra,
        )
        return self._pool


async def _leave(connection: Any) -> None:
    """Reads change nothing in a session, so that there is nothing to reset: one trip less."""

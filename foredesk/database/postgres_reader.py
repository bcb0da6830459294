"""Reads on PostgreSQL: a pool of their own, whose connections keep every statement prepared."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from foredesk.database.pool import Pool

SETTINGS = {
    "default_transaction_read_only": "on",
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
    "timezone": "UTC",
}
"""One plan for all values of a statement: to plan it anew costs more than most reads do."""
ACQUIRE_SECONDS = 5.0
LARGEST = 8
STATEMENTS = 500


class PostgresReader:
    """Opens its first connection with the first read."""

    dialect = "postgres"

    def __init__(self, client: Any, named_errors: Callable[[], AbstractContextManager[None]]):
        self._client = client
        self._named_errors = named_errors
        self._pool: Pool | None = None

    async def rows(self, statement: str, values: Sequence[Any]) -> Sequence[Any]:
        pool = self._pool or self._opened()
        try:
            connection = pool.at_hand() or await pool.acquire(timeout=ACQUIRE_SECONDS)
            try:
                found: Sequence[Any] = await connection.fetch(statement, *values)
                return found
            finally:
                pool.give_back(connection)
        except Exception:
            with self._named_errors():
                raise

    async def close(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.close()

    def _opened(self) -> Pool:
        client = self._client
        self._pool = Pool(
            LARGEST,
            host=client.host,
            port=client.port,
            user=client.user,
            password=client.password,
            database=client.database,
            server_settings={**client.server_settings, **SETTINGS},
            statement_cache_size=STATEMENTS,
            max_cached_statement_lifetime=0,
            **client.extra,
        )
        return self._pool

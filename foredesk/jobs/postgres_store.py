"""PgQueuer on PostgreSQL: its own tables, on Tortoise's connections."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.inmemory import InMemoryDriver
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain.models import Job
from pgqueuer.ports import RepositoryPort
from tortoise.connection import get_connection

from foredesk.database.postgres import connection_of_its_own

_ENQUEUE = (
    "INSERT INTO pgqueuer AS job (priority, status, entrypoint, payload, headers, execute_after) "
    "VALUES (0, 'queued', $1, $2, $3::jsonb, now() + $4::interval)"
)
# Unlike DO NOTHING it locks the job that was there until the commit.
_ENQUEUE_ONCE = (
    "INSERT INTO pgqueuer AS job "
    "(priority, status, entrypoint, payload, headers, execute_after, dedupe_key) "
    "VALUES (0, 'queued', $1, $2, $3::jsonb, now() + $4::interval, $5) "
    "ON CONFLICT (dedupe_key) WHERE status IN ('queued', 'picked') AND dedupe_key IS NOT NULL "
    "DO UPDATE SET priority = job.priority"
)
_WORKER = "foredesk-jobs"
"""What PostgreSQL is told to call a worker's connection."""

_WORKERS = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND application_name = $1"
)


class PostgresStore:
    def __init__(self) -> None:
        self.queries: RepositoryPort = Queries(_TortoiseDriver())

    def enqueued(
        self, name: str, payload: bytes, headers: str, key: str | None, delay: timedelta
    ) -> tuple[str, Sequence[object]]:
        """PgQueuer's own statement is a WITH, and could not be part of another."""
        if key is None:
            return _ENQUEUE, (name, payload, headers, delay)
        return _ENQUEUE_ONCE, (name, payload, headers, delay, key)

    @asynccontextmanager
    async def worker_queries(self) -> AsyncIterator[RepositoryPort]:
        connection = await connection_of_its_own(_WORKER)
        try:
            yield Queries(AsyncpgDriver(connection))
        finally:
            connection.terminate()

    async def workers(self) -> int:
        """By their connections: a process that died has none."""
        client: Any = get_connection("default")
        return int(await client.run(lambda connection: connection.fetchval(_WORKERS, _WORKER)))

    async def wake(self) -> None:
        """The queue's trigger sends a NOTIFY with the commit."""

    async def free_key(self, job: Job) -> None:
        await self.queries.driver.execute(
            "UPDATE pgqueuer SET dedupe_key = NULL WHERE id = $1 AND dedupe_key IS NOT NULL", job.id
        )

    async def make_due(self) -> None:
        await self.queries.driver.execute(
            "UPDATE pgqueuer SET execute_after = now() "
            "WHERE status = 'queued' AND execute_after > now()"
        )

    async def prune(self, before: datetime) -> None:
        execute = self.queries.driver.execute
        await execute("DELETE FROM pgqueuer_log WHERE aggregated AND created < $1", before)
        await execute("DELETE FROM pgqueuer_statistics WHERE created < $1", before)


class _TortoiseDriver(InMemoryDriver):
    """PgQueuer's driver port on whatever connection the caller's transaction has."""

    async def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        client: Any = get_connection("default")
        rows = await client.run(lambda connection: connection.fetch(query, *args))
        return [dict(row) for row in rows]

    async def execute(self, query: str, *args: object) -> str:
        client: Any = get_connection("default")
        return str(await client.run(lambda connection: connection.execute(query, *args)))

"""PgQueuer on PostgreSQL: its own tables, on Tortoise's connections."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.inmemory import InMemoryDriver
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain.models import Job
from pgqueuer.ports import RepositoryPort
from tortoise.connection import get_connection

from foredesk.database.postgres import connection_of_its_own


class PostgresStore:
    def __init__(self) -> None:
        self.queries: RepositoryPort = Queries(_TortoiseDriver())

    @asynccontextmanager
    async def worker_queries(self) -> AsyncIterator[RepositoryPort]:
        connection = await connection_of_its_own("foredesk-jobs")
        try:
            yield Queries(AsyncpgDriver(connection))
        finally:
            connection.terminate()

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

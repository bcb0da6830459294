"""What our jobs need of a database beyond PgQueuer's own repository port."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Protocol

from pgqueuer.domain.models import Job
from pgqueuer.ports import RepositoryPort
from tortoise.connection import get_connection

from foredesk.jobs.postgres_store import PostgresStore
from foredesk.jobs.sqlite_store import SqliteStore


class Store(Protocol):
    @property
    def queries(self) -> RepositoryPort:
        """PgQueuer's operations on the caller's connection, in its transaction if there is one."""
        ...

    def enqueued(
        self, name: str, payload: bytes, headers: str, key: str | None, delay: timedelta
    ) -> tuple[str, Sequence[object]]:
        """The statement that makes a job, and its values. One that waits under the same key stays,
        and no worker begins it before this is committed.
        """
        ...

    def worker_queries(self) -> AbstractAsyncContextManager[RepositoryPort]:
        """The same for a worker's lifetime, on a connection of its own."""
        ...

    async def workers(self) -> int:
        """How many are at work, in whichever process."""
        ...

    async def wake(self) -> None:
        """Tell waiting workers of new jobs; PostgreSQL does it by itself."""
        ...

    async def free_key(self, job: Job) -> None:
        """Let another job with the same key in. Waits for a transaction that just found it."""
        ...

    async def make_due(self) -> None:
        """Delayed jobs and retries need not wait any longer."""
        ...

    async def prune(self, before: datetime) -> None:
        """Forget statistics of finished jobs."""
        ...


def store_for_connection() -> Store:
    """The store for the database this process is connected to."""
    is_sqlite = get_connection("default").capabilities.dialect == "sqlite"
    return SqliteStore() if is_sqlite else PostgresStore()

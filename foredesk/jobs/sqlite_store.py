"""PgQueuer's repository port on the application's own SQLite file.

A job is a row in the same file, so enqueuing joins the domain's transaction. There is only one
process per file, so a job that is `picked` when a worker starts was left by one that died.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from pgqueuer.adapters.inmemory import InMemoryDriver, InMemoryQueries
from pgqueuer.domain.models import Job, QueueStatistics, TracebackRecord
from pgqueuer.domain.types import JOB_STATUS, JobId, QueueEntrypoint, QueueManagerId
from pgqueuer.ports.repository import EntrypointExecutionParameter
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection

from foredesk.database import transaction

Ended = tuple[Job, JOB_STATUS, TracebackRecord | None]


class SqliteStore:
    def __init__(self) -> None:
        self.queries = SqliteQueries(driver=InMemoryDriver())
        self._workers = 0

    def enqueued(
        self, name: str, payload: bytes, headers: str, key: str | None, delay: timedelta
    ) -> tuple[str, Sequence[object]]:
        """Nothing else can pick a job that is there already before the caller's commit: of all
        writers only the caller holds the file."""
        now = _now()
        return _ENQUEUE, (name, payload, headers, now, now + delay.total_seconds(), key)

    @asynccontextmanager
    async def worker_queries(self) -> AsyncIterator["SqliteQueries"]:
        self.queries.driver = InMemoryDriver()
        await _run("UPDATE job SET status = 'queued', worker = NULL WHERE status = 'picked'")
        self._workers += 1
        try:
            yield self.queries
        finally:
            self._workers -= 1

    async def workers(self) -> int:
        return self._workers

    async def wake(self) -> None:
        await self.queries.emit_table_changed("insert")

    async def free_key(self, job: Job) -> None:
        """`dequeue` has done it: no other transaction was open at that moment."""

    async def make_due(self) -> None:
        await _run(
            "UPDATE job SET execute_after = ?1 WHERE status = 'queued' AND execute_after > ?1",
            _now(),
        )

    async def prune(self, before: datetime) -> None:
        """A finished job leaves no row here."""


class SqliteQueries(InMemoryQueries):
    """The part of the port that a worker uses; cron and statistics stay PgQueuer's in-memory ones,
    which nothing here calls."""

    async def dequeue(
        self,
        batch_size: int,
        entrypoints: dict[QueueEntrypoint, EntrypointExecutionParameter],
        queue_manager_id: QueueManagerId,
        global_concurrency_limit: int | None,
        heartbeat_timeout: timedelta,
    ) -> list[Job]:
        if global_concurrency_limit is not None:
            running = await _count("status = 'picked' AND worker = ?", str(queue_manager_id))
            batch_size = min(batch_size, global_concurrency_limit - running)
        if batch_size < 1:
            return []
        now = _now()
        rows = await _rows(
            "UPDATE job SET status = 'picked', worker = ?, updated = ?, heartbeat = ?,"
            " dedupe_key = NULL"
            " WHERE id IN (SELECT id FROM job WHERE"
            " ((status = 'queued' AND execute_after <= ?) OR (status = 'picked' AND heartbeat < ?))"
            f" AND entrypoint IN ({_marks(entrypoints)})"
            " ORDER BY priority DESC, id LIMIT ?) RETURNING *",
            *(str(queue_manager_id), now, now, now, now - heartbeat_timeout.total_seconds()),
            *entrypoints,
            batch_size,
        )
        return sorted(map(_job, rows), key=lambda job: (-job.priority, job.id))

    async def log_jobs(self, job_status: list[Ended]) -> None:
        async with transaction():
            for job, status, problem in job_status:
                await self._end(job, status, problem)

    async def _end(self, job: Job, status: JOB_STATUS, problem: TracebackRecord | None) -> None:
        if status == "failed":
            await _run(
                "UPDATE job SET status = 'failed', worker = NULL, problem = ? WHERE id = ?",
                problem.model_dump_json() if problem else None,
                job.id,
            )
        else:
            await _run("DELETE FROM job WHERE id = ?", job.id)

    async def retry_job(
        self, job: Job, delay: timedelta, traceback_record: TracebackRecord | None
    ) -> None:
        await _run(
            "UPDATE job SET status = 'queued', attempts = attempts + 1, worker = NULL,"
            " execute_after = ?, problem = ? WHERE id = ?",
            _now() + delay.total_seconds(),
            traceback_record.model_dump_json() if traceback_record else None,
            job.id,
        )
        await self.emit_table_changed("update")

    async def requeue_jobs(self, ids: list[JobId]) -> None:
        await _run(
            "UPDATE job SET status = 'queued', attempts = 0, execute_after = ?"
            f" WHERE status = 'failed' AND id IN ({_marks(ids)})",
            _now(),
            *ids,
        )
        await self.emit_table_changed("update")

    async def list_failed_jobs(self, limit: int = 100, order: str = "DESC") -> list[Job]:
        direction = "ASC" if order == "ASC" else "DESC"
        return [
            _job(row)
            for row in await _rows(
                f"SELECT * FROM job WHERE status = 'failed' ORDER BY id {direction} LIMIT ?", limit
            )
        ]

    async def queue_size(self) -> list[QueueStatistics]:
        return [
            QueueStatistics.model_validate(row)
            for row in await _rows(
                "SELECT entrypoint, priority, status, count(*) AS count FROM job"
                " GROUP BY entrypoint, priority, status"
            )
        ]

    async def update_heartbeat(self, job_ids: list[JobId]) -> None:
        await _run(
            f"UPDATE job SET heartbeat = ? WHERE id IN ({_marks(job_ids)})", _now(), *job_ids
        )

    async def queued_work(self, entrypoints: list[QueueEntrypoint]) -> int:
        return await _count(
            f"status = 'queued' AND entrypoint IN ({_marks(entrypoints)})", *entrypoints
        )

    async def eligible_queued_work(self, entrypoints: list[QueueEntrypoint]) -> int:
        return await _count(
            f"status = 'queued' AND execute_after <= ? AND entrypoint IN ({_marks(entrypoints)})",
            _now(),
            *entrypoints,
        )

    async def next_deferred_eta(self, entrypoints: list[QueueEntrypoint]) -> timedelta | None:
        (row,) = await _rows(
            "SELECT min(execute_after) AS due FROM job WHERE status = 'queued'"
            f" AND entrypoint IN ({_marks(entrypoints)})",
            *entrypoints,
        )
        due = row["due"]
        return None if due is None else timedelta(seconds=max(0.0, due - _now()))

    async def aggregate_logs(self) -> None:
        """There are none: a finished job leaves no row."""


CREATE = """
CREATE TABLE job (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entrypoint TEXT NOT NULL,
    payload BLOB,
    priority INTEGER NOT NULL DEFAULT 0,
    created REAL NOT NULL,
    updated REAL NOT NULL,
    heartbeat REAL NOT NULL,
    execute_after REAL NOT NULL,
    status TEXT NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'picked', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    worker TEXT,
    headers TEXT,
    dedupe_key TEXT,
    problem TEXT
);
CREATE UNIQUE INDEX job_dedupe_key ON job (dedupe_key)
    WHERE dedupe_key IS NOT NULL AND status = 'queued';
CREATE INDEX job_status_execute_after ON job (status, execute_after);
"""
DROP = "DROP TABLE job"
_ENQUEUE = (
    "INSERT INTO job (entrypoint, payload, headers, created, updated, heartbeat, execute_after,"
    " dedupe_key) VALUES ($1, $2, $3, $4, $4, $4, $5, $6) ON CONFLICT DO NOTHING"
)


def _job(row: Mapping[str, Any]) -> Job:
    given = dict(row)
    for name in ("created", "updated", "heartbeat", "execute_after"):
        given[name] = datetime.fromtimestamp(given[name], UTC)
    given["queue_manager_id"] = given.pop("worker")
    del given["dedupe_key"], given["problem"]
    return Job.model_validate(given)


def _now() -> float:
    """Jobs are timed by the machine, as PostgreSQL times them by its own clock."""
    return datetime.now(UTC).timestamp()


def _marks(values: Sequence[object] | Mapping[Any, Any]) -> str:
    return ",".join("?" * len(values))


def _client() -> BaseDBAsyncClient:
    return get_connection("default")


async def _run(statement: str, *values: object) -> None:
    await _client().execute_query(statement, list(values))


async def _rows(statement: str, *values: object) -> list[dict[str, Any]]:
    return await _client().execute_query_dict(statement, list(values))


async def _count(condition: str, *values: object) -> int:
    (row,) = await _rows(f"SELECT count(*) AS number FROM job WHERE {condition}", *values)
    return int(row["number"])

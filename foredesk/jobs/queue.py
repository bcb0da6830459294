"""PgQueuerJobs: the Jobs port, its worker, and what operators ask of the queue."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import anyio
import orjson
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Context, Job, TracebackRecord
from pgqueuer.domain.types import QueueEntrypoint, QueueManagerId
from pgqueuer.ports.repository import EntrypointExecutionParameter

from foredesk.database import Writes, forget_done
from foredesk.identity import new_id
from foredesk.jobs.attempt import Attempt
from foredesk.jobs.policy import Handler, JobPolicy
from foredesk.jobs.store import Store, store_for_connection
from foredesk.jobs.worker import Worker

KEPT = timedelta(days=30)
PRUNE_EVERY = timedelta(hours=1)
logger = logging.getLogger(__name__)


class PgQueuerJobs:
    """Make it after `connect()`: it works on the database that is open then."""

    def __init__(self, policy: JobPolicy | None = None) -> None:
        self._policy = policy or JobPolicy()
        self._store: Store = store_for_connection()
        self._worker = Worker(self._store, self._policy)
        self._pruned_at: datetime | None = None

    async def enqueue(
        self,
        name: str,
        payload: Mapping[str, Any],
        *,
        key: str | None = None,
        delay: timedelta = timedelta(0),
        along_with: Writes | None = None,
    ) -> None:
        """Queue work in the caller's transaction: committed with it, or never there.

        Of two jobs with one `key` that have not begun only the first is kept; whichever runs sees
        what both callers committed.
        """
        writes = along_with or Writes()
        headers = {"id": str(new_id())} | ({} if key is None else {"key": key})
        statement, values = self._store.enqueued(
            name,
            orjson.dumps(dict(payload)),
            orjson.dumps(headers).decode(),
            None if key is None else f"{name}:{key}",
            delay,
        )
        writes.add(statement, *values)
        writes.afterwards(self._store.wake)
        if along_with is None:
            await writes.send()

    async def run(self, handlers: Mapping[str, Handler]) -> None:
        """Work until `stop`, through restarts of the database and failures of PgQueuer's loop.

        Jobs of other names are left where they are, for a process that knows them.
        """
        await self._worker.run(handlers)

    async def stop(self) -> None:
        """Begin nothing more; `run` returns when what is in flight has ended or been put back."""
        self._worker.stop()

    async def run_until_idle(
        self, handlers: Mapping[str, Handler], *, delayed: bool = False
    ) -> int:
        """For tests: run waiting jobs here, one by one in order, until none is due.

        With `delayed` those that wait for later, retries included, are due at once. Returns how
        many attempts it took.
        """
        attempts = 0
        while job := await self._next(handlers, delayed):
            attempts += 1
            await self._perform(job, handlers[job.entrypoint])
        return attempts

    async def counts(self) -> Mapping[str, int]:
        """How many jobs are `queued`, `running` and `failed` (held until `retry_failed`)."""
        found = {"queued": 0, "picked": 0, "failed": 0}
        for row in await self._store.queries.queue_size():
            found[row.status] = found.get(row.status, 0) + row.count
        return {"queued": found["queued"], "running": found["picked"], "failed": found["failed"]}

    async def workers(self) -> int:
        """How many are at work, in whichever process."""
        return await self._store.workers()

    async def due(self) -> int:
        """How many of the queued jobs could begin now; the others wait for their time."""
        sizes = await self._store.queries.queue_size()
        names = sorted({QueueEntrypoint(row.entrypoint) for row in sizes})
        return await self._store.queries.eligible_queued_work(names) if names else 0

    async def retry_failed(self, limit: int = 10_000) -> int:
        """Put held jobs back into the queue with all their tries; returns how many."""
        jobs = await self._store.queries.list_failed_jobs(limit, "ASC")
        if jobs:
            await self._store.queries.requeue_jobs([job.id for job in jobs])
        return len(jobs)

    async def prune(self, now: datetime) -> None:
        """Forget what was done long ago. A sweep, which does something once an hour."""
        if self._pruned_at is not None and now - self._pruned_at < PRUNE_EVERY:
            return
        self._pruned_at = now
        await self._store.prune(now - KEPT)
        await forget_done(now - KEPT)

    async def _next(self, handlers: Mapping[str, Handler], delayed: bool) -> Job | None:
        if delayed:
            await self._store.make_due()
        jobs = await self._store.queries.dequeue(
            1,
            {QueueEntrypoint(name): EntrypointExecutionParameter(0) for name in handlers},
            QueueManagerId(uuid4()),
            None,
            self._policy.heartbeat,
        )
        return jobs[0] if jobs else None

    async def _perform(self, job: Job, handler: Handler) -> None:
        queries = self._store.queries
        try:
            attempt = Attempt(handler, self._policy, self._store.free_key)
            await attempt.execute(job, Context(anyio.CancelScope()))
        except RetryRequested as retry:
            logger.warning("Job %s will be tried again: %s", job.entrypoint, retry.reason)
            await queries.retry_job(job, retry.delay, None)
            await asyncio.sleep(0)
        except Exception as error:
            logger.exception("Job %s failed for good", job.entrypoint)
            problem = TracebackRecord.from_exception(error, job.id, {})
            await queries.log_jobs([(job, "failed", problem)])
        else:
            await queries.log_jobs([(job, "successful", None)])

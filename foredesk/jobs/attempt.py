"""One attempt at one job: its handler under a timeout, and what follows from its failure."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import orjson
from pgqueuer.core.executors import AbstractEntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Context, Job

from foredesk import faults
from foredesk.jobs.policy import Handler, JobPolicy
from foredesk.ports import JobContext

FreeKey = Callable[[Job], Awaitable[None]]


class Attempt(AbstractEntrypointExecutor):
    """What PgQueuer calls for every job of one name."""

    def __init__(self, handler: Handler, policy: JobPolicy, free_key: FreeKey) -> None:
        super().__init__(
            EntrypointExecutorParameters(
                concurrency_limit=0, func=self._never_called, on_failure="hold"
            )
        )
        self._handler = handler
        self._policy = policy
        self._free_key = free_key

    async def execute(self, job: Job, context: Context) -> None:
        """Raises RetryRequested to have it run again, any other exception to have it held."""
        try:
            await self._run(job)
        except asyncio.CancelledError as error:
            # PgQueuer would take the job for done and delete it.
            raise RetryRequested(timedelta(0), "the worker stopped") from error
        except Exception as error:
            if job.attempts + 1 >= self._policy.tries:
                raise
            raise RetryRequested(self._policy.delay(job.attempts), repr(error)) from error

    async def _run(self, job: Job) -> None:
        async with asyncio.timeout(self._policy.timeout.total_seconds()):
            if job.headers and "key" in job.headers:
                # From here on a job with this key is a new one: this run may have begun to read.
                await self._free_key(job)
            faults.point("before-job-handled")
            await self._handler(orjson.loads(job.payload or b"{}"), context_of(job))
        faults.point("after-job-handled")

    async def _never_called(self, job: Job) -> None:
        """PgQueuer's parameters ask for a function; `execute` does not use it."""


def context_of(job: Job) -> JobContext:
    headers = job.headers or {}
    return JobContext(
        key=str(headers.get("id", job.id)), attempt=job.attempts, enqueued_at=job.created
    )

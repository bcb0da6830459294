"""The worker that runs beside the server, on both databases."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from foredesk.database import transaction
from foredesk.jobs import Handler, JobPolicy, PgQueuerJobs
from foredesk.ports import JobContext

QUICK = JobPolicy(
    tries=2,
    timeout=timedelta(seconds=5),
    first_delay=timedelta(seconds=0.05),
    heartbeat=timedelta(seconds=1),
    poll=timedelta(seconds=1),
    grace=timedelta(seconds=2),
    restart_delay=timedelta(seconds=0.1),
)


class Gathering:
    def __init__(self) -> None:
        self.numbers: list[int] = []

    async def __call__(self, payload: Mapping[str, Any], context: JobContext) -> None:
        self.numbers.append(payload["n"])

    async def until(self, count: int, seconds: float = 5) -> None:
        async with asyncio.timeout(seconds):
            while len(self.numbers) < count:
                await asyncio.sleep(0.01)


@asynccontextmanager
async def working(jobs: PgQueuerJobs, handlers: Mapping[str, Handler]) -> AsyncIterator[None]:
    task = asyncio.create_task(jobs.run(handlers))
    try:
        yield
    finally:
        await jobs.stop()
        await task


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 5) -> None:
    async with asyncio.timeout(seconds):
        while not await condition():
            await asyncio.sleep(0.02)


@pytest.fixture
def jobs(database: str) -> PgQueuerJobs:
    return PgQueuerJobs(QUICK)


async def is_empty(jobs: PgQueuerJobs) -> bool:
    return sum((await jobs.counts()).values()) == 0


async def test_a_worker_is_woken_by_the_commit(database: str) -> None:
    jobs = PgQueuerJobs(JobPolicy(poll=timedelta(seconds=30), grace=timedelta(seconds=1)))
    work = Gathering()
    async with working(jobs, {"work": work}):
        await asyncio.sleep(0.3)
        async with transaction():
            await jobs.enqueue("work", {"n": 1})
            await asyncio.sleep(0.2)
            assert work.numbers == []

        await work.until(1, seconds=2)


async def test_many_jobs_are_all_run_and_forgotten(jobs: PgQueuerJobs) -> None:
    work = Gathering()
    async with transaction():
        for number in range(100):
            await jobs.enqueue("work", {"n": number})
    async with working(jobs, {"work": work}):
        await work.until(100)
        await until(lambda: is_empty(jobs))

    assert sorted(work.numbers) == list(range(100))


async def test_a_failing_job_is_retried_then_held_while_others_run(jobs: PgQueuerJobs) -> None:
    work, tries = Gathering(), []

    async def poison(payload: Mapping[str, Any], context: JobContext) -> None:
        tries.append(context.attempt)
        raise ValueError("never")

    await jobs.enqueue("poison", {})
    await jobs.enqueue("work", {"n": 1})

    async def held() -> bool:
        return await jobs.counts() == {"queued": 0, "running": 0, "failed": 1}

    async with working(jobs, {"work": work, "poison": poison}):
        await until(held)

    assert work.numbers == [1]
    assert tries == [0, 1]


async def test_a_delayed_job_runs_when_it_is_due(jobs: PgQueuerJobs) -> None:
    work = Gathering()
    async with working(jobs, {"work": work}):
        await jobs.enqueue("work", {"n": 1}, delay=timedelta(seconds=0.6))
        await asyncio.sleep(0.3)
        assert work.numbers == []

        await work.until(1, seconds=3)


async def test_stopping_lets_a_running_job_finish(jobs: PgQueuerJobs) -> None:
    began, work = asyncio.Event(), Gathering()

    async def slow(payload: Mapping[str, Any], context: JobContext) -> None:
        began.set()
        await asyncio.sleep(0.3)
        await work({"n": 1}, context)

    await jobs.enqueue("slow", {})
    async with working(jobs, {"slow": slow}):
        await began.wait()

    assert work.numbers == [1]
    assert await is_empty(jobs)


async def test_stopping_puts_back_a_job_that_would_take_too_long(database: str) -> None:
    jobs = PgQueuerJobs(JobPolicy(grace=timedelta(seconds=0.1)))
    began = asyncio.Event()

    async def endless(payload: Mapping[str, Any], context: JobContext) -> None:
        began.set()
        await asyncio.sleep(60)

    await jobs.enqueue("endless", {})
    async with working(jobs, {"endless": endless}):
        await began.wait()

    assert await jobs.counts() == {"queued": 1, "running": 0, "failed": 0}


async def test_a_cancelled_worker_puts_its_job_back(jobs: PgQueuerJobs) -> None:
    began = asyncio.Event()

    async def endless(payload: Mapping[str, Any], context: JobContext) -> None:
        began.set()
        await asyncio.sleep(60)

    await jobs.enqueue("endless", {})
    task = asyncio.create_task(jobs.run({"endless": endless}))
    await began.wait()
    task.cancel()
    async with asyncio.timeout(3):
        with pytest.raises(asyncio.CancelledError):
            await task

    assert await jobs.counts() == {"queued": 1, "running": 0, "failed": 0}


async def test_a_worker_that_lost_its_connection_is_started_again(
    jobs: PgQueuerJobs, database_kind: str, database: str
) -> None:
    work = Gathering()
    async with working(jobs, {"work": work}):
        await jobs.enqueue("work", {"n": 1})
        await work.until(1)
        if database_kind == "postgres":
            await cut_connections(database, "foredesk-jobs")
        await jobs.enqueue("work", {"n": 2})
        await work.until(2, seconds=8)

    assert work.numbers[:1] == [1]
    assert 2 in work.numbers


async def cut_connections(url: str, application: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        cut = await connection.fetchval(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name = $1",
            application,
        )
    finally:
        await connection.close()
    assert cut == 1

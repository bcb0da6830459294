"""The Jobs port, alike on both databases."""

import asyncio
import contextvars
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from pgqueuer.domain.types import QueueEntrypoint, QueueManagerId
from pgqueuer.ports.repository import EntrypointExecutionParameter

from foredesk.database import first_time, transaction
from foredesk.database.models import Counter
from foredesk.jobs import Handler, JobPolicy, PgQueuerJobs
from foredesk.jobs.store import store_for_connection
from foredesk.ports import JobContext
from tests.clock import NOW


class Recorder:
    """A handler that keeps what it was called with, and fails as often as told."""

    def __init__(self, failures: int = 0) -> None:
        self.payloads: list[Mapping[str, Any]] = []
        self.contexts: list[JobContext] = []
        self.failures = failures

    async def __call__(self, payload: Mapping[str, Any], context: JobContext) -> None:
        self.payloads.append(payload)
        self.contexts.append(context)
        if len(self.payloads) <= self.failures:
            raise ValueError("not yet")


@pytest.fixture
def jobs(database: str) -> PgQueuerJobs:
    return PgQueuerJobs(JobPolicy(tries=3, timeout=timedelta(seconds=0.2)))


async def test_a_job_runs_with_its_payload(jobs: PgQueuerJobs) -> None:
    work = Recorder()
    async with transaction():
        await jobs.enqueue("work", {"name": "Grüße 你好", "number": 7, "nothing": None})

    assert await jobs.run_until_idle({"work": work}) == 1
    assert work.payloads == [{"name": "Grüße 你好", "number": 7, "nothing": None}]
    assert await jobs.counts() == {"queued": 0, "running": 0, "failed": 0}


async def test_a_rollback_leaves_no_job(jobs: PgQueuerJobs) -> None:
    with pytest.raises(KeyError):
        async with transaction():
            await jobs.enqueue("work", {})
            raise KeyError("no")

    assert await jobs.counts() == {"queued": 0, "running": 0, "failed": 0}


async def test_jobs_run_in_the_order_they_came(jobs: PgQueuerJobs) -> None:
    work = Recorder()
    for number in range(20):
        await jobs.enqueue("work", {"n": number})

    await jobs.run_until_idle({"work": work})

    assert [payload["n"] for payload in work.payloads] == list(range(20))


async def test_of_two_waiting_jobs_with_one_key_the_first_is_kept(jobs: PgQueuerJobs) -> None:
    work, other = Recorder(), Recorder()
    async with transaction():
        await jobs.enqueue("work", {"n": 1}, key="a")
        await jobs.enqueue("work", {"n": 2}, key="a")
        await jobs.enqueue("work", {"n": 3}, key="b")
        await jobs.enqueue("other", {"n": 4}, key="a")

    await jobs.run_until_idle({"work": work, "other": other})

    assert [payload["n"] for payload in work.payloads] == [1, 3]
    assert [payload["n"] for payload in other.payloads] == [4]


async def test_a_key_is_free_again_as_soon_as_its_job_has_begun(jobs: PgQueuerJobs) -> None:
    seen: list[int] = []

    async def work(payload: Mapping[str, Any], context: JobContext) -> None:
        seen.append(payload["n"])
        if payload["n"] == 1:
            await jobs.enqueue("work", {"n": 2}, key="a")

    await jobs.enqueue("work", {"n": 1}, key="a")
    await jobs.run_until_idle({"work": work})

    assert seen == [1, 2]


async def test_a_job_with_a_known_key_sees_what_the_second_caller_committed(
    jobs: PgQueuerJobs,
) -> None:
    """The second enqueue is dropped, so the first job must not run before its commit."""
    seen: list[int] = []

    async def work(payload: Mapping[str, Any], context: JobContext) -> None:
        seen.append(await Counter.all().count())

    await jobs.enqueue("work", {}, key="a")
    async with transaction():
        await Counter.create(name="a", value=1)
        await jobs.enqueue("work", {}, key="a")
        draining = asyncio.create_task(drain_outside_of_the_transaction(jobs, {"work": work}))
        await asyncio.sleep(0.1)
        assert seen == []
    await draining
    await jobs.run_until_idle({"work": work})

    assert seen == [1]


async def drain_outside_of_the_transaction(
    jobs: PgQueuerJobs, handlers: Mapping[str, Handler]
) -> None:
    context = contextvars.Context()
    await asyncio.create_task(jobs.run_until_idle(handlers), context=context)


async def test_a_delayed_job_waits(jobs: PgQueuerJobs) -> None:
    work = Recorder()
    await jobs.enqueue("work", {"n": 1}, delay=timedelta(hours=1))

    assert await jobs.run_until_idle({"work": work}) == 0
    assert await jobs.run_until_idle({"work": work}, delayed=True) == 1
    assert work.payloads == [{"n": 1}]


async def test_a_failed_job_is_tried_again_under_the_same_key(jobs: PgQueuerJobs) -> None:
    work = Recorder(failures=2)
    await jobs.enqueue("work", {"n": 1})

    assert await jobs.run_until_idle({"work": work}) == 1
    assert await jobs.counts() == {"queued": 1, "running": 0, "failed": 0}
    assert await jobs.run_until_idle({"work": work}, delayed=True) == 2

    assert [context.attempt for context in work.contexts] == [0, 1, 2]
    assert len({context.key for context in work.contexts}) == 1
    assert await jobs.counts() == {"queued": 0, "running": 0, "failed": 0}


async def test_two_jobs_have_two_keys(jobs: PgQueuerJobs) -> None:
    work = Recorder()
    await jobs.enqueue("work", {})
    await jobs.enqueue("work", {})

    await jobs.run_until_idle({"work": work})

    assert len({context.key for context in work.contexts}) == 2


async def test_a_poison_job_is_held_and_the_queue_goes_on(jobs: PgQueuerJobs) -> None:
    poison, work = Recorder(failures=100), Recorder()
    await jobs.enqueue("poison", {})
    await jobs.enqueue("work", {})

    await jobs.run_until_idle({"poison": poison, "work": work}, delayed=True)

    assert len(poison.payloads) == 3
    assert len(work.payloads) == 1
    assert await jobs.counts() == {"queued": 0, "running": 0, "failed": 1}


async def test_held_jobs_get_all_their_tries_again(jobs: PgQueuerJobs) -> None:
    work = Recorder(failures=4)
    await jobs.enqueue("work", {"n": 1}, key="a")
    await jobs.run_until_idle({"work": work}, delayed=True)

    assert await jobs.retry_failed() == 1
    await jobs.run_until_idle({"work": work}, delayed=True)

    assert [context.attempt for context in work.contexts] == [0, 1, 2, 0, 1]
    assert await jobs.counts() == {"queued": 0, "running": 0, "failed": 0}


async def test_a_handler_that_hangs_is_stopped_and_tried_again(jobs: PgQueuerJobs) -> None:
    runs: list[int] = []

    async def hang(payload: Mapping[str, Any], context: JobContext) -> None:
        runs.append(context.attempt)
        await asyncio.sleep(60)

    await jobs.enqueue("hang", {})
    await jobs.run_until_idle({"hang": hang}, delayed=True)

    assert runs == [0, 1, 2]
    assert await jobs.counts() == {"queued": 0, "running": 0, "failed": 1}


async def test_what_a_failed_handler_wrote_is_undone(jobs: PgQueuerJobs) -> None:
    async def work(payload: Mapping[str, Any], context: JobContext) -> None:
        async with transaction():
            await Counter.create(name="half", value=1)
            raise ValueError("no")

    await jobs.enqueue("work", {})
    await jobs.run_until_idle({"work": work}, delayed=True)

    assert await Counter.all().count() == 0


async def test_an_unknown_job_stays_for_a_process_that_knows_it(jobs: PgQueuerJobs) -> None:
    await jobs.enqueue("of a newer version", {})

    assert await jobs.run_until_idle({"work": Recorder()}) == 0
    assert await jobs.counts() == {"queued": 1, "running": 0, "failed": 0}


async def test_a_deed_is_done_once_however_often_its_job_runs(jobs: PgQueuerJobs) -> None:
    async def work(payload: Mapping[str, Any], context: JobContext) -> None:
        async with transaction():
            if await first_time(context.key, NOW):
                await Counter.create(name=context.key, value=1)
        if context.attempt == 0:
            raise ValueError("after the commit")

    await jobs.enqueue("work", {})
    await jobs.run_until_idle({"work": work}, delayed=True)

    assert await Counter.all().count() == 1


async def test_a_job_whose_worker_died_is_run_again_by_another(database: str) -> None:
    jobs = PgQueuerJobs(JobPolicy(heartbeat=timedelta(seconds=0.3)))
    await jobs.enqueue("work", {"n": 1})
    picked = await store_for_connection().queries.dequeue(
        1,
        {QueueEntrypoint("work"): EntrypointExecutionParameter(0)},
        QueueManagerId(uuid4()),
        None,
        timedelta(seconds=0.3),
    )
    assert len(picked) == 1

    work = Recorder()
    assert await jobs.run_until_idle({"work": work}) == 0
    assert await jobs.counts() == {"queued": 0, "running": 1, "failed": 0}
    await asyncio.sleep(0.35)
    assert await jobs.run_until_idle({"work": work}) == 1
    assert work.payloads == [{"n": 1}]


async def test_old_traces_are_forgotten_and_waiting_jobs_are_not(jobs: PgQueuerJobs) -> None:
    work = Recorder()
    async with transaction():
        assert await first_time("old", NOW - timedelta(days=31))
        assert await first_time("new", NOW)
    await jobs.enqueue("work", {})

    await jobs.prune(NOW)

    async with transaction():
        assert await first_time("old", NOW)
        assert not await first_time("new", NOW)
    assert await jobs.run_until_idle({"work": work}) == 1

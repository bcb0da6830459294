"""PostgreSQL ends every connection, as in a restart, while people write and jobs run."""

import asyncio
import random
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import asyncpg

from foredesk.database import ConnectionLost, first_time, transaction
from foredesk.database.models import Counter, Done
from foredesk.identity import new_id
from foredesk.jobs import JobPolicy, PgQueuerJobs
from foredesk.ports import JobContext
from tests.clock import NOW

POLICY = JobPolicy(
    heartbeat=timedelta(seconds=2),
    poll=timedelta(seconds=1),
    first_delay=timedelta(seconds=0.05),
    restart_delay=timedelta(seconds=0.1),
)


async def test_nothing_acknowledged_is_lost_when_every_connection_is(
    database: str, postgres_only: str
) -> None:
    jobs = PgQueuerJobs(POLICY)
    acknowledged: set[str] = set()
    stopping = asyncio.Event()
    working = asyncio.create_task(jobs.run({"work": work}))
    writers = [asyncio.create_task(write(jobs, acknowledged, stopping)) for _ in range(3)]

    for _ in range(4):
        before = len(acknowledged)
        async with asyncio.timeout(20):
            while len(acknowledged) < before + 20:
                await asyncio.sleep(0.02)
        await cut_every_connection(database)
    stopping.set()
    lost = sum(await asyncio.gather(*writers))
    async with asyncio.timeout(30):
        while await left(jobs):
            await asyncio.sleep(0.1)
    await jobs.stop()
    await working

    rows = set(await Counter.all().values_list("name", flat=True))
    done = set(await Done.all().values_list("key", flat=True))
    assert lost > 0
    assert acknowledged - rows == set()
    assert done == rows


async def write(jobs: PgQueuerJobs, acknowledged: set[str], stopping: asyncio.Event) -> int:
    """Returns how often the connection was lost."""
    lost = 0
    while not stopping.is_set():
        name = str(new_id())
        try:
            async with transaction():
                await Counter.create(name=name, value=1)
                await jobs.enqueue("work", {"name": name})
            acknowledged.add(name)
        except ConnectionLost:
            lost += 1
        await asyncio.sleep(random.random() * 0.01)
    return lost


async def work(payload: Mapping[str, Any], context: JobContext) -> None:
    async with transaction():
        await first_time(payload["name"], NOW)


async def left(jobs: PgQueuerJobs) -> int:
    try:
        return sum((await jobs.counts()).values())
    except ConnectionLost:  # one that was cut last and that nobody has used since
        return 1


async def cut_every_connection(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    finally:
        await connection.close()

"""A process that writes and works like a server, to be killed at any moment.

`python -m tests.jobs.enqueuing_process URL FOLDER` writes a counter row and enqueues a job about it
in one transaction, again and again, and notes in the file `acknowledged` what was committed. Its
worker notes in the table `done` what it was asked to do. When there is a file `stop`, it stops
writing, works until nothing is left, and ends.
"""

import asyncio
import random
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from foredesk.database import connect, disconnect, first_time, transaction
from foredesk.database.models import Counter
from foredesk.identity import new_id
from foredesk.jobs import JobPolicy, PgQueuerJobs
from foredesk.ports import JobContext

POLICY = JobPolicy(heartbeat=timedelta(seconds=2), poll=timedelta(seconds=1))


async def main(url: str, folder: Path) -> None:
    await connect(url, modules=("foredesk.database.models",))
    jobs = PgQueuerJobs(POLICY)
    with (folder / "acknowledged").open("a", buffering=1) as acknowledged:
        writers = [write(jobs, acknowledged, folder / "stop") for _ in range(3)]
        working = asyncio.create_task(jobs.run({"work": work}))
        await asyncio.gather(*writers)
        while sum((await jobs.counts()).values()):
            await asyncio.sleep(0.05)
        await jobs.stop()
        await working
    await disconnect()


async def write(jobs: PgQueuerJobs, acknowledged: Any, stop: Path) -> None:
    chance = random.Random()
    while not await asyncio.to_thread(stop.exists):
        name = str(new_id())
        with suppress(ValueError):
            async with transaction():
                await Counter.create(name=name, value=1)
                await jobs.enqueue("work", {"name": name})
                if chance.random() < 0.2:
                    raise ValueError("rolled back")
            acknowledged.write(name + "\n")
        await asyncio.sleep(chance.random() * 0.01)


async def work(payload: Mapping[str, Any], context: JobContext) -> None:
    await asyncio.sleep(random.random() * 0.02)
    async with transaction():
        await first_time(payload["name"], datetime.now(UTC))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))

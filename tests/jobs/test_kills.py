"""kill -9 under load: what was acknowledged is there, and its job runs; nothing else runs.

`FOREDESK_KILLS` sets how often; releases run more.
"""

import asyncio
import os
import random
import subprocess
import sys
import time
from pathlib import Path

from foredesk.database import connect, disconnect
from foredesk.database.models import Counter, Done
from foredesk.jobs import PgQueuerJobs
from tests.databases import FAST_SQLITE

KILLS = int(os.environ.get("FOREDESK_KILLS", "5"))


def start(url: str, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.enqueuing_process", url, str(folder)],
        stderr=(folder / "errors").open("ab"),
    )


def test_no_acknowledged_row_or_job_is_lost_to_kills(database_url: str, tmp_path: Path) -> None:
    url = database_url.removesuffix(FAST_SQLITE)
    chance = random.Random(5)
    for _ in range(KILLS):
        process = start(url, tmp_path)
        time.sleep(0.9 + chance.random() * 0.8)
        process.kill()
        process.wait()
    (tmp_path / "stop").touch()
    process = start(url, tmp_path)
    try:
        time.sleep(4)  # two heartbeats: what the killed had picked is found by then
    finally:
        process.kill()
        process.wait()

    acknowledged = set((tmp_path / "acknowledged").read_text().split())
    rows, done, counts = asyncio.run(stored(url))

    assert len(acknowledged) > KILLS * 20, (tmp_path / "errors").read_text()
    assert acknowledged - rows == set()
    assert rows - done == set()
    assert done - rows == set()
    assert counts == {"queued": 0, "running": 0, "failed": 0}


async def stored(url: str) -> tuple[set[str], set[str], dict[str, int]]:
    await connect(url, modules=("foredesk.database.models",))
    try:
        rows = set(await Counter.all().values_list("name", flat=True))
        done = set(await Done.all().values_list("key", flat=True))
        counts = dict(await PgQueuerJobs().counts())
    finally:
        await disconnect()
    return rows, done, counts

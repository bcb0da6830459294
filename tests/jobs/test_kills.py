"""kill -9 under load: what was acknowledged is there, and its job runs; nothing else runs.

`FOREDESK_KILLS` sets how often; releases run more.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from foredesk.database import connect, disconnect
from foredesk.database.models import Counter, Done
from tests.databases import FAST_SQLITE, run

KILLS = int(os.environ.get("FOREDESK_KILLS", "5"))
BUSY = 20
POINTS = ["before-commit", "after-commit", "before-job-handled", "after-job-handled"]


def start(url: str, folder: Path, fault: str = "") -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.enqueuing_process", url, str(folder)],
        stderr=(folder / "errors").open("ab"),
        env={**os.environ, "FOREDESK_FAULT": fault},
    )


def wait_until_busy(folder: Path) -> None:
    """A process takes its time to start; kill it while it works."""
    before, patience = count_acknowledged(folder), time.monotonic() + 60
    while count_acknowledged(folder) < before + BUSY:
        assert time.monotonic() < patience, (folder / "errors").read_text()
        time.sleep(0.02)


def count_acknowledged(folder: Path) -> int:
    file = folder / "acknowledged"
    return len(file.read_text().split()) if file.exists() else 0


def finish(url: str, folder: Path) -> None:
    """Let a process do what is left."""
    (folder / "stop").touch()
    process = start(url, folder)
    try:
        assert process.wait(timeout=60) == 0, (folder / "errors").read_text()
    finally:
        process.kill()


def check_that_nothing_was_lost(url: str, folder: Path, at_least: int) -> None:
    acknowledged = set((folder / "acknowledged").read_text().split())
    rows, done = run(stored(url))

    assert len(acknowledged) >= at_least, (folder / "errors").read_text()
    assert acknowledged - rows == set()
    assert rows - done == set()
    assert done - rows == set()


async def stored(url: str) -> tuple[set[str], set[str]]:
    await connect(url)
    try:
        rows = set(await Counter.all().values_list("name", flat=True))
        done = set(await Done.all().values_list("key", flat=True))
    finally:
        await disconnect()
    return rows, done


def test_no_acknowledged_row_or_job_is_lost_to_kills(database_url: str, tmp_path: Path) -> None:
    url = database_url.removesuffix(FAST_SQLITE)
    chance = random.Random(5)
    for _ in range(KILLS):
        process = start(url, tmp_path)
        wait_until_busy(tmp_path)
        time.sleep(chance.random() * 0.5)
        process.kill()
        process.wait()

    finish(url, tmp_path)
    check_that_nothing_was_lost(url, tmp_path, at_least=KILLS * BUSY)


@pytest.mark.parametrize("point", POINTS)
def test_nothing_is_lost_at_any_crash_point(database_url: str, tmp_path: Path, point: str) -> None:
    url = database_url.removesuffix(FAST_SQLITE)
    process = start(url, tmp_path, fault=f"{point}:20")

    assert process.wait(timeout=60) == -signal.SIGKILL, (tmp_path / "errors").read_text()
    finish(url, tmp_path)
    check_that_nothing_was_lost(url, tmp_path, at_least=5)

"""On PostgreSQL jobs run in a process of their own, which a server keeps alive while it lives."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest

from benchmarks.server_process import ServerProcess, serving
from benchmarks.small_desk import SmallDesk, make_small_desk
from tests.databases import empty_postgres_database, run
from tests.server.test_server_process import create

pytestmark = pytest.mark.process
TREE = Path(__file__).parents[2]


@pytest.fixture
def url(postgres_only: str) -> Iterator[str]:
    with empty_postgres_database("worker") as url:
        yield url


@pytest.fixture
def small(url: str, tmp_path: Path) -> SmallDesk:
    return run(make_small_desk(tmp_path, url))


def number(url: str, query: str) -> int:
    async def asked() -> int:
        connection = await asyncpg.connect(url)
        try:
            return int(await connection.fetchval(query))
        finally:
            await connection.close()

    return run(asked())


def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def has_workers(server: ServerProcess, count: int) -> bool:
    jobs = httpx.get(f"{server.address}/readyz", timeout=10).json()["jobs"]
    return bool(jobs["workers"] == count)


def is_mailed(url: str, count: int) -> bool:
    return number(url, "SELECT count(*) FROM outbox_mail") == count


def test_what_follows_from_a_request_is_done_by_a_worker(
    url: str, small: SmallDesk, tmp_path: Path
) -> None:
    with serving(ServerProcess(tmp_path, database_url=url)) as server:
        create(server.address, small, "Printer jams")
        until(lambda: is_mailed(url, 1))

        assert has_workers(server, 1)
        assert len(server.workers()) == 1

    until(lambda: number(url, WORKERS) == 0)


def test_a_worker_that_is_killed_is_replaced_and_loses_nothing(
    url: str, small: SmallDesk, tmp_path: Path
) -> None:
    with serving(ServerProcess(tmp_path, database_url=url)) as server:
        until(lambda: has_workers(server, 1))
        (first,) = server.workers()
        for place in range(40):
            create(server.address, small, f"Printer {place} jams")
            if place == 20:
                os.kill(first, signal.SIGKILL)
        until(lambda: is_mailed(url, 40), seconds=60)

        (second,) = server.workers()
        assert second != first


def test_a_worker_ends_when_its_server_is_killed(
    url: str, small: SmallDesk, tmp_path: Path
) -> None:
    server = ServerProcess(tmp_path, database_url=url)
    server.start()
    until(lambda: has_workers(server, 1))

    os.kill(server.process_id, signal.SIGKILL)
    server.wait()

    until(lambda: number(url, WORKERS) == 0)


def test_a_server_without_workers_answers_and_another_process_does_the_work(
    url: str, small: SmallDesk, tmp_path: Path
) -> None:
    environ = {"FOREDESK_WORKER_PROCESSES": "0"}
    with serving(ServerProcess(tmp_path, database_url=url, environ=environ)) as server:
        create(server.address, small, "Printer jams")
        assert server.workers() == []
        assert has_workers(server, 0)
        assert is_mailed(url, 0)

        worker = start_worker(url, tmp_path)
        try:
            until(lambda: is_mailed(url, 1))
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0
        finally:
            worker.kill()


def test_on_sqlite_the_server_does_it_all_itself(tmp_path: Path) -> None:
    run(make_small_desk(tmp_path, ""))
    with serving(ServerProcess(tmp_path)) as server:
        assert server.workers() == []
        until(lambda: has_workers(server, 1))

    worker = start_worker("", tmp_path)
    _, said = worker.communicate(timeout=60)
    assert worker.returncode == 2
    assert "foredesk serve" in said


def start_worker(url: str, folder: Path) -> "subprocess.Popen[str]":
    environ = {"FOREDESK_DATA_DIR": str(folder), "FOREDESK_DATABASE_URL": url}
    return subprocess.Popen(
        [sys.executable, "-m", "foredesk", "work"],
        cwd=TREE,
        env=os.environ | environ,
        stderr=subprocess.PIPE,
        text=True,
    )


WORKERS = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND application_name = 'foredesk-jobs'"
)

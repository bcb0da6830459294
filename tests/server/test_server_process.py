"""A real server: it is ready, it can be stopped without loss, killed without loss, and is alone."""

import asyncio
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import httpx
import pytest

from benchmarks.server_process import ServerProcess, serving
from benchmarks.small_desk import CREATE, SmallDesk, make_small_desk
from foredesk.faults import POINTS
from tests.channels.smtp_server import MailServer
from tests.databases import run

pytestmark = pytest.mark.process


@pytest.fixture
def small(tmp_path: Path) -> SmallDesk:
    return run(make_small_desk(tmp_path, ""))


def create(address: str, small: SmallDesk, subject: str) -> int:
    """The number of the new ticket. Raises OSError or httpx.HTTPError without an answer."""
    answer = httpx.post(
        f"{address}/graphql",
        json={"query": CREATE, "variables": {"input": {"subject": subject}}},
        headers={"authorization": f"Bearer {small.requester_token}"},
        timeout=30,
    )
    number: int = answer.json()["data"]["createTicket"]["ticket"]["number"]
    return number


def stored(data_dir: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(data_dir / "foredesk.sqlite3") as database:
        return database.execute(query).fetchall()


def test_health_tells_every_part_and_each_answer_its_request_id(
    tmp_path: Path, small: SmallDesk
) -> None:
    with serving(ServerProcess(tmp_path)) as server:
        with urlopen(f"{server.address}/healthz") as answer:
            assert json.load(answer) == {"status": "ok"}
        with urlopen(f"{server.address}/readyz") as answer:
            ready = json.load(answer)
            assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["x-request-id"])
        named = Request(f"{server.address}/healthz", headers={"X-Request-ID": "from-the-proxy-1"})
        with urlopen(named) as answer:
            assert answer.headers["x-request-id"] == "from-the-proxy-1"

    assert set(ready) == {"status", "database", "jobs", "index"}
    assert ready["index"]["documents"] == 40


def test_a_second_process_on_the_same_data_is_refused_with_a_reason(
    tmp_path: Path, small: SmallDesk
) -> None:
    with serving(ServerProcess(tmp_path)), pytest.raises(RuntimeError, match="process"):
        ServerProcess(tmp_path).start()


def test_no_address_is_announced_where_another_program_listens(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = subprocess.run(
            [sys.executable, "-m", "foredesk", "serve", "--port", port],
            env=os.environ | {"FOREDESK_DATA_DIR": str(tmp_path), "FOREDESK_DATABASE_URL": ""},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert refused.returncode != 0
    assert refused.stdout == ""
    assert "address already in use" in refused.stderr


def test_a_graceful_stop_loses_nothing_that_was_in_flight(tmp_path: Path, small: SmallDesk) -> None:
    acknowledged: list[int] = []
    server = ServerProcess(tmp_path)
    server.start()

    def client(name: int) -> None:
        for count in range(1000):
            try:
                acknowledged.append(create(server.address, small, f"Client {name}, {count}"))
            except (OSError, httpx.HTTPError):
                return

    clients = [threading.Thread(target=client, args=(name,)) for name in range(6)]
    for thread in clients:
        thread.start()
    while len(acknowledged) < 10:
        time.sleep(0.05)
    assert server.stop() == 0
    for thread in clients:
        thread.join()

    numbers = {row[0] for row in stored(tmp_path, "SELECT number FROM ticket")}
    assert set(acknowledged) <= numbers
    unclassified = stored(tmp_path, "SELECT number FROM ticket WHERE classified_at IS NULL")
    assert [number for (number,) in unclassified if number in acknowledged] == []


@pytest.fixture
def smtp_url() -> Iterator[str]:
    """A mail server in a thread of its own, which takes everything."""
    loop = asyncio.new_event_loop()
    listening = loop.run_until_complete(asyncio.start_server(MailServer().talk, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield f"smtp://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    listening.close()
    loop.close()


@pytest.mark.parametrize(
    "point",
    [
        "before-commit",
        "after-commit",
        "after-commit-before-classification",
        "after-classification",
        "before-job-handled",
        "after-job-handled",
        "after-mail-sent",
    ],
)
def test_whatever_it_dies_at_the_next_start_makes_it_whole(
    tmp_path: Path, small: SmallDesk, smtp_url: str, point: str
) -> None:
    """SIGKILL at a named point of an intake; the ticket is either whole or was never there."""
    assert point in POINTS
    outside = {"FOREDESK_SMTP_URL": smtp_url}
    dying = ServerProcess(tmp_path, environ={"FOREDESK_FAULT": point, **outside})
    try:
        dying.start()
        create(dying.address, small, "Dies with me")
    except (RuntimeError, OSError, httpx.HTTPError):
        pass
    assert dying.wait(30) == -9

    with serving(ServerProcess(tmp_path, environ=outside)) as server:
        survivor = create(server.address, small, "Lives")
        settle(tmp_path)

    tickets = stored(tmp_path, "SELECT number, classified_at FROM ticket ORDER BY number")
    assert survivor in [number for number, _ in tickets]
    assert [number for number, classified_at in tickets if classified_at is None] == []
    mails = stored(tmp_path, "SELECT recipient, state FROM outbox_mail")
    assert mails == [("ada@acme.example", "sent")] * len(tickets)


def settle(data_dir: Path) -> None:
    """Wait until every ticket is classified and every mail is dealt with."""
    until = time.monotonic() + 40
    pending = (
        "SELECT (SELECT count(*) FROM ticket WHERE classified_at IS NULL)"
        " + (SELECT count(*) FROM job WHERE status != 'failed')"
        " + (SELECT count(*) FROM outbox_mail WHERE state = 'waiting')"
    )
    while stored(data_dir, pending) != [(0,)]:
        assert time.monotonic() < until, "the server did not become whole"
        time.sleep(0.2)

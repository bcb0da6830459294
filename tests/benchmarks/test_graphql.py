"""The benchmark of the API runs, on a desk as our own code would have written it."""

import os
import subprocess
import sys
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import orjson
import pytest

from benchmarks.graphql.answers import canonical, differences
from benchmarks.graphql.dataset.load import load_desk
from benchmarks.graphql.dataset.scale import Scale
from benchmarks.graphql.generator import CHUNKED, whole_length
from foredesk.database import connect, disconnect
from foredesk.sla.models import TicketClock
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import TicketState
from foredesk.tickets.verify import differences as of_ticket
from tests.databases import empty_postgres_database, postgres_is_reachable, run

KEYS = {
    "rps",
    "p50_ms",
    "p99_ms",
    "of_floor",
    "of_postgraphile",
    "of_plain",
    "sqlite_of_postgresql",
    "cpu_ms",
    "cpu_ms_of",
}
OPTIONS = "--tickets 150 --rounds 1 --seconds 0.2 --warm-seconds 0.1 --servers ours,floor"
SCALE = replace(Scale.of(400), until=datetime(2026, 11, 18, 12, 0, tzinfo=UTC))
T = TypeVar("T")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("benchmark")
    url = f"sqlite:///{folder / 'desk.sqlite3'}?synchronous=OFF"
    run(load_desk(url, SCALE))
    return url


def seen(database: str, look: Callable[[], Coroutine[Any, Any, T]]) -> T:
    async def looked() -> T:
        await connect(database)
        try:
            return await look()
        finally:
            await disconnect()

    return run(looked())


def test_every_row_is_what_its_events_say(database: str) -> None:
    async def wrong() -> list[object]:
        return [one for ticket in await Ticket.all() for one in await of_ticket(ticket)]

    assert seen(database, wrong) == []


def test_there_is_as_much_as_the_scale_says_and_it_is_lopsided(database: str) -> None:
    async def counts() -> tuple[int, int, int, set[TicketState]]:
        states = {ticket.state for ticket in await Ticket.all()}
        clocks = await TicketClock.all().count()
        return await Ticket.all().count(), await TicketEvent.all().count(), clocks, states

    tickets, events, clocks, states = seen(database, counts)

    assert tickets == SCALE.tickets
    assert abs(events - SCALE.events) < SCALE.events * 0.02
    assert clocks == 2 * tickets
    assert states == set(TicketState)


def test_no_timer_has_anything_to_do_in_the_next_hours(database: str) -> None:
    async def due() -> int:
        soon = SCALE.until + timedelta(hours=12)
        clocks = await TicketClock.filter(next_due_at__lt=soon).count()
        closing = await Ticket.filter(close_due_at__lt=soon).count()
        unclassified = await Ticket.filter(classified_at=None).count()
        return clocks + closing + unclassified

    assert seen(database, due) == 0


def test_answers_are_compared_by_what_they_mean() -> None:
    ours = {"data": {"ticket": {"state": "OPEN", "openedAt": "2026-03-02T09:00:00.123Z"}}}
    theirs = {"data": {"ticket": {"state": "open", "openedAt": "2026-03-02T09:00:00.123456+00:00"}}}
    other = {"data": {"ticket": {"state": "OPEN", "openedAt": "2026-03-02T09:00:00.124Z"}}}

    assert differences(canonical(ours), canonical(theirs)) == []
    assert len(differences(canonical(ours), canonical(other))) == 1
    assert differences([1, 2], [1]) == [": [1, 2] is not [1]"]


def test_the_generator_knows_where_an_answer_ends() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n\r\n"

    assert whole_length(head + b"he") == len(head) + 5
    assert whole_length(head[:20]) == -1
    assert whole_length(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n") == CHUNKED


@pytest.mark.process
@pytest.mark.skipif(not postgres_is_reachable(), reason="needs PostgreSQL")
def test_a_short_run_prints_its_figures() -> None:
    with empty_postgres_database("benchmark") as url:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.graphql", "--database", url, *OPTIONS.split()],
            env={name: value for name, value in os.environ.items() if "FOREDESK_" not in name},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            timeout=240,
            check=False,
        )

    assert done.returncode == 0, done.stderr.decode()[-3000:]
    figures = orjson.loads(done.stdout.splitlines()[-1])
    assert list(figures) == ["Q1", "Q2", "Q3", "M1"]
    for figure in figures.values():
        assert set(figure) == KEYS
        assert figure["rps"] > 0
        assert figure["of_floor"] > 0
        assert figure["of_plain"] is figure["of_postgraphile"] is None
    assert b"All servers answer the same." in done.stderr

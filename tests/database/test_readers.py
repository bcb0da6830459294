"""Readers: straight to tuples, outside of every transaction, and never in the way for long."""

import asyncio
from typing import Any

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import OperationalError

from foredesk.database import transaction
from foredesk.database.models import Counter
from foredesk.database.reading import current_reader
from foredesk.database.sqlite_reader import SqliteReader

FOREVER = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) "


async def test_a_reader_sees_what_was_committed_and_nothing_else(database: str) -> None:
    reader = current_reader()
    assert reader is not None
    place = "$1" if reader.dialect == "postgres" else "?1"
    statement = f"SELECT value FROM counter WHERE name = {place}"

    async with transaction():
        await Counter.create(name="a", value=7)
        assert current_reader() is None
        assert list(await reader.rows(statement, ["a"])) == []

    assert [tuple(row) for row in await reader.rows(statement, ["a"])] == [(7,)]


async def test_a_reader_changes_nothing(database: str) -> None:
    reader = current_reader()
    assert reader is not None
    with pytest.raises(Exception, match="read"):
        await reader.rows("DELETE FROM counter", [])


async def test_many_read_at_once(database: str) -> None:
    reader = current_reader()
    assert reader is not None
    found = await asyncio.gather(*[reader.rows("SELECT 1", []) for _ in range(50)])
    assert [tuple(row) for rows in found for row in rows] == [(1,)] * 50


async def test_a_long_read_on_sqlite_leaves_the_event_loop(database: str) -> None:
    client: Any = get_connection("default")
    if not isinstance(client.reader, SqliteReader):
        pytest.skip("PostgreSQL reads in a process of its own.")
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0.005)

    ticking = asyncio.create_task(tick())
    ((most,),) = await client.reader.rows(FOREVER + "SELECT max(i) FROM n", [])
    ticking.cancel()

    assert most == 3_000_000
    assert client.reader.stopped == 1
    assert ticks > 5


async def test_a_mistake_in_a_statement_is_told(database: str) -> None:
    reader = current_reader()
    assert reader is not None
    with pytest.raises(OperationalError, match="nowhere"):
        await reader.rows("SELECT * FROM nowhere", [])

"""An SQLite file that is full, or locked by another program: said by name, and over when it is."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import OperationalError

from foredesk.database import RetryableError, connect, disconnect, transaction
from foredesk.database.migrate import migrate
from foredesk.database.models import Counter


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[Path]:
    path = tmp_path / "desk.sqlite3"
    await migrate(f"sqlite:///{path}")
    yield path
    await disconnect()


async def test_a_full_disk_loses_nothing_acknowledged_and_halves_nothing(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    await connect(f"sqlite:///{file}?max_page_count={pages + 10}")
    acknowledged = 0
    with pytest.raises(OperationalError, match="full"):
        while True:
            async with transaction():
                for half in "ab":
                    await Counter.create(name=f"{half}{acknowledged:050}", value=1)
            acknowledged += 1

    assert acknowledged > 10
    assert await Counter.all().count() == 2 * acknowledged

    await get_connection("default").execute_query("PRAGMA max_page_count=100000")
    await Counter.create(name="after", value=1)
    assert await Counter.all().count() == 2 * acknowledged + 1


async def test_a_file_locked_by_another_program_is_waited_for(file: Path) -> None:
    await connect(f"sqlite:///{file}?busy_timeout=5000")
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(Counter.create(name="a", value=1))
    await asyncio.sleep(0.1)
    assert not writing.done()

    other.execute("COMMIT")
    other.close()

    await writing
    assert await Counter.all().count() == 1


async def test_a_file_locked_for_too_long_is_named_and_can_be_tried_again(file: Path) -> None:
    await connect(f"sqlite:///{file}?busy_timeout=50")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for _ in range(2):
        with pytest.raises(RetryableError):
            async with transaction():
                await Counter.create(name="a", value=1)
    with pytest.raises(RetryableError):
        await Counter.create(name="a", value=1)
    assert await Counter.all().count() == 0

    other.execute("COMMIT")
    other.close()

    await Counter.create(name="a", value=1)
    assert await Counter.all().count() == 1

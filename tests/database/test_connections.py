"""What the engines do with their connections: readers, pools, servers that go away."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError

from foredesk.database import (
    ConnectionLost,
    NoConnectionFree,
    RetryableError,
    connect,
    disconnect,
    postgres,
    retry,
    transaction,
)
from foredesk.database.models import Counter
from foredesk.database.statement import rows_of


async def test_readers_see_what_is_committed_while_a_writer_works(database: str) -> None:
    await Counter.create(name="a", value=1)
    written, read = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with transaction():
            await Counter.filter(name="a").update(value=2)
            written.set()
            await read.wait()

    task = asyncio.create_task(write())
    await written.wait()
    async with asyncio.timeout(1):
        assert (await Counter.get(name="a")).value == 1
    read.set()
    await task

    assert (await Counter.get(name="a")).value == 2


async def test_many_transactions_at_once_are_all_kept(database: str) -> None:
    await Counter.create(name="a", value=1)

    async def add() -> None:
        async with transaction():
            await rows_of("UPDATE counter SET value = value + 1 WHERE name = $1", "a")

    await asyncio.gather(*(add() for _ in range(50)))

    assert (await Counter.get(name="a")).value == 51


async def test_a_cancelled_bulk_write_is_all_there_or_not_at_all(database: str) -> None:
    async def write(number: int) -> None:
        await Counter.bulk_create([Counter(name=f"{number}-{n}", value=n) for n in range(50)])

    for number in range(20):
        task = asyncio.create_task(write(number))
        await asyncio.sleep(0.0005 * number)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    names = await Counter.all().values_list("name", flat=True)
    counts = dict.fromkeys(range(20), 0)
    for name in names:
        counts[int(str(name).partition("-")[0])] += 1
    assert set(counts.values()) <= {0, 50}


async def test_a_broken_constraint_has_one_name_on_both(database: str) -> None:
    await Counter.create(name="a", value=1)

    with pytest.raises(IntegrityError):
        await Counter.create(name="a", value=2)


async def test_a_lost_connection_is_named_and_the_next_use_gets_a_new_one(
    database: str, postgres_only: str
) -> None:
    with pytest.raises(ConnectionLost):
        async with transaction():
            await Counter.create(name="a", value=1)
            await cut_connections(database)
            await Counter.create(name="b", value=1)

    await Counter.create(name="c", value=1)
    assert await Counter.all().values_list("name", flat=True) == ["c"]


async def test_a_deadlock_is_solved_by_trying_again(database: str, postgres_only: str) -> None:
    await Counter.bulk_create([Counter(name="a", value=1), Counter(name="b", value=1)])
    failures: list[RetryableError] = []
    barrier = asyncio.Barrier(2)

    async def both(first: str, second: str) -> None:
        async def once() -> None:
            async with transaction():
                await rows_of("UPDATE counter SET value = value + 1 WHERE name = $1", first)
                if not failures:
                    await barrier.wait()
                await rows_of("UPDATE counter SET value = value + 1 WHERE name = $1", second)

        async def noted() -> None:
            try:
                await once()
            except RetryableError as error:
                failures.append(error)
                raise

        await retry(noted)

    await asyncio.gather(both("a", "b"), both("b", "a"))

    assert len(failures) == 1
    assert await Counter.all().order_by("name").values_list("value", flat=True) == [3, 3]


@pytest.fixture
async def small_pool(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    monkeypatch.setattr(postgres, "ACQUIRE_SECONDS", 0.1)
    await connect(f"{postgres_url}?maxsize=1")
    try:
        yield
    finally:
        await disconnect()


async def test_a_full_pool_is_said_soon_and_recovers(postgres_only: str, small_pool: None) -> None:
    async with transaction():
        waiting = asyncio.create_task(outside_of_the_transaction())
        with pytest.raises(NoConnectionFree):
            await waiting

    assert await Counter.all().count() >= 0


async def outside_of_the_transaction() -> None:
    client = get_connection("default")
    async with client._parent._in_transaction():
        pass


async def cut_connections(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name = 'foredesk'"
        )
    finally:
        await connection.close()

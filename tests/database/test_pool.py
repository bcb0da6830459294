"""The pool of PostgreSQL connections: none is lost, whatever becomes of those who wait."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from foredesk.database.pool import Pool


@pytest.fixture
async def pool(postgres_only: str, postgres_url: str) -> AsyncIterator[Pool]:
    pool = Pool(1, dsn=postgres_url)
    yield pool
    await pool.close()


async def test_a_free_connection_is_used_again(pool: Pool) -> None:
    first = await pool.acquire(timeout=5)
    await pool.release(first)

    assert await pool.acquire(timeout=5) is first
    first.terminate()
    await pool.release(first)


async def test_who_waits_gets_the_connection_that_comes_back(pool: Pool) -> None:
    first = await pool.acquire(timeout=5)
    waiting = asyncio.create_task(pool.acquire(timeout=30))
    await asyncio.sleep(0)

    await pool.release(first)

    assert await waiting is first
    await pool.release(first)


async def test_who_waits_too_long_is_told_and_keeps_nothing(pool: Pool) -> None:
    first = await pool.acquire(timeout=5)
    with pytest.raises(TimeoutError):
        await pool.acquire(timeout=0.01)

    await pool.release(first)

    assert await pool.acquire(timeout=5) is first
    await pool.release(first)


async def test_who_leaves_as_a_connection_comes_hands_it_on(pool: Pool) -> None:
    first = await pool.acquire(timeout=5)
    waiting = asyncio.create_task(pool.acquire(timeout=30))
    await asyncio.sleep(0)

    await pool.release(first)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert await pool.acquire(timeout=5) is first
    await pool.release(first)


async def test_a_broken_connection_makes_room_for_another(pool: Pool) -> None:
    first = await pool.acquire(timeout=5)
    waiting = asyncio.create_task(pool.acquire(timeout=30))
    await asyncio.sleep(0)
    first.terminate()

    await pool.release(first)

    second = await waiting
    assert await second.fetchval("SELECT 1") == 1
    await pool.release(second)


async def test_a_transaction_that_was_left_open_is_not_handed_to_the_next(pool: Pool) -> None:
    first = await pool.acquire(timeout=5)
    await first.execute("BEGIN")

    await pool.release(first)

    second = await pool.acquire(timeout=30)
    assert second is not first
    await pool.release(second)


async def test_a_closed_pool_gives_nothing(pool: Pool) -> None:
    await pool.close()

    with pytest.raises(asyncpg.InterfaceError):
        await pool.acquire(timeout=5)

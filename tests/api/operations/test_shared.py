"""Shared: worked out once for many, and never in anybody's way."""

import asyncio

import pytest

from api.operations.shared import Shared


class Work:
    """Counts how often it is done; `go` lets it finish."""

    def __init__(self) -> None:
        self.times = 0
        self.go = asyncio.Event()

    async def __call__(self) -> int:
        self.times += 1
        await self.go.wait()
        return self.times


async def test_who_asks_the_same_at_the_same_time_gets_the_same() -> None:
    shared, work = Shared(), Work()
    asking = [asyncio.create_task(shared.once("event", work)) for _ in range(100)]
    await asyncio.sleep(0)
    work.go.set()

    assert await asyncio.gather(*asking) == [1] * 100
    assert await shared.once("event", work) == 1
    assert await shared.once("another", work) == 2


async def test_whoever_leaves_takes_nothing_from_the_others() -> None:
    shared, work = Shared(), Work()
    first = asyncio.create_task(shared.once("event", work))
    await asyncio.sleep(0)
    second = asyncio.create_task(shared.once("event", work))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    work.go.set()

    assert await second == 1
    assert first.cancelled()


async def test_it_is_remembered_for_a_moment_only() -> None:
    shared, work = Shared(seconds=0.02), Work()
    work.go.set()

    assert await shared.once("event", work) == 1
    await asyncio.sleep(0.05)
    assert await shared.once("event", work) == 2
    assert len(shared._begun) == 1


async def test_only_so_much_is_remembered() -> None:
    shared, work = Shared(most=3), Work()
    work.go.set()
    for number in range(10):
        await shared.once(number, work)

    assert list(shared._begun) == [7, 8, 9]


async def test_an_error_is_everybodys() -> None:
    async def fail() -> int:
        raise LookupError("gone")

    shared = Shared()
    found = await asyncio.gather(
        *[shared.once("event", fail) for _ in range(3)], return_exceptions=True
    )

    assert [type(error) for error in found] == [LookupError] * 3


async def test_without_sharing_everybody_has_their_own() -> None:
    shared, work = Shared(is_on=False), Work()
    work.go.set()

    assert [await shared.once("event", work) for _ in range(3)] == [1, 2, 3]


@pytest.mark.parametrize("count", [1, 5])
async def test_nobody_left_to_hear_of_an_error_is_no_error(
    count: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail() -> int:
        await asyncio.sleep(0.01)
        raise LookupError("gone")

    shared = Shared()
    asking = [asyncio.create_task(shared.once("event", fail)) for _ in range(count)]
    await asyncio.sleep(0)
    for task in asking:
        task.cancel()
    await asyncio.sleep(0.05)
    shared._begun.clear()

    assert caplog.records == []

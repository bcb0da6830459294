"""Loaders: many keys at once, and no field can spoil another's row."""

import asyncio
from collections.abc import Sequence

import pytest

from api.loaders import Loader


async def test_rows_are_read_together_and_once() -> None:
    read: list[Sequence[int]] = []

    async def load(keys: list[int]) -> Sequence[int]:
        read.append(keys)
        return [key * 10 for key in keys]

    loader: Loader[int, int] = Loader(load)

    assert await asyncio.gather(*[loader.load(key) for key in (1, 2, 1)]) == [10, 20, 10]
    assert await loader.load(2) == 20
    assert read == [[1, 2]]


async def test_who_stops_waiting_leaves_the_others_their_row() -> None:
    may_go_on = asyncio.Event()

    async def load(keys: list[int]) -> Sequence[int]:
        await may_go_on.wait()
        return keys

    loader: Loader[int, int] = Loader(load)
    impatient = asyncio.ensure_future(loader.load(1))
    patient = asyncio.ensure_future(loader.load(1))
    await asyncio.sleep(0)
    impatient.cancel()
    may_go_on.set()

    assert await patient == 1
    with pytest.raises(asyncio.CancelledError):
        await impatient

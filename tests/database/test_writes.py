"""Writes that are sent together: alike on both databases."""

import asyncio

import pytest
from tortoise.exceptions import IntegrityError

from foredesk.database import (
    FromCounter,
    Remembered,
    Stamp,
    UnstorableText,
    Writes,
    blank,
    savepoint,
    transaction,
)
from foredesk.database.models import Counter, Done
from tests.clock import NOW


async def test_what_was_gathered_is_there_after_it_is_sent(database: str) -> None:
    await Counter.create(name="old", value=1)
    writes = Writes()
    writes.insert(Counter(name="a", value=1), Counter(name="b", value=2))
    writes.insert(Done(key="k", done_at=NOW))
    writes.update(Counter(name="old", value=3), ("value",))
    writes.add("UPDATE counter SET value = value + $2 WHERE name = $1", "none", 4)

    assert await writes.send() is None

    assert await counters() == {"a": 1, "b": 2, "old": 3}
    assert (await Done.get()).done_at == NOW


async def test_one_row_that_cannot_be_there_keeps_all_from_being_written(database: str) -> None:
    await Counter.create(name="a", value=1)
    writes = Writes(counter="number")
    writes.insert(Counter(name="b", value=0), numbered=FromCounter("value"))
    writes.insert(Counter(name="a", value=2))

    with pytest.raises(IntegrityError):
        await writes.send()

    assert await counters() == {"a": 1}


async def test_rows_are_numbered_without_a_gap_however_many_come_at_once(database: str) -> None:
    async def one(place: int) -> int | None:
        writes = Writes(counter="number")
        writes.insert(Counter(name=f"row {place}", value=0), numbered=FromCounter("value"))
        return await writes.send()

    given = await asyncio.gather(*[one(place) for place in range(20)])

    assert sorted(number or 0 for number in given) == list(range(1, 21))
    expected = {f"row {place}": number for place, number in enumerate(given)}
    assert await counters() == {**expected, "number": 20}


async def test_within_a_transaction_they_are_part_of_it(database: str) -> None:
    told: list[str] = []
    with pytest.raises(KeyError):
        async with transaction():
            await put("a", told)
            raise KeyError("no")
    assert await counters() == {}

    async with transaction():
        await put("b", told)
        with pytest.raises(IntegrityError):
            async with savepoint():
                await put("b", told)
        assert told == []

    assert await counters() == {"b": 1}
    assert told == ["b"]


async def test_text_that_cannot_be_stored_is_refused_before_anything_is_written(
    database: str,
) -> None:
    writes = Writes()
    writes.insert(Counter(name="a", value=1), Counter(name="b\x00", value=1))

    with pytest.raises(UnstorableText):
        await writes.send()

    assert await counters() == {}


async def test_what_is_remembered_is_forgotten_with_the_commit_of_a_change(database: str) -> None:
    remembered: Remembered[list[int]] = Remembered("stamp", lambda stamp: [])
    (await remembered.current()).append(1)
    assert await remembered.current() == [1]

    async with transaction():
        await remembered.changed()
    assert await remembered.current() == []


async def test_a_change_that_was_rolled_back_leaves_nothing_remembered(database: str) -> None:
    remembered: Remembered[list[int]] = Remembered("stamp", lambda stamp: [])
    with pytest.raises(KeyError):
        async with transaction():
            await remembered.changed()
            (await remembered.current()).append(1)
            raise KeyError("no")

    assert await remembered.current() == []


async def test_writes_that_rest_on_what_has_changed_are_refused_whole(database: str) -> None:
    remembered: Remembered[Stamp] = Remembered("stamp", lambda stamp: stamp)
    assert remembered.at_hand() is None
    before = await remembered.current()
    await numbered("a", before)

    await remembered.changed()
    assert remembered.at_hand() is before
    with pytest.raises(IntegrityError):
        await numbered("b", before)

    await numbered("c", await remembered.current())
    rows = await counters()
    assert (rows["a"], rows["c"], rows["number"], "b" in rows) == (1, 2, 2, False)


async def numbered(name: str, stamp: Stamp) -> None:
    writes = Writes(counter="number", stamp=stamp)
    writes.insert(blank(Counter, name=name, value=None), numbered=FromCounter("value"))
    await writes.send()


async def put(name: str, told: list[str]) -> None:
    writes = Writes()
    writes.insert(Counter(name=name, value=1))
    writes.afterwards(lambda: told.append(name))
    await writes.send()


async def counters() -> dict[str, int]:
    return {row.name: row.value for row in await Counter.all()}

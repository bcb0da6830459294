"""Transactions, savepoints, hints after the commit, counters: alike on both databases."""

import asyncio

import pytest
from tortoise.exceptions import IntegrityError, TransactionManagementError

from foredesk.database import (
    RetryableError,
    UnstorableText,
    after_commit,
    next_value,
    retry,
    savepoint,
    transaction,
)
from foredesk.database.models import Counter


async def test_what_a_transaction_wrote_is_there_after_it(database: str) -> None:
    async with transaction():
        await Counter.create(name="a", value=1)

    assert await Counter.all().values_list("name", "value") == [("a", 1)]


async def test_an_error_undoes_the_whole_transaction(database: str) -> None:
    with pytest.raises(KeyError):
        async with transaction():
            await Counter.create(name="a", value=1)
            raise KeyError("no")

    assert await Counter.all().count() == 0


async def test_an_inner_transaction_joins_the_outer_one(database: str) -> None:
    with pytest.raises(KeyError):
        async with transaction():
            async with transaction():
                await Counter.create(name="a", value=1)
            raise KeyError("no")

    assert await Counter.all().count() == 0


async def test_a_failed_inner_transaction_spoils_the_outer_one_even_if_caught(
    database: str,
) -> None:
    with pytest.raises(TransactionManagementError, match="none of it is committed"):
        async with transaction():
            await Counter.create(name="outer", value=1)
            try:
                async with transaction():
                    await Counter.create(name="inner", value=1)
                    raise KeyError("no")
            except KeyError:
                pass

    assert await Counter.all().count() == 0


async def test_a_failed_savepoint_leaves_the_rest(database: str) -> None:
    async with transaction():
        await Counter.create(name="outer", value=1)
        with pytest.raises(IntegrityError):
            async with savepoint():
                await Counter.create(name="inner", value=1)
                await Counter.create(name="outer", value=2)

    assert await Counter.all().values_list("name", "value") == [("outer", 1)]


async def test_a_savepoint_spoiled_by_a_joined_transaction_is_undone(database: str) -> None:
    async with transaction():
        await Counter.create(name="outer", value=1)
        with pytest.raises(TransactionManagementError):
            async with savepoint():
                try:
                    async with transaction():
                        await Counter.create(name="inner", value=1)
                        raise KeyError("no")
                except KeyError:
                    pass

    assert await Counter.all().values_list("name", flat=True) == ["outer"]


async def test_a_savepoint_needs_a_transaction(database: str) -> None:
    with pytest.raises(TransactionManagementError):
        async with savepoint():
            pass


async def test_hints_run_after_the_outermost_commit_in_order(database: str) -> None:
    seen: list[object] = []

    async def count() -> None:
        seen.append(await Counter.all().count())

    async with transaction():
        async with transaction():
            await after_commit(count)
            await after_commit(lambda: seen.append("second"))
            await Counter.create(name="a", value=1)
        assert seen == []

    assert seen == [1, "second"]


async def test_hints_of_what_was_undone_are_dropped(database: str) -> None:
    seen: list[str] = []
    async with transaction():
        with pytest.raises(KeyError):
            async with savepoint():
                await after_commit(lambda: seen.append("savepoint"))
                raise KeyError("no")
    with pytest.raises(KeyError):
        async with transaction():
            await after_commit(lambda: seen.append("transaction"))
            raise KeyError("no")

    assert seen == []


async def test_a_failing_hint_harms_nobody(database: str) -> None:
    seen: list[str] = []

    def fail() -> None:
        raise KeyError("no")

    async with transaction():
        await after_commit(fail)
        await after_commit(lambda: seen.append("next"))
    await after_commit(lambda: seen.append("outside"))

    assert seen == ["next", "outside"]


async def test_a_task_that_outlives_its_transaction_is_refused(database: str) -> None:
    go = asyncio.Event()

    async def late() -> None:
        await go.wait()
        await Counter.create(name="late", value=1)

    async with transaction():
        task = asyncio.create_task(late())
        await asyncio.sleep(0)
    with pytest.raises(KeyError):
        async with transaction():
            await Counter.create(name="other", value=1)
            go.set()
            await asyncio.sleep(0.05)
            raise KeyError("no")

    with pytest.raises(TransactionManagementError, match="has ended"):
        await task
    assert await Counter.all().count() == 0


async def test_a_task_that_outlives_its_transaction_cannot_begin_another(database: str) -> None:
    go = asyncio.Event()

    async def late() -> None:
        await go.wait()
        async with transaction():
            await Counter.create(name="late", value=1)

    async with transaction():
        task = asyncio.create_task(late())
        await asyncio.sleep(0)
    go.set()

    with pytest.raises(TransactionManagementError, match="has ended"):
        await task


async def test_numbers_have_no_gaps_whoever_asks_and_fails(database: str) -> None:
    given: list[int] = []

    async def take(fail: bool) -> None:
        async with transaction():
            number = await next_value("ticket_number")
            await asyncio.sleep(0)
            if fail:
                raise KeyError("no")
        given.append(number)

    await asyncio.gather(*(take(i % 3 == 0) for i in range(30)), return_exceptions=True)

    assert sorted(given) == list(range(1, 21))


async def test_a_number_needs_a_transaction(database: str) -> None:
    with pytest.raises(TransactionManagementError):
        await next_value("ticket_number")


async def test_a_retryable_error_runs_the_operation_again(database: str) -> None:
    tries: list[int] = []

    async def operation() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise RetryableError("deadlock")
        return "done"

    assert await retry(operation) == "done"
    assert len(tries) == 3


async def test_the_last_retryable_error_is_raised(database: str) -> None:
    async def operation() -> None:
        raise RetryableError("deadlock")

    with pytest.raises(RetryableError):
        await retry(operation)


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
async def test_text_that_not_both_databases_keep_is_refused_and_nothing_written(
    database: str, text: str
) -> None:
    with pytest.raises(UnstorableText):
        async with transaction():
            await Counter.create(name="before", value=1)
            await Counter.create(name=text, value=2)
    with pytest.raises(UnstorableText):
        await Counter.bulk_create([Counter(name="bulk", value=1), Counter(name=text, value=2)])

    assert await Counter.all().count() == 0


@pytest.mark.parametrize(
    "text", ["Grüße 你好 مرحبا", "𝔘𝔫𝔦 👩‍👩‍👧", "'; DROP TABLE counter; --", "\\u0000"]
)
async def test_every_other_text_comes_back_as_it_went_in(database: str, text: str) -> None:
    await Counter.create(name=text, value=1)

    assert await Counter.all().values_list("name", flat=True) == [text]

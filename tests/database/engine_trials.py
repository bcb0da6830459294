"""Programs that do to an engine what a server does to it, and print as JSON what came of it.

`python -m tests.database.engine_trials TRIAL ENGINE CREDENTIALS`, each in a process of its own:
some end in a deadlock, one kills itself.
"""

import asyncio
import json
import os
import random
import signal
import sqlite3
import sys
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.transactions import in_transaction

from tests.database.trial_models import Number, Row

STUCK_SECONDS = 2
PATH = ""


async def prepare() -> None:
    """Make the tables."""
    await Tortoise.generate_schemas()
    await Number.create(id=1)


async def contend() -> dict[str, Any]:
    """Read, then write, in transactions, while other processes do the same."""
    errors: Counter[str] = Counter()
    for _ in range(ROUNDS):
        try:
            async with in_transaction():
                number = await Number.get(id=1)
                await Number.filter(id=1).update(value=number.value + 1)
        except Exception as error:
            errors[str(error)] += 1
    return {"done": ROUNDS - errors.total(), "errors": errors.total()}


async def cancel() -> dict[str, Any]:
    """Cancel tasks at random inside their transactions, as disconnects and timeouts do."""
    chance = random.Random(1)
    acknowledged: set[str] = set()
    for number in range(ROUNDS):
        tasks = {asyncio.create_task(_write(f"{number}-{one}")): f"{number}-{one}" for one in "abc"}
        await asyncio.sleep(chance.random() * 0.005)
        for task in tasks:
            if chance.random() < 0.7:
                task.cancel()
        done, pending = await asyncio.wait(tasks, timeout=STUCK_SECONDS)
        if pending:
            return {"stuck_in_round": number}
        acknowledged |= {tasks[task] for task in done if _succeeded(task)}
    tags = {row.tag for row in await asyncio.wait_for(Row.all(), STUCK_SECONDS)}
    return {"stuck_in_round": None, "lost": len(acknowledged - tags), "acked": len(acknowledged)}


async def late_task() -> dict[str, Any]:
    """A task outlives the transaction it was started in, and writes during another one."""
    go = asyncio.Event()

    async def late() -> None:
        await go.wait()
        await Row.create(tag="late")

    async with in_transaction():
        task = asyncio.create_task(late())
    try:
        async with in_transaction():
            go.set()
            await asyncio.sleep(0.1)
            raise ValueError("this one fails, and is rolled back")
    except ValueError:
        pass
    acknowledged = (await asyncio.gather(task, return_exceptions=True))[0] is None
    return {"acknowledged": acknowledged, "stored": await Row.filter(tag="late").count()}


async def cancelled_bulk() -> None:
    """Cancel bulk writes until one leaves the connection inside a transaction; then write and die.

    Prints what it acknowledged before it dies.
    """
    await Row.all().count()
    raw = _writer()
    for number in range(ROUNDS):
        task = asyncio.create_task(_write_many())
        await asyncio.sleep(0.0003 + 0.00002 * (number % 60))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await asyncio.sleep(0.02)
        if raw.in_transaction:
            break
    for number in range(5):
        await Row.create(tag=f"acknowledged {number}")
    say({"left_open": raw.in_transaction, "acknowledged": 5})
    os.kill(os.getpid(), signal.SIGKILL)


async def failed_commit() -> dict[str, Any]:
    """A COMMIT fails, on a deferred foreign key; then something else is written."""
    client = get_connection("default")
    await client.execute_script(
        "CREATE TABLE parent (id INT PRIMARY KEY); CREATE TABLE child (id INT, parent INT "
        "REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);"
    )
    refused = False
    try:
        async with in_transaction() as connection:
            await connection.execute_query("INSERT INTO child VALUES (1, 99)")
    except Exception:
        refused = True
    await Row.create(tag="after")
    with sqlite3.connect(PATH) as other:
        (visible,) = other.execute("SELECT count(*) FROM row WHERE tag = 'after'").fetchone()
    return {"refused": refused, "left_open": _writer().in_transaction, "visible": visible}


async def _write(tag: str) -> None:
    async with in_transaction():
        await Row.create(tag=tag)
        await Row.filter(tag=tag).count()


async def _write_many() -> None:
    await Row.bulk_create([Row(tag=f"bulk {number}") for number in range(200)])


def _succeeded(task: asyncio.Task[None]) -> bool:
    return not task.cancelled() and task.exception() is None


def _writer() -> Any:
    client: Any = get_connection("default")
    return client._connection


async def _main(trial: Callable[[], Awaitable[Any]], engine: str, credentials: Any) -> None:
    await Tortoise.init(
        config={
            "connections": {"default": {"engine": engine, "credentials": credentials}},
            "apps": {"models": {"models": ["tests.database.trial_models"]}},
        }
    )
    try:
        say(await trial())
    except Exception:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(0)  # a deadlocked engine would not let the process end


def say(result: Any) -> None:
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    ROUNDS = int(sys.argv[4])
    PATH = json.loads(sys.argv[3]).get("file_path", "")
    asyncio.run(_main(globals()[sys.argv[1]], sys.argv[2], json.loads(sys.argv[3])))

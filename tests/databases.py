"""Databases for tests: an SQLite file copied from a template, a PostgreSQL database per process."""

import asyncio
import contextlib
import os
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import asyncpg

from foredesk.database.migrate import migrate

SERVER = os.environ.get("FOREDESK_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432").rstrip(
    "/"
)
FAST_SQLITE = "?synchronous=OFF"
"""Tests do not pull the plug; those that do, in tests/database, open the file without this."""
_PREFIX = "fd_test_"
T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """From a fixture or test that is no coroutine, whatever loop pytest has in this thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def postgres_is_reachable() -> bool:
    async def ask() -> None:
        await (await asyncpg.connect(f"{SERVER}/postgres", timeout=3)).close()

    try:
        run(ask())
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return False
    return True


def make_sqlite(path: Path) -> None:
    run(migrate(f"sqlite:///{path}{FAST_SQLITE}"))


@contextlib.contextmanager
def postgres_database(label: str) -> Iterator[str]:
    """The URL of a new, migrated database that is dropped at the end."""
    with empty_postgres_database(label) as url:
        run(migrate(url))
        yield url


@contextlib.contextmanager
def empty_postgres_database(label: str) -> Iterator[str]:
    name = f"{_PREFIX}{label}_{os.getpid()}"
    run(_administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    run(_administer(f'CREATE DATABASE "{name}"'))
    run(_administer(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
    try:
        yield f"{SERVER}/{name}"
    finally:
        run(_administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


def drop_leftovers() -> None:
    """Databases of test processes that were killed."""
    for name in run(_test_databases()):
        owner = name.rpartition("_")[2]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            run(_administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


async def empty_all_tables(url: str) -> None:
    """Delete what the last test left; much faster than TRUNCATE, which writes every table anew."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(_EMPTY)
    finally:
        await connection.close()


_EMPTY = """
DO $$
DECLARE one record; filled boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR one IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'tortoise_migrations'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', one.tablename) INTO filled;
        IF filled THEN EXECUTE format('DELETE FROM %I', one.tablename); END IF;
    END LOOP;
END $$;
"""


async def _administer(statement: str) -> None:
    connection = await asyncpg.connect(f"{SERVER}/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _test_databases() -> list[str]:
    connection = await asyncpg.connect(f"{SERVER}/postgres")
    try:
        query = "SELECT datname FROM pg_database WHERE datname LIKE $1"
        return [name for (name,) in await connection.fetch(query, f"{_PREFIX}%")]
    finally:
        await connection.close()

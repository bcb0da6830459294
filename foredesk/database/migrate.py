"""Bring a database to this version's schema, or back: all of it in one transaction, or nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget

from foredesk.database.connect import APP, connect, database_config, disconnect, is_sqlite
from foredesk.database.problems import DatabaseError
from foredesk.database.transaction import transaction
from foredesk.database.whole import make_whole

LATEST = "__latest__"
LOCK = 4_077_137_001
"""Of PostgreSQL's advisory locks the one that a migration holds."""


async def migrate(url: str, to: str = LATEST) -> list[str]:
    """Apply what is missing; returns the names. Of two processes at once the second waits. A new
    database is given the whole schema at once.

    Not while another process has the SQLite data open: then it raises DatabaseInUse.
    """
    async with _opened(url), _exclusively() as client:
        executor = _executor(client, url)
        await executor.recorder.ensure_schema(executor._schema_editor(atomic=False))
        names = await _pending(executor, to)
        if to == LATEST and not await executor.recorder.applied_migrations():
            await make_whole(client, executor.recorder, APP, names)
        elif names:
            await executor.migrate([MigrationTarget(APP, to)], direction="forward")
        await _refuse_broken_references(client)
    return names


async def downgrade(url: str, to: str | None = None) -> None:
    """Undo what came after `to`, or everything. What only newer versions keep is lost."""
    async with _opened(url), _exclusively() as client:
        executor = _executor(client, url)
        await executor.recorder.ensure_schema(executor._schema_editor(atomic=False))
        target = MigrationTarget(APP, to or "__first__")
        await executor.migrate([target], direction="backward")
        await _refuse_broken_references(client)


async def pending(url: str) -> list[str]:
    """The migrations that this version has and the database has not."""
    async with _opened(url):
        return await _pending(_executor(get_connection("default"), url), LATEST)


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[None]:
    """With foreign keys off on SQLite: to change a table there, it is made anew, and dropping the
    old one would delete the rows of others that refer to it. They are checked at the end."""
    if is_sqlite(url):
        url += ("&" if "?" in url else "?") + "foreign_keys=OFF"
    await connect(url)
    try:
        yield
    finally:
        await disconnect()


@asynccontextmanager
async def _exclusively() -> AsyncIterator[BaseDBAsyncClient]:
    async with transaction():
        client = get_connection("default")
        if client.capabilities.dialect == "postgres":
            await client.execute_query_dict("SELECT pg_advisory_xact_lock($1)", [LOCK])
        yield client


def _executor(client: BaseDBAsyncClient, url: str) -> MigrationExecutor:
    apps: dict[str, dict[str, Any]] = database_config(url)["apps"]
    return MigrationExecutor(client, apps)


async def _pending(executor: MigrationExecutor, to: str) -> list[str]:
    plan = await executor.plan([MigrationTarget(APP, to)])
    return [step.migration.name for step in plan]


async def _refuse_broken_references(client: BaseDBAsyncClient) -> None:
    if client.capabilities.dialect == "sqlite":
        broken = await client.execute_query_dict("PRAGMA foreign_key_check")
        if broken:
            tables = ", ".join(sorted({row["table"] for row in broken}))
            raise DatabaseError(
                f"The migration would leave rows without what they refer to: {tables}"
            )

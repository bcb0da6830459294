"""Snapshots: what takes long to make is made once in a process, and put into each test's database.

The rows, the files of the index, the clock, what the quiet parts were given, and the objects that
tests hold in their hands are those of the first time.
"""

import asyncio
import copy
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Generic, TypeVar

import asyncpg

from foredesk.desk import Desk
from tests.clock import Clock

T = TypeVar("T")
Rows = Mapping[str, bytes] | Path
"""Of PostgreSQL by table, as COPY writes them; of SQLite a file."""

_TABLES = (
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' "
    "AND tablename <> 'tortoise_migrations'"
)
_SQLITE_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
    "AND name <> 'tortoise_migrations'"
)


@dataclass(frozen=True, slots=True)
class Snapshot(Generic[T]):
    thing: T
    rows: Rows
    index: Path
    now: datetime
    chance: Any
    given: tuple[list[Any], list[Any], list[Any]]

    async def restore(self, desk: Desk, clock: Clock, folder: Path) -> T:
        """Into an empty database and folder; before anything of the desk has read either."""
        shutil.copytree(self.index, folder / "index")
        await _fill(desk.settings.database_url, self.rows)
        clock.now = self.now
        desk.random.setstate(self.chance)
        for kept, given in zip(_kept(desk), self.given, strict=True):
            kept[:] = given
        return copy.deepcopy(self.thing)


async def take(thing: T, desk: Desk, clock: Clock, index: Path, folder: Path) -> Snapshot[T]:
    """Of a thing that does not hold the desk; `folder` is kept until the process ends."""
    shutil.copytree(index, folder / "index")
    jobs, mails, notices = (list(kept) for kept in _kept(desk))
    return Snapshot(
        thing=copy.deepcopy(thing),
        rows=await _read(desk.settings.database_url, folder / "rows.sqlite3"),
        index=folder / "index",
        now=clock.now,
        chance=desk.random.getstate(),
        given=(jobs, mails, notices),
    )


def without_desk(thing: T) -> T:
    return replace(thing, desk=None)  # type: ignore[type-var]  # it is a dataclass with a desk


def with_desk(thing: T, desk: Desk) -> T:
    return replace(thing, desk=desk)  # type: ignore[type-var]  # it is a dataclass with a desk


def _kept(desk: Desk) -> tuple[list[Any], list[Any], list[Any]]:
    return (
        desk.jobs.enqueued,  # type: ignore[attr-defined]
        desk.mailer.sent,  # type: ignore[attr-defined]
        getattr(desk.live, "published", []),
    )


async def _read(url: str, file: Path) -> Rows:
    if url.startswith("sqlite"):
        await asyncio.to_thread(_copy_sqlite, _file_of(url), file)
        return file
    connection = await asyncpg.connect(url)
    try:
        found = {}
        for (table,) in await connection.fetch(_TABLES):
            buffer = BytesIO()
            await connection.copy_from_table(table, output=buffer, format="binary")
            found[table] = buffer.getvalue()
        return {table: rows for table, rows in found.items() if len(rows) > _EMPTY_COPY}
    finally:
        await connection.close()


_EMPTY_COPY = 21
"""Bytes of a binary COPY without rows: its head and its end."""


async def _fill(url: str, rows: Rows) -> None:
    if isinstance(rows, Path):
        await asyncio.to_thread(_fill_sqlite, _file_of(url), rows)
        return
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute("SET LOCAL session_replication_role = replica")
            for table, content in rows.items():
                await connection.execute(f'DELETE FROM "{table}"')
                await connection.copy_to_table(table, source=BytesIO(content), format="binary")
    finally:
        await connection.close()


def _file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///").partition("?")[0])


def _copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as opened, closing(sqlite3.connect(target)) as copied:
        opened.backup(copied)


def _fill_sqlite(target: Path, source: Path) -> None:
    with closing(sqlite3.connect(target, isolation_level=None)) as opened:
        opened.execute("PRAGMA synchronous = OFF")
        opened.execute("ATTACH ? AS kept", (str(source),))
        opened.execute("BEGIN")
        for (table,) in opened.execute(_SQLITE_TABLES).fetchall():
            opened.execute(f'DELETE FROM main."{table}"')
            opened.execute(f'INSERT INTO main."{table}" SELECT * FROM kept."{table}"')
        opened.execute("COMMIT")

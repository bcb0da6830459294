"""Tortoise engine for SQLite: one writer with BEGIN IMMEDIATE, readers that never wait for it.

Tortoise's own engine begins deferred transactions (which fail with "database is locked" when two
read and then write), deadlocks when a task is cancelled while a transaction begins, leaves the
shared connection inside a transaction when a bulk write is cancelled or a COMMIT fails, and lets a
task write through a transaction that has ended. tests/database shows each of these.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import aiosqlite
from tortoise.backends.base.client import ConnectionWrapper
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
)
from tortoise.connection import get_connections
from tortoise.exceptions import IntegrityError, OperationalError

from foredesk.database.nesting import Savepoint, refuse_ended
from foredesk.database.problems import RetryableError
from foredesk.database.shielded import shielded
from foredesk.database.sqlite_reader import SqliteReader
from foredesk.database.storable import refuse_unstorable
from foredesk.database.watched import Watched, told

BUSY_TIMEOUT_MS = 10_000
logger = logging.getLogger(__name__)


class _NamesErrors(Watched, SqliteClient):
    """Every statement: unstorable text refused beforehand, errors under our names afterwards."""

    async def execute_insert(self, query: str, values: list[Any]) -> Any:
        with _named_errors(values):
            return await super().execute_insert(query, values)

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        with _named_errors(values):
            await super().execute_many(query, values)

    async def execute_query(
        self, query: str, values: list[Any] | None = None
    ) -> tuple[int, Sequence[dict[str, Any]]]:
        with _named_errors(values):
            counted: tuple[int, Sequence[dict[str, Any]]]
            counted = await super().execute_query(query, values)
            return counted

    async def execute_query_dict(
        self, query: str, values: list[Any] | None = None
    ) -> list[dict[str, Any]]:
        with _named_errors(values):
            rows: list[dict[str, Any]] = await super().execute_query_dict(query, values)
            return rows

    async def write(self, statements: list[str], values: list[list[Any]]) -> Any:
        """Statements that take effect together; the first value of what the first one answers."""
        with _named_errors(values):
            async with self.acquire_connection() as connection:
                value = await connection._execute(_written, connection, statements, values)
        for statement in statements:
            await told(statement)
        return value


class _Transaction(_NamesErrors, SqliteTransactionWrapper):
    committed = False

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        return _Checked(self._lock, self)

    def _in_transaction(self) -> Savepoint:
        refuse_ended(self)
        return Savepoint(_Transaction(self))

    async def execute_script(self, query: str) -> None:
        """Statement by statement: `executescript` would commit the open transaction first."""
        for statement in _statements(query):
            await self.execute_query(statement)

    async def begin(self) -> None:
        with _named_errors():
            await self._connection.execute("BEGIN IMMEDIATE")

    async def commit(self) -> None:
        refuse_ended(self)
        self._finalized = True
        with _named_errors():
            await self._connection.commit()
        self.committed = True


class _TransactionContext(SqliteTransactionContext):
    __slots__ = ()

    async def __aenter__(self) -> _Transaction:
        await self._trxlock.acquire()
        try:
            await self.ensure_connection()
            await shielded(self.connection.begin())
        except BaseException:
            await self._give_up()
            self._trxlock.release()
            raise
        self.token = get_connections().set(self.connection_name, self.connection)
        transaction: _Transaction = self.connection
        return transaction

    async def ensure_connection(self) -> None:
        self.connection._connection = self.connection._parent._connection
        await super().ensure_connection()

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        try:
            if exc_type is None:
                await shielded(self.connection.commit())
        finally:
            if not self.connection.committed:
                await self._give_up()
            get_connections().reset(self.token)
            self._trxlock.release()

    async def _give_up(self) -> None:
        """Roll back whatever is open; the error or cancellation that led here is raised after."""
        self.connection._finalized = True
        with suppress(asyncio.CancelledError):
            await shielded(self.connection._parent.roll_back())


class SafeSqliteClient(_NamesErrors):
    """`readers` is the number of read-only connections for SELECTs outside of transactions."""

    def __init__(self, file_path: str, readers: int | str = 2, **pragmas: Any) -> None:
        pragmas.setdefault("busy_timeout", BUSY_TIMEOUT_MS)
        pragmas.setdefault("synchronous", "FULL")
        pragmas.setdefault("journal_size_limit", 64 * 1024 * 1024)
        super().__init__(file_path, **pragmas)
        self._reader_count = int(readers)
        self._readers: list[aiosqlite.Connection] = []
        self._free_readers: asyncio.Queue[aiosqlite.Connection] | None = None
        self.reader = SqliteReader(self.filename, self._read, _named)

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        return _Checked(self._lock, self)

    def _in_transaction(self) -> _TransactionContext:
        return _TransactionContext(_Transaction(self), self._lock)

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        async with self._in_transaction() as transaction:
            await transaction.execute_many(query, values)

    async def execute_query(
        self, query: str, values: list[Any] | None = None
    ) -> tuple[int, Sequence[dict[str, Any]]]:
        if not _is_select(query):
            return await super().execute_query(query, values)
        rows: Any = await self._read(query, values)
        return len(rows), rows

    async def execute_query_dict(
        self, query: str, values: list[Any] | None = None
    ) -> list[dict[str, Any]]:
        if not _is_select(query):
            return await super().execute_query_dict(query, values)
        return [dict(row) for row in await self._read(query, values)]

    async def create_connection(self, with_db: bool) -> None:
        """Opens writer and readers, all with their pragmas, or nothing."""
        if self._connection is None:
            await shielded(self._open_all())

    async def close(self) -> None:
        await self.reader.close()
        for connection in (*self._readers, self._connection):
            if connection is not None:
                await shielded(connection.close())
        self._readers, self._free_readers, self._connection = [], None, None

    async def roll_back(self) -> None:
        """End the writer's transaction if it has one; a writer that cannot is replaced."""
        connection = self._connection
        if connection is None:
            return
        try:
            await connection.rollback()
        except (sqlite3.Error, ValueError):
            logger.exception("The writer could not roll back and is opened anew")
            self._connection = None
            with suppress(sqlite3.Error, ValueError):
                await connection.close()

    async def _read(self, query: str, values: list[Any] | None) -> Iterable[sqlite3.Row]:
        if self._free_readers is None:
            async with self.acquire_connection():
                pass
        assert self._free_readers is not None
        free = self._free_readers
        with _named_errors(values):
            reader = await free.get()
            try:
                return await reader.execute_fetchall(query.replace("\x00", "'||CHAR(0)||'"), values)
            finally:
                free.put_nowait(reader)

    async def _open_all(self) -> None:
        writer = await self._open(self.pragmas)
        if self._free_readers is None:
            reading = {"query_only": 1, "busy_timeout": BUSY_TIMEOUT_MS}
            self._readers = [await self._open(reading) for _ in range(self._reader_count)]
            self._free_readers = asyncio.Queue()
            for reader in self._readers:
                self._free_readers.put_nowait(reader)
        self._connection = writer
        await self._post_connect()

    async def _open(self, pragmas: dict[str, Any]) -> aiosqlite.Connection:
        connection = await aiosqlite.connect(self.filename, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            for pragma, value in pragmas.items():
                await connection.execute_fetchall(f"PRAGMA {pragma}={value}")
        except BaseException:
            await connection.close()
            raise
        return connection


client_class = SafeSqliteClient


class _Checked(ConnectionWrapper[Any]):
    """Hands out the connection with the lock held, and drops the lock if it cannot."""

    __slots__ = ()

    async def __aenter__(self) -> Any:
        await self._lock.acquire()
        try:
            refuse_ended(self.client)
            await self.ensure_connection()
        except BaseException:
            self._lock.release()
            raise
        return self.connection

    async def ensure_connection(self) -> None:
        self.connection = self.client._connection
        await super().ensure_connection()


@contextmanager
def _named_errors(values: Iterable[Any] | None = None) -> Iterator[None]:
    refuse_unstorable(values)
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _named(error) from error
    except OperationalError as error:
        cause = error.args[0] if error.args else None
        if isinstance(cause, sqlite3.OperationalError) and not isinstance(error, RetryableError):
            raise _named(cause) from cause
        raise
    except sqlite3.IntegrityError as error:
        raise IntegrityError(error) from error
    except OverflowError as error:
        raise OperationalError(error) from error


def _named(error: sqlite3.OperationalError) -> OperationalError:
    busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    return RetryableError(error) if busy else OperationalError(error)


def _written(connection: Any, statements: list[str], values: list[list[Any]]) -> Any:
    """In the writer's thread: within the open transaction, or else in one of its own."""
    raw: sqlite3.Connection = connection._conn
    begin, end, undo = ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
    if raw.in_transaction:
        begin, end, undo = ("SAVEPOINT written", "RELEASE written", "ROLLBACK TO written")
    raw.execute(begin)
    try:
        number = raw.execute(statements[0], values[0]).fetchone()
        if number is None:
            raise sqlite3.IntegrityError("What these writes rest on has changed.")
        for statement, each in zip(statements[1:], values[1:], strict=True):
            raw.execute(statement, each)
        raw.execute(end)
    except BaseException:
        if raw.in_transaction:
            raw.execute(undo)
        raise
    return number[0]


def _is_select(query: str) -> bool:
    return query.lstrip()[:6].upper() == "SELECT"


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for piece in script.split(";"):
        statement += piece
        if sqlite3.complete_statement(statement + ";"):
            if statement.strip():
                yield statement
            statement = ""
        else:
            statement += ";"
    if statement.strip(" \n\t;"):
        yield statement

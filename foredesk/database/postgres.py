"""Tortoise engine for PostgreSQL on asyncpg: a pool that leaks nothing, errors under their names.

Tortoise's own engine loses a pooled connection whenever a task is cancelled while its transaction
begins or ends, until none is left and the process hangs; tests/database shows it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import (
    ConnectionWrapper,
    PoolConnectionWrapper,
    TransactionContextPooled,
)
from tortoise.connection import get_connection, get_connections
from tortoise.exceptions import IntegrityError, OperationalError, TransactionManagementError

from foredesk.database.nesting import Savepoint, refuse_ended
from foredesk.database.pool import Pool
from foredesk.database.postgres_reader import PostgresReader
from foredesk.database.problems import (
    ConnectionLost,
    NoConnectionFree,
    RetryableError,
    UnstorableText,
)
from foredesk.database.shielded import shielded
from foredesk.database.storable import refuse_unstorable
from foredesk.database.watched import Watched, told

ACQUIRE_SECONDS = 5.0
CONNECT_SECONDS = 60.0
STATEMENTS = {"statement_cache_size": 500, "max_cached_statement_lifetime": 0}
"""Prepared once on a connection, and kept as long as it lives."""
T = TypeVar("T")
logger = logging.getLogger(__name__)


class _NamesErrors(Watched, AsyncpgDBClient):
    async def _translate_exceptions(self, func: Any, *args: Any, **kwargs: Any) -> Any:
        if len(args) > 1:
            refuse_unstorable(args[1])
        with _named_errors():
            return await func(self, *args, **kwargs)

    async def run(self, operation: Callable[[Any], Awaitable[T]]) -> T:
        """Call `operation` with the asyncpg connection of the current transaction, or any."""
        with _named_errors():
            async with self.acquire_connection() as connection:
                return await operation(connection)

    async def write(self, statement: str, values: list[Any]) -> Any:
        """One statement that writes; the first value of what it answers."""
        value = await self.run(lambda connection: connection.fetchval(statement, *values))
        await told(statement)
        return value


class _Transaction(_NamesErrors, TransactionWrapper):
    committed = False

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        return _Checked(self._lock, self)

    def _in_transaction(self) -> Savepoint:
        refuse_ended(self)
        return Savepoint(_Transaction(self))

    async def commit(self) -> None:
        refuse_ended(self)
        self._finalized = True
        async with self._lock:
            with _named_errors():
                await _started(self).commit()
        self.committed = True

    async def rollback(self) -> None:
        with _named_errors():
            await super().rollback()


class _TransactionContext(TransactionContextPooled):
    __slots__ = ()

    async def __aenter__(self) -> _Transaction:
        await self.ensure_connection()
        client: Any = self.client
        client._connection = await _acquire(client._parent._pool)
        try:
            await shielded(client.begin())
        except BaseException:
            await self._give_back()
            raise
        self.token = get_connections().set(self.connection_name, client)
        transaction: _Transaction = client
        return transaction

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        try:
            if exc_type is None:
                await shielded(self.client.commit())
        finally:
            get_connections().reset(self.token)
            await self._give_back()

    async def _give_back(self) -> None:
        """Roll back what is still open; the pool replaces a connection that cannot."""
        self.client._finalized = True
        with suppress(asyncio.CancelledError):
            await shielded(_ended(self.client))


class SafePostgresClient(_NamesErrors):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = PostgresReader(self, _named_errors)

    def acquire_connection(self) -> PoolConnectionWrapper[Any]:
        return _Pooled(self, self._pool_init_lock)

    def _in_transaction(self) -> _TransactionContext:
        return _TransactionContext(_Transaction(self), self._pool_init_lock)

    async def execute_many(self, query: str, values: list[Any]) -> None:
        async with self._in_transaction() as transaction:
            await transaction.execute_many(query, values)

    async def close(self) -> None:
        await self.reader.close()
        await super().close()

    async def create_pool(self, **options: Any) -> Any:
        """One connection at once, so that a server that is not there is noticed now."""
        size = options.pop("max_size")
        for unused in ("min_size", "loop"):
            options.pop(unused)
        with _named_errors():
            pool = Pool(size, **STATEMENTS, **options)
            await pool.release(await pool.acquire(timeout=CONNECT_SECONDS))
        return pool


client_class = SafePostgresClient


async def connection_of_its_own(purpose: str) -> "asyncpg.Connection[asyncpg.Record]":
    """One outside of the pool, to the same database, for listening. The caller closes it."""
    client: Any = get_connection("default")
    client = getattr(client, "_parent", client)
    with _named_errors():
        connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(
            host=client.host,
            port=client.port,
            user=client.user,
            password=client.password,
            database=client.database,
            server_settings={**client.server_settings, "application_name": purpose},
            timeout=ACQUIRE_SECONDS,
            **client.extra,
        )
    return connection


class _Checked(ConnectionWrapper[Any]):
    __slots__ = ()

    async def __aenter__(self) -> Any:
        await self._lock.acquire()
        try:
            refuse_ended(self.client)
        except BaseException:
            self._lock.release()
            raise
        return self.connection


class _Pooled(PoolConnectionWrapper[Any]):
    __slots__ = ()

    async def __aenter__(self) -> Any:
        await self.ensure_connection()
        self.connection = await _acquire(self.client._pool)
        return self.connection


async def _acquire(pool: Any) -> Any:
    try:
        with _named_errors():
            return await pool.acquire(timeout=ACQUIRE_SECONDS)
    except TimeoutError as error:
        raise NoConnectionFree("Every database connection is busy. Try again soon.") from error


async def _ended(client: Any) -> None:
    async with client._lock:
        with _logged("A transaction is rolled back by the server, not by us"):
            if client._connection.is_in_transaction():
                await client.transaction.rollback()
    with _logged("A broken connection leaves the pool"):
        await client._parent._pool.release(client._connection)


@contextmanager
def _logged(message: str) -> Iterator[None]:
    try:
        yield
    except (
        asyncpg.PostgresError,
        asyncpg.InterfaceError,
        asyncpg.InternalClientError,
        OSError,
    ) as error:
        logger.warning("%s: %s", message, error)


def _started(client: Any) -> Any:
    if client.transaction is None:
        raise TransactionManagementError("The transaction was never begun.")
    return client.transaction


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except (asyncpg.SerializationError, asyncpg.DeadlockDetectedError) as error:
        raise RetryableError(error) from error
    except asyncpg.IntegrityConstraintViolationError as error:
        raise IntegrityError(error) from error
    except (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError) as error:
        raise UnstorableText(error) from error
    except asyncpg.InvalidTransactionStateError as error:
        raise TransactionManagementError(error) from error
    except asyncpg.QueryCanceledError as error:
        raise OperationalError(error) from error
    except (asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError) as error:
        raise ConnectionLost(error) from error
    except (asyncpg.PostgresError, ValueError) as error:
        raise OperationalError(error) from error
    except TimeoutError:  # an OSError too, and not the connection's
        raise
    except (asyncpg.InterfaceError, asyncpg.InternalClientError, OSError) as error:
        raise ConnectionLost(error) from error

"""One transaction per use case, and what may happen after its commit."""

import asyncio
import functools
import inspect
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

from tortoise.backends.base.client import TransactionalDBClient
from tortoise.connection import get_connection
from tortoise.exceptions import TransactionManagementError

from foredesk import faults
from foredesk.database.problems import RetryableError
from foredesk.database.shielded import shielded

P = ParamSpec("P")
T = TypeVar("T")
Hint = Callable[[], Any]
logger = logging.getLogger(__name__)


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """Commit everything inside or nothing. Inside another transaction it joins that one.

    A joined block that raises spoils the whole transaction, even if the error is caught outside
    of it: half of a use case is never committed. `savepoint()` is for errors that one expects.
    """
    outer = _current.get()
    if outer is not None and is_open():
        with _spoiling(outer):
            yield
    else:
        async with _outermost():
            yield


@asynccontextmanager
async def savepoint() -> AsyncIterator[None]:
    """Within a transaction: a block that can fail and be undone while the rest goes on."""
    outer = _current.get()
    if outer is None or not is_open():
        raise TransactionManagementError("savepoint() needs a transaction() around it.")
    inner = _Scope()
    token = _current.set(inner)
    try:
        async with get_connection("default")._in_transaction():
            yield
            _refuse_spoiled(inner)
    finally:
        _current.reset(token)
    outer.hints.extend(inner.hints)


async def after_commit(hint: Hint) -> None:
    """Call `hint` (a function or coroutine function) once the outermost transaction has committed.

    Outside of a transaction it is called at once; after a rollback never. Only for what may get
    lost, such as waking a worker: a process can die between the commit and the call. Its errors
    are logged, never raised.
    """
    scope = _current.get()
    if scope is not None and is_open():
        scope.hints.append(hint)
    else:
        await _call(hint)


async def retry(operation: Callable[[], Awaitable[T]], *, tries: int = 3) -> T:
    """Run a whole use case again when the database rolled it back through no fault of its own."""
    for attempt in range(1, tries):
        try:
            return await operation()
        except RetryableError:
            if is_open():
                raise
            await asyncio.sleep(0.02 * 2**attempt)
    return await operation()


def retrying(function: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """`retry` as a decorator."""

    @functools.wraps(function)
    async def repeated(*args: P.args, **kwargs: P.kwargs) -> T:
        return await retry(lambda: function(*args, **kwargs))

    return repeated


def is_open() -> bool:
    """Whether the current task runs inside a transaction that has not ended."""
    client = get_connection("default")
    return isinstance(client, TransactionalDBClient) and not client._finalized


@dataclass(slots=True)
class _Scope:
    """What a transaction or savepoint has gathered: hints for later, and whether it is spoiled."""

    hints: list[Hint] = field(default_factory=list)
    spoiled_by: BaseException | None = None


_current: ContextVar[_Scope | None] = ContextVar("transaction_scope", default=None)


@asynccontextmanager
async def _outermost() -> AsyncIterator[None]:
    scope = _Scope()
    context: Any = get_connection("default")._in_transaction()
    client: Any = None
    token = _current.set(scope)
    try:
        async with context as client:
            yield
            _refuse_spoiled(scope)
            faults.point("before-commit")
    finally:
        _current.reset(token)
        if client is not None and client.committed:
            faults.point("after-commit")
            await _call_all(scope.hints)


@contextmanager
def _spoiling(scope: _Scope) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        scope.spoiled_by = error
        raise


def _refuse_spoiled(scope: _Scope) -> None:
    if scope.spoiled_by is not None:
        raise TransactionManagementError(
            "Part of this transaction failed, so none of it is committed."
        ) from scope.spoiled_by


async def _call_all(hints: list[Hint]) -> None:
    async def every() -> None:
        for hint in hints:
            await _call(hint)

    if hints:
        await shielded(every())


async def _call(hint: Hint) -> None:
    try:
        result = hint()
        if inspect.isawaitable(result):
            await result
    except Exception:
        logger.exception("A hint after a commit failed")

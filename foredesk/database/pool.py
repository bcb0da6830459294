"""A pool of PostgreSQL connections that costs nothing where one is free.

asyncpg's own starts a task, two timers and a proxy with every use, which takes longer than many a
statement. Here a free connection is taken from a list and put back on it.
"""

import asyncio
from collections import deque
from typing import Any

import asyncpg


class Pool:
    """At most `size` connections, opened when they are needed first."""

    def __init__(self, size: int, **options: Any) -> None:
        self._size = size
        self._options = options
        self._count = 0
        self._free: list[Any] = []
        self._waiting: deque[asyncio.Future[Any]] = deque()
        self._is_closed = False

    def at_hand(self) -> Any:
        """A connection if there is a free one, without waiting; else None."""
        if self._is_closed:
            raise asyncpg.InterfaceError("The pool is closed.")
        while self._free:
            connection = self._free.pop()
            if not connection.is_closed():
                return connection
            self._count -= 1
        return None

    async def acquire(self, *, timeout: float) -> Any:
        """Raises TimeoutError when none gets free in so many seconds."""
        if connection := self.at_hand():
            return connection
        if self._count < self._size:
            self._count += 1
            return await self._opened(timeout)
        return await self._waited(timeout) or await self._opened(timeout)

    async def release(self, connection: Any) -> None:
        self.give_back(connection)

    def give_back(self, connection: Any) -> None:
        """One that is in the middle of something, or broken, is not used again."""
        if not self._is_closed and _is_idle(connection):
            self._hand_on(connection)
        else:
            connection.terminate()
            self._make_room()

    async def close(self) -> None:
        """Those in use are ended when they come back."""
        self._is_closed = True
        while self._free:
            await self._free.pop().close()

    def terminate(self) -> None:
        self._is_closed = True
        while self._free:
            self._free.pop().terminate()

    async def expire_connections(self) -> None:
        """Forget what the free ones know of types and statements."""
        while self._free:
            self._count -= 1
            await self._free.pop().close()

    async def _opened(self, timeout: float) -> Any:
        try:
            return await asyncpg.connect(timeout=timeout, **self._options)
        except BaseException:
            self._make_room()
            raise

    async def _waited(self, timeout: float) -> Any:
        """A connection, or None for leave to open one."""
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[Any] = loop.create_future()
        self._waiting.append(turn)
        end = loop.call_later(timeout, _end, turn)
        try:
            return await turn
        except BaseException:
            if turn.done() and not turn.cancelled() and not turn.exception():
                self._pass_on(turn.result())
            turn.cancel()
            raise
        finally:
            end.cancel()

    def _pass_on(self, connection: Any) -> None:
        """What came for somebody who has left."""
        if connection is None:
            self._make_room()
        else:
            self._hand_on(connection)

    def _hand_on(self, connection: Any) -> None:
        turn = self._next_turn()
        if turn is None:
            self._free.append(connection)
        else:
            turn.set_result(connection)

    def _make_room(self) -> None:
        """There is one connection less; who waits may open another."""
        turn = self._next_turn()
        if turn is None:
            self._count -= 1
        else:
            turn.set_result(None)

    def _next_turn(self) -> "asyncio.Future[Any] | None":
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                return turn
        return None


def _is_idle(connection: Any) -> bool:
    return (
        not connection.is_closed()
        and not connection._protocol._is_cancelling()
        and not connection.is_in_transaction()
    )


def _end(turn: "asyncio.Future[Any]") -> None:
    """Nobody gave a connection in time."""
    if not turn.done():
        turn.set_exception(TimeoutError())

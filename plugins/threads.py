"""Threads for plain functions: few, a plugin's own, and daemons.

The standard library's executor joins its threads when the interpreter ends, so one hung
plugin would hold up every restart. These do not, and a plugin can only use up its own.
"""

import asyncio
import contextlib
import contextvars
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

LIMIT = 2


class PluginThreads:
    """At most two threads, started when they are needed first."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._queue: SimpleQueue[_Call | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._idle = 0
        self._threads = 0

    async def run(self, function: Callable[..., Any], arguments: list[Any]) -> Any:
        """Raises what the function raises; a call nobody waits for any more is not begun."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_Return] = loop.create_future()
        self._submit(_Call(loop, future, contextvars.copy_context(), function, arguments))
        returned = await future
        if returned.error is not None:
            raise returned.error
        return returned.value

    def close(self) -> None:
        """Let the threads end when they have done what waits."""
        for _ in range(self._threads):
            self._queue.put(None)

    def _submit(self, call: "_Call") -> None:
        with self._lock:
            needs_thread = self._idle <= self._queue.qsize() and self._threads < LIMIT
            if needs_thread:
                self._threads += 1
            self._queue.put(call)
        if needs_thread:
            name = f"plugin-{self._name}-{self._threads}"
            threading.Thread(target=self._work, name=name, daemon=True).start()

    def _work(self) -> None:
        while True:
            with self._lock:
                self._idle += 1
            call = self._queue.get()
            with self._lock:
                self._idle -= 1
            if call is None:
                return
            if not call.future.cancelled():
                call.make()


@dataclass(frozen=True, slots=True)
class _Return:
    """An error is kept as a value: a future can't hold StopIteration, and must not SystemExit."""

    value: Any = None
    error: BaseException | None = None


@dataclass(frozen=True, slots=True)
class _Call:
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[_Return]"
    context: contextvars.Context
    function: Callable[..., Any]
    arguments: list[Any]

    def make(self) -> None:
        try:
            returned = _Return(self.context.run(self.function, *self.arguments))
        except BaseException as error:
            returned = _Return(error=error)
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits
            self.loop.call_soon_threadsafe(self._settle, returned)

    def _settle(self, returned: _Return) -> None:
        if not self.future.done():
            self.future.set_result(returned)

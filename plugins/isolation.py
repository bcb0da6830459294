"""Isolation: run a plugin's hooks in a process of its own, which is killed when it is late.

The only thing that helps against code that keeps the interpreter's lock, ends the process or
eats the memory. One call at a time; after a kill the next call starts the process anew.
"""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any

from foredesk.hooks import Context, PluginError
from plugins.answers import WrongAnswer
from plugins.wire import read, written

LONGEST_ANSWER = 16 * 1024 * 1024


class PluginProcess:
    """`target` is a file or `module:attribute`. Fulfils `plugins.implementation.Runner`."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._process: asyncio.subprocess.Process | None = None
        self._starting: asyncio.Task[asyncio.subprocess.Process] | None = None
        self._ending: set[asyncio.Task[int]] = set()
        self._turn = asyncio.Lock()
        self._startup: Mapping[str, Any] | None = None

    async def start(self) -> None:
        """Raises PluginError when the process ends before it is ready."""
        await self._running()

    async def call(self, hook: str, arguments: Mapping[str, Any]) -> Any:
        """Raises PluginError with what the plugin raised, and when its process ends."""
        sent = dict(arguments)
        if "ctx" in sent:
            sent["ctx"] = _context(sent["ctx"])
        async with self._turn:
            process = await self._running()
            if hook == "startup":
                self._startup = sent
            try:
                return await self._asked(process, hook, sent)
            except (PluginError, WrongAnswer):
                raise
            except BaseException:  # late, or out of step
                self._kill()
                raise

    async def close(self) -> None:
        """When it returns no process is left."""
        if self._starting is not None:
            self._starting.cancel()
        self._kill()
        await asyncio.gather(*self._ending)

    async def _running(self) -> asyncio.subprocess.Process:
        """A start goes on even if the call that began it is given up."""
        if self._starting is None or (self._starting.done() and self._process is None):
            self._starting = asyncio.create_task(self._start())
            self._starting.add_done_callback(_look_at)
        return await asyncio.shield(self._starting)

    async def _start(self) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "plugins.worker", self._target),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=LONGEST_ANSWER,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        self._process = process
        try:
            await self._line(process)
            if self._startup is not None:
                await self._asked(process, "startup", self._startup)
        except BaseException:
            self._kill()
            raise
        return process

    async def _asked(
        self, process: asyncio.subprocess.Process, hook: str, arguments: Mapping[str, Any]
    ) -> Any:
        assert process.stdin is not None
        process.stdin.write(written({"hook": hook, "arguments": arguments}))
        with contextlib.suppress(ConnectionError):  # it has ended: reading its answer will tell
            await process.stdin.drain()
        reply = await self._line(process)
        if "wrong" in reply:
            raise WrongAnswer(reply["wrong"])
        if "error" in reply:
            raise PluginError(reply["error"])
        return reply["value"]

    async def _line(self, process: asyncio.subprocess.Process) -> dict[str, Any]:
        assert process.stdout is not None
        line = await process.stdout.readline()
        if not line:
            self._kill()
            raise PluginError("the plugin's process ended")
        return read(line)

    def _kill(self) -> None:
        """With everything it started."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        ending = asyncio.create_task(process.wait())
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)


def _look_at(starting: asyncio.Task[Any]) -> None:
    """A start may fail when nobody waits for it any more."""
    if not starting.cancelled():
        starting.exception()


def _context(ctx: Context) -> Mapping[str, Any]:
    """The parts that can be sent; the deadline's clock is the machine's."""
    return {
        "organization_id": ctx.organization_id,
        "now": ctx.now,
        "deadline": ctx.deadline,
        "locale": ctx.locale,
        "config": ctx.config,
    }

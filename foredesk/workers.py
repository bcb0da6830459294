"""Workers: processes for jobs and timers beside the server, so that answers do not wait for them.

One that ends or falls silent is started anew. They live no longer than the server: whatever ends
it, their standard input ends too, which tells them to finish what they have begun.
"""

import asyncio
import logging
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from time import monotonic

from foredesk.database.shielded import shielded
from foredesk.settings import Settings

BEAT = 5.0
"""Seconds between two signs of life of a worker."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """In seconds."""

    silence: float = 30.0
    """Twice so long without a sign of life, and a worker is killed."""
    ending: float = 30.0
    """How long one may take to finish what it has begun."""
    first_pause: float = 1.0
    longest_pause: float = 60.0
    """Before one that ended is started anew; longer each time it ends soon."""


class Workers:
    def __init__(
        self,
        settings: Settings,
        *,
        command: Sequence[str] = (sys.executable, "-P", "-m", "foredesk", "work", "--supervised"),
        patience: Patience = Patience(),
    ) -> None:
        self._count = settings.worker_processes
        self._environ = _environ(settings)
        self._command = command
        self._patience = patience
        self._stopping = asyncio.Event()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Keep them alive meanwhile; at the end what they have begun is done or put back."""
        keeping = [
            asyncio.create_task(self._keep(), name=f"worker {number}")
            for number in range(self._count)
        ]
        try:
            yield
        finally:
            self._stopping.set()
            await asyncio.gather(*keeping, return_exceptions=True)

    async def _keep(self) -> None:
        pause = self._patience.first_pause
        while not self._stopping.is_set():
            began = monotonic()
            try:
                code = await self._one()
            except OSError as problem:
                logger.error("A worker could not be started: %s", problem)
            else:
                if not self._stopping.is_set():
                    logger.error("A worker ended with code %s and is started anew", code)
            if monotonic() - began > self._patience.longest_pause:
                pause = self._patience.first_pause
            await self._pause(pause)
            pause = min(2 * pause, self._patience.longest_pause)

    async def _one(self) -> int:
        """Run one until it ends, or until all are to end; the exit code."""
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=PIPE, stdout=PIPE, env=self._environ
        )
        listening = asyncio.create_task(self._listen(process))
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({listening, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            listening.cancel()
            stopping.cancel()
            code = await shielded(self._end(process))
        return code

    async def _listen(self, process: Process) -> None:
        """Until it says nothing any more. Once silent may mean that this process stood still."""
        assert process.stdout is not None
        silences = 0
        while silences < 2:
            try:
                async with asyncio.timeout(self._patience.silence):
                    if not await process.stdout.readline():
                        return
                silences = 0
            except TimeoutError:
                silences += 1
        logger.error("The worker %s gives no sign of life and is killed", process.pid)
        process.kill()

    async def _end(self, process: Process) -> int:
        assert process.stdin is not None
        process.stdin.close()
        try:
            async with asyncio.timeout(self._patience.ending):
                return await process.wait()
        except TimeoutError:
            logger.error("The worker %s does not end and is killed", process.pid)
            with suppress(ProcessLookupError):
                process.kill()
            return await process.wait()

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()


def _environ(settings: Settings) -> dict[str, str]:
    """Modules are found, and links are made, as in this process."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "FOREDESK_HOST": settings.host,
        "FOREDESK_PORT": str(settings.port),
    }

"""Sweeps: what is due by the desk's clock is looked for every few seconds, never timed one by one.

A missed sweep heals itself with the next one; a changed calendar needs no timer to be moved.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from time import monotonic

Sweep = Callable[[], Awaitable[object]]
EVERY = timedelta(seconds=3)
logger = logging.getLogger(__name__)


class Sweeper:
    """`sweeps` by name. Each must bear being run twice at once, by another process."""

    def __init__(
        self,
        sweeps: Mapping[str, Sweep],
        *,
        every: timedelta = EVERY,
        timeout: timedelta = timedelta(seconds=60),
    ) -> None:
        self._sweeps = sweeps
        self._every = every.total_seconds()
        self._timeout = timeout.total_seconds()
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Sweep until `stop`; the next round begins `every` after the last one began."""
        while not self._stopping.is_set():
            began = monotonic()
            await self.run_once()
            with suppress(TimeoutError):
                async with asyncio.timeout(began + self._every - monotonic()):
                    await self._stopping.wait()

    async def run_once(self) -> None:
        """One round now; one sweep's failure keeps no other from running."""
        for name, sweep in self._sweeps.items():
            try:
                async with asyncio.timeout(self._timeout):
                    await sweep()
            except Exception:
                logger.exception("The sweep %s failed and will run again", name)

    async def stop(self) -> None:
        self._stopping.set()

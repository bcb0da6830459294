"""Watchdog: name the plugin whose code holds up the event loop, and pause it.

It sees Python code only. C code that keeps the interpreter's lock stops the watchdog too;
against that only `isolation="process"` helps.
"""

import asyncio
import logging
import sys
import threading
import time
from collections.abc import Callable
from types import CodeType

from plugins.implementation import Implementation

log = logging.getLogger("foredesk.plugins")

TICK = 0.05
STALL = 0.25


class Watchdog:
    """`find` tells whose code it is that was seen on the stalled loop's stack.

    Whoever is seen there twice in a row is to blame: once may mean that the machine stood still.
    """

    def __init__(self, find: Callable[[CodeType], Implementation | None]) -> None:
        self._find = find
        self._stopped = threading.Event()
        self._beat = 0.0
        self._reported = 0.0
        self._suspect: Implementation | None = None

    def start(self) -> None:
        """Watch the running event loop; call it in the loop's own thread."""
        self._beat = time.monotonic()
        watched = asyncio.get_running_loop(), threading.get_ident()
        threading.Thread(
            target=self._watch, args=watched, name="plugin-watchdog", daemon=True
        ).start()

    def stop(self) -> None:
        self._stopped.set()

    def _watch(self, loop: asyncio.AbstractEventLoop, thread: int) -> None:
        while not self._stopped.wait(TICK):
            try:
                loop.call_soon_threadsafe(self._tell_alive)
            except RuntimeError:  # the loop is closed
                return
            is_stalled = time.monotonic() - self._beat >= STALL
            seen = self._on_stack(thread) if is_stalled else None
            if seen is not None and seen is self._suspect and self._reported != self._beat:
                self._blame(seen)
            self._suspect = seen

    def _tell_alive(self) -> None:
        self._beat = time.monotonic()

    def _on_stack(self, thread: int) -> Implementation | None:
        frame = sys._current_frames().get(thread)
        while frame is not None:
            if (found := self._find(frame.f_code)) is not None:
                return found
            frame = frame.f_back
        return None

    def _blame(self, guilty: Implementation) -> None:
        self._reported = self._beat
        guilty.counters.stalls += 1
        guilty.breaker.trip()
        plugin, hook = guilty.plugin.name, guilty.contract.name
        log.error("plugin %s, hook %s: blocks the event loop; paused", plugin, hook)

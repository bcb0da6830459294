"""Errands: the jobs of the story, run by its own clock within its transaction."""

import heapq
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from foredesk.database import Writes, savepoint
from foredesk.ports import JobContext, Jobs

Handler = Callable[[Mapping[str, Any], JobContext], Awaitable[None]]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, order=True)
class Errand:
    """A job that is due at a time of the story; `order` keeps those of one time in line."""

    at: datetime
    order: int
    name: str = field(compare=False)
    payload: Mapping[str, Any] = field(compare=False)
    key: str | None = field(compare=False)


class StoryJobs:
    """The Jobs port: keeps what is enqueued until the story's clock has come to it."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._waiting: list[Errand] = []
        self._keys: set[str] = set()
        self.count = 0
        """How many were enqueued so far."""
        self._failed: list[Errand] = []

    async def enqueue(
        self,
        name: str,
        payload: Mapping[str, Any],
        *,
        key: str | None = None,
        delay: timedelta = timedelta(0),
        along_with: Writes | None = None,
    ) -> None:
        unique = f"{name}:{key}"
        if key is not None and unique in self._keys:
            return
        self._keys.add(unique)
        errand = Errand(self._now() + delay, self.count, name, payload, key)
        self.count += 1
        heapq.heappush(self._waiting, errand)

    @property
    def next_at(self) -> datetime | None:
        return self._waiting[0].at if self._waiting else None

    def forget_since(self, count: int) -> None:
        """What was enqueued since then was enqueued by something that is undone."""
        undone = [errand for errand in self._waiting if errand.order >= count]
        self._keys -= {f"{errand.name}:{errand.key}" for errand in undone}
        self._waiting = [errand for errand in self._waiting if errand.order < count]
        heapq.heapify(self._waiting)

    async def run_due(self, handlers: Mapping[str, Handler]) -> None:
        """Run what is due now; what fails is kept for the desk's own queue, to be tried again.

        All at once, since a savepoint each takes its time; one by one if that fails.
        """
        due = self._take_due()
        before = self.count
        try:
            async with savepoint():
                for errand in due:
                    await self._run(errand, handlers)
        except Exception:
            self.forget_since(before)
            for errand in due:
                await self._try(errand, handlers)

    async def _try(self, errand: Errand, handlers: Mapping[str, Handler]) -> None:
        before = self.count
        try:
            async with savepoint():
                await self._run(errand, handlers)
        except Exception:
            logger.exception("A job of the demo failed: %s", errand.name)
            self.forget_since(before)
            self._failed.append(errand)

    async def _run(self, errand: Errand, handlers: Mapping[str, Handler]) -> None:
        context = JobContext(f"{errand.name}:{errand.key or errand.order}", 0, errand.at)
        await handlers[errand.name](errand.payload, context)

    def _take_due(self) -> list[Errand]:
        due = []
        while self._waiting and self._waiting[0].at <= self._now():
            errand = heapq.heappop(self._waiting)
            self._keys.discard(f"{errand.name}:{errand.key}")
            due.append(errand)
        return due

    async def hand_over(self, jobs: Jobs) -> int:
        """Queue for later what is not due yet, and what failed; returns how many."""
        left = self._failed + sorted(self._waiting)
        for errand in left:
            delay = max(timedelta(0), errand.at - self._now())
            await jobs.enqueue(errand.name, errand.payload, key=errand.key, delay=delay)
        self._waiting, self._failed = [], []
        return len(left)

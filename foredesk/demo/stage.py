"""Stage: everything that happens in the demo, in the order of its own time."""

import heapq
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from foredesk.database import savepoint
from foredesk.demo.errands import Handler, StoryJobs
from foredesk.errors import DeskError

Moments = AsyncGenerator[datetime, None]
"""A part of the story: does something each time it is resumed, and yields when to go on."""

logger = logging.getLogger(__name__)


class StoryClock:
    """The `now` of a desk on which a story is played. It moves forward only."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def __call__(self) -> datetime:
        return self._now

    def of_the_week(self) -> datetime:
        """The beginning of the week: for plugins, so that those that learn do so now and then."""
        midnight = self._now.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight - timedelta(days=midnight.weekday())

    def move_to(self, at: datetime) -> None:
        self._now = max(self._now, at)


@dataclass(frozen=True, slots=True)
class Timer:
    """What production looks for every few seconds: `next_due` says when there will be something."""

    next_due: Callable[[datetime], Awaitable[datetime | None]]
    sweep: Callable[[], Awaitable[object]]


@dataclass(slots=True)
class Stage:
    clock: StoryClock
    jobs: StoryJobs
    handlers: Mapping[str, Handler]
    timers: Sequence[Timer]
    _entering: list[tuple[datetime, int, Moments]] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)
    _swept: datetime | None = None
    _known_timer: tuple[int, datetime | None] | None = None
    """The next timer, and how many jobs there had been when it was looked up."""

    def enter(self, at: datetime, moments: Moments) -> None:
        """Begin or go on with this part at that time, in whole seconds."""
        at = at.replace(microsecond=0)
        heapq.heappush(self._entering, (at, next(self._order), moments))

    async def play(self, until: datetime, on_time: Callable[[datetime], None]) -> None:
        """Let everything happen that happens until then; what would go on later is left open."""
        while self._entering and self._entering[0][0] <= until:
            await self._pass_time(self._entering[0][0])
            at, _, moments = heapq.heappop(self._entering)
            self.clock.move_to(at)
            await self._resume(moments)
            on_time(at)
        await self._pass_time(until)
        self.clock.move_to(until)
        await self._sweep()
        await self._run_jobs()
        for _, _, moments in self._entering:
            await moments.aclose()

    async def _resume(self, moments: Moments) -> None:
        before = self.jobs.count
        try:
            async with savepoint():
                next_at = await anext(moments, None)
        except DeskError as refusal:
            self.jobs.forget_since(before)
            logger.warning("A part of the demo ends early: %s", refusal)
            return
        if next_at is not None:
            self.enter(next_at, moments)

    async def _pass_time(self, until: datetime) -> None:
        """Jobs and timers up to then, each at its time."""
        while True:
            await self._run_jobs()
            timer_at = await self._next_timer(until)
            job_at = self.jobs.next_at
            if job_at is not None and job_at <= min(until, timer_at or until):
                self.clock.move_to(job_at)
            elif timer_at is not None:
                self.clock.move_to(timer_at + timedelta(seconds=2))
                await self._sweep()
            else:
                return

    async def _run_jobs(self) -> None:
        """And those that they leave, until nothing is due."""
        while self.jobs.next_at is not None and self.jobs.next_at <= self.clock():
            await self.jobs.run_due(self.handlers)

    async def _next_timer(self, until: datetime) -> datetime | None:
        """Looked up anew after each sweep, and after whatever left a job: nothing else moves it.

        What was due at the last sweep is not looked at twice.
        """
        if self._known_timer is None or self._known_timer[0] != self.jobs.count:
            since = self._swept or self.clock()
            due = [await timer.next_due(since) for timer in self.timers]
            at = min((at for at in due if at is not None), default=None)
            self._known_timer = (self.jobs.count, at)
        at = self._known_timer[1]
        return at if at is not None and at <= until else None

    async def _sweep(self) -> None:
        self._swept, self._known_timer = self.clock(), None
        for timer in self.timers:
            async with savepoint():
                await timer.sweep()

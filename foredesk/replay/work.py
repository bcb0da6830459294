"""Work: a replay cut into ranges of tickets, done here or in processes of their own.

What comes out does not depend on how many there are.
"""

import asyncio
import gc
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from foredesk.errors import InvalidInput
from foredesk.replay.count import Course, counted
from foredesk.replay.reading import Extent, Selection, lived
from foredesk.replay.source import Source, open_source
from foredesk.replay.tally import Tally

TOO_LONG = "That takes too long here. Ask for a shorter time, or use: foredesk replay"

GARBAGE = 100_000
"""Objects that come and go between two looks for circles of them, of which there are none."""

Progress = Callable[[int, int], None]
"""Hears how many of how many tickets are done."""


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that another process has to be told."""

    url: str
    selection: Selection
    course: Course

    def part(self, source: Source, low: int, high: int) -> Tally:
        return counted(lived(source, self.selection, low, high, self.course.now), self.course)


async def done_in_processes(
    work: Work, extent: Extent, processes: int, seconds: float | None, progress: Progress
) -> Tally:
    """Raises InvalidInput when it takes longer than so many seconds; nothing goes on then."""
    tally = Tally()
    with _pool(work, processes) as pool:
        loop = asyncio.get_running_loop()
        parts = [loop.run_in_executor(pool, _part, low, high) for low, high in extent.parts()]
        try:
            async with asyncio.timeout(seconds):
                for part in asyncio.as_completed(parts):
                    tally.join(await part)
                    progress(tally.tickets, extent.tickets)
        except TimeoutError:
            raise InvalidInput("since", TOO_LONG) from None
        finally:
            for waiting in parts:
                waiting.cancel()
    return tally


def done_here(work: Work, extent: Extent, progress: Progress) -> Tally:
    """In this thread, which it blocks."""
    tally, source = Tally(), open_source(work.url)
    try:
        for low, high in extent.parts():
            tally.join(work.part(source, low, high))
            progress(tally.tickets, extent.tickets)
    finally:
        source.close()
    return tally


@contextmanager
def _pool(work: Work, processes: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that are ended, whatever they are doing, when something goes wrong."""
    pool = ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_begin, initargs=(work,)
    )
    try:
        yield pool
    except BaseException:
        for process in list((pool._processes or {}).values()):
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


_at_work: tuple[Work, Source] | None = None


def _begin(work: Work) -> None:
    global _at_work
    gc.freeze()
    gc.set_threshold(GARBAGE)
    _at_work = work, open_source(work.url)


def _part(low: int, high: int) -> Tally:
    assert _at_work is not None, "the process was begun"
    work, source = _at_work
    return work.part(source, low, high)

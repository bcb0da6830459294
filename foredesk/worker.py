"""A worker process: the desk's jobs and timers, and nothing that answers anybody."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from foredesk.at_work import connected, working
from foredesk.composition import open_desk
from foredesk.settings import Settings
from foredesk.workers import BEAT

NICENESS = 5
"""Whoever waits for an answer goes first where both want the same core."""


async def work(settings: Settings, *, is_supervised: bool) -> None:
    """Until SIGTERM or SIGINT; a supervised one also until its standard input ends."""
    if is_supervised:
        os.nice(NICENESS)
    stopping = asyncio.Event()
    with _told_by_signals(stopping):
        async with open_desk(settings) as parts, connected(parts), working(parts):
            if is_supervised:
                async with _supervised(stopping):
                    await stopping.wait()
            else:
                await stopping.wait()


@contextmanager
def _told_by_signals(stopping: asyncio.Event) -> Iterator[None]:
    loop, signals = asyncio.get_running_loop(), (signal.SIGINT, signal.SIGTERM)
    for one in signals:
        loop.add_signal_handler(one, stopping.set)
    try:
        yield
    finally:
        for one in signals:
            loop.remove_signal_handler(one)


@asynccontextmanager
async def _supervised(stopping: asyncio.Event) -> AsyncIterator[None]:
    """Give signs of life, and stop when whoever takes them is gone."""
    tasks = [asyncio.create_task(_beat(stopping)), asyncio.create_task(_outlived(stopping))]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _beat(stopping: asyncio.Event) -> None:
    while True:
        try:
            sys.stdout.write("alive\n")
            sys.stdout.flush()
        except OSError:
            stopping.set()
            return
        await asyncio.sleep(BEAT)


async def _outlived(stopping: asyncio.Event) -> None:
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
    while await reader.read(1024):
        pass
    stopping.set()

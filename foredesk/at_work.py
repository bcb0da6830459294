"""At work: what runs beside the answering of requests, in the server's process or in a worker's."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from foredesk import background
from foredesk.channels.transports import transport_for
from foredesk.composition import Parts
from foredesk.jobs import Sweeper
from foredesk.knowledge.golden_upgrade import run_after_upgrade
from foredesk.people.watched import follow_rights
from foredesk.plugin_settings.follow import follow_settings

Work = Coroutine[Any, Any, None]


@asynccontextmanager
async def running(parts: Parts) -> AsyncIterator[None]:
    """Everything in this one process."""
    async with connected(parts), AsyncExitStack() as at_work:
        await at_work.enter_async_context(answering(parts))
        await at_work.enter_async_context(working(parts))
        yield


@asynccontextmanager
async def connected(parts: Parts) -> AsyncIterator[None]:
    """Live updates, and what organizations chose of plugins: every process needs them."""
    ending = [_task("live", parts.hub.run())]
    async with _meanwhile(("plugin settings", follow_settings(parts.host))):
        try:
            yield
        finally:
            await _stopped(ending, parts.hub.stop)


@asynccontextmanager
async def answering(parts: Parts) -> AsyncIterator[None]:
    """What answers depend on: the index, caught up before anybody is answered, and rights."""
    await parts.index.catch_up()
    await run_after_upgrade(parts.desk)
    async with _meanwhile(
        ("index", parts.index.run()),
        ("wake index", _wake_index(parts)),
        ("rights", follow_rights(parts.hub)),
    ):
        yield


@asynccontextmanager
async def working(parts: Parts) -> AsyncIterator[None]:
    """Jobs and timers, supervised; what is in flight ends first."""
    transport = transport_for(parts.desk.settings, parts.desk.now)
    sweeper = Sweeper(background.sweeps(parts.desk, parts.jobs))
    ending = [
        _task("jobs", parts.jobs.run(background.handlers(parts.desk, transport))),
        _task("sweeps", sweeper.run()),
    ]
    try:
        yield
    finally:
        await _stopped(ending, sweeper.stop, parts.jobs.stop)


@asynccontextmanager
async def _meanwhile(*endless: tuple[str, Work]) -> AsyncIterator[None]:
    tasks = [_task(name, work) for name, work in endless]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _stopped(
    tasks: Sequence[asyncio.Task[None]], *stops: Callable[[], Awaitable[None]]
) -> None:
    for stop in stops:
        await stop()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _wake_index(parts: Parts) -> None:
    """Look at the feed as soon as somebody published, in whichever process."""
    async for _ in parts.hub.listen("knowledge"):
        parts.index.wake()


def _task(name: str, work: Work) -> asyncio.Task[None]:
    return asyncio.create_task(work, name=name)

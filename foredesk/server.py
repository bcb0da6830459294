"""The composition root: builds the Desk, mounts api and portal; alone knows every package."""

# First, because a wheel keeps the four sibling packages under foredesk/parts.
import foredesk.parts_path  # noqa: F401

# isort: split
import asyncio
import gc
import random
import signal
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

import api.app
import portal.app
from foredesk import background, health
from foredesk.channels.mail import OutboxMailer
from foredesk.channels.transports import transport_for
from foredesk.database import connect, disconnect
from foredesk.desk import Desk
from foredesk.jobs import PgQueuerJobs, Sweeper
from foredesk.knowledge.feed import ArticleFeed
from foredesk.live import Hub, hub_for_connection
from foredesk.oidc import Providers
from foredesk.people.watched import follow_rights
from foredesk.plugin_settings.follow import adopt_settings, follow_settings
from foredesk.request_id import RequestId
from foredesk.settings import Settings
from foredesk.tickets.history import classified_tickets
from plugins.discovery import discover, required
from plugins.host import PluginHost
from portal.visits import session_cookie
from search_index.index import WhooshIndex


@dataclass(frozen=True, slots=True)
class Parts:
    """A desk with the parts behind its ports, for whoever has to run or stop them."""

    desk: Desk
    host: PluginHost
    index: WhooshIndex
    jobs: PgQueuerJobs
    hub: Hub


def utc_now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def open_desk(
    settings: Settings,
    *,
    now: Callable[[], datetime] = utc_now,
    chance: random.Random | None = None,
) -> AsyncIterator[Parts]:
    """A desk on its database, ready for use cases; no job runs and no index follows yet.

    The schema must be up to date. Raises DatabaseInUse for the SQLite file of another process,
    and RequiredPluginMissing.
    """
    await connect(settings.database)
    try:
        parts = await build_desk(settings, now=now, chance=chance or random.Random())
        try:
            yield parts
        finally:
            await parts.host.shutdown()
            parts.index.close()
    finally:
        await disconnect()


async def build_desk(
    settings: Settings, *, now: Callable[[], datetime], chance: random.Random
) -> Parts:
    """The desk on the database that is connected; the caller ends with `host.shutdown()`."""
    host = PluginHost(now=now, history=classified_tickets)
    host.load(discover(settings))
    await host.startup()
    host.require(required(settings))
    await adopt_settings(host)
    index = WhooshIndex(ArticleFeed(), settings.index_dir)
    jobs, hub = PgQueuerJobs(), hub_for_connection()
    desk = Desk(
        now=now,
        random=chance,
        hooks=host,
        knowledge=index,
        jobs=jobs,
        mailer=OutboxMailer(
            now,
            jobs,
            settings.mail_from.rpartition("@")[2],
            leaves=bool(settings.smtp_url),
        ),
        live=hub,
        settings=settings,
    )
    return Parts(desk, host, index, jobs, hub)


@asynccontextmanager
async def running(parts: Parts) -> AsyncIterator[None]:
    """Jobs, timers, index and live updates at work, supervised; ends what is in flight first."""
    settings = parts.desk.settings
    transport = transport_for(settings, parts.desk.now)
    sweeper = Sweeper(background.sweeps(parts.desk, parts.jobs))
    await parts.index.catch_up()
    ending = [
        _task("jobs", parts.jobs.run(background.handlers(parts.desk, transport))),
        _task("sweeps", sweeper.run()),
        _task("live", parts.hub.run()),
    ]
    endless = [
        _task("index", parts.index.run()),
        _task("wake index", _wake_index(parts)),
        _task("plugin settings", follow_settings(parts.host)),
        _task("rights", follow_rights(parts.hub)),
    ]
    try:
        yield
    finally:
        await sweeper.stop()
        await parts.jobs.stop()
        await parts.hub.stop()
        await asyncio.gather(*ending, return_exceptions=True)
        for task in endless:
            task.cancel()
        await asyncio.gather(*endless, return_exceptions=True)


def build_app(parts: Parts, closing: asyncio.Event | None = None) -> ASGIApp:
    """The whole server as one ASGI application: health, GraphQL, and the portal for the rest.

    Streams of events end once `closing` is set.
    """
    desk, settings = parts.desk, parts.desk.settings
    is_secure = settings.is_production or settings.address.startswith("https:")
    cookie, providers = session_cookie(is_secure=is_secure), Providers(settings)
    app = Starlette(
        routes=[
            *health.routes(desk, parts.jobs),
            *api.app.routes(
                lambda: desk,
                settings,
                session_cookie=cookie,
                providers=providers,
                closing=closing,
            ),
            Mount("/", portal.app.create(desk, providers)),
        ],
    )
    return RequestId(api.app.Front(app))


async def serve(settings: Settings, *, ready: Callable[[Parts], Coroutine[Any, Any, None]]) -> None:
    """Run the server until it is told to stop; `ready` is awaited once it listens."""
    async with open_desk(settings) as parts, running(parts):
        closing = asyncio.Event()
        config = uvicorn.Config(
            build_app(parts, closing),
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            server_header=False,
            ws_max_size=256 * 1024,
            ws="websockets-sansio",
            # Messages are small, and each socket would keep some 100 KiB to make them smaller.
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=20,
            lifespan="off",
        )
        await _Server(config, lambda: ready(parts), closing).serve()


class _Server(uvicorn.Server):
    def __init__(
        self,
        config: uvicorn.Config,
        listening: Callable[[], Coroutine[Any, Any, None]],
        closing: asyncio.Event,
    ) -> None:
        super().__init__(config)
        self._listening = listening
        self._closing = closing

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # What is there now stays: looking through it for garbage would hold up every socket.
        gc.freeze()
        await self._listening()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._closing.set()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop listening on SIGTERM or SIGINT, and leave it at that.

        uvicorn's own would raise the signal again once it has stopped, which ends the process
        before jobs and database have come to theirs.
        """
        loop, signals = asyncio.get_running_loop(), (signal.SIGINT, signal.SIGTERM)
        for one in signals:
            loop.add_signal_handler(one, self.handle_exit, one, None)
        try:
            yield
        finally:
            for one in signals:
                loop.remove_signal_handler(one)


async def _wake_index(parts: Parts) -> None:
    """Look at the feed as soon as somebody published, in whichever process."""
    async for _ in parts.hub.listen("knowledge"):
        parts.index.wake()


def _task(name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    return asyncio.create_task(work, name=name)

"""The server: mounts api and portal, and serves them while what has to run beside them runs."""

import asyncio
import gc
import signal
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from foredesk.composition import Parts, open_desk

# isort: split
import api.app
import portal.app
from foredesk import health
from foredesk.at_work import answering, connected, running
from foredesk.oidc import Providers
from foredesk.request_id import RequestId
from foredesk.settings import Settings
from foredesk.workers import Workers
from portal.visits import session_cookie


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
    async with open_desk(settings) as parts, _with_workers(parts):
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


@asynccontextmanager
async def _with_workers(parts: Parts) -> AsyncIterator[None]:
    """Jobs and timers in processes of their own, where the database may serve several."""
    settings = parts.desk.settings
    if settings.is_sqlite:
        async with running(parts):
            yield
        return
    async with connected(parts), AsyncExitStack() as beside:
        await beside.enter_async_context(answering(parts))
        await beside.enter_async_context(Workers(settings).at_work())
        yield


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

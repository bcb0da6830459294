"""Events: answers as server-sent events, by graphql-sse's "distinct connections mode"."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing

from starlette.types import Receive, Scope, Send

from api.operations.answer import Answer

EVENTS = "text/event-stream"
KEEP_ALIVE_SECONDS = 12.0
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"vary", b"accept"),
]


class EventStream:
    """The response: ends with its answers, or as soon as the client leaves.

    What `client_id` caused is not told. `leave` is called at the end, whatever it was. When the
    server is `closing` it ends without "complete", so that the client comes back to another.
    """

    def __init__(
        self,
        answers: AsyncGenerator[Answer, None],
        *,
        client_id: str = "",
        seconds: float | None = None,
        keep_alive: float = KEEP_ALIVE_SECONDS,
        leave: Callable[[], None] = lambda: None,
        closing: asyncio.Event | None = None,
    ) -> None:
        self._answers = answers
        self._client_id = client_id
        self._seconds = seconds
        self._keep_alive = keep_alive
        self._leave = leave
        self._closing = closing or asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        telling = asyncio.ensure_future(self._tell(send))
        leaving = asyncio.ensure_future(_left(receive))
        closing = asyncio.ensure_future(self._closing.wait())
        tasks = (telling, leaving, closing)
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._leave()
        if closing.done() and not closing.cancelled() and telling.cancelled():
            await _body(send, b"")

    async def _tell(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        try:
            async with asyncio.timeout(self._seconds), aclosing(self._answers):
                async for part in self._parts():
                    await _body(send, part, more=True)
            await _body(send, b"event: complete\ndata:\n\n")
        except TimeoutError:
            # Without "complete", so that the client comes back, with a new token.
            await _body(send, b": the token has expired\n\n")

    async def _parts(self) -> AsyncIterator[bytes]:
        """Every answer, and a comment when nothing was said for a while."""
        yield b":\n\n"
        upcoming = asyncio.ensure_future(anext(self._answers, None))
        try:
            while True:
                done, _ = await asyncio.wait({upcoming}, timeout=self._keep_alive)
                if not done:
                    yield b":\n\n"
                    continue
                answer = upcoming.result()
                if answer is None:
                    return
                upcoming = asyncio.ensure_future(anext(self._answers, None))
                if not (self._client_id and answer.origin == self._client_id):
                    yield b"event: next\ndata: " + answer.as_json() + b"\n\n"
        finally:
            upcoming.cancel()
            await asyncio.gather(upcoming, return_exceptions=True)


async def one(answer: Answer) -> AsyncGenerator[Answer, None]:
    """A stream of a single answer."""
    yield answer


def accepts_events(accept: str | None) -> bool:
    """Whether the client takes server-sent events, however gladly."""
    for part in (accept or "").split(","):
        media, *parameters = [piece.strip().lower() for piece in part.split(";")]
        if media == EVENTS:
            return not any(parameter.replace(" ", "") in _NEVER for parameter in parameters)
    return False


_NEVER = ("q=0", "q=0.0", "q=0.00", "q=0.000")


async def _body(send: Send, body: bytes, *, more: bool = False) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": more})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass

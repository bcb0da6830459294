"""Socket: one connection, who is behind it, and when it ends."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from api.admission import Admit, Caller, Origins, Standing
from api.client_id import HEADER, MalformedClientId, read_client_id
from api.operations.errors import Code, Unauthenticated, masked, refusal
from api.operations.execute import Operations
from api.places import NoPlaceLeft, Places
from api.rates import Rates
from api.websocket.messages import Closed, Complete, Init, Message, Ping, Subscribe, read_message
from api.websocket.running import Running

PROTOCOL = "graphql-transport-ws"
MOST_OPERATIONS = 100


@dataclass(frozen=True, slots=True)
class GraphQLSocket:
    """The WebSocket endpoint: serves each connection on its own.

    `renew` admits those who have been admitted before, as often as something is told to them.
    """

    operations: Operations
    admit: Admit
    make_context: Callable[[Standing, str], Any]
    origins: Origins
    now: Callable[[], datetime]
    open_to_all: bool = False
    init_seconds: float = 10
    rates: Rates = field(default_factory=lambda: Rates(0, 0))
    places: Places = field(default_factory=Places)
    idle_seconds: float = 600
    anonymous_idle_seconds: float = 60
    renew: Admit | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        websocket = WebSocket(scope, receive, send)
        if not self.origins.allow(websocket.headers):
            await websocket.close(1008)
            return
        offered = websocket.scope.get("subprotocols", ())
        if PROTOCOL not in offered:
            # Accepted as what it is not: otherwise clients fail without telling the code.
            await websocket.accept(next(iter(offered), None))
            await websocket.close(4406, "Subprotocol not acceptable")
            return
        await websocket.accept(PROTOCOL)
        try:
            leave = self.places.take(websocket.client.host if websocket.client else "")
        except NoPlaceLeft as full:
            await websocket.close(4429, full.message[:120])
            return
        try:
            await _Connection(self, websocket, leave).serve()
        finally:
            leave()


class _Connection:
    def __init__(
        self, endpoint: GraphQLSocket, websocket: WebSocket, leave: Callable[[], None]
    ) -> None:
        self._endpoint = endpoint
        self._websocket = websocket
        self._leave = leave
        self._authorization: str | None = None
        self._client_id = ""
        self._caller: Caller | None = None
        self._ends = _now() + endpoint.init_seconds
        self._expires: float | None = None
        self._running = Running(endpoint.operations, endpoint.rates, websocket, self._send)

    async def serve(self) -> None:
        try:
            while True:
                await self._handle(read_message(await self._received()))
        except Closed as closed:
            await self._close(closed)
        except WebSocketDisconnect:
            pass
        except Exception as cause:
            await self._close(_failed(cause))
        finally:
            await self._running.stop()

    async def _received(self) -> str | None:
        while True:
            try:
                async with asyncio.timeout(self._seconds_left()):
                    message = await self._websocket.receive()
                break
            except TimeoutError:
                self._seconds_left()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        text: str | None = message.get("text")
        return text

    def _seconds_left(self) -> float:
        """Until the socket is to be looked at again. Raises Closed when its time is over."""
        if self._caller is None:
            return _until(self._ends, Closed(4408, "Connection initialisation timeout"))
        is_nobody = self._caller.viewer.is_anonymous
        endpoint = self._endpoint
        idle = endpoint.anonymous_idle_seconds if is_nobody else endpoint.idle_seconds
        quiet_since = self._running.quiet_since
        left = idle if quiet_since is None else _until(quiet_since + idle, Closed(1000, "Idle"))
        if self._expires is not None:
            left = min(left, _until(self._expires, Closed(4403, "Token expired")))
        return left

    async def _handle(self, message: Message) -> None:
        match message:
            case Init():
                await self._initialize(message)
            case Ping():
                await self._send(_written("pong", payload=message.payload))
            case Subscribe():
                await self._start(message)
            case Complete():
                self._running.end(message.id)

    async def _initialize(self, message: Init) -> None:
        if self._caller is not None:
            raise Closed(4429, "Too many initialisation requests")
        headers = self._websocket.headers
        self._authorization = message.authorization or headers.get("authorization")
        try:
            self._client_id = message.client_id or read_client_id(headers.get(HEADER))
        except MalformedClientId as malformed:
            raise Closed(4400, malformed.message[:120]) from None
        self._caller = (await self._standing()).caller
        if (end := self._caller.expires_at) is not None:
            self._expires = _now() + (end - self._endpoint.now()).total_seconds()
        if not self._caller.viewer.is_anonymous:
            self._leave()
        self._running.quiet_since = _now()
        await self._send(_written("connection_ack"))

    async def _standing(self) -> Standing:
        """Read anew for each operation: roles and tokens may have been taken away."""
        try:
            return Standing(await self._admitted(), self._admitted)
        except Unauthenticated:
            raise Closed(4403, "Forbidden") from None

    async def _admitted(self) -> Caller:
        admit = self._endpoint.renew or self._endpoint.admit
        return await admit(self._websocket, self._authorization)

    async def _start(self, message: Subscribe) -> None:
        if self._caller is None:
            raise Closed(4401, "Unauthorized")
        if message.id in self._running:
            raise Closed(4409, f"Subscriber for {message.id} already exists"[:120])
        if len(self._running) >= MOST_OPERATIONS:
            text = f"At most {MOST_OPERATIONS} operations at once."
            error = refusal(text, Code.OPERATION_TOO_LARGE)
            await self._send(_written("error", id=message.id, payload=[error.formatted]))
            return
        standing, endpoint = await self._standing(), self._endpoint
        self._running.begin(
            message,
            standing.caller,
            lambda: endpoint.make_context(standing, self._client_id),
            may_introspect=endpoint.open_to_all or not standing.caller.viewer.is_anonymous,
            client_id=self._client_id,
        )

    async def _send(self, text: bytes) -> None:
        try:
            await self._websocket.send_text(text.decode())
        except RuntimeError:
            raise WebSocketDisconnect(1006) from None

    async def _close(self, closed: Closed) -> None:
        if self._websocket.application_state is WebSocketState.CONNECTED:
            with suppress(RuntimeError):
                await self._websocket.close(closed.code, closed.reason)


def _failed(cause: Exception) -> Closed:
    details = masked(cause).extensions or {}
    return Closed(1011, f"Something went wrong on our side, errorId {details['errorId']}")


def _written(type: str, **rest: Any) -> bytes:
    filled = {key: value for key, value in rest.items() if value is not None}
    return orjson.dumps({"type": type, **filled})


def _now() -> float:
    return asyncio.get_running_loop().time()


def _until(end: float, over: Closed) -> float:
    left = end - _now()
    if left <= 0:
        raise over
    return left

"""Socket: one connection, its operations, and when it ends."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from graphql import GraphQLError, OperationType
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from api.admission import Admit, Caller, Origins, Standing
from api.operations.answer import Answer
from api.operations.errors import Code, Unauthenticated, masked, refusal
from api.operations.execute import Operations
from api.operations.prepare import Refused
from api.operations.request import OperationRequest
from api.rates import RateLimited, Rates
from api.websocket.messages import Closed, Complete, Init, Message, Ping, Subscribe, read_message

PROTOCOL = "graphql-transport-ws"
MOST_OPERATIONS = 100


@dataclass(frozen=True, slots=True)
class GraphQLSocket:
    """The WebSocket endpoint: serves each connection on its own."""

    operations: Operations
    admit: Admit
    make_context: Callable[[Standing], Any]
    origins: Origins
    now: Callable[[], datetime]
    open_to_all: bool = False
    init_seconds: float = 10
    rates: Rates = field(default_factory=lambda: Rates(0, 0))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        websocket = WebSocket(scope, receive, send)
        if not self.origins.allow(websocket.headers):
            await websocket.close(1008)
            return
        if PROTOCOL not in websocket.scope.get("subprotocols", ()):
            await websocket.accept()
            await websocket.close(4406, "Subprotocol not acceptable")
            return
        await websocket.accept(PROTOCOL)
        await _Connection(self, websocket).serve()


class _Connection:
    def __init__(self, endpoint: GraphQLSocket, websocket: WebSocket) -> None:
        self._endpoint = endpoint
        self._websocket = websocket
        self._authorization: str | None = None
        self._was_initialized = False
        self._expires_at: datetime | None = None
        self._ends = asyncio.get_running_loop().time() + endpoint.init_seconds
        self._running: dict[str, asyncio.Task[None]] = {}

    async def serve(self) -> None:
        try:
            while True:
                await self._handle(read_message(await self._received()))
        except Closed as closed:
            await self._close(closed)
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            await self._stop_all()

    async def _received(self) -> str | None:
        try:
            async with asyncio.timeout(self._seconds_left()):
                message = await self._websocket.receive()
        except TimeoutError:
            if self._was_initialized:
                raise Closed(4403, "Token expired") from None
            raise Closed(4408, "Connection initialisation timeout") from None
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        text: str | None = message.get("text")
        return text

    def _seconds_left(self) -> float | None:
        if not self._was_initialized:
            return max(0.0, self._ends - asyncio.get_running_loop().time())
        if self._expires_at is None:
            return None
        return max(0.0, (self._expires_at - self._endpoint.now()).total_seconds())

    async def _handle(self, message: Message) -> None:
        match message:
            case Init():
                await self._initialize(message)
            case Ping():
                await self._send("pong", payload=message.payload)
            case Subscribe():
                await self._start(message)
            case Complete() if message.id in self._running:
                self._running.pop(message.id).cancel()

    async def _initialize(self, message: Init) -> None:
        if self._was_initialized:
            raise Closed(4429, "Too many initialisation requests")
        self._authorization = message.authorization or self._websocket.headers.get("authorization")
        self._expires_at = (await self._standing()).caller.expires_at
        self._was_initialized = True
        await self._send("connection_ack")

    async def _standing(self) -> Standing:
        """Read anew for each operation: roles and tokens may have been taken away."""
        try:
            return Standing(await self._admitted(), self._admitted)
        except Unauthenticated:
            raise Closed(4403, "Forbidden") from None

    async def _admitted(self) -> Caller:
        return await self._endpoint.admit(self._websocket, self._authorization)

    async def _start(self, message: Subscribe) -> None:
        if not self._was_initialized:
            raise Closed(4401, "Unauthorized")
        if message.id in self._running:
            raise Closed(4409, f"Subscriber for {message.id} already exists"[:120])
        if len(self._running) >= MOST_OPERATIONS:
            error = refusal(
                f"At most {MOST_OPERATIONS} operations at once.", Code.OPERATION_TOO_LARGE
            )
            await self._send("error", id=message.id, payload=[error.formatted])
            return
        standing = await self._standing()
        self._running[message.id] = asyncio.create_task(self._run(message, standing))

    async def _run(self, message: Subscribe, standing: Standing) -> None:
        with suppress(WebSocketDisconnect, RuntimeError):
            try:
                was_executed = await self._send_answers(message, standing)
            except Exception as cause:
                was_executed = False
                await self._send("error", id=message.id, payload=[masked(cause).formatted])
            self._forget(message.id)
            if was_executed:
                await self._send("complete", id=message.id)

    async def _send_answers(self, message: Subscribe, standing: Standing) -> bool:
        async with aclosing(self._answers(message.request, standing)) as answers:
            async for answer in answers:
                if not answer.was_executed:
                    errors = [error.formatted for error in answer.errors]
                    self._forget(message.id)
                    await self._send("error", id=message.id, payload=errors)
                    return False
                await self._send("next", id=message.id, payload=answer.as_map())
        return True

    async def _answers(
        self, request: OperationRequest, standing: Standing
    ) -> AsyncGenerator[Answer, None]:
        operations = self._endpoint.operations
        may_introspect = self._endpoint.open_to_all or not standing.caller.viewer.is_anonymous
        try:
            prepared = operations.prepare(request, may_introspect=may_introspect)
            self._endpoint.rates.spend(self._websocket, standing.caller, prepared)
        except Refused as refused:
            yield Answer.refused(refused.errors)
            return
        except RateLimited as limited:
            yield Answer.refused([_too_much(limited)])
            return
        if prepared.kind is not OperationType.SUBSCRIPTION:
            yield await operations.execute(prepared, lambda: self._endpoint.make_context(standing))
            return
        events = operations.events(prepared, lambda: self._endpoint.make_context(standing))
        async with aclosing(events):
            async for answer in events:
                yield answer

    def _forget(self, id: str) -> None:
        if self._running.get(id) is asyncio.current_task():
            del self._running[id]

    async def _send(self, type: str, **rest: Any) -> None:
        filled = {key: value for key, value in rest.items() if value is not None}
        await self._websocket.send_text(orjson.dumps({"type": type, **filled}).decode())

    async def _close(self, closed: Closed) -> None:
        if self._websocket.application_state is WebSocketState.CONNECTED:
            with suppress(RuntimeError):
                await self._websocket.close(closed.code, closed.reason)

    async def _stop_all(self) -> None:
        tasks = list(self._running.values())
        self._running.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _too_much(limited: RateLimited) -> GraphQLError:
    seconds = limited.seconds
    return refusal(limited.message, Code.RATE_LIMITED, retryAfterSeconds=seconds)

"""Running: the operations of one socket."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, suppress
from typing import Any

import orjson
from graphql import GraphQLError, OperationType
from starlette.websockets import WebSocket, WebSocketDisconnect

from api.admission import Caller
from api.operations.answer import Answer
from api.operations.errors import Code, masked, refusal
from api.operations.execute import Operations
from api.operations.prepare import Prepared, Refused
from api.rates import RateLimited, Rates
from api.websocket.messages import Subscribe

MakeContext = Callable[[], Any]


class Running:
    """`quiet_since` is when the last operation ended; None while there is one."""

    def __init__(
        self,
        operations: Operations,
        rates: Rates,
        websocket: WebSocket,
        send: Callable[[bytes], Awaitable[None]],
    ) -> None:
        self.quiet_since: float | None = None
        self._operations = operations
        self._rates = rates
        self._websocket = websocket
        self._send = send
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def __contains__(self, id: str) -> bool:
        return id in self._tasks

    def __len__(self) -> int:
        return len(self._tasks)

    def begin(
        self,
        message: Subscribe,
        caller: Caller,
        make_context: MakeContext,
        *,
        may_introspect: bool,
        client_id: str,
    ) -> None:
        """Answer in a task of its own. What `client_id` caused is not told."""
        answers = self._answers(message, caller, make_context, may_introspect)
        self.quiet_since = None
        self._tasks[message.id] = asyncio.create_task(self._run(message.id, answers, client_id))

    def end(self, id: str) -> None:
        if id in self._tasks:
            self._tasks.pop(id).cancel()
            self._note_quiet()

    async def stop(self) -> None:
        tasks = list(self._tasks.values())
        self._tasks.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, id: str, answers: AsyncGenerator[Answer, None], client_id: str) -> None:
        with suppress(WebSocketDisconnect):
            try:
                async with aclosing(answers):
                    refused = await self._tell(id, answers, client_id)
            except WebSocketDisconnect:
                raise
            except Exception as cause:
                refused = [masked(cause)]
            finally:
                self._forget(id)
            if refused:
                errors = orjson.dumps([error.formatted for error in refused])
                await self._send(_message(b"error", id, errors))
            else:
                await self._send(_message(b"complete", id))

    async def _tell(
        self, id: str, answers: AsyncGenerator[Answer, None], client_id: str
    ) -> list[GraphQLError]:
        """Returns why there are no more answers, if there is a reason."""
        async for answer in answers:
            if not answer.was_executed:
                return list(answer.errors)
            if not (client_id and answer.origin == client_id):
                await self._send(_message(b"next", id, answer.as_json()))
        return []

    async def _answers(
        self, message: Subscribe, caller: Caller, make_context: MakeContext, may_introspect: bool
    ) -> AsyncGenerator[Answer, None]:
        try:
            prepared = self._prepared(message, caller, may_introspect)
        except Refused as refused:
            yield Answer.refused(refused.errors)
            return
        if prepared.kind is not OperationType.SUBSCRIPTION:
            yield await self._operations.execute(prepared, make_context)
            return
        async with aclosing(self._operations.events(prepared, make_context)) as events:
            async for answer in events:
                yield answer

    def _prepared(self, message: Subscribe, caller: Caller, may_introspect: bool) -> Prepared:
        """Raises Refused."""
        try:
            self._rates.require(self._websocket, caller)
            prepared = self._operations.prepare(message.request, may_introspect=may_introspect)
            self._rates.spend(self._websocket, caller, prepared)
        except Refused:
            self._rates.refuse(self._websocket, caller)
            raise
        except RateLimited as limited:
            seconds = limited.seconds
            error = refusal(limited.message, Code.RATE_LIMITED, retryAfterSeconds=seconds)
            raise Refused([error]) from None
        return prepared

    def _forget(self, id: str) -> None:
        if self._tasks.get(id) is asyncio.current_task():
            del self._tasks[id]
            self._note_quiet()

    def _note_quiet(self) -> None:
        if not self._tasks:
            self.quiet_since = asyncio.get_running_loop().time()


def _message(type: bytes, id: str, payload: bytes = b"") -> bytes:
    """Written by hand around a payload that many share."""
    rest = b',"payload":' + payload if payload else b""
    return b'{"type":"' + type + b'","id":' + orjson.dumps(id) + rest + b"}"

"""The view: one HTTP request in, one answer with its status out."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from graphql import OperationType
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.admission import Admit, Caller, Standing
from api.client_id import HEADER, MalformedClientId, read_client_id
from api.http.events import EventStream, accepts_events, one
from api.http.ide import ide_page
from api.http.negotiation import GRAPHQL, JSON, negotiate
from api.http.read import Problem, method_refused, read_operation
from api.http.statuses import status_of
from api.operations.answer import Answer
from api.operations.errors import Code, Unauthenticated, masked, refusal
from api.operations.execute import Operations
from api.operations.prepare import Prepared, Refused
from api.operations.request import OperationRequest
from api.places import NoPlaceLeft, Places
from api.rates import Allowance, RateLimited, Rates

FIXED_HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "vary": "accept",
}
MakeContext = Callable[[Standing, str], Any]
"""Of who asks, and the id of their client."""


@dataclass(frozen=True, slots=True)
class GraphQLView:
    """`open_to_all` is for development: it shows the IDE and lets anyone introspect."""

    operations: Operations
    admit: Admit
    make_context: MakeContext
    open_to_all: bool = False
    rates: Rates = field(default_factory=lambda: Rates(0, 0))
    places: Places = field(default_factory=Places)
    renew: Admit | None = None
    follows_draft: bool = False
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> ASGIApp:
        if self.open_to_all and _wants_page(request):
            return ide_page()
        accept = request.headers.get("accept")
        media = negotiate(accept)
        try:
            if media is None and not accepts_events(accept):
                raise Problem(406, f"Accept must allow {GRAPHQL} or {JSON}.")
            return await self._answered(request, media)
        except Problem as unpaid:
            problem = self._charged(request, unpaid)
            error = refusal(problem.message, problem.code)
            return _written(Answer.refused([error]), media or JSON, problem.status, problem.headers)
        except ClientDisconnect:
            raise
        except Exception as cause:
            return _written(Answer.refused([masked(cause)]), media or JSON, 500)

    def _charged(self, request: Request, problem: Problem) -> Problem:
        """A request that never comes to an operation is not free either."""
        if problem.status == 429:
            return problem
        try:
            self.rates.turn_away(request)
        except RateLimited as limited:
            return _too_much(limited)
        return problem

    async def _answered(self, request: Request, media: str | None) -> ASGIApp:
        """Without a media type, as events: the client takes nothing else."""
        asked, client_id = await read_operation(request), _client_id(request)
        standing = Standing(await self._admitted(request), lambda: self.renewed(request))
        try:
            prepared, left = self._prepared(request, asked, standing.caller)
        except Refused as refused:
            left = self.rates.refuse(request, standing.caller)
            return self._whole(Answer.refused(refused.errors), media, left)
        except RateLimited as limited:
            raise _too_much(limited) from None
        _check_kind(request, prepared)

        def make_context() -> Any:
            return self.make_context(standing, client_id)

        if prepared.kind is OperationType.SUBSCRIPTION:
            events = self.operations.events(prepared, make_context)
            return self._stream(request, standing.caller, events, client_id)
        answer = await self.operations.execute(prepared, make_context)
        return self._whole(left.told(answer) if left else answer, media, left)

    def _prepared(
        self, request: Request, asked: OperationRequest, caller: Caller
    ) -> tuple[Prepared, Allowance | None]:
        """Raises Refused and RateLimited."""
        self.rates.require(request, caller)
        may_introspect = self.open_to_all or not caller.viewer.is_anonymous
        prepared = self.operations.prepare(asked, may_introspect=may_introspect)
        return prepared, self.rates.spend(request, caller, prepared)

    def _whole(self, answer: Answer, media: str | None, left: Allowance | None = None) -> ASGIApp:
        if media is None:
            return EventStream(one(answer))
        headers = left.headers() if left else None
        return _written(answer, media, headers=headers, follows_draft=self.follows_draft)

    def _stream(
        self,
        request: Request,
        caller: Caller,
        events: AsyncGenerator[Answer, None],
        client_id: str,
    ) -> ASGIApp:
        """Renewed with every event, and over when the token is."""
        address = request.client.host if request.client else ""
        try:
            is_nobody = caller.viewer.is_anonymous
            leave = self.places.take(address) if is_nobody else lambda: None
        except NoPlaceLeft as full:
            raise Problem(429, full.message, Code.RATE_LIMITED, {"retry-after": "60"}) from None
        end = caller.expires_at
        seconds = (end - self.now()).total_seconds() if end else None
        return EventStream(
            events, client_id=client_id, seconds=seconds, leave=leave, closing=self.closing
        )

    async def _admitted(self, request: Request) -> Caller:
        try:
            return await self.admit(request, request.headers.get("authorization"))
        except Unauthenticated:
            headers = {"www-authenticate": "Bearer"}
            raise Problem(401, Unauthenticated.message, Code.UNAUTHENTICATED, headers) from None

    async def renewed(self, request: Request) -> Caller:
        return await (self.renew or self.admit)(request, request.headers.get("authorization"))


def _too_much(limited: RateLimited) -> Problem:
    return Problem(429, limited.message, Code.RATE_LIMITED, limited.headers())


def _wants_page(request: Request) -> bool:
    return (
        request.method == "GET"
        and "text/html" in request.headers.get("accept", "")
        and not {"query", "documentId", "extensions"} & set(request.query_params)
    )


def _check_kind(request: Request, prepared: Prepared) -> None:
    is_subscription = prepared.kind is OperationType.SUBSCRIPTION
    if is_subscription and not accepts_events(request.headers.get("accept")):
        raise Problem(
            400,
            "A subscription needs a WebSocket with graphql-transport-ws, or Accept: "
            "text/event-stream.",
        )
    if prepared.kind is OperationType.MUTATION and request.method == "GET":
        raise method_refused("Mutations need POST.", allow="POST")


def _client_id(request: Request) -> str:
    try:
        return read_client_id(request.headers.get(HEADER))
    except MalformedClientId as malformed:
        raise Problem(400, malformed.message) from None


def _written(
    answer: Answer,
    media: str,
    status: int | None = None,
    headers: dict[str, str] | None = None,
    *,
    follows_draft: bool = False,
) -> Response:
    if status is None:
        status = status_of(answer, media, follows_draft=follows_draft)
    return Response(
        answer.as_json(),
        status,
        {**FIXED_HEADERS, **(headers or {})},
        media_type=f"{media}; charset=utf-8",
    )

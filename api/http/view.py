"""The view: one HTTP request in, one answer with its status out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graphql import OperationType
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.admission import Admit, Caller, Standing
from api.http.ide import ide_page
from api.http.negotiation import GRAPHQL, JSON, negotiate
from api.http.read import Problem, method_refused, read_operation
from api.operations.answer import Answer
from api.operations.errors import Code, Unauthenticated, masked, refusal
from api.operations.execute import Operations
from api.operations.prepare import Prepared, Refused
from api.rates import RateLimited, Rates

MakeContext = Callable[[Standing], Any]


@dataclass(frozen=True, slots=True)
class GraphQLView:
    """`open_to_all` is for development: it shows the IDE and lets anyone introspect."""

    operations: Operations
    admit: Admit
    make_context: MakeContext
    open_to_all: bool = False
    rates: Rates = field(default_factory=lambda: Rates(0, 0))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        if self.open_to_all and _wants_page(request):
            return ide_page()
        media = negotiate(request.headers.get("accept"))
        try:
            if media is None:
                raise Problem(406, f"Accept must allow {GRAPHQL} or {JSON}.")
            return _written(await self._answer(request), media)
        except Problem as problem:
            error = refusal(problem.message, problem.code)
            return _written(Answer.refused([error]), media or JSON, problem.status, problem.headers)
        except Exception as cause:
            return _written(Answer.refused([masked(cause)]), media or JSON, 500)

    async def _answer(self, request: Request) -> Answer:
        asked = await read_operation(request)
        standing = Standing(await self._admitted(request), lambda: self._admitted(request))
        may_introspect = self.open_to_all or not standing.caller.viewer.is_anonymous
        try:
            prepared = self.operations.prepare(asked, may_introspect=may_introspect)
        except Refused as refused:
            return Answer.refused(refused.errors)
        _check_kind(request, prepared)
        self._spend(request, standing.caller, prepared)
        return await self.operations.execute(prepared, lambda: self.make_context(standing))

    def _spend(self, request: Request, caller: Caller, prepared: Prepared) -> None:
        try:
            self.rates.spend(request, caller, prepared)
        except RateLimited as limited:
            headers = {"retry-after": str(limited.seconds)}
            raise Problem(429, limited.message, Code.RATE_LIMITED, headers) from None

    async def _admitted(self, request: Request) -> Caller:
        try:
            return await self.admit(request, request.headers.get("authorization"))
        except Unauthenticated:
            headers = {"www-authenticate": "Bearer"}
            raise Problem(401, Unauthenticated.message, Code.UNAUTHENTICATED, headers) from None


def _wants_page(request: Request) -> bool:
    return (
        request.method == "GET"
        and "text/html" in request.headers.get("accept", "")
        and "query" not in request.query_params
    )


def _check_kind(request: Request, prepared: Prepared) -> None:
    if prepared.kind is OperationType.SUBSCRIPTION:
        raise Problem(400, "Subscriptions need a WebSocket with graphql-transport-ws.")
    if prepared.kind is OperationType.MUTATION and request.method == "GET":
        raise method_refused("Mutations need POST.", allow="POST")


def _written(
    answer: Answer, media: str, status: int | None = None, headers: dict[str, str] | None = None
) -> Response:
    """A refused operation is 400 in the media type of GraphQL, and 200 in the older JSON."""
    if status is None:
        status = 200 if answer.was_executed or media == JSON else 400
    fixed = {"cache-control": "no-store", "x-content-type-options": "nosniff", "vary": "accept"}
    return Response(
        answer.as_json(),
        status,
        {**fixed, **(headers or {})},
        media_type=f"{media}; charset=utf-8",
    )

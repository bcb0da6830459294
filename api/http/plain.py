"""The plain case, which nearly every request is: JSON by POST with a token that was just used.

It is answered here without anything in between. Whatever is unusual about a request, a problem
with it included, is left to the view.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import orjson
from graphql import OperationType
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.admission import Caller, Standing
from api.admitted import Admitted
from api.client_id import HEADER
from api.http.negotiation import negotiate
from api.http.read import LARGEST_BODY
from api.http.statuses import status_of
from api.http.view import FIXED_HEADERS, GraphQLView
from api.operations.answer import Answer
from api.operations.errors import Code, masked, refusal
from api.operations.prepare import Refused
from api.operations.request import MalformedRequest, OperationRequest
from api.rates import Allowance, RateLimited

JSON_TYPES = frozenset(
    {
        b"application/json",
        b"application/json; charset=utf-8",
        b"application/json;charset=utf-8",
    }
)
Headers = tuple[tuple[bytes, bytes], ...]
UNUSUAL = (b"content-encoding", b"origin", HEADER.encode())


@dataclass(frozen=True, slots=True)
class PlainRequests:
    """Stands before the view, or before a whole application that leads there (`otherwise`)."""

    view: GraphQLView
    admitted: Admitted
    otherwise: ASGIApp

    def before(self, app: ASGIApp) -> "PlainRequests":
        return replace(self, otherwise=app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        plain = self._plain(scope)
        if plain is None:
            await self.otherwise(scope, receive, send)
            return
        caller, media = plain
        taken = await _taken(receive)
        left: Allowance | RateLimited | None = None
        try:
            answer, left = await self._answer(Request(scope, receive), taken, caller)
            status = 200
        except RateLimited as limited:
            error = refusal(limited.message, Code.RATE_LIMITED)
            answer, left, status = Answer.refused([error]), limited, 429
        except Exception as cause:
            answer, status = Answer.refused([masked(cause)]), 500
        if answer is None:
            await self.otherwise(scope, _again(taken, receive), send)
            return
        if status == 200:
            status = status_of(answer, media, follows_draft=self.view.follows_draft)
        await _send(answer.as_json(), status, (*_headers(media), *_left(left)), send)

    def _plain(self, scope: Scope) -> tuple[Caller, str] | None:
        """Who asks, and the media type of the answer; None unless everything is as usual."""
        given = scope["headers"]
        headers = dict(given)
        if (
            scope["method"] != "POST"
            or headers.get(b"content-type") not in JSON_TYPES
            or len(headers) != len(given)
            or any(name in headers for name in UNUSUAL)
        ):
            return None
        caller = self.admitted.known(headers.get(b"authorization", b""))
        media = _media(headers.get(b"accept", b""))
        return (caller, media) if caller and media else None

    async def _answer(
        self, request: Request, taken: list[Message], caller: Caller
    ) -> tuple[Answer | None, Allowance | None]:
        """No answer, before anything is done, where the view has to look at it.

        Raises RateLimited.
        """
        asked = _asked(taken)
        if asked is None:
            return None, None
        view = self.view
        view.rates.require(request, caller)
        try:
            prepared = view.operations.prepare(asked, may_introspect=True)
        except Refused as refused:
            return Answer.refused(refused.errors), view.rates.refuse(request, caller)
        if prepared.kind is OperationType.SUBSCRIPTION:
            return None, None
        left = view.rates.spend(request, caller, prepared)
        standing = Standing(caller, lambda: view.renewed(request))
        answer = await view.operations.execute(prepared, lambda: view.make_context(standing, ""))
        return left.told(answer) if left else answer, left


async def _taken(receive: Receive) -> list[Message]:
    """The messages of the body, which is one as a rule; not all of them if it is too large."""
    taken = [await receive()]
    size = 0
    while taken[-1].get("more_body"):
        size += len(taken[-1].get("body", b""))
        if size > LARGEST_BODY:
            break
        taken.append(await receive())
    return taken


def _asked(taken: list[Message]) -> OperationRequest | None:
    """None for a body that is not there as a whole, or is not one that the API takes."""
    if taken[-1]["type"] != "http.request" or taken[-1].get("more_body"):
        return None
    body = b"".join([message.get("body", b"") for message in taken])
    if len(body) > LARGEST_BODY:
        return None
    try:
        return OperationRequest.of(orjson.loads(body))
    except (orjson.JSONDecodeError, MalformedRequest):
        return None


@lru_cache(256)
def _media(accept: bytes) -> str | None:
    return negotiate(accept.decode("latin-1"))


@lru_cache(8)
def _headers(media: str) -> Headers:
    return (
        (b"content-type", f"{media}; charset=utf-8".encode()),
        *((name.encode(), value.encode()) for name, value in FIXED_HEADERS.items()),
    )


def _left(left: Allowance | RateLimited | None) -> Headers:
    pairs = left.headers().items() if left else ()
    return tuple((name.encode(), value.encode()) for name, value in pairs)


async def _send(body: bytes, status: int, headers: Headers, send: Send) -> None:
    headers = (*headers, (b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _again(taken: list[Message], receive: Receive) -> Receive:
    """`receive`, with the messages before it that were taken out."""
    waiting = iter(taken)

    async def received() -> Message:
        return next(waiting, None) or await receive()

    return received

"""Read: an operation out of an HTTP request, or the status that says why not."""

from typing import Any

import orjson
from starlette.datastructures import QueryParams
from starlette.requests import Request

from api.http.negotiation import JSON
from api.operations.errors import Code
from api.operations.request import MalformedRequest, OperationRequest

LARGEST_BODY = 256 * 1024
TEXTS = ("query", "operationName", "documentId")
PREFLIGHT = ("graphql-require-preflight", "apollo-require-preflight", "x-apollo-operation-name")


class Problem(Exception):
    """The request is refused before any GraphQL is looked at."""

    def __init__(
        self,
        status: int,
        message: str,
        code: Code = Code.BAD_USER_INPUT,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code
        self.headers = headers or {}


async def read_operation(request: Request) -> OperationRequest:
    """Raises Problem."""
    if request.method not in ("GET", "POST"):
        raise method_refused("GraphQL takes GET and POST.", allow="GET, POST")
    try:
        if request.method == "GET":
            return OperationRequest.of(_from_address(request))
        _check_content_type(request)
        return OperationRequest.of(_decoded(await _body(request)))
    except MalformedRequest as malformed:
        raise Problem(400, str(malformed)) from None


def method_refused(message: str, *, allow: str) -> Problem:
    return Problem(405, message, headers={"allow": allow})


def _from_address(request: Request) -> dict[str, Any]:
    """A page of another site can send a plain GET, but not with one of these headers."""
    if not any(header in request.headers for header in PREFLIGHT):
        raise Problem(400, "A GET request needs a GraphQL-Require-Preflight header.")
    given = request.query_params
    value: dict[str, Any] = {key: given[key] for key in TEXTS if key in given}
    return value | _json_parameters(given)


def _json_parameters(given: QueryParams) -> dict[str, Any]:
    names = [name for name in ("variables", "extensions") if given.get(name)]
    return {name: _decoded(given[name].encode()) for name in names}


def _check_content_type(request: Request) -> None:
    media, *parameters = [
        piece.strip().lower() for piece in request.headers.get("content-type", "").split(";")
    ]
    if media != JSON:
        raise Problem(415, "Content-Type must be application/json.")
    charsets = [value for value in parameters if value.startswith("charset=")]
    if charsets and charsets[0].removeprefix("charset=").strip('"') not in ("utf-8", "utf8"):
        raise Problem(415, "The body must be in UTF-8.")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Problem(415, "The body must not be compressed.")


async def _body(request: Request) -> bytes:
    size, chunks = 0, []
    async for chunk in request.stream():
        size += len(chunk)
        if size > LARGEST_BODY:
            raise Problem(
                413, f"The body is larger than {LARGEST_BODY} bytes.", Code.OPERATION_TOO_LARGE
            )
        chunks.append(chunk)
    return b"".join(chunks)


def _decoded(text: bytes) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Problem(400, "This is not JSON in UTF-8.") from None

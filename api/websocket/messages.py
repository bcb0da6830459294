"""Messages of graphql-transport-ws: what a client may send, read strictly."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from api.client_id import MalformedClientId, read_client_id
from api.operations.request import MalformedRequest, OperationRequest

LARGEST_MESSAGE = 256 * 1024


class Closed(Exception):
    """The socket is to be closed with this code and reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Init:
    authorization: str | None
    client_id: str = ""


@dataclass(frozen=True, slots=True)
class Subscribe:
    id: str
    request: OperationRequest


@dataclass(frozen=True, slots=True)
class Complete:
    id: str


@dataclass(frozen=True, slots=True)
class Ping:
    payload: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Pong:
    pass


Message = Init | Subscribe | Complete | Ping | Pong


def read_message(text: str | None) -> Message:
    """Raises Closed with 4400 for anything but a message of the protocol."""
    message = _decoded(text)
    payload = message.get("payload")
    if payload is not None and not isinstance(payload, dict):
        raise _invalid("payload must be an object")
    match message.get("type"):
        case "connection_init":
            return Init(_authorization(payload or {}), _client_id(payload or {}))
        case "ping":
            return Ping(_repeatable(payload))
        case "pong":
            return Pong()
        case "complete":
            return Complete(_id(message))
        case "subscribe":
            return _subscribe(message)
        case _:
            raise _invalid("unknown type")


def _decoded(text: str | None) -> dict[str, Any]:
    if text is None:
        raise _invalid("messages are text")
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST_MESSAGE:
        raise Closed(1009, f"Message larger than {LARGEST_MESSAGE} bytes")
    try:
        message = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise _invalid("not JSON") from None
    if not isinstance(message, dict):
        raise _invalid("not an object")
    return message


def _repeatable(payload: dict[str, Any] | None) -> dict[str, Any] | None:
    """A ping's payload is sent back with the pong: orjson reads deeper than it writes."""
    try:
        orjson.dumps(payload)
    except TypeError:
        raise _invalid("payload is nested too deeply") from None
    return payload


def _authorization(payload: Mapping[str, Any]) -> str | None:
    """`{"authorization": "Bearer fd_…"}` or, shorter, `{"token": "fd_…"}`."""
    for key in ("authorization", "Authorization"):
        if isinstance(value := payload.get(key), str):
            return value
    token = payload.get("token")
    return f"Bearer {token}" if isinstance(token, str) else None


def _client_id(payload: Mapping[str, Any]) -> str:
    try:
        return read_client_id(payload.get("clientId"))
    except MalformedClientId:
        raise _invalid("clientId must be 1 to 64 letters, digits or any of . _ : -") from None


def _subscribe(message: dict[str, Any]) -> Subscribe:
    try:
        return Subscribe(_id(message), OperationRequest.of(message.get("payload")))
    except MalformedRequest as malformed:
        raise _invalid(str(malformed)) from None


def _id(message: dict[str, Any]) -> str:
    given = message.get("id")
    if not isinstance(given, str) or not 0 < len(given) <= 128:
        raise _invalid("id must be a string of 1 to 128 characters")
    return given


def _invalid(why: str) -> Closed:
    return Closed(4400, f"Invalid message: {why}"[:120])

"""Request id: one per request, in every log line and in the answer; and one line per request."""

import logging
import random
import re
import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ACCEPTED = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_SURVEY = re.compile(r"^/survey/[^/]+")
_QUIET = frozenset({"/healthz", "/readyz"})
log = structlog.get_logger("foredesk.http")
_level = logging.getLogger("foredesk.http")
_chance = random.Random()


class RequestId:
    """Keeps the id a proxy gave (`X-Request-ID`), or makes one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        request_id, began, status = _given(scope) or _new_id(), time.perf_counter(), 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                id_header = (b"x-request-id", request_id.encode())
                message["headers"] = [*message.get("headers", []), id_header]
            await send(message)

        bound = structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            await self.app(scope, receive, send_with_id)
        finally:
            if _level.isEnabledFor(logging.INFO) and scope["path"] not in _QUIET:
                log.info(
                    "request",
                    method=scope.get("method", "WEBSOCKET"),
                    path=without_secrets(scope["path"]),
                    status=status,
                    milliseconds=round((time.perf_counter() - began) * 1000, 1),
                )
            structlog.contextvars.reset_contextvars(**bound)


def without_secrets(path: str) -> str:
    """The path without the secret that opens a survey: logs are read by more people than mails."""
    return _SURVEY.sub("/survey/…", path)


def _new_id() -> str:
    """Unlikely to be there twice; it is no secret."""
    return f"{_chance.getrandbits(64):016x}"


def _given(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            return str(value.decode()) if _ACCEPTED.fullmatch(value) else None
    return None

"""Middleware: each answer of the portal leaves with its headers, and each crash as a page."""

import secrets
from collections.abc import Callable

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from foredesk.desk import Desk
from foredesk.people.sign_in import session_of, viewer_of_session
from foredesk.request_id import without_secrets
from portal import visits

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
STATIC = "/static/"
SPOKEN = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
log = structlog.get_logger("foredesk.portal")

CrashPage = Callable[[Request, str], Response]


class Visits:
    """Reads the cookies, and sends what has to go with every answer."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app, self.desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        visit = visits.begin(request, is_secure=_is_secure(self.desk))
        request.state.visit = visit

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _complete(message, visit, is_static=scope["path"].startswith(STATIC))
            await send(message)

        await self.app(scope, receive, send_with_headers)


class Recognition:
    """Finds out who is signed in, for everything but static files."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app, self.desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith(STATIC):
            await self._recognize(Request(scope))
        await self.app(scope, receive, send)

    async def _recognize(self, request: Request) -> None:
        visit = visits.visit_of(request)
        token = visits.cookie(request, visits.SESSION, is_secure=visit.is_secure)
        session = await session_of(self.desk, token) if token else None
        viewer = await viewer_of_session(self.desk, session) if session else None
        if session and viewer:
            visit.welcome(viewer, session, visits.chosen_language(request))


class Crashes:
    """Turns a bug into a page with a reference number, under which the log has the rest."""

    def __init__(self, app: ASGIApp, answer: CrashPage) -> None:
        self.app, self.answer = app, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watching(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watching)
        except ClientDisconnect:
            return
        except Exception:
            reference = _reference()
            path = without_secrets(str(scope.get("path")))
            log.exception("page_failed", reference=reference, path=path)
            if started or scope["type"] != "http":
                raise
            await self.answer(Request(scope), reference)(scope, receive, send)


def _is_secure(desk: Desk) -> bool:
    """Whether people come by https; said by the settings, as a proxy may stand in between."""
    settings = desk.settings
    return settings.is_production or settings.address.startswith("https:")


def _complete(message: Message, visit: visits.Visit, *, is_static: bool) -> None:
    response = Response()
    del response.headers["content-length"]
    for name, value in HEADERS.items():
        response.headers[name] = value
    if visit.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if not is_static:
        visits.set_cookies(response, visit)
    message["headers"] = [*message["headers"], *response.raw_headers]


def _reference() -> str:
    """Eight characters that can be said on the phone."""
    code = "".join(secrets.choice(SPOKEN) for _ in range(8))
    return f"{code[:4]}-{code[4:]}"

"""Admission: who a request or a socket speaks for."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit
from uuid import UUID

from starlette.requests import HTTPConnection

from api.operations.errors import Unauthenticated
from foredesk.desk import Desk
from foredesk.oidc import Providers
from foredesk.oidc.bearer import viewer_of_bearer
from foredesk.people.sign_in import session_of, viewer_of_session
from foredesk.people.tokens import PREFIX, TokenViewer, viewer_of_token
from foredesk.people.viewer import ANONYMOUS, Viewer


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and until when they may go on asking on one socket."""

    viewer: Viewer = ANONYMOUS
    expires_at: datetime | None = None
    session_id: UUID | None = None
    """Of the portal, if that is how they are signed in."""


@dataclass(slots=True)
class Standing:
    """A caller whose roles, or token, may be taken away while a subscription lasts."""

    caller: Caller
    admit: Callable[[], Awaitable[Caller]]

    async def renew(self) -> Viewer:
        """Raises Unauthenticated."""
        self.caller = await self.admit()
        return self.caller.viewer


class Admit(Protocol):
    async def __call__(self, connection: HTTPConnection, authorization: str | None) -> Caller:
        """Raises Unauthenticated for a credential that opens nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Credentials:
    """Admits the bearer of an API token, ours or an identity provider's, else the owner of the
    portal's session, else anyone.

    A session cookie counts only in requests of our own pages: a browser sends it along with
    what other sites make it ask.
    """

    desk: Callable[[], Desk]
    session_cookie: str
    origins: "Origins"
    providers: Providers

    async def __call__(self, connection: HTTPConnection, authorization: str | None) -> Caller:
        if authorization:
            return await self._by_token(authorization)
        cookie = connection.cookies.get(self.session_cookie)
        if cookie and self.origins.allow(connection.headers):
            return await self._by_session(cookie)
        return Caller()

    async def _by_token(self, authorization: str) -> Caller:
        scheme, _, secret = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthenticated
        found = await self._token(secret.strip())
        if found is None:
            raise Unauthenticated
        return Caller(found.viewer, found.expires_at)

    async def _token(self, secret: str) -> TokenViewer | None:
        if secret.startswith(PREFIX):
            return await viewer_of_token(self.desk(), secret)
        return await viewer_of_bearer(self.desk(), self.providers, secret)

    async def _by_session(self, cookie: str) -> Caller:
        session = await session_of(self.desk(), cookie)
        viewer = await viewer_of_session(self.desk(), session) if session else None
        return Caller(viewer, session_id=session.id) if session and viewer else Caller()


@dataclass(frozen=True, slots=True)
class Origins:
    """Web pages that may use the API from a browser: our own and those the settings name.

    `own` is our public address, which a proxy before us may answer at under another name.
    """

    allowed: frozenset[str] = frozenset()
    own: str = ""

    @classmethod
    def named(cls, text: str, *, own: str = "") -> "Origins":
        names = [name.strip().rstrip("/") for name in text.split(",")]
        return cls(frozenset(name for name in names if name), own)

    def allow(self, headers: Mapping[str, str]) -> bool:
        """Without an Origin header no browser's script is behind the request."""
        origin = headers.get("origin")
        if origin is None:
            return True
        if origin in self.allowed or origin == self.own:
            return True
        try:
            return urlsplit(origin).netloc == headers.get("host")
        except ValueError:
            return False

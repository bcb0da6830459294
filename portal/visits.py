"""Visits: who is looking, in which language, with which cookies."""

import hashlib
import secrets
from dataclasses import dataclass, field, replace

from starlette.requests import Request
from starlette.responses import Response

from foredesk.people.models import Session
from foredesk.people.viewer import ANONYMOUS, Viewer
from portal.words import NAMES, Words, negotiate, words

SESSION, VISITOR, LANGUAGE, HANDSHAKE = "session", "visitor", "language", "handshake"
A_YEAR = 365 * 24 * 3600
LONGEST_SECRET = 64


@dataclass(slots=True)
class Visit:
    """One request's visitor. `secret` never leaves the cookie but as digests of it."""

    secret: str
    is_new: bool
    is_secure: bool
    words: Words
    viewer: Viewer
    session: Session | None = None
    cookies: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    """What the answer is to set: value and age in seconds, None until the browser closes."""

    @property
    def visitor(self) -> str:
        """Tells visitors apart in the figures of deflection, and says no more about them."""
        return hashlib.sha256(b"visitor" + self.secret.encode()).hexdigest()[:32]

    @property
    def is_signed_in(self) -> bool:
        return self.viewer.person_id is not None

    @property
    def form_secret(self) -> str:
        return self.session.form_token if self.session else self.secret

    def welcome(self, viewer: Viewer, session: Session, chosen: str | None = None) -> None:
        """Go on as this viewer, in their own language unless this browser has chosen one."""
        own = viewer.locale.partition("-")[0]
        locale = chosen or (own if own in NAMES else self.words.locale)
        self.words = words(locale, viewer.time_zone)
        self.viewer, self.session = replace(viewer, locale=locale), session

    def leave(self) -> None:
        """Go on as nobody."""
        self.viewer, self.session = replace(ANONYMOUS, locale=self.words.locale), None


def begin(request: Request, *, is_secure: bool) -> Visit:
    """Read the cookies and the accepted languages; who is signed in is found out next."""
    secret = cookie(request, VISITOR, is_secure=is_secure)
    is_new = not secret or len(secret) > LONGEST_SECRET
    locale = chosen_language(request) or negotiate(request.headers.get("accept-language", ""))
    visit = Visit(
        secret=secrets.token_urlsafe(24) if is_new or secret is None else secret,
        is_new=is_new,
        is_secure=is_secure,
        words=words(locale),
        viewer=replace(ANONYMOUS, locale=locale),
    )
    if visit.is_new:
        visit.cookies[VISITOR] = (visit.secret, None)
    return visit


def visit_of(request: Request) -> Visit:
    found = request.state.visit
    assert isinstance(found, Visit)
    return found


def chosen_language(request: Request) -> str | None:
    chosen = request.cookies.get(LANGUAGE)
    return chosen if chosen in NAMES else None


def cookie(request: Request, name: str, *, is_secure: bool) -> str | None:
    return request.cookies.get(_cookie_name(name, is_secure))


def set_cookies(response: Response, visit: Visit) -> None:
    for name, (value, age) in visit.cookies.items():
        response.set_cookie(
            _cookie_name(name, visit.is_secure),
            value,
            max_age=age,
            httponly=True,
            samesite="lax",
            secure=visit.is_secure,
            path="/",
        )


def session_cookie(*, is_secure: bool) -> str:
    """The name of the cookie that says who is signed in."""
    return _cookie_name(SESSION, is_secure)


def _cookie_name(name: str, is_secure: bool) -> str:
    """Over https no other host of the domain can set these cookies for us."""
    return f"__Host-{name}" if is_secure and name != LANGUAGE else name

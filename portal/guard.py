"""Guard: no page of another site can make a person's browser send our forms."""

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from starlette.requests import Request

FIELD = "_form"


def form_token(secret: str) -> str:
    """Proof that a form was made for this browser; another one each time, as pages are packed."""
    nonce = secrets.token_urlsafe(12)
    return f"{nonce}.{_digest(secret, nonce)}"


def is_own_token(secret: str, token: str) -> bool:
    nonce, _, digest = token.partition(".")
    expected = _digest(secret, nonce)
    return hmac.compare_digest(expected.encode(), digest.encode("utf-8", "replace"))


def is_from_elsewhere(request: Request) -> bool:
    """What the browser says about where a form comes from; False if it says nothing."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is not None and _host_of(origin) != request.headers.get("host")


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _digest(secret: str, nonce: str) -> str:
    return hmac.new(secret.encode(), nonce.encode(), hashlib.sha256).hexdigest()[:32]

"""Flow: sign in at an identity provider by an authorization code, with PKCE."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx2
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc.errors import JoseError

from foredesk.oidc.remote import TIMEOUT, Metadata, ProviderFailed, Remote, fetch_json
from foredesk.oidc.tokens import LEEWAY, InvalidToken, verified
from foredesk.people.secrets import new_secret

log = structlog.get_logger("foredesk.oidc")


class FlowBroken(Exception):
    """What came back belongs to no sign-in that was begun in this browser, or is over."""


@dataclass(frozen=True, slots=True)
class Handshake:
    """One sign-in that was begun. Its secret stays in the browser's cookie; all else follows."""

    provider: str
    secret: str

    @classmethod
    def new(cls, provider: str) -> "Handshake":
        return cls(provider, new_secret())

    @property
    def state(self) -> str:
        return self._derived("state")

    @property
    def nonce(self) -> str:
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        return self._derived("verifier")

    def _derived(self, purpose: str) -> str:
        text = f"{purpose} {self.provider}".encode()
        digest = hmac.new(self.secret.encode(), text, hashlib.sha256).digest()
        return urlsafe_b64encode(digest).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider vouches for; `id_token` is a hint for signing out there."""

    claims: Mapping[str, Any]
    id_token: str


async def authorization_address(remote: Remote, handshake: Handshake, back: str) -> str:
    """Where the browser goes now. Raises ProviderFailed."""
    metadata = await remote.metadata()
    async with _client(remote, metadata, back) as client:
        address, _ = client.create_authorization_url(
            metadata.authorization_endpoint,
            state=handshake.state,
            nonce=handshake.nonce,
            code_verifier=handshake.verifier,
        )
    return str(address)


async def vouched_for(
    remote: Remote, handshake: Handshake, answer: Mapping[str, str], back: str, now: datetime
) -> Vouched:
    """Whom the answer is about. Raises FlowBroken and ProviderFailed."""
    metadata = await remote.metadata()
    _check(remote, metadata, handshake, answer)
    try:
        token = await _token(remote, metadata, handshake, answer["code"], back)
        claims = await _claims(remote, handshake, token, now)
        return Vouched(await _with_address(metadata, token, claims), str(token["id_token"]))
    except (AuthlibBaseError, httpx2.HTTPError, ValueError, JoseError, InvalidToken) as problem:
        why = repr(problem)[:500]
        log.warning("sign_in_failed", provider=remote.provider.key, why=why)
        raise ProviderFailed(remote.provider.key) from problem


def _check(
    remote: Remote, metadata: Metadata, handshake: Handshake, answer: Mapping[str, str]
) -> None:
    """The answer is to this handshake, and of this provider. Raises FlowBroken."""
    state = answer.get("state", "")
    if not hmac.compare_digest(state.encode(), handshake.state.encode()):
        raise FlowBroken("state")
    issuer = answer.get("iss")
    if issuer != remote.provider.issuer and (issuer is not None or metadata.names_itself):
        raise FlowBroken("iss")
    if "code" not in answer:
        raise FlowBroken("code")


async def _token(
    remote: Remote, metadata: Metadata, handshake: Handshake, code: str, back: str
) -> Mapping[str, Any]:
    async with _client(remote, metadata, back) as client:
        token: Mapping[str, Any] = await client.fetch_token(
            metadata.token_endpoint,
            grant_type="authorization_code",
            code=code,
            redirect_uri=back,
            code_verifier=handshake.verifier,
        )
    if not isinstance(token.get("id_token"), str):
        raise ValueError("there is no id_token")
    return token


async def _claims(
    remote: Remote, handshake: Handshake, token: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    client_id = remote.provider.client_id
    found = await verified(remote, token["id_token"], [client_id], now)
    params = {
        "client_id": client_id,
        "nonce": handshake.nonce,
        "access_token": token.get("access_token"),
    }
    claims = CodeIDToken(found.claims, found.header, params=params)
    claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
    return dict(claims)


async def _with_address(
    metadata: Metadata, token: Mapping[str, Any], claims: dict[str, Any]
) -> dict[str, Any]:
    """Many providers tell the address only when asked once more."""
    if "email" in claims or not metadata.userinfo_endpoint or not token.get("access_token"):
        return claims
    more = await fetch_json(metadata.userinfo_endpoint, bearer=str(token["access_token"]))
    if more.get("sub") != claims["sub"]:
        raise ValueError("the userinfo is about somebody else")
    return more | claims


def _client(remote: Remote, metadata: Metadata, back: str) -> AsyncOAuth2Client:
    provider = remote.provider
    method = "client_secret_post" if metadata.takes_secret_by_post_only else "client_secret_basic"
    return AsyncOAuth2Client(
        client_id=provider.client_id,
        client_secret=provider.client_secret or None,
        token_endpoint_auth_method=method if provider.client_secret else "none",
        scope=provider.scopes,
        redirect_uri=back,
        code_challenge_method="S256",
        timeout=TIMEOUT,
    )

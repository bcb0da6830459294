"""Remote: what an identity provider publishes of itself, read when needed and kept for a while."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx2
import orjson
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from foredesk.providers import Provider, is_safe_address

DISCOVERY = "/.well-known/openid-configuration"
TIMEOUT = 5.0
LARGEST_ANSWER = 512 * 1024
KEPT = 3600.0
"""Seconds after which metadata and keys are read anew; old ones go on serving while that fails."""
PATIENCE = 15.0
"""Seconds after which one that failed, or a key that it did not have, is asked for again."""
log = structlog.get_logger("foredesk.oidc")


class ProviderFailed(Exception):
    """An identity provider does not answer, or not as OpenID Connect says; the log says how."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What discovery says. Addresses are https, or on this machine."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str
    end_session_endpoint: str
    names_itself: bool
    """It sends `iss` along with the code (RFC 9207)."""
    takes_secret_by_post_only: bool


class Remote:
    """One provider. Of many who need the same at once, one asks and all wait."""

    def __init__(self, provider: Provider, clock: Callable[[], float] = time.monotonic) -> None:
        self.provider = provider
        self._metadata = _Kept(provider.key, clock, self._discover)
        self._keys = _Kept(provider.key, clock, self._fetch_keys)

    async def metadata(self) -> Metadata:
        """Raises ProviderFailed."""
        found: Metadata = await self._metadata.value()
        return found

    async def keys(self, key_id: object) -> KeySet:
        """With the key of this id, if there is such a key: new ones are looked for.

        Raises ProviderFailed.
        """
        keys: KeySet = await self._keys.value()
        if not _has(keys, key_id):
            keys = await self._keys.newer_value()
        return keys

    async def _discover(self) -> Metadata:
        found = await fetch_json(self.provider.issuer.rstrip("/") + DISCOVERY)
        if found.get("issuer") != self.provider.issuer:
            raise ValueError(f"it says that its issuer is {found.get('issuer')!r}")
        methods = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return Metadata(
            authorization_endpoint=_address(found, "authorization_endpoint"),
            token_endpoint=_address(found, "token_endpoint"),
            jwks_uri=_address(found, "jwks_uri"),
            userinfo_endpoint=_address(found, "userinfo_endpoint", required=False),
            end_session_endpoint=_address(found, "end_session_endpoint", required=False),
            names_itself=found.get("authorization_response_iss_parameter_supported") is True,
            takes_secret_by_post_only="client_secret_basic" not in methods,
        )

    async def _fetch_keys(self) -> KeySet:
        found = await fetch_json((await self.metadata()).jwks_uri)
        keys = [key for key in found.get("keys", []) if _is_usable(key)]
        if not keys:
            raise ValueError("it publishes no keys")
        return KeySet.import_key_set({"keys": keys})


class _Kept:
    """A value that is read when needed and kept."""

    def __init__(self, key: str, clock: Callable[[], float], read: Callable[[], Any]) -> None:
        self._key, self._clock, self._read = key, clock, read
        self._value: Any = None
        self._read_at = self._tried_at = float("-inf")
        self._lock = asyncio.Lock()

    async def value(self) -> Any:
        """Raises ProviderFailed."""
        async with self._lock:
            if self._clock() - self._read_at > KEPT:
                await self._try()
            return self._had()

    async def newer_value(self) -> Any:
        """Raises ProviderFailed. Not newer when it was asked for just now."""
        async with self._lock:
            await self._try()
            return self._had()

    async def _try(self) -> None:
        if self._clock() - self._tried_at < PATIENCE:
            return
        self._tried_at = self._clock()
        try:
            self._value = await self._read()
            self._read_at = self._tried_at
        except (ProviderFailed, httpx2.HTTPError, ValueError, JoseError) as problem:
            log.warning("provider_failed", provider=self._key, problem=repr(problem)[:500])

    def _had(self) -> Any:
        if self._value is None:
            raise ProviderFailed(self._key)
        return self._value


async def fetch_json(address: str, *, bearer: str = "") -> dict[str, Any]:
    """Raises httpx2.HTTPError, or ValueError for what is no object in JSON, or too much of it."""
    headers = {"accept": "application/json"}
    if bearer:
        headers["authorization"] = f"Bearer {bearer}"
    async with (
        httpx2.AsyncClient(timeout=TIMEOUT) as client,
        client.stream("GET", address, headers=headers) as response,
    ):
        response.raise_for_status()
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > LARGEST_ANSWER:
                raise ValueError("the answer is too long")
    found = orjson.loads(body)
    if not isinstance(found, dict):
        raise ValueError("the answer is no object")
    return found


def _address(found: dict[str, Any], name: str, *, required: bool = True) -> str:
    address = str(found.get(name, ""))
    if not address and not required:
        return ""
    if not is_safe_address(address):
        raise ValueError(f"its {name} is {address!r}, which is not https")
    return address


def _is_usable(key: Any) -> bool:
    """A public key for signatures, of a kind that is known."""
    return (
        isinstance(key, dict)
        and key.get("kty") in ("RSA", "EC", "OKP")
        and key.get("use", "sig") == "sig"
    )


def _has(keys: KeySet, key_id: object) -> bool:
    return key_id is None or any(key.kid == key_id for key in keys.keys)

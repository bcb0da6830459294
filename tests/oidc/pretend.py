"""A provider that is not there: what it publishes is answered from memory, and counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2
from joserfc import jwt
from joserfc.jwk import ECKey

from foredesk.oidc.remote import Remote
from foredesk.providers import Provider, read_providers
from tests.clock import NOW

ISSUER = "https://id.acme.example"
AUDIENCE = "https://desk.example/api"


@dataclass(slots=True)
class Pretend:
    """Its answers by address; `asked` counts. Without an answer it can't be reached."""

    issuer: str = ISSUER
    keys: list[ECKey] = field(default_factory=lambda: [new_key("first")])
    metadata: dict[str, Any] = field(default_factory=dict)
    is_down: bool = False
    asked: list[str] = field(default_factory=list)

    async def fetch(self, address: str, *, bearer: str = "") -> dict[str, Any]:
        self.asked.append(address.removeprefix(self.issuer))
        if self.is_down:
            raise httpx2.ConnectError("nobody is there")
        if address.endswith("/jwks"):
            return {"keys": [key.as_dict(private=False) for key in self.keys]}
        named = ("authorization_endpoint", "token_endpoint")
        found = {name: f"{self.issuer}/{name}" for name in named}
        return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/jwks"} | found | self.metadata

    def token(self, header: Mapping[str, Any] | None = None, **claims: Any) -> str:
        """A good one, but for what is said otherwise; None leaves a claim out."""
        at = int(NOW.timestamp())
        good = {"iss": self.issuer, "sub": "ada", "aud": AUDIENCE, "iat": at, "exp": at + 600}
        made = {key: value for key, value in (good | claims).items() if value is not None}
        headed = {"alg": "ES256", "kid": self.keys[-1].kid} | dict(header or {})
        return jwt.encode(headed, made, self.keys[-1], algorithms=[headed["alg"]])


def new_key(kid: str) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig"}, private=True)


def provider(**settings: Any) -> Provider:
    table = {"issuer": ISSUER, "name": "Acme", "client_id": "desk", "organization": "acme"}
    return read_providers({"acme": table | settings})[0]


def remote_at(pretend: Pretend, clock: Any = None, **settings: Any) -> Remote:
    return Remote(provider(issuer=pretend.issuer, **settings), *([clock] if clock else []))

"""Providers: the identity providers (OpenID Connect) that the settings name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any
from urllib.parse import urlsplit

_KEY = re.compile(r"[a-z][a-z0-9]{0,31}")
_ON, _OFF = {"true", "yes", "on", "1"}, {"false", "no", "off", "0", ""}


@dataclass(frozen=True, slots=True)
class Provider:
    """One table `[oidc.<key>]` of foredesk.toml. Lists are texts with commas, too."""

    key: str
    issuer: str
    """Exactly as its tokens name it."""
    name: str = ""
    """What the button on the sign-in page calls it; the key if empty."""
    client_id: str = ""
    """Of the desk at this provider; without it nobody signs in to the portal by it."""
    client_secret: str = field(default="", repr=False)
    """Empty for a public client."""
    scopes: str = "openid email profile"
    """What is asked for."""
    organization: str = ""
    """Slug of the organization that its people belong to; newcomers are taken in there."""
    email_domains: tuple[str, ...] = ()
    """Only addresses of these are taken in; `domain=slug` for another organization."""
    link_by_email: bool = False
    """Trusted to say whose a verified address is: people known by it are recognized."""
    verified_claim: str = "email_verified"
    """Claim that says that the address is verified; `xms_edov` at Entra."""
    roles_claim: str = ""
    """Claim with the groups or roles of the person, `realm_access.roles` for one inside another."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """Role of the desk for each of those: `desk-agents=incident_resolver`."""
    exclusive: bool = False
    """People of its domains sign in by it only, not by a password."""
    api_audiences: tuple[str, ...] = ()
    """Audiences (`aud`) of tokens that the API takes; none if empty."""
    api_scopes: tuple[str, ...] = ("read",)
    """What a token may be used for that names no scope of ours."""
    scope_prefix: str = "foredesk:"
    """What scopes of ours begin with in a token: `foredesk:tickets`."""
    algorithms: tuple[str, ...] = ("RS256", "PS256", "ES256")
    """Algorithms that its signatures may have."""

    @property
    def label(self) -> str:
        return self.name or self.key

    @property
    def domains(self) -> dict[str, str]:
        """Slug of the organization by domain of the address."""
        pairs = [text.partition("=") for text in self.email_domains]
        return {
            domain.strip().lower(): slug.strip() or self.organization for domain, _, slug in pairs
        }

    def has_domain_of(self, email: str) -> bool:
        return email.rpartition("@")[2].strip().lower() in self.domains


def read_providers(tables: Any) -> tuple[Provider, ...]:
    """Raises ValueError, whose text names what is wrong."""
    if not isinstance(tables, Mapping):
        raise ValueError("oidc is a table of tables: [oidc.acme]")
    providers = tuple(_read(key, table) for key, table in sorted(tables.items()))
    issuers = [provider.issuer for provider in providers]
    if len(set(issuers)) < len(issuers):
        raise ValueError("two providers have the same issuer")
    return providers


def is_safe_address(address: str) -> bool:
    """By https, or on this machine."""
    parts = urlsplit(address)
    if parts.username or parts.fragment or not parts.hostname:
        return False
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
    )


def _read(key: str, table: Any) -> Provider:
    known = {field.name: str(field.type) for field in fields(Provider) if field.name != "key"}
    if not _KEY.fullmatch(key) or not isinstance(table, Mapping):
        raise ValueError(f"oidc.{key}: a key is lower-case letters and digits, [oidc.acme]")
    for name in table:
        if name not in known:
            raise ValueError(f"unknown setting oidc.{key}.{name}; known are {', '.join(known)}")
    values = {name: _converted(f"oidc.{key}.{name}", known[name], table[name]) for name in table}
    if not is_safe_address(values.get("issuer", "")):
        raise ValueError(f"oidc.{key}.issuer must be an https address")
    provider = Provider(key=key, **values)
    _check(provider)
    return provider


def _check(provider: Provider) -> None:
    where = f"oidc.{provider.key}"
    if "" in provider.domains.values():
        raise ValueError(f"{where}.email_domains needs an organization: domain=slug")
    if provider.exclusive and not (provider.email_domains and provider.client_id):
        raise ValueError(f"{where}.exclusive needs email_domains and a client_id")
    if "openid" not in provider.scopes.split():
        raise ValueError(f"{where}.scopes must have openid among them")
    for algorithm in provider.algorithms:
        if algorithm[:2] not in ("RS", "PS", "ES", "Ed"):
            raise ValueError(f"{where}.algorithms: {algorithm} is not a signature by key pair")


def _converted(name: str, type_: str, value: Any) -> Any:
    if "bool" in type_:
        return _truth(name, value)
    if "tuple" in type_:
        return tuple(_parts(value))
    if "Mapping" in type_:
        if isinstance(value, Mapping):
            return {str(key): str(role) for key, role in value.items()}
        pairs = [part.partition("=") for part in _parts(value)]
        return {key.strip(): role.strip() for key, _, role in pairs}
    return str(value).strip()


def _truth(name: str, value: Any) -> bool:
    text = str(value).strip().lower()
    if text not in _ON | _OFF:
        raise ValueError(f"{name} must be true or false, not {value!r}")
    return text in _ON


def _parts(value: Any) -> list[str]:
    parts = value.split(",") if isinstance(value, str) else [str(part) for part in value]
    return [part.strip() for part in parts if part.strip()]

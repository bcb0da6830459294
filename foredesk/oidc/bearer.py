"""Bearer: the API's callers whose token is of an identity provider."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import structlog

from foredesk.desk import Desk
from foredesk.oidc.providers import Providers
from foredesk.oidc.remote import ProviderFailed
from foredesk.oidc.tokens import InvalidToken, unverified, verified
from foredesk.people.external import NotAdmitted, person_behind
from foredesk.people.roles import Scope
from foredesk.people.tokens import TokenViewer
from foredesk.people.viewer import viewer_of
from foredesk.providers import Provider

TYPES = ("", "jwt", "at+jwt", "application/at+jwt")
"""What a token may be: for access or of identity, never to log out with."""
log = structlog.get_logger("foredesk.oidc")


async def viewer_of_bearer(desk: Desk, providers: Providers, token: str) -> TokenViewer | None:
    """None for a token that opens nothing, whyever; the log knows why."""
    try:
        return await _viewer(desk, providers, token)
    except (InvalidToken, NotAdmitted) as problem:
        log.info("token_refused", why=str(problem))
    except ProviderFailed as failed:
        log.warning("token_unchecked", provider=str(failed))
    return None


async def _viewer(desk: Desk, providers: Providers, token: str) -> TokenViewer | None:
    remote = providers.of_issuer(unverified(token).get("iss"))
    if remote is None:
        raise InvalidToken("the issuer is not among those of the settings")
    provider = remote.provider
    found = await verified(remote, token, provider.api_audiences, desk.now())
    if str(found.header.get("typ", "")).lower() not in TYPES or "events" in found.claims:
        raise InvalidToken("it is for something else")
    scopes = _scopes(provider, found.claims)
    if not scopes:
        raise InvalidToken("it names no scope of ours")
    person = await person_behind(desk, provider, found.claims, takes_roles=False)
    viewer = await viewer_of(person, desk.now())
    ends = datetime.fromtimestamp(found.claims["exp"], UTC)
    return TokenViewer(viewer.with_scopes(scopes), ends)


def _scopes(provider: Provider, claims: Mapping[str, Any]) -> frozenset[Scope]:
    known = {scope.value for scope in Scope}
    ours = {name.removeprefix(provider.scope_prefix) for name in _named(claims, provider)} & known
    return frozenset(Scope(name) for name in ours or provider.api_scopes)


def _named(claims: Mapping[str, Any], provider: Provider) -> Iterator[str]:
    """`scope` is a text with blanks; some providers say `scp`, or send a list."""
    for claim in ("scope", "scp"):
        value = claims.get(claim, "")
        names = value.split() if isinstance(value, str) else value
        for name in names if isinstance(names, list) else []:
            if isinstance(name, str) and name.startswith(provider.scope_prefix):
                yield name

"""Tokens of identity providers: signed by one of their keys, for us, and not over yet."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwt import JWTClaimsRegistry, Token
from joserfc.util import urlsafe_b64decode

from foredesk.oidc.remote import Remote

LONGEST = 16 * 1024
LEEWAY = 30
"""Seconds that clocks may differ."""


class InvalidToken(Exception):
    """The token is not valid, or not for us."""


async def verified(remote: Remote, token: str, audiences: Sequence[str], now: datetime) -> Token:
    """Raises InvalidToken and ProviderFailed."""
    header = unverified(token, part=0)
    if header.get("alg") not in remote.provider.algorithms:
        raise InvalidToken("the algorithm is not among those of the settings")
    if "crit" in header:
        raise InvalidToken("it asks for extensions, and there are none here")
    keys = await remote.keys(header.get("kid"))
    try:
        found = jwt.decode(token, keys, algorithms=list(remote.provider.algorithms))
        JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": remote.provider.issuer},
            aud={"essential": True, "values": list(audiences)},
            exp={"essential": True},
            sub={"essential": True},
        ).validate(found.claims)
    except (JoseError, ValueError) as problem:
        raise InvalidToken(str(problem)) from problem
    return found


def unverified(token: str, *, part: int = 1) -> dict[str, Any]:
    """What a token says of itself: enough to know whom to ask. Raises InvalidToken."""
    parts = token.split(".")
    if len(parts) != 3 or len(token) > LONGEST or not token.isascii():
        raise InvalidToken("this is no signed token")
    try:
        found = orjson.loads(urlsafe_b64decode(parts[part].encode()))
    except ValueError as problem:
        raise InvalidToken("this is no signed token") from problem
    if not isinstance(found, dict):
        raise InvalidToken("this is no signed token")
    return found

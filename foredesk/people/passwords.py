"""Passwords: argon2id, hashed in a thread and two at a time, because each takes 64 MiB."""

import anyio
import anyio.to_thread
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from foredesk.errors import InvalidInput

MINIMUM_LENGTH = 10
MAXIMUM_LENGTH = 200

_hasher = PasswordHash((Argon2Hasher(time_cost=3, memory_cost=64 * 1024, parallelism=4),))
_at_once = anyio.CapacityLimiter(2)
_UNKNOWN = (
    "$argon2id$v=19$m=65536,t=3,p=4$MDEyMzQ1Njc4OWFiY2RlZg"
    "$4yS5KzDqQb9mYkq6cVfEYw6mRkqWlHbRzJ3o4o9mB0Y"
)
"""A hash no password matches, so that an unknown address takes as long as a wrong password."""


async def hashed(password: str) -> str:
    """Raises InvalidInput for a password under 10 or over 200 characters."""
    if not MINIMUM_LENGTH <= len(password) <= MAXIMUM_LENGTH:
        raise InvalidInput(
            "password", f"Use {MINIMUM_LENGTH} to {MAXIMUM_LENGTH} characters for the password."
        )
    return await anyio.to_thread.run_sync(_hasher.hash, password, limiter=_at_once)


async def matches(password: str, password_hash: str) -> bool:
    """False for an empty hash too, after the same work."""
    if len(password) > MAXIMUM_LENGTH:
        return False
    known = password_hash or _UNKNOWN
    right = await anyio.to_thread.run_sync(_hasher.verify, password, known, limiter=_at_once)
    return right and bool(password_hash)

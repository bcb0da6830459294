"""Identifiers: opaque and typed, so that an ID of one kind never opens another."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

import strawberry


def global_id(kind: str, id: UUID) -> strawberry.ID:
    text = urlsafe_b64encode(kind.encode() + b":" + id.bytes).rstrip(b"=")
    return strawberry.ID(text.decode())


def parse_id(text: str) -> tuple[str, UUID] | None:
    """The kind and key behind an ID, or None for anything that `global_id` did not write."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        kind, _, key = raw.partition(b":")
        found = kind.decode("ascii"), UUID(bytes=key)
    except (ValueError, binascii.Error):
        return None
    return found if global_id(*found) == text else None


def key_of(kind: str, text: str | None) -> UUID | None:
    """The key of an object that must be of this kind."""
    found = parse_id(text) if text else None
    return found[1] if found and found[0] == kind else None


def keys_of(kind: str, texts: list[strawberry.ID]) -> list[UUID]:
    """The keys among IDs of which some may mean nothing."""
    keys = [key_of(kind, text) for text in texts]
    return [key for key in keys if key is not None]

"""Positions: what a client knows of a queue, as a text that it keeps and gives back."""

import binascii
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from uuid import UUID

from api.connections import LARGEST_PAGE

Known = Mapping[UUID, int]
"""Tickets with the versions that were told, in the order of the queue."""

_ONE = struct.Struct(">16sI")


class UnreadablePosition(Exception):
    """No text that `written_position` wrote."""


def written_position(known: Known) -> str:
    packed = b"".join(_ONE.pack(id.bytes, version) for id, version in known.items())
    return "q" + urlsafe_b64encode(packed).rstrip(b"=").decode()


def read_position(text: str) -> Known:
    """Raises UnreadablePosition."""
    encoded = text[1:]
    try:
        packed = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        known = {UUID(bytes=id): version for id, version in _ONE.iter_unpack(packed)}
    except (ValueError, binascii.Error, struct.error):
        raise UnreadablePosition from None
    if len(known) > LARGEST_PAGE or written_position(known) != text:
        raise UnreadablePosition
    return known

"""Reading: statements straight from the driver to tuples, for the reads that plans make.

Outside of every transaction, and after every commit: what a client wrote before, it reads.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from tortoise.connection import get_connection

from foredesk.database.storable import refuse_unstorable


class Reader(Protocol):
    dialect: str
    """`postgres`, with parameters `$1`, `$2`, or `sqlite`, with `?1`, `?2`."""

    async def rows(self, statement: str, values: Sequence[Any]) -> Sequence[Any]:
        """The rows, each of which can be unpacked like a tuple."""


def current_reader() -> Reader | None:
    """Of the open database. None inside of a transaction, whose own writes a reader can't see."""
    reader: Reader | None = getattr(get_connection("default"), "reader", None)
    return reader


__all__ = ["Reader", "current_reader", "refuse_unstorable"]

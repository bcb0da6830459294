"""Remembered: what is read often and changes seldom, kept in memory and never older than its stamp.

Whoever changes it sets a new stamp in the same transaction; whoever uses it looks at the stamp
first, or has its writes refused if it is another. So all processes see a change from its commit on,
and a rollback leaves nothing behind.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from foredesk.database.connect import connection_number
from foredesk.database.statement import rows_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stamp:
    """As it was when something was read; see `Writes`."""

    name: str
    value: int | None


class Remembered(Generic[T]):
    """`make` gives an empty memory for a stamp, which its user fills."""

    def __init__(self, name: str, make: Callable[[Stamp], T]) -> None:
        self._name = name
        self._make = make
        self._key: tuple[int, int | None] | None = None
        self._memory: T | None = None

    def at_hand(self) -> T | None:
        """The memory without a look at its stamp: for whose writes depend on it."""
        is_ours = self._key is not None and self._key[0] == connection_number()
        return self._memory if is_ours else None

    async def current(self) -> T:
        """The memory, empty if anything has changed since it was filled."""
        rows = await rows_of("SELECT value FROM counter WHERE name = $1", self._name)
        key = connection_number(), rows[0]["value"] if rows else None
        memory = self._memory
        if memory is None or key != self._key:
            memory = self._make(Stamp(self._name, key[1]))
            self._key, self._memory = key, memory
        return memory

    async def changed(self) -> None:
        """Set a stamp that was never there before. Call it in the transaction that changes it."""
        await rows_of(
            "INSERT INTO counter (name, value) VALUES ($1, $2) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value RETURNING value",
            self._name,
            secrets.randbits(62),
        )

"""Remembered: what is read often and changes seldom, kept in memory and never older than its stamp.

Whoever changes it sets a new stamp in the same transaction; whoever uses it looks at the stamp
first. So all processes see a change from its commit on, and a rollback leaves nothing behind.
"""

import secrets
from collections.abc import Callable
from typing import Generic, TypeVar

from foredesk.database.connect import connection_number
from foredesk.database.statement import rows_of

T = TypeVar("T")


class Remembered(Generic[T]):
    """`make` gives an empty memory, which its user fills."""

    def __init__(self, name: str, make: Callable[[], T]) -> None:
        self._name = name
        self._make = make
        self._key: tuple[int, int | None] | None = None
        self._memory = make()

    async def current(self) -> T:
        """The memory, empty if anything has changed since it was filled."""
        rows = await rows_of("SELECT value FROM counter WHERE name = $1", self._name)
        key = connection_number(), rows[0]["value"] if rows else None
        if key != self._key:
            self._key, self._memory = key, self._make()
        return self._memory

    async def changed(self) -> None:
        """Set a stamp that was never there before. Call it in the transaction that changes it."""
        await rows_of(
            "INSERT INTO counter (name, value) VALUES ($1, $2) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value RETURNING value",
            self._name,
            secrets.randbits(62),
        )

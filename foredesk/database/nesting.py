"""What both engines share about nesting: savepoints, and transactions that have ended."""

from typing import Any

from tortoise.backends.base.client import NestedTransactionContext
from tortoise.exceptions import TransactionManagementError

from foredesk.database.shielded import shielded


class Savepoint(NestedTransactionContext):
    """Undone by every exception; Tortoise's own lets a TransactionManagementError pass."""

    __slots__ = ()

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        if self.client._finalized:
            return
        if exc_type is not None:
            await shielded(self.client.savepoint_rollback())
        else:
            await shielded(self.client.release_savepoint())


def refuse_ended(client: Any) -> None:
    """Raises when a task that was started inside a transaction outlived it."""
    if getattr(client, "_finalized", False):
        raise TransactionManagementError(
            "This transaction has ended. Was a task started inside it? Start it after the commit."
        )

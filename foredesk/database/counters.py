"""Gapless numbers for people: tickets, revisions."""

from tortoise.exceptions import TransactionManagementError

from foredesk.database.statement import rows_of
from foredesk.database.transaction import is_open


async def next_value(name: str) -> int:
    """One more than last time. A rollback gives it back; others wait for the outcome."""
    if not is_open():
        raise TransactionManagementError("next_value() needs a transaction() around it.")
    rows = await rows_of(
        "INSERT INTO counter (name, value) VALUES ($1, 1) "
        "ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value",
        name,
    )
    return int(rows[0]["value"])

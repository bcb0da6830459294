"""Do a thing once, however often it is asked for: jobs run at least once, and may run twice."""

from datetime import datetime

from tortoise.exceptions import TransactionManagementError

from foredesk.database.models import Done
from foredesk.database.statement import rows_of
from foredesk.database.transaction import is_open


async def first_time(key: str, now: datetime) -> bool:
    """Whether this transaction is the first that asks with `key`; it is committed with the deed.

    Another transaction that asks meanwhile waits to learn whether this one is committed.
    """
    if not is_open():
        raise TransactionManagementError("first_time() needs a transaction() around it.")
    rows = await rows_of(
        "INSERT INTO done (key, done_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING key",
        key,
        now,
    )
    return bool(rows)


async def forget_done(before: datetime) -> None:
    await Done.filter(done_at__lt=before).delete()

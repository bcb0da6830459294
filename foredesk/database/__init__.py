"""The database: engines that lose nothing, one transaction, hints after its commit, counters."""

from foredesk.database.connect import MODEL_MODULES, connect, disconnect
from foredesk.database.counters import next_value
from foredesk.database.done import first_time, forget_done
from foredesk.database.problems import (
    ConnectionLost,
    DatabaseError,
    DatabaseInUse,
    NoConnectionFree,
    RetryableError,
    UnstorableText,
)
from foredesk.database.transaction import after_commit, retry, retrying, savepoint, transaction

__all__ = [
    "MODEL_MODULES",
    "ConnectionLost",
    "DatabaseError",
    "DatabaseInUse",
    "NoConnectionFree",
    "RetryableError",
    "UnstorableText",
    "after_commit",
    "connect",
    "disconnect",
    "first_time",
    "forget_done",
    "next_value",
    "retry",
    "retrying",
    "savepoint",
    "transaction",
]

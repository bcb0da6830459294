"""The database: engines that lose nothing, one transaction, hints after its commit, counters."""

from foredesk.database.blank import blank
from foredesk.database.connect import MODEL_MODULES, connect, disconnect
from foredesk.database.counters import next_value
from foredesk.database.done import first_time, forget_done
from foredesk.database.joined import joined
from foredesk.database.problems import (
    ConnectionLost,
    DatabaseError,
    DatabaseInUse,
    NoConnectionFree,
    RetryableError,
    UnstorableText,
)
from foredesk.database.remembered import Remembered, Stamp
from foredesk.database.transaction import (
    after_commit,
    is_open,
    retry,
    retrying,
    savepoint,
    transaction,
)
from foredesk.database.writes import FromCounter, Writes

__all__ = [
    "MODEL_MODULES",
    "ConnectionLost",
    "DatabaseError",
    "DatabaseInUse",
    "FromCounter",
    "NoConnectionFree",
    "Remembered",
    "RetryableError",
    "Stamp",
    "UnstorableText",
    "Writes",
    "after_commit",
    "blank",
    "connect",
    "disconnect",
    "first_time",
    "forget_done",
    "is_open",
    "joined",
    "next_value",
    "retry",
    "retrying",
    "savepoint",
    "transaction",
]

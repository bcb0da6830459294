"""What can go wrong between the desk and its database, by name."""

from tortoise.exceptions import DBConnectionError, OperationalError


class DatabaseError(Exception):
    """The database cannot be used as asked; the message says what to do about it."""


class DatabaseInUse(DatabaseError):
    """Another process has the same SQLite data open, or is migrating the same database."""


class RetryableError(OperationalError):
    """The transaction was rolled back through no fault of its own and may simply run again."""


class ConnectionLost(DBConnectionError):
    """The server went away. If it happened during the commit, nobody knows whether it counted."""


class NoConnectionFree(DBConnectionError):
    """Every connection of the pool was busy for too long."""


class UnstorableText(OperationalError):
    """A text holds what not both databases can keep: a NUL character, or half a surrogate pair."""

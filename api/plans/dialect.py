"""Dialect: what the two databases say differently."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import orjson

TIME = '\'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"\''


class Dialect(Protocol):
    name: str
    has_lateral: bool
    folds: bool
    """Whether a statement costs more than to read lists as JSON, with the rows above them."""

    def place(self, number: int) -> str:
        """Where the statement's value of this number stands, from 1 on."""

    def any_of(self, place: str) -> str:
        """What follows a column that is to be among the values of an array."""

    def none_of(self, place: str) -> str: ...

    def array(self, values: Sequence[Any]) -> Any:
        """Many values as one."""

    def value(self, value: Any) -> Any: ...

    def time(self, column: str) -> str:
        """A time as it is read for an answer; `written_time` does the rest."""

    def moment(self, value: Any) -> datetime:
        """The time that a column holds, of what the driver gives for it."""

    def uuid(self, value: Any) -> UUID:
        """The key that a column holds, of what the driver gives for it."""


class Postgres:
    name = "postgres"
    has_lateral = True
    folds = True

    def place(self, number: int) -> str:
        return f"${number}"

    def any_of(self, place: str) -> str:
        return f"= ANY({place})"

    def none_of(self, place: str) -> str:
        return f"<> ALL({place})"

    def array(self, values: Sequence[Any]) -> Any:
        return list(values)

    def value(self, value: Any) -> Any:
        return value

    def time(self, column: str) -> str:
        return f"to_char({column}, {TIME})"

    def moment(self, value: Any) -> datetime:
        moment: datetime = value
        return moment

    def uuid(self, value: Any) -> UUID:
        key: UUID = value
        return key


class Sqlite:
    name = "sqlite"
    has_lateral = False
    folds = False

    def place(self, number: int) -> str:
        return f"?{number}"

    def any_of(self, place: str) -> str:
        return f"IN (SELECT value FROM json_each({place}))"

    def none_of(self, place: str) -> str:
        return f"NOT IN (SELECT value FROM json_each({place}))"

    def array(self, values: Sequence[Any]) -> Any:
        return orjson.dumps([self.value(value) for value in values]).decode()

    def value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return value.isoformat(" ")
        return str(value) if isinstance(value, UUID) else value

    def time(self, column: str) -> str:
        return column

    def moment(self, value: Any) -> datetime:
        return datetime.fromisoformat(value)

    def uuid(self, value: Any) -> UUID:
        return UUID(value)


DIALECTS: dict[str, Dialect] = {"postgres": Postgres(), "sqlite": Sqlite()}

"""Writes: what a use case has to store, sent in one round trip, and all of it kept or nothing.

PostgreSQL takes it as one statement, a WITH of INSERTs and UPDATEs: what it locks, a counter above
all, is locked for that statement only, however busy this process is. On SQLite the writer's thread
does it in one go.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import orjson
from tortoise.connection import get_connection
from tortoise.fields import JSONField
from tortoise.models import Model

from foredesk import faults
from foredesk.database.remembered import Stamp
from foredesk.database.transaction import Hint, after_commit, is_open


@dataclass(frozen=True, slots=True)
class FromCounter:
    """Into this column, or under this key of a JSON column, goes the counter's next value."""

    column: str
    key: str = ""


class Writes:
    """Gather, then `send` once: in the transaction that is open then, or as one of its own.

    `counter` names the counter that gives rows their number; see `next_value`. It gives none, and
    the writes are refused, unless the `stamp` of what they rest on is the same as before.
    """

    def __init__(self, *, counter: str = "", stamp: Stamp | None = None) -> None:
        self._is_sqlite = get_connection("default").capabilities.dialect == "sqlite"
        self._counter = counter
        self._stamp = stamp
        self._statements: list[str] = []
        self._values: list[list[Any]] = []
        self._hints: list[Hint] = []
        self._inserted: list[Model] = []

    def insert(self, *rows: Model, numbered: FromCounter | None = None) -> None:
        """New rows of one table."""
        if rows:
            model, number = type(rows[0]), self._number(numbered)
            self._statements.append(_insert(model, len(rows), *number))
            fields = _fields(model)
            self._values.append([value for row in rows for value in self._of(row, fields)])
            self._inserted.extend(rows)

    def update(self, row: Model, fields: tuple[str, ...]) -> None:
        """These columns of a row that is there."""
        self._statements.append(_update(type(row), fields))
        self._values.append(self._of(row, (*fields, row._meta.pk_attr)))

    def add(self, statement: str, *values: Any) -> None:
        """SQL by hand that writes; its parameters are `$1`, `$2`, on both databases."""
        self._statements.append(statement)
        self._values.append(list(values))

    def afterwards(self, hint: Hint) -> None:
        """What `after_commit` is to call once these are written."""
        self._hints.append(hint)

    async def send(self) -> int | None:
        """The number that the counter gave, if one was asked.

        Raises IntegrityError, with nothing written, when a row cannot stand beside what is there.
        """
        number = await self._send() if self._statements else None
        for row in self._inserted:
            row._saved_in_db = True
        for hint in self._hints:
            await after_commit(hint)
        return number

    async def _send(self) -> int | None:
        client: Any = get_connection("default")
        if is_open():
            number = await client.write(*self._prepared())
        else:
            faults.point("before-commit")
            number = await client.write(*self._prepared())
            faults.point("after-commit")
        return int(number) if self._counter else None

    def _prepared(self) -> tuple[Any, list[Any]]:
        statements, values, first = tuple(self._statements), self._values, ""
        if self._counter:
            first = _count_up(self._counter, self._stamp.name if self._stamp else "")
            values = [[self._stamp.value] if self._stamp else [], *values]
        if self._is_sqlite:
            return _one_by_one(first, statements), values if first else [[], *values]
        return _together(first, statements), [value for some in values for value in some]

    def _of(self, row: Model, fields: tuple[str, ...]) -> list[Any]:
        """asyncpg takes Python's values, which PostgreSQL checks; SQLite would take anything."""
        if self._is_sqlite:
            known = row._meta.fields_map
            return [known[name].to_db_value(getattr(row, name), row) for name in fields]
        values = [getattr(row, name) for name in fields]
        for place in _json_places(type(row), fields):
            values[place] = orjson.dumps(values[place]).decode()
        return values

    def _number(self, numbered: FromCounter | None) -> tuple[str, str]:
        """The column that is numbered, and what stands there instead of its parameter."""
        if numbered is None:
            return "", ""
        number = _in_counter(self._counter) if self._is_sqlite else "(SELECT value FROM numbered)"
        if not numbered.key:
            return numbered.column, f"coalesce({number}, {{}})"
        if self._is_sqlite:
            return numbered.column, f"json_set({{}}, '$.{numbered.key}', {number})"
        return numbered.column, f"jsonb_set({{}}, '{{{{{numbered.key}}}}}', to_jsonb({number}))"


@cache
def _fields(model: type[Model]) -> tuple[str, ...]:
    return tuple(model._meta.fields_db_projection)


@cache
def _json_places(model: type[Model], fields: tuple[str, ...]) -> tuple[int, ...]:
    known = model._meta.fields_map
    return tuple(n for n, name in enumerate(fields) if isinstance(known[name], JSONField))


@lru_cache(1024)
def _insert(model: type[Model], count: int, numbered: str, number: str) -> str:
    fields, columns = _fields(model), model._meta.fields_db_projection
    names = ", ".join(f'"{columns[name]}"' for name in fields)
    rows = []
    for row in range(count):
        marks = [
            number.format(mark) if name == numbered else mark
            for name, mark in zip(fields, _marks(len(fields), row * len(fields)), strict=True)
        ]
        rows.append(f"({', '.join(marks)})")
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES {", ".join(rows)}'


@lru_cache(1024)
def _update(model: type[Model], fields: tuple[str, ...]) -> str:
    columns, *marks = model._meta.fields_db_projection, *_marks(len(fields) + 1)
    pairs = zip(fields, marks, strict=False)
    settings = ", ".join(f'"{columns[name]}" = {mark}' for name, mark in pairs)
    table, key = model._meta.db_table, model._meta.db_pk_column
    return f'UPDATE "{table}" SET {settings} WHERE "{key}" = {marks[-1]}'


def _marks(count: int, before: int = 0) -> list[str]:
    return [f"${before + place + 1}" for place in range(count)]


@lru_cache(1024)
def _together(first: str, statements: tuple[str, ...]) -> str:
    """As one statement of PostgreSQL's; the values of all follow one another."""
    before, renumbered = _parameters(first), []
    for statement in statements:
        renumbered.append(_shifted(statement, before))
        before += _parameters(statement)
    if first:
        parts, last = {"numbered": first}, "SELECT value FROM numbered"
    else:
        parts, last = {}, renumbered.pop(0)
    parts.update({f"write_{place}": text for place, text in enumerate(renumbered)})
    together = ", ".join(f"{name} AS ({text})" for name, text in parts.items())
    return f"WITH {together} {last}" if together else last


@lru_cache(1024)
def _one_by_one(first: str, statements: tuple[str, ...]) -> list[str]:
    """As SQLite takes them; the first one answers the number."""
    return [_MARK.sub(r"?\1", each) for each in (first or "SELECT NULL", *statements)]


def _parameters(statement: str) -> int:
    return max((int(mark) for mark in _MARK.findall(statement)), default=0)


def _shifted(statement: str, by: int) -> str:
    return _MARK.sub(lambda mark: f"${int(mark[1]) + by}", statement)


@cache
def _count_up(counter: str, stamp: str) -> str:
    """Where the stamp is another it gives no number, and what is to be numbered is refused."""
    one = f"VALUES ('{counter}', 1)"
    same = f"{_in_counter(stamp)} IS NOT DISTINCT FROM CAST($1 AS bigint)"
    row = f"SELECT '{counter}', 1 WHERE {same}"
    return (
        f"INSERT INTO counter (name, value) {row if stamp else one} "
        "ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value"
    )


def _in_counter(counter: str) -> str:
    return f"(SELECT value FROM counter WHERE name = '{counter}')"


_MARK = re.compile(r"\$(\d+)")

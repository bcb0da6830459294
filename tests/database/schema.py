"""What a database holds, in one form for both kinds; and a way to put rows into every table."""

import asyncio
import datetime
import sqlite3
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg
from pgqueuer.adapters.persistence.queries import Queries
from tortoise import Model, Tortoise, fields
from tortoise.connection import get_connection
from tortoise.fields.data import CharEnumFieldInstance
from tortoise.fields.relational import ForeignKeyFieldInstance

from foredesk.database import connect, disconnect, transaction
from foredesk.database.connect import is_sqlite, sqlite_path
from foredesk.jobs import PgQueuerJobs
from foredesk.jobs.store import store_for_connection

Table = dict[str, Any]


async def schema(url: str) -> dict[str, Table]:
    """By table: `columns`, `indexes` as (columns, unique), `references` by column, `checks`."""
    if is_sqlite(url):
        return await asyncio.to_thread(_sqlite_schema, url)
    connection = await asyncpg.connect(url)
    try:
        return {
            name: await _postgres_table(connection, name)
            for name in await _postgres_tables(connection)
        }
    finally:
        await connection.close()


Row = dict[str, str]


async def contents(url: str) -> dict[str, list[Row]]:
    """Every row of every table but the migrations' own, as text by column, sorted."""
    if is_sqlite(url):
        return await asyncio.to_thread(_sqlite_contents, url)
    connection = await asyncpg.connect(url)
    try:
        found = {}
        for name in await _postgres_tables(connection):
            rows = await connection.fetch(f'SELECT * FROM "{name}"')
            found[name] = _sorted({key: repr(value) for key, value in row.items()} for row in rows)
    finally:
        await connection.close()
    return found


async def fill_new_tables(url: str) -> None:
    """Two rows in each table that has none: one with every value, one with what may be null left
    out. Models whose table is not there yet are left out too, and so are columns."""
    empty = {table for table, rows in (await contents(url)).items() if not rows}
    columns = {name: set(table["columns"]) for name, table in (await schema(url)).items()}
    await connect(url)
    try:
        async with transaction():
            await _fill_models({table: columns[table] for table in empty})
        if empty & {"job", "pgqueuer"}:
            await _fill_queue()
    finally:
        await disconnect()


async def _fill_queue() -> None:
    await PgQueuerJobs().enqueue("work", {"text": "Grüße"}, key="a")
    queries = store_for_connection().queries
    if isinstance(queries, Queries):
        await queries.enqueue("work", b"{}")  # PgQueuer's own, which also logs it
        await queries.aggregate_logs()
        await get_connection("default").execute_query(
            "INSERT INTO pgqueuer_schedules (expression, entrypoint) VALUES ('* * * * *', 'a')"
        )


AT = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
ALWAYS = {("ArticleRating", "visitor"), ("AgreementTarget", "minimum_seconds")} | {
    ("TicketClock", "minimum_seconds")
}
"""Null by itself, but not together with others; or null only since a later step."""


async def _fill_models(empty: Mapping[str, set[str]]) -> None:
    assert Tortoise.apps is not None
    waiting = list(Tortoise.apps["desk"].values())
    made: set[str] = set()
    while waiting:
        model = next(model for model in waiting if _parents(model) - {model.__name__} <= made)
        waiting.remove(model)
        made.add(model.__name__)
        columns = empty.get(model._meta.db_table, set())
        for n in (1, 2) if columns else ():
            await _insert(model, columns, _values(model, n))


async def _insert(model: type[Model], columns: set[str], values: dict[str, Any]) -> None:
    """As the model writes it, but only into the columns that are there by now."""
    client = get_connection("default")
    executor = client.executor_class(model, client)
    row = model(**values)
    written = {
        column: model._meta.fields_map[name].to_db_value(getattr(row, name), row)
        for name, column in model._meta.fields_db_projection.items()
        if column in columns
    }
    await client.execute_insert(
        str(executor._prepare_insert_statement(list(written))), list(written.values())
    )


def _parents(model: type[Model]) -> set[str]:
    return {str(field.model_name).rpartition(".")[2] for field in _references(model).values()}


def _references(model: type[Model]) -> dict[str, ForeignKeyFieldInstance[Any]]:
    return {
        name: field
        for name, field in model._meta.fields_map.items()
        if isinstance(field, ForeignKeyFieldInstance)
    }


def _values(model: type[Model], n: int) -> dict[str, Any]:
    """Row n refers to row n of other tables."""
    references = {field.source_field for field in _references(model).values()}
    values: dict[str, Any] = {}
    for name in model._meta.fields_db_projection:
        field: Any = model._meta.fields_map[name]
        is_null = field.null and n == 2 and (model.__name__, name) not in ALWAYS
        value = UUID(int=n) if name in references else _value(field, n)
        values[name] = None if is_null else value
    return values


def _value(field: Any, n: int) -> Any:
    if isinstance(field, CharEnumFieldInstance):
        return next(iter(field.enum_type))
    kinds: dict[type, Any] = {
        fields.BooleanField: n == 1,
        fields.CharField: f"{n} Grüße 你好 '\"\\"[: field.max_length or 16]
        if isinstance(field, fields.CharField)
        else "",
        fields.DecimalField: Decimal(n) / 8,
        fields.DateField: AT.date(),
        fields.DatetimeField: AT + datetime.timedelta(hours=n, microseconds=n),
        fields.FloatField: 0.1 * n,
        fields.IntField: n,
        fields.BigIntField: 2**40 + n,
        fields.BinaryField: bytes([n, 0, 255]),
        fields.JSONField: {"key": ["Grüße", n, None, {"a": 0.1}]},
        fields.TextField: f"{n}\nzwei Zeilen 👩‍👩‍👧\r\n",
        fields.UUIDField: UUID(int=n),
    }
    return kinds[next(kind for kind in type(field).__mro__ if kind in kinds)]


def _sqlite_schema(url: str) -> dict[str, Table]:
    with sqlite3.connect(sqlite_path(url)) as connection:
        return {name: _sqlite_table(connection, name) for name in _sqlite_tables(connection)}


def _sqlite_contents(url: str) -> dict[str, list[Row]]:
    with sqlite3.connect(sqlite_path(url)) as connection:
        connection.row_factory = sqlite3.Row
        return {
            name: _sorted(
                {key: repr(row[key]) for key in row.keys()}  # noqa: SIM118  # no mapping
                for row in connection.execute(f'SELECT * FROM "{name}"')
            )
            for name in _sqlite_tables(connection)
        }


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: sorted(row.items()))


def _sqlite_tables(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name <> 'tortoise_migrations' ORDER BY name"
    )
    return [row[0] for row in rows]


def _sqlite_table(connection: sqlite3.Connection, name: str) -> Table:
    indexes = []
    for _, index, unique, _origin, _ in connection.execute(f'PRAGMA index_list("{name}")'):
        columns = tuple(row[2] for row in connection.execute(f'PRAGMA index_info("{index}")'))
        indexes.append((columns, bool(unique)))
    (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()
    return {
        "columns": {row[1]: row[2:] for row in connection.execute(f'PRAGMA table_info("{name}")')},
        "indexes": sorted(indexes),
        "references": {
            row[3]: (row[2], row[6])
            for row in connection.execute(f'PRAGMA foreign_key_list("{name}")')
        },
        "checks": sorted(line.strip(" ,") for line in sql.splitlines() if " CHECK " in line),
    }


async def _postgres_tables(connection: Any) -> list[str]:
    rows = await connection.fetch(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        " AND tablename <> 'tortoise_migrations' ORDER BY tablename"
    )
    return [row["tablename"] for row in rows]


async def _postgres_table(connection: Any, name: str) -> Table:
    columns = await connection.fetch(
        "SELECT column_name, data_type, character_maximum_length, is_nullable, column_default"
        " FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1",
        name,
    )
    indexes = await connection.fetch(
        "SELECT indisunique, ARRAY(SELECT trim('\"' FROM pg_get_indexdef(indexrelid, n, true))"
        " FROM generate_series(1, indnkeyatts) AS n) AS columns"
        " FROM pg_index WHERE indrelid = $1::text::regclass",
        name,
    )
    references = await connection.fetch(
        "SELECT a.attname, c.confrelid::regclass::text AS target, c.confdeltype::text AS rule"
        " FROM pg_constraint c JOIN pg_attribute a"
        " ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
        " WHERE c.contype = 'f' AND c.conrelid = $1::text::regclass",
        name,
    )
    checks = await connection.fetch(
        "SELECT conname, pg_get_constraintdef(oid) AS text FROM pg_constraint"
        " WHERE contype = 'c' AND conrelid = $1::text::regclass ORDER BY conname",
        name,
    )
    return {
        "columns": {row["column_name"]: tuple(row.values())[1:] for row in columns},
        "indexes": sorted((tuple(row["columns"]), row["indisunique"]) for row in indexes),
        "references": {row["attname"]: (row["target"], row["rule"]) for row in references},
        "checks": [(row["conname"], _without_brackets(row["text"])) for row in checks],
    }


def _without_brackets(check: str) -> str:
    """PostgreSQL sets the brackets of a chain of ANDs otherwise when it reads what it has told."""
    return check.translate({ord("("): None, ord(")"): None})

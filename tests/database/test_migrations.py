"""The schema, up and down, with rows in every table, on both databases."""

import asyncio
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from tortoise import Tortoise
from tortoise.exceptions import IntegrityError

from foredesk.database.migrate import downgrade, migrate, pending
from foredesk.database.models import Counter
from foredesk.migrations.__main__ import missing_step
from tests.database.schema import Row, contents, fill_new_tables, schema
from tests.databases import empty_postgres_database

STEPS = [
    "0001_foundation",
    "0002_knowledge",
    "0003_service_levels",
    "0004_tickets",
    "0005_surveys",
    "0006_survey_answers",
    "0007_rights",
    "0008_access",
    "0009_lists",
    "0010_ending_tokens",
    "0011_acts",
    "0012_imported",
    "0013_calendars",
    "0014_outage_reports",
    "0015_merged_count",
    "0016_clock_definitions",
    "0017_operational_clocks",
    "0018_notifications",
    "0019_due_at",
    "0020_article_authoring",
    "0021_article_uses",
    "0022_search_words",
    "0023_form_starts",
]
STEPPED_THROUGH = 4
"""How many of the newest steps are tried one by one; in the nightly run all of them are."""
REMADE = {"0016_clock_definitions": {"agreement_target", "ticket_clock"}}
"""Tables that a step gives another shape: on the way up only their rows are counted."""


@pytest.fixture
def empty_url(database_kind: str, tmp_path: Path) -> Iterator[str]:
    """A database with nothing in it."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    with empty_postgres_database("migrations") as url:
        yield url


async def test_models_and_migrations_agree() -> None:
    step = await missing_step()

    assert step is None, [operation.describe() for operation in step.operations]


async def test_migrating_says_what_it_did_and_does_it_once(empty_url: str) -> None:
    assert await pending(empty_url) == STEPS
    assert await migrate(empty_url) == STEPS
    assert await pending(empty_url) == []
    assert await migrate(empty_url) == []


async def test_rows_in_every_table_survive_every_step_up_and_down(empty_url: str) -> None:
    steps = STEPS if os.environ.get("FOREDESK_NIGHTLY") else STEPS[-STEPPED_THROUGH:]
    schemas, rows = [], []
    for step in steps:
        await migrate(empty_url, step)
        if rows:
            now, remade = await contents(empty_url), REMADE.get(step, set())
            assert {name: len(now[name]) for name in rows[-1]} == counts(rows[-1])
            kept, known = without(rows[-1], remade), without(schemas[-1], remade)
            assert as_before(now, kept) == kept
            assert tables_as_before(await schema(empty_url), known) == known
        await fill_new_tables(empty_url)
        schemas.append(await schema(empty_url))
        rows.append(await contents(empty_url))
        assert all(rows[-1].values()), [table for table, kept in rows[-1].items() if not kept]
    assert await pending(empty_url) == []

    for number in range(len(steps) - 2, -1, -1):
        await downgrade(empty_url, steps[number])
        assert await schema(empty_url) == schemas[number]
        assert await contents(empty_url) == rows[number]

    await downgrade(empty_url)
    assert await schema(empty_url) == {}
    await migrate(empty_url)
    assert await schema(empty_url) == schemas[-1]


def counts(rows: Mapping[str, list[Row]]) -> dict[str, int]:
    return {table: len(found) for table, found in rows.items()}


def without(tables: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: table for name, table in tables.items() if name not in names}


def as_before(
    now: Mapping[str, list[Row]], before: Mapping[str, list[Row]]
) -> dict[str, list[Row]]:
    """Without new tables and new columns."""
    return {
        table: [{column: row[column] for column in rows[0]} for row in now[table]]
        for table, rows in before.items()
    }


def tables_as_before(
    now: Mapping[str, Any], before: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Without what is new of each: tables, columns, indexes."""
    return {
        name: {part: _as_before(now[name][part], known) for part, known in table.items()}
        for name, table in before.items()
    }


def _as_before(now: Any, known: Any) -> Any:
    if isinstance(known, dict):
        return {key: now.get(key) for key in known}
    return [one for one in known if one in now]


async def test_two_processes_that_migrate_at_once_do_it_once(
    empty_url: str, postgres_only: str
) -> None:
    program = (
        "import asyncio, sys; from foredesk.database.migrate import migrate; "
        "print(len(asyncio.run(migrate(sys.argv[1]))))"
    )
    processes = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", program, empty_url), stdout=asyncio.subprocess.PIPE
        )
        for _ in range(2)
    ]
    outputs = [(await process.communicate())[0] for process in processes]

    assert sorted(int(output) for output in outputs) == [0, len(STEPS)]
    assert await pending(empty_url) == []


async def test_every_index_and_unique_of_the_models_is_in_the_database(database: str) -> None:
    found = await schema(database)
    assert Tortoise.apps is not None
    missing: list[tuple[str, tuple[str, ...]]] = []
    for model in Tortoise.apps["desk"].values():
        table = found[model._meta.db_table]
        missing += [
            (model._meta.db_table, columns)
            for columns, unique in wanted(model)
            if (columns, unique) not in table["indexes"]
        ]

    assert missing == []


async def test_every_foreign_key_can_be_followed_backwards_by_an_index(database: str) -> None:
    found = await schema(database)

    slow = [
        (name, column)
        for name, table in found.items()
        for column in table["references"]
        if not any(columns[0] == column for columns, _ in table["indexes"])
    ]
    assert slow == []


async def test_checks_are_in_the_database(database: str) -> None:
    with pytest.raises(IntegrityError):
        await Counter.create(name="a", value=0)


def wanted(model: Any) -> Iterator[tuple[tuple[str, ...], bool]]:
    """(columns, unique) of every index that a model asks for."""
    columns: Mapping[str, str] = model._meta.fields_db_projection
    for name, column in columns.items():
        if model._meta.fields_map[name].unique and not model._meta.fields_map[name].pk:
            yield (column,), True
    for together in model._meta.unique_together:
        yield tuple(column_of(model, name) for name in together), True
    for index in model._meta.indexes:
        names: Sequence[str] = getattr(index, "fields", index)
        yield tuple(column_of(model, name) for name in names), False


def column_of(model: Any, name: str) -> str:
    field = model._meta.fields_map[name]
    return str(field.source_field or name)


async def test_a_new_database_is_given_what_all_steps_together_make(
    empty_url: str, database_kind: str, tmp_path: Path
) -> None:
    await migrate(empty_url)
    if database_kind == "sqlite":
        by_steps = f"sqlite:///{tmp_path / 'steps.sqlite3'}"
        await migrate(by_steps, STEPS[-1])
        assert await schema(empty_url) == await schema(by_steps)
        return
    with empty_postgres_database("steps") as by_steps:
        await migrate(by_steps, STEPS[-1])
        assert await schema(empty_url) == await schema(by_steps)

"""What our migrations are made of, where Tortoise's own would forget something or take too long."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.migrations.migration import Migration
from tortoise.migrations.operations import AddField, CreateModel, RunPython
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import ModelState, State


class Step(Migration):
    """One migration. It opens no transaction: `migrate()` has one around all steps.

    Tortoise copies and rebuilds the state of all models around each operation. Where tables are
    only created, once for the whole step is enough, and a new database is ready in a quarter of
    the time.
    """

    atomic = False

    async def apply(
        self,
        state: State,
        *,
        dry_run: bool = False,
        schema_editor: BaseSchemaEditor | None = None,
        collect_sql: bool = False,
    ) -> State:
        if collect_sql or not self._only_creates():
            return await super().apply(
                state, dry_run=dry_run, schema_editor=schema_editor, collect_sql=collect_sql
            )
        self._add_models(state)
        if schema_editor is not None and not dry_run:
            for operation in self.operations:
                await operation.database_forward(self.app_label, state, state, schema_editor)
        return state

    async def unapply(
        self,
        state: State,
        *,
        dry_run: bool = False,
        schema_editor: BaseSchemaEditor | None = None,
        collect_sql: bool = False,
    ) -> State:
        if collect_sql or not self._only_creates():
            return await super().unapply(
                state, dry_run=dry_run, schema_editor=schema_editor, collect_sql=collect_sql
            )
        after = state.clone()
        self._add_models(after)
        if schema_editor is not None and not dry_run:
            for operation in reversed(self.operations):
                await operation.database_backward(self.app_label, after, after, schema_editor)
        return state

    def _only_creates(self) -> bool:
        return all(isinstance(one, CreateModel | RunPython) for one in self.operations)

    def _add_models(self, state: State) -> None:
        created = [one for one in self.operations if isinstance(one, CreateModel)]
        for one in created:
            key = (self.app_label, one.name)
            state.models[key] = ModelState.make_from_model(self.app_label, one.model)
        state.reload_models({(self.app_label, one.name) for one in created} | set(state.models))


class CreateChecked(CreateModel):
    """CHECK constraints at a table's creation: Tortoise forgets those of a new model, and to add
    one later on SQLite it makes the table anew and forgets the indexes.

    `checks` are conditions in SQL that both databases understand, by the constraint's name.
    """

    def __init__(self, checks: Mapping[str, str], **model: Any) -> None:
        super().__init__(**model)
        self._checks = checks

    async def database_forward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        assert state_editor is not None
        lines = [f'CONSTRAINT "{name}" CHECK ({check})' for name, check in self._checks.items()]
        usual = state_editor._get_inner_statements
        vars(state_editor)["_get_inner_statements"] = lambda: [*usual(), *lines]
        try:
            await super().database_forward(app_label, old_state, new_state, state_editor)
        finally:
            del vars(state_editor)["_get_inner_statements"]


Copied = str | tuple[str, str]
"""SQL for a new value, of the columns that were; where they differ, SQLite's and PostgreSQL's."""


class Remake(CreateChecked):
    """A table in another shape, with what is in it. Nothing may refer to it.

    Columns of the same name are copied; `filled` says what goes into the others, and on the way
    back `refilled`, `kept` says of which rows. `checks_before` are those of the shape that was.
    """

    def __init__(
        self,
        checks: Mapping[str, str],
        *,
        checks_before: Mapping[str, str],
        filled: Mapping[str, Copied],
        refilled: Mapping[str, Copied],
        kept: str = "true",
        **model: Any,
    ) -> None:
        super().__init__(checks, **model)
        self._checks_before = checks_before
        self._filled = filled
        self._refilled = refilled
        self._kept = kept

    def describe(self) -> str:
        return f"Remake model {self.name}"

    def state_forward(self, app_label: str, state: State) -> None:
        before = state.models.pop((app_label, self.name))
        related = {
            state.apps.split_reference(field.model_name)
            for field in before.fields.values()
            if isinstance(field, ForeignKeyFieldInstance)
        }
        state.apps.unregister_model(app_label, self.name)
        state.reload_models(related)
        super().state_forward(app_label, state)

    async def database_forward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        if state_editor is not None:
            before = self._columns(app_label, old_state)
            async with _set_aside(state_editor, self._table(app_label, old_state)) as copy:
                await super().database_forward(app_label, old_state, new_state, state_editor)
                after = self._columns(app_label, new_state)
                await copy(before, after, self._filled, "true")

    async def database_backward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        if state_editor is not None:
            after = self._columns(app_label, old_state)
            self._checks, checks = self._checks_before, self._checks
            async with _set_aside(state_editor, self._table(app_label, old_state)) as copy:
                await super().database_forward(app_label, old_state, new_state, state_editor)
                before = self._columns(app_label, new_state)
                await copy(after, before, self._refilled, self._kept)
            self._checks = checks

    def _table(self, app_label: str, state: State) -> str:
        model = state.apps.get_model(f"{app_label}.{self.name}")
        return str(model._meta.db_table)

    def _columns(self, app_label: str, state: State) -> list[str]:
        model = state.apps.get_model(f"{app_label}.{self.name}")
        return list(model._meta.fields_db_projection.values())


CopyRows = Callable[[Iterable[str], Iterable[str], Mapping[str, Copied], str], Awaitable[None]]


@asynccontextmanager
async def _set_aside(state_editor: BaseSchemaEditor, table: str) -> AsyncIterator[CopyRows]:
    """The table goes, and its rows wait until the new one of its name is there."""
    aside = f"{table}_aside"
    is_sqlite = state_editor.DIALECT == "sqlite"

    async def copy(
        before: Iterable[str], after: Iterable[str], filled: Mapping[str, Copied], kept: str
    ) -> None:
        known = {name: f'"{name}"' for name in before}
        known |= {
            name: value if isinstance(value, str) else value[0 if is_sqlite else 1]
            for name, value in filled.items()
        }
        names = [name for name in after if name in known]
        into = ", ".join(f'"{name}"' for name in names)
        values = ", ".join(known[name] for name in names)
        await state_editor._run_sql(
            f'INSERT INTO "{table}" ({into}) SELECT {values} FROM "{aside}" WHERE {kept}'
        )

    await state_editor._run_sql(f'CREATE TABLE "{aside}" AS SELECT * FROM "{table}"')
    await state_editor._run_sql(f'DROP TABLE "{table}"')
    yield copy
    await state_editor._run_sql(f'DROP TABLE "{aside}"')


class AddColumn(AddField):
    """A column with a default, or that may be null; the table is not made anew for it.

    Tortoise adds no value to the rows that are there, and to take a column away on SQLite it makes
    the table anew and forgets the indexes.
    """

    async def database_forward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        if state_editor is None:
            return
        model: Any = new_state.apps.get_model(f"{app_label}.{self.model_name}")
        field, table = model._meta.fields_map[self.name], model._meta.db_table
        kind = field.get_for_dialect(state_editor.DIALECT, "SQL_TYPE")
        change = f'ALTER TABLE "{table}" ADD COLUMN "{self.name}" {kind}'
        if field.null:
            await state_editor._run_sql(change)
            return
        is_sqlite = state_editor.DIALECT == "sqlite"
        default = _literal(field.to_db_value(field.default, model), is_sqlite=is_sqlite)
        await state_editor._run_sql(f"{change} NOT NULL DEFAULT {default}")
        if not is_sqlite:
            forget = f'ALTER TABLE "{table}" ALTER COLUMN "{self.name}" DROP DEFAULT'
            await state_editor._run_sql(forget)

    async def database_backward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        if state_editor is not None:
            model: Any = old_state.apps.get_model(f"{app_label}.{self.model_name}")
            column = model._meta.fields_map[self.name].source_field or self.name
            table = model._meta.db_table
            await state_editor._run_sql(f'ALTER TABLE "{table}" DROP COLUMN "{column}"')


class AddReference(AddColumn):
    """A column that refers to a row of a table and may be null."""

    async def database_forward(
        self,
        app_label: str,
        old_state: State,
        new_state: State,
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        if state_editor is None:
            return
        model: Any = new_state.apps.get_model(f"{app_label}.{self.model_name}")
        column = model._meta.fields_map[self.name].source_field
        kind = model._meta.fields_map[column].get_for_dialect(state_editor.DIALECT, "SQL_TYPE")
        other = model._meta.fields_map[self.name].related_model._meta.db_table
        await state_editor._run_sql(
            f'ALTER TABLE "{model._meta.db_table}" ADD COLUMN "{column}" {kind} '
            f'REFERENCES "{other}" ("id") ON DELETE RESTRICT'
        )


def _literal(value: Any, *, is_sqlite: bool) -> str:
    if isinstance(value, bool):
        return str(int(value)) if is_sqlite else str(value).lower()
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"

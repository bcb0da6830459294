"""What our migrations are made of, where Tortoise's own would forget something or take too long."""

from collections.abc import Mapping
from typing import Any

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
            model = old_state.apps.get_model(f"{app_label}.{self.model_name}")
            table = model._meta.db_table
            await state_editor._run_sql(f'ALTER TABLE "{table}" DROP COLUMN "{self.name}"')


def _literal(value: Any, *, is_sqlite: bool) -> str:
    if isinstance(value, bool):
        return str(int(value)) if is_sqlite else str(value).lower()
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"

"""CHECK constraints at a table's creation: Tortoise forgets those of a new model, and to add one
later on SQLite it makes the table anew and forgets the indexes."""

from collections.abc import Mapping
from typing import Any

from tortoise.migrations.operations import CreateModel
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import State


class CreateChecked(CreateModel):
    """`checks`: conditions in SQL that both databases understand, by the constraint's name."""

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

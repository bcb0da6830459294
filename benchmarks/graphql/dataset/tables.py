"""Tables: many rows of one model at once, by COPY on PostgreSQL."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from tortoise.connection import get_connection
from tortoise.fields import JSONField
from tortoise.models import Model

from foredesk.database import transaction


class Table:
    """Takes rows with the named columns; the model's defaults fill the others."""

    def __init__(self, model: type[Model], columns: Sequence[str]) -> None:
        self._client: Any = get_connection("default")
        fields = model._meta.fields_map
        others = [name for name in model._meta.fields_db_projection if name not in columns]
        self._fields = [fields[name] for name in (*columns, *others)]
        self._names = [model._meta.fields_db_projection[name] for name in (*columns, *others)]
        self._rest = tuple(_default(fields[name].default) for name in others)
        self._table = model._meta.db_table
        self._is_sqlite = self._client.capabilities.dialect == "sqlite"

    @classmethod
    def whole(cls, model: type[Model]) -> "Table":
        return cls(model, tuple(model._meta.fields_db_projection))

    async def append(self, rows: Iterable[Sequence[Any]]) -> None:
        converters = [self._converter(field) for field in self._fields]
        filled = [
            [convert(value) for convert, value in zip(converters, (*row, *self._rest), strict=True)]
            for row in rows
        ]
        if self._is_sqlite:
            await self._insert(filled)
        else:
            await self._client.run(partial(self._copy, filled))

    async def _copy(self, rows: list[list[Any]], connection: Any) -> None:
        """References are right by construction: a superuser need not have each looked up."""
        async with connection.transaction():
            await connection.execute(
                "SELECT set_config('session_replication_role', 'replica', true) "
                "WHERE current_setting('is_superuser') = 'on'"
            )
            await connection.copy_records_to_table(self._table, records=rows, columns=self._names)

    async def append_models(self, models: Iterable[Model]) -> None:
        """Rows of `Table.whole`."""
        names = [field.model_field_name for field in self._fields]
        await self.append([[getattr(one, name) for name in names] for one in models])

    def _converter(self, field: Any) -> Callable[[Any], Any]:
        if not self._is_sqlite and not isinstance(field, JSONField):
            return _as_it_is
        return lambda value: field.to_db_value(value, None)

    async def _insert(self, rows: list[list[Any]]) -> None:
        names = ", ".join(f'"{name}"' for name in self._names)
        marks = ", ".join("?" * len(self._names))
        statement = f'INSERT INTO "{self._table}" ({names}) VALUES ({marks})'
        async with transaction():
            await get_connection("default").execute_many(statement, rows)


def _default(given: Any) -> Any:
    return given() if callable(given) else given


def _as_it_is(value: Any) -> Any:
    return value

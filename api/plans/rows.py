"""Rows for methods: what a computed field looks at, made of the columns that a plan has read."""

from collections.abc import Callable
from functools import cache
from typing import Any

from api.rows import model_of

Make = Callable[..., Any]


@cache
def row_maker(kind: Any, names: tuple[str, ...] | None) -> Make:
    """Makes an object of the kind out of these columns' values; without names, out of all."""
    model: Any = model_of(kind)
    if names is None:
        columns = list(model._meta.fields_db_projection)

        def whole(*values: Any) -> Any:
            return kind(row=model._init_from_db(**dict(zip(columns, values, strict=True))))

        return whole
    row: Any = type(f"{model.__name__}Columns", (), {"__slots__": names})
    readers = [_reader(model._meta.fields_map[name]) for name in names]

    def some(*values: Any) -> Any:
        made = row()
        for name, read, value in zip(names, readers, values, strict=True):
            setattr(made, name, read(value) if read and value is not None else value)
        return kind(row=made)

    return some


def _reader(field: Any) -> Callable[[Any], Any] | None:
    """What makes Python's value of the database's; None where they are the same."""
    if field.field_type in (str, int) and not hasattr(field, "enum_type"):
        return None
    read: Callable[[Any], Any] = field.to_python_value
    return read

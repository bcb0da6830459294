"""Blank rows: a model's defaults at a twentieth of the time that Tortoise's constructor takes."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from tortoise.models import Model

M = TypeVar("M", bound=Model)


def blank(model: type[M], **values: Any) -> M:
    """A row that is not stored yet. The values are taken as they are, in the fields' own types."""
    defaults, made = _defaults(model)
    row = model.__new__(model)
    state = vars(row)
    state.update(defaults)
    state["_await_when_save"] = {}
    for name, make in made.items():
        state[name] = make()
    state.update(values)
    return row


@cache
def _defaults(model: type[Model]) -> tuple[Mapping[str, Any], Mapping[str, Callable[[], Any]]]:
    """Those that all rows share, and those that are made for each."""
    defaults = {name: field.default for name, field in model._meta.fields_map.items()}
    made = {name: default for name, default in defaults.items() if callable(default)}
    shared = {name: value for name, value in vars(model()).items() if name not in made}
    return shared, made

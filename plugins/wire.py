"""Wire: facts and answers as JSON, for a plugin in another process."""

import dataclasses
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from foredesk import hooks

KINDS: Mapping[str, type] = {
    name: kind
    for name, kind in vars(hooks).items()
    if isinstance(kind, type) and dataclasses.is_dataclass(kind) and name not in ("Context",)
}

MakeConfig = Callable[[Mapping[str, Any]], Any]


class Unsendable(TypeError):
    """The value is of no kind that facts and answers are made of."""


def written(message: Mapping[str, Any]) -> bytes:
    """One line. Raises Unsendable."""
    encoded = {name: _encoded(value) for name, value in message.items()}
    return json.dumps(encoded, ensure_ascii=True).encode("ascii") + b"\n"


def read(line: bytes, make_config: MakeConfig = dict) -> dict[str, Any]:
    """What `written` wrote, lists as tuples; `make_config` makes the plugin's own settings."""
    return {name: _decoded(value, make_config) for name, value in json.loads(line).items()}


def _encoded(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list):
        return {"$": "list", "value": [_encoded(item) for item in value]}
    if isinstance(value, tuple):
        return [_encoded(item) for item in value]
    if isinstance(value, UUID | datetime):
        return {"$": type(value).__name__.lower(), "value": str(value)}
    if isinstance(value, Mapping):
        return {"$": "map", "value": {str(key): _encoded(inner) for key, inner in value.items()}}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _encoded_dataclass(value)
    raise Unsendable(f"returned {type(value).__name__}, which is no answer to any hook")


def _encoded_dataclass(value: Any) -> Mapping[str, Any]:
    fields = {
        field.name: _encoded(getattr(value, field.name))
        for field in dataclasses.fields(value)
        if field.init
    }
    name = type(value).__name__
    return {"$": name if KINDS.get(name) is type(value) else "config", "value": fields}


def _decoded(value: Any, make_config: MakeConfig) -> Any:
    if isinstance(value, list):
        return tuple(_decoded(item, make_config) for item in value)
    if not isinstance(value, dict):
        return value
    kind, inner = value["$"], value["value"]
    if kind == "uuid":
        return UUID(inner)
    if kind == "datetime":
        return datetime.fromisoformat(inner)
    if kind == "list":
        return [_decoded(item, make_config) for item in inner]
    fields = {name: _decoded(item, make_config) for name, item in inner.items()}
    if kind == "map":
        return fields
    return make_config(fields) if kind == "config" else KINDS[kind](**fields)

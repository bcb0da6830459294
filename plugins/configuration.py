"""Configuration: an organization's values for a plugin, made into the plugin's own dataclass."""

import dataclasses
import os
import re
import types
import typing
from collections.abc import Mapping, Sequence
from typing import Any

from foredesk.hooks import PluginInfo
from plugins.verification import did_you_mean

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


class ConfigRefused(Exception):
    """`field` names the setting, the message says what would be right."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}" if field else message)
        self.field = field
        self.message = message


def configured(info: PluginInfo, values: Mapping[str, Any]) -> Any:
    """An instance with the values; `${NAME}` is read from the environment. Raises ConfigRefused.

    Only variables that begin with `PLUGIN_<NAME>_` are read: settings are entered by people who
    must not come to know the server's other secrets.
    """
    kind = info.config
    if kind is None:
        if values:
            raise ConfigRefused(next(iter(values)), "this plugin has no settings")
        return None
    fields = {field.name: field for field in dataclasses.fields(kind) if field.init}
    hints = typing.get_type_hints(kind)
    prefix = f"PLUGIN_{info.name.upper().replace('-', '_')}_"
    checked = {}
    for name, value in values.items():
        if name not in fields:
            raise ConfigRefused(name, f"unknown setting {name!r}{did_you_mean(name, fields)}")
        checked[name] = _checked(name, hints[name], value, prefix)
    for name, field in fields.items():
        if name not in checked and _is_required(field):
            raise ConfigRefused(name, "this setting is needed")
    try:
        return kind(**checked)
    except Exception as problem:
        raise ConfigRefused("", str(problem) or type(problem).__name__) from problem


def described(kind: type | None) -> Sequence[Mapping[str, Any]]:
    """For a form: each field's name, type, and whether it is needed."""
    if kind is None:
        return ()
    hints = typing.get_type_hints(kind)
    return [
        {
            "name": field.name,
            "type": _said(hints[field.name]),
            "required": _is_required(field),
        }
        for field in dataclasses.fields(kind)
        if field.init
    ]


def _is_required(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _checked(name: str, hint: Any, value: Any, prefix: str) -> Any:
    """A refusal shows what was entered, never what a reference stands for."""
    resolved = _resolved(name, value, prefix)
    if isinstance(resolved, list):
        resolved = tuple(resolved)
    if not _fits(resolved, hint):
        raise ConfigRefused(name, f"must be {_said(hint)}, not {value!r:.80}")
    return resolved


def _resolved(name: str, value: Any, prefix: str) -> Any:
    """A secret is kept as `${NAME}` and read from the environment only when it is used."""
    match = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return value
    variable = match[1]
    if not variable.startswith(prefix):
        raise ConfigRefused(name, f"only variables that begin with {prefix} can be used")
    if variable not in os.environ:
        raise ConfigRefused(name, f"the environment variable {variable} is not set")
    return os.environ[variable]


def _fits(value: Any, hint: Any) -> bool:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return any(_fits(value, choice) for choice in typing.get_args(hint))
    if origin is typing.Literal:
        return value in typing.get_args(hint)
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if origin is tuple and isinstance(value, tuple):
        return all(_fits(item, typing.get_args(hint)[0]) for item in value)
    kind = origin or hint
    return not isinstance(kind, type) or isinstance(value, kind)


def _said(hint: Any) -> str:
    """A type in words."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return " or ".join(_said(choice) for choice in inner)
    if origin is typing.Literal:
        return " or ".join(repr(choice) for choice in inner)
    if origin is tuple:
        return f"a list of {_said(inner[0])}"
    return _WORDS.get(hint) or str(getattr(hint, "__name__", hint))


_WORDS: Mapping[Any, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    types.NoneType: "nothing",
}

"""Verification: what a plugin must be before it may take part, with the reason if it isn't."""

import dataclasses
import difflib
import inspect
import re
import typing
from collections.abc import Iterable, Iterator
from typing import Any

import pluggy

from foredesk.hooks import API_VERSION, CONTRACTS, PluginInfo

PERMISSIONS = frozenset({"tickets.history"})

_NAME = re.compile(r"[a-z][a-z0-9-]{0,63}")


class PluginRefused(Exception):
    """The plugin can't take part; the message is for its author and the administrator."""


def verified_info(subject: Any, name: str) -> PluginInfo:
    """The plugin's own description. Raises PluginRefused."""
    info = getattr(subject, "plugin", None)
    if not isinstance(info, PluginInfo):
        raise PluginRefused("has no attribute 'plugin' that is a foredesk.hooks.PluginInfo")
    if info.name != name:
        raise PluginRefused(f"is installed as {name!r} but calls itself {info.name!r}")
    if not _NAME.fullmatch(info.name):
        raise PluginRefused(f"name {name!r}: use small letters, digits and hyphens, at most 64")
    _check_api(info.api)
    _check_permissions(info.permissions)
    _check_config(info.config)
    if info.isolation not in ("thread", "process"):
        raise PluginRefused(f"isolation {info.isolation!r} is neither 'thread' nor 'process'")
    return info


def verify_hooks(manager: pluggy.PluginManager, subject: Any) -> None:
    """What pluggy itself lets pass. Raises PluginRefused."""
    for attribute, hook, options in _hook_implementations(manager, subject):
        if hook not in CONTRACTS:
            if not options.get("optionalhook"):
                raise PluginRefused(f"unknown hook {hook!r}{did_you_mean(hook, CONTRACTS)}")
            continue
        if options.get("wrapper") or options.get("hookwrapper"):
            raise PluginRefused(f"{hook}: hooks can't be wrapped; use one that folds a value")
        function = getattr(subject, attribute)
        if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
            raise PluginRefused(f"{hook}: return the answer instead of yielding it")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _hook_implementations(
    manager: pluggy.PluginManager, subject: Any
) -> Iterator[tuple[str, str, Any]]:
    for attribute in dir(subject):
        options = manager.parse_hookimpl_opts(subject, attribute)
        if options is not None:
            yield attribute, options.get("specname") or attribute, options


def _check_api(api: str) -> None:
    ours = ".".join(map(str, API_VERSION))
    match = re.fullmatch(r"(\d{1,4})\.(\d{1,4})", api) if isinstance(api, str) else None
    if match is None:
        raise PluginRefused(f"PluginInfo.api {api!r} is not 'MAJOR.MINOR', for example {ours!r}")
    wanted = int(match[1]), int(match[2])
    if wanted[0] != API_VERSION[0] or wanted > API_VERSION:
        raise PluginRefused(f"needs plugin API {api}, this desk has {ours}")


def _check_permissions(permissions: object) -> None:
    if not isinstance(permissions, frozenset | set):
        raise PluginRefused("PluginInfo.permissions is not a frozenset")
    for permission in sorted(permissions, key=str):
        if permission not in PERMISSIONS:
            hint = did_you_mean(str(permission), PERMISSIONS)
            raise PluginRefused(f"unknown permission {permission!r}{hint}")


def _check_config(config: object) -> None:
    if config is not None and not (isinstance(config, type) and dataclasses.is_dataclass(config)):
        raise PluginRefused("PluginInfo.config is not a dataclass")
    try:
        typing.get_type_hints(config or object)
    except Exception as problem:
        raise PluginRefused(f"the types of its settings can't be read: {problem}") from problem

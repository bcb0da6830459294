"""What a plugin says about itself."""

from dataclasses import dataclass
from typing import Literal

import pluggy

PROJECT = "foredesk"
API_VERSION = (1, 0)
"""(major, minor): an addition raises the minor, a removal the major."""

hookimpl = pluggy.HookimplMarker(PROJECT)


class PluginError(Exception):
    """Raise it on purpose: its message is shown to the administrator as it is."""


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """The module's attribute `plugin`: who it is and what it needs.

    `api` is the oldest plugin API that will do. `prefix` begins all names the plugin adds
    anywhere; its name if empty. `permissions` open services of the context. `config` is a
    dataclass: what administrators may set for each organization; fields without a default
    keep the plugin off until somebody has filled them in. With `isolation="process"` the
    plugin's hooks run in a process of their own, which is killed when it is late.
    """

    name: str
    api: str = "1.0"
    prefix: str = ""
    permissions: frozenset[str] = frozenset()
    config: type | None = None
    isolation: Literal["thread", "process"] = "thread"

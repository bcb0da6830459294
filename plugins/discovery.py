"""Discovery: where plugins come from, always in the same order."""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any

from foredesk.hooks import PROJECT
from foredesk.settings import Settings
from plugins.at_hand import BUILT_IN as ITS_OWN
from plugins.builtin import BUILT_IN


@dataclass(frozen=True, slots=True)
class Found:
    """A plugin that is there but not imported; `load` gives its module, object or class.

    `target` tells another process where it is: a file or `module:attribute`.
    """

    name: str
    source: str
    load: Callable[[], Any]
    version: str = ""
    target: str = ""


def discover(settings: Settings) -> Iterator[Found]:
    """The built-in ones, then what is installed, by name, then the files of `plugins_dir`."""
    chosen = _names(settings.load_plugins)
    for found in _everything(settings.plugins_dir):
        if "*" in chosen or found.name in chosen:
            yield found


def required(settings: Settings) -> frozenset[str]:
    return _names(settings.required_plugins)


def in_file(path: Path) -> Found:
    """A plugin that is one file; its name is the file's, with hyphens."""
    return Found(
        path.stem.replace("_", "-"),
        str(path),
        partial(_import_file, path),
        target=str(path.absolute()),
    )


def _names(setting: str) -> frozenset[str]:
    return frozenset(name.strip() for name in setting.split(",") if name.strip())


def _everything(plugins_dir: str) -> Iterator[Found]:
    for name, kind in BUILT_IN.items():
        yield Found(name, ITS_OWN, kind, ITS_OWN)
    yield from sorted(_installed(), key=lambda found: found.name)
    if plugins_dir:
        yield from (in_file(path) for path in sorted(Path(plugins_dir).glob("*.py")))


def _installed() -> Iterator[Found]:
    seen = set()
    for distribution in metadata.distributions():
        for point in distribution.entry_points:
            name = distribution.metadata["Name"]
            if point.group == PROJECT and (point.name, name) not in seen:
                seen.add((point.name, name))
                source = f"distribution {name}"
                yield Found(point.name, source, point.load, distribution.version, point.value)


def _import_file(path: Path) -> Any:
    name = f"foredesk_plugin_file_{path.stem}"
    specification = importlib.util.spec_from_file_location(name, path)
    if specification is None or specification.loader is None:
        raise ImportError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    specification.loader.exec_module(module)
    return module

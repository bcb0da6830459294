"""Scaffold: write a new plugin that works and whose tests pass."""

import keyword
import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

from foredesk.hooks import API_VERSION


class UnusableName(Exception):
    """No plugin can be called that, or be put there; the message says why."""


def scaffold_plugin(name: str, parent: Path) -> Path:
    """Write the plugin into a new folder of `parent` and return it. Raises UnusableName."""
    module = name.replace("-", "_")
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name) or len(name) > 50:
        raise UnusableName(f"{name!r}: use small letters, digits and single hyphens")
    if keyword.iskeyword(module):
        raise UnusableName(f"{name!r} is a word of Python")
    folder = parent / f"foredesk-{name}"
    if folder.exists():
        raise UnusableName(f"{folder} exists already")
    words = {
        "name": name,
        "module": module,
        "title": name.replace("-", " ").capitalize(),
        "api": ".".join(map(str, API_VERSION)),
    }
    _fill(files("foredesk.commands") / "plugin_template", folder, words)
    return folder


def _fill(template: Traversable, folder: Path, words: dict[str, str]) -> None:
    folder.mkdir(parents=True)
    for entry in template.iterdir():
        if entry.is_dir():
            if not entry.name.startswith("__"):
                _fill(entry, folder / entry.name, words)
        else:
            text = Template(entry.read_text(encoding="utf-8")).substitute(words)
            name = entry.name.removesuffix(".txt").replace("module", f"foredesk_{words['module']}")
            (folder / name).write_text(text, encoding="utf-8")

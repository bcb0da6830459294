"""The public API is `foredesk.hooks` and `foredesk.testing`; a change shows in a recorded file.

When a change is meant: `python -m tests.plugins.test_surface` records it anew. An addition raises
the minor API version, anything else the major one.
"""

import dataclasses
import enum
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import foredesk.hooks
import foredesk.testing
from foredesk.hooks import CONTRACTS, SPECIFICATIONS

RECORDED = Path(__file__).with_name("public_surface.txt")


def test_the_public_surface_is_as_recorded() -> None:
    assert "\n".join(surface()) + "\n" == RECORDED.read_text(encoding="utf-8")


def surface() -> Iterator[str]:
    for module in (foredesk.hooks, foredesk.testing):
        for name in sorted(module.__all__):
            yield from described(f"{module.__name__}.{name}", getattr(module, name))
    for module in SPECIFICATIONS:
        yield from hooks_of(module)


def described(name: str, thing: Any) -> Iterator[str]:
    if isinstance(thing, type) and issubclass(thing, Exception):
        yield f"{name} (exception)"
    elif isinstance(thing, type) and issubclass(thing, enum.Enum):
        yield f"{name}: {', '.join(f'{each.name}={each.value}' for each in thing)}"
    elif isinstance(thing, type):
        yield f"{name}{signature(thing)}"
        yield from methods(name, thing)
    elif inspect.isfunction(thing):
        yield f"{name}{signature(thing)}"
    else:
        yield f"{name}: {type(thing).__name__}"


def methods(name: str, kind: type) -> Iterator[str]:
    for method, function in sorted(vars(kind).items()):
        if method.startswith("_"):
            continue
        if isinstance(function, property):
            yield f"{name}.{method} (property)"
        elif inspect.isfunction(function):
            yield f"{name}.{method}{signature(function)}"
        elif not dataclasses.is_dataclass(kind):
            yield f"{name}.{method}"


def hooks_of(module: ModuleType) -> Iterator[str]:
    for name, function in vars(module).items():
        if name in CONTRACTS:
            contract = CONTRACTS[name]
            yield f"hook {name}{signature(function)}: {contract.mode}, {contract.budget:g} s"


def signature(thing: Any) -> str:
    written = str(inspect.signature(thing)).replace("<factory>", "...")
    return re.sub(r"\b(?:[a-z_]\w*\.)+(?=[A-Z])", "", re.sub(r"=<[^>]*>", "=...", written))


if __name__ == "__main__":
    RECORDED.write_text("\n".join(surface()) + "\n", encoding="utf-8")

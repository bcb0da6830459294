"""How a hook is declared: its mode, what it may answer, and how long it may take."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

import pluggy

from foredesk.hooks.plugin import PROJECT

Hook = TypeVar("Hook", bound=Callable[..., Any])

_specification = pluggy.HookspecMarker(PROJECT)


class Mode(StrEnum):
    """How a hook is called and how its answers are combined."""

    REGISTER = "register"
    """Once, at the start or end of the server, one plugin after the other."""
    COLLECT = "collect"
    """All plugins at once; every answer is kept."""
    FIRST = "first"
    """One after the other until one answers."""
    FOLD = "fold"
    """One after the other; each gets what the one before made of `value`."""
    EVENT = "event"
    """After the commit, from the job queue, at least once."""


@dataclass(frozen=True, slots=True)
class HookContract:
    """`budget` is in seconds. `returns` is the type of an answer, or of each where `many`."""

    name: str
    mode: Mode
    budget: float
    returns: type | None
    many: bool
    arguments: tuple[str, ...]


def hookspec(
    mode: Mode, *, budget: float, returns: type | None = None, many: bool = False
) -> Callable[[Hook], Hook]:
    """Declare a hook; the function's docstring is the partner's reference."""

    def declare(function: Hook) -> Hook:
        arguments = tuple(inspect.signature(function).parameters)
        contract = HookContract(function.__name__, mode, budget, returns, many, arguments)
        vars(function)["contract"] = contract
        _specification(function)
        return function

    return declare

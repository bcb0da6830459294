"""A plugin and its hook implementations, prepared once so that a call needs no reflection."""

import inspect
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from types import CodeType
from typing import Any, Protocol

from foredesk.hooks import HookContract, PluginInfo
from plugins.breaker import Breaker
from plugins.threads import PluginThreads


class PluginState(StrEnum):
    LOADED = "loaded"
    REFUSED = "refused"


class Runner(Protocol):
    """Calls a plugin's hooks somewhere else than in this process."""

    async def start(self) -> None: ...

    async def call(self, hook: str, arguments: dict[str, Any]) -> Any: ...

    async def close(self) -> None: ...


@dataclass(slots=True)
class Plugin:
    """What the host knows of a plugin; `subject` is the module or object, None if refused."""

    info: PluginInfo
    subject: Any
    version: str
    source: str
    state: PluginState = PluginState.LOADED
    reason: str = ""
    threads: PluginThreads = field(init=False)
    runner: Runner | None = None

    def __post_init__(self) -> None:
        self.threads = PluginThreads(self.name)

    @property
    def name(self) -> str:
        return self.info.name


@dataclass(slots=True)
class Counters:
    """Since the start. `durations` are the last calls, in milliseconds."""

    calls: int = 0
    errors: int = 0
    timeouts: int = 0
    wrong_type: int = 0
    skipped: int = 0
    stalls: int = 0
    durations: deque[float] = field(default_factory=lambda: deque(maxlen=512))
    last_error: str = ""


@dataclass(slots=True, eq=False)
class Implementation:
    """One hook of one plugin."""

    plugin: Plugin
    contract: HookContract
    function: Callable[..., Any]
    arguments: tuple[str, ...]
    breaker: Breaker
    rank: int = 0
    counters: Counters = field(default_factory=Counters)
    is_async: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_async = inspect.iscoroutinefunction(self.function)

    @property
    def code(self) -> CodeType | None:
        """By which the watchdog knows it on a stack."""
        function = inspect.unwrap(getattr(self.function, "__func__", self.function))
        return getattr(function, "__code__", None)

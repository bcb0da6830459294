"""Registry: the plugins there are and their implementations, in calling order."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pluggy

from foredesk.hooks import CONTRACTS, PROJECT, SPECIFICATIONS, PluginInfo
from plugins.breaker import Breaker
from plugins.discovery import Found
from plugins.implementation import Implementation, Plugin, PluginState, Runner
from plugins.isolation import PluginProcess
from plugins.verification import PluginRefused, verified_info, verify_hooks

log = logging.getLogger("foredesk.plugins")

_ANYTHING_BUT_A_STOP = (Exception, SystemExit, GeneratorExit)


class Registry:
    """One for each server: there is no global plugin manager."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._manager = pluggy.PluginManager(PROJECT)
        for module in SPECIFICATIONS:
            self._manager.add_hookspecs(module)
        self.plugins: dict[str, Plugin] = {}
        self._implementations: dict[str, tuple[Implementation, ...]] = dict.fromkeys(CONTRACTS, ())

    def add(self, found: Found) -> Plugin:
        """Load, check and register; one that is not fit is kept as refused, with the reason."""
        log.info("importing plugin %s from %s", found.name, found.source)
        if (other := self.plugins.get(found.name)) is not None:
            log.error("plugin %s from %s: %s has the name", found.name, found.source, other.source)
            return other
        try:
            subject = found.load()
            subject = subject() if isinstance(subject, type) else subject
            info = verified_info(subject, found.name)
            verify_hooks(self._manager, subject)
            runner = _runner(info, found.target)
            self._register(subject, info)
        except _ANYTHING_BUT_A_STOP as problem:
            return self._keep_refused(found, _reason(problem))
        version = found.version or _version_of(subject)
        plugin = Plugin(info, subject, version, found.source, runner=runner)
        self.plugins[plugin.name] = plugin
        self._prepare(plugin)
        return plugin

    def refuse(self, plugin: Plugin, reason: str) -> None:
        """Take a loaded plugin out."""
        log.error("plugin %s refused: %s", plugin.name, reason)
        self._manager.unregister(name=plugin.name)
        plugin.state, plugin.reason = PluginState.REFUSED, reason
        plugin.threads.close()
        for hook, implementations in self._implementations.items():
            self._implementations[hook] = tuple(
                each for each in implementations if each.plugin is not plugin
            )

    def implementations(self, hook: str) -> tuple[Implementation, ...]:
        """Of all organizations. Raises KeyError for a hook there is not."""
        return self._implementations[hook]

    def implementations_of(self, plugin: Plugin) -> Iterator[Implementation]:
        for implementations in self._implementations.values():
            yield from (each for each in implementations if each.plugin is plugin)

    @property
    def loaded(self) -> Mapping[str, Plugin]:
        return {
            name: plugin
            for name, plugin in self.plugins.items()
            if plugin.state is PluginState.LOADED
        }

    def _register(self, subject: Any, info: PluginInfo) -> None:
        if self._manager.is_registered(subject):
            raise PluginRefused("is installed twice, under two names")
        self._manager.register(subject, info.name)

    def _keep_refused(self, found: Found, reason: str) -> Plugin:
        log.error("plugin %s refused: %s", found.name, reason)
        plugin = Plugin(
            PluginInfo(found.name), None, found.version, found.source, PluginState.REFUSED, reason
        )
        self.plugins[found.name] = plugin
        return plugin

    def _prepare(self, plugin: Plugin) -> None:
        for hook, contract in CONTRACTS.items():
            for implementation in getattr(self._manager.hook, hook).get_hookimpls():
                if implementation.plugin_name != plugin.name:
                    continue
                prepared = Implementation(
                    plugin,
                    contract,
                    implementation.function,
                    (*implementation.argnames, *implementation.kwargnames),
                    Breaker(self._clock),
                    rank=implementation.trylast - implementation.tryfirst,
                )
                self._implementations[hook] = tuple(
                    sorted((*self._implementations[hook], prepared), key=_calling_order)
                )


def _runner(info: PluginInfo, target: str) -> Runner | None:
    if info.isolation == "thread":
        return None
    if info.permissions:
        raise PluginRefused("in a process of its own a plugin can have no permissions")
    if not target:
        raise PluginRefused("isolation='process' needs an installed plugin or a file")
    return PluginProcess(target)


def _calling_order(implementation: Implementation) -> tuple[int, str]:
    """Those that try first, then by name, then those that try last."""
    return implementation.rank, implementation.plugin.name


def _reason(problem: BaseException) -> str:
    if isinstance(problem, PluginRefused):
        return str(problem)
    if isinstance(problem, pluggy.PluginValidationError):
        return " ".join(str(problem).split())
    return f"importing it failed: {type(problem).__name__}: {problem}"[:500]


def _version_of(subject: Any) -> str:
    return str(getattr(subject, "__version__", "0"))

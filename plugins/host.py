"""The plugin host: what the desk asks, and behind which plugins can do no harm."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from types import CodeType
from typing import Any
from uuid import UUID

from foredesk.hooks import CONTRACTS, Context, History, PluginError
from foredesk.ports import Outcome, PluginChoice
from plugins.at_hand import answered
from plugins.configuration import ConfigRefused, configured
from plugins.discovery import Found
from plugins.executor import Executor, MakeContext
from plugins.implementation import Implementation, Plugin, PluginState, Runner
from plugins.registry import Registry
from plugins.report import report
from plugins.views import OrganizationView, Views
from plugins.watchdog import Watchdog


class RequiredPluginMissing(Exception):
    """The server must not start without this plugin; the message says what is wrong with it."""


class PluginHost:
    """Fulfils `foredesk.ports.Hooks`.

    `clock` is that of the breakers; `history` gives plugins that may read it an
    organization's classified tickets.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        history: History | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._now = now
        self._history = history
        self.registry = Registry(clock)
        self.views = Views(self.registry)
        self._executor = Executor()
        self._watchdog = Watchdog(self._implementation_of)

    def load(self, found: Iterable[Found]) -> None:
        """Take in what was discovered; what is not fit is refused alone."""
        for each in found:
            self.registry.add(each)
        self.views.forget()

    def require(self, names: Iterable[str]) -> None:
        """Raises RequiredPluginMissing."""
        for name in sorted(names):
            plugin = self.registry.plugins.get(name)
            if plugin is None:
                raise RequiredPluginMissing(f"required plugin {name} is not installed")
            if plugin.state is PluginState.REFUSED:
                raise RequiredPluginMissing(f"required plugin {name} refused: {plugin.reason}")

    async def startup(self) -> None:
        """Start every plugin; one that fails to start is refused."""
        self._watchdog.start()
        for name in self.registry.loaded:
            await self.start(name)

    async def start(self, name: str) -> None:
        """Start one plugin that was loaded; refused if it fails."""
        plugin = self.registry.plugins[name]
        if plugin.runner is not None:
            await self._start_process(plugin, plugin.runner)
        for outcome in await self._ask_own("startup", plugin, None, {}):
            if outcome.error:
                self.registry.refuse(plugin, f"startup {outcome.error}: {outcome.detail}")
        self.views.forget()

    async def shutdown(self) -> None:
        """Stop every plugin; what fails is logged."""
        for plugin in self.registry.loaded.values():
            await self._ask_own("shutdown", plugin, None, {})
        self._watchdog.stop()
        for plugin in self.registry.plugins.values():
            plugin.threads.close()
            if plugin.runner is not None:
                await plugin.runner.close()

    def adopt(self, choices: Iterable[PluginChoice]) -> None:
        self.views.adopt(choices)

    async def collect(
        self, hook: str, organization_id: UUID | None, **facts: Any
    ) -> tuple[Outcome, ...]:
        implementations = self.views.implementations(hook, organization_id)
        if not implementations:
            return ()
        outcomes = await self._ask(implementations, organization_id, facts, _deadline(hook))
        return _told(outcomes)

    def at_hand(
        self, hook: str, organization_id: UUID | None, **facts: Any
    ) -> tuple[Outcome, ...] | None:
        implementations = self.views.implementations(hook, organization_id)
        if not implementations:
            return ()
        make_context = self._context_maker(organization_id, facts)
        outcomes = answered(implementations, make_context, facts, _deadline(hook))
        return None if outcomes is None else _told(outcomes)

    async def first(self, hook: str, organization_id: UUID | None, **facts: Any) -> Outcome | None:
        deadline = _deadline(hook)
        for implementation in self.views.implementations(hook, organization_id):
            (outcome,) = await self._ask((implementation,), organization_id, facts, deadline)
            if outcome.value is not None:
                return outcome
            if time.monotonic() >= deadline:
                break
        return None

    async def fold(
        self, hook: str, organization_id: UUID | None, value: Any, **facts: Any
    ) -> tuple[Any, tuple[Outcome, ...]]:
        deadline = _deadline(hook)
        outcomes = []
        for implementation in self.views.implementations(hook, organization_id):
            given = {**facts, "value": value}
            (outcome,) = await self._ask((implementation,), organization_id, given, deadline)
            if outcome.value is not None or outcome.error:
                outcomes.append(outcome)
            if outcome.value is not None:
                value = outcome.value
            if time.monotonic() >= deadline:
                break
        return value, tuple(outcomes)

    def listeners(self, hook: str, organization_id: UUID | None) -> tuple[str, ...]:
        implementations = self.views.implementations(hook, organization_id)
        return tuple(dict.fromkeys(each.plugin.name for each in implementations))

    async def deliver(
        self, hook: str, plugin: str, organization_id: UUID | None, **facts: Any
    ) -> Outcome:
        implementations = [
            each
            for each in self.views.implementations(hook, organization_id)
            if each.plugin.name == plugin
        ]
        outcomes = await self._ask(implementations, organization_id, facts, _deadline(hook))
        failed = (outcome for outcome in outcomes if outcome.error)
        return next(failed, outcomes[0] if outcomes else Outcome(plugin))

    async def check_config(
        self, plugin: str, organization_id: UUID, config: Mapping[str, Any]
    ) -> Sequence[tuple[str, str]]:
        known = self.registry.loaded.get(plugin)
        if known is None:
            return [("plugin", "There is no such plugin.")]
        try:
            value = configured(known.info, config)
        except ConfigRefused as problem:
            return [(problem.field, problem.message)]
        return await self._tried_out(known, organization_id, value)

    def report(self) -> Sequence[Mapping[str, Any]]:
        return report(self.registry)

    def resume(self, plugin: str) -> None:
        """Close the plugin's breakers at once: the administrator's "try again"."""
        for implementation in self.registry.implementations_of(self.registry.plugins[plugin]):
            implementation.breaker.reset()

    async def _start_process(self, plugin: Plugin, runner: Runner) -> None:
        try:
            await asyncio.wait_for(runner.start(), CONTRACTS["startup"].budget)
        except (OSError, PluginError, TimeoutError) as problem:
            await runner.close()
            self.registry.refuse(plugin, f"its process did not start: {problem or 'too slow'}")
            self.views.forget()

    async def _tried_out(
        self, plugin: Plugin, organization_id: UUID, value: Any
    ) -> Sequence[tuple[str, str]]:
        facts = {"config": value}
        outcomes = await self._ask_own("validate_config", plugin, organization_id, facts)
        found = [
            (problem.field, problem.message)
            for outcome in outcomes
            for problem in outcome.value or ()
        ]
        return found + [("", outcome.detail) for outcome in outcomes if outcome.error]

    async def _ask_own(
        self, hook: str, plugin: Plugin, organization_id: UUID | None, facts: Mapping[str, Any]
    ) -> list[Outcome]:
        """Ask one plugin, whether or not it takes part for the organization."""
        own = [each for each in self.registry.implementations(hook) if each.plugin is plugin]
        return await self._ask(own, organization_id, facts, _deadline(hook))

    async def _ask(
        self,
        implementations: Sequence[Implementation],
        organization_id: UUID | None,
        facts: Mapping[str, Any],
        deadline: float,
    ) -> list[Outcome]:
        make_context = self._context_maker(organization_id, facts)
        return await self._executor.ask(implementations, make_context, facts, deadline)

    def _context_maker(self, organization_id: UUID | None, facts: Mapping[str, Any]) -> MakeContext:
        view: OrganizationView = self.views.of(organization_id)
        locale = next((each.locale for each in facts.values() if hasattr(each, "locale")), "en")
        now = self._now()

        def make(implementation: Implementation, deadline: float) -> Context:
            name = implementation.plugin.name
            may_read = "tickets.history" in implementation.plugin.info.permissions
            return Context(
                organization_id,
                now,
                deadline,
                locale,
                view.configs.get(name),
                logging.getLogger(f"foredesk.plugin.{name}"),
                self._history if may_read else None,
            )

        return make

    def _implementation_of(self, code: CodeType) -> Implementation | None:
        for hook in CONTRACTS:
            for implementation in self.registry.implementations(hook):
                if implementation.code is code:
                    return implementation
        return None


def _told(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Without those that know nothing."""
    return tuple(each for each in outcomes if each.value is not None or each.error)


def _deadline(hook: str) -> float:
    return time.monotonic() + CONTRACTS[hook].budget

"""The contract every plugin has to keep, as tests to inherit."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from foredesk.hooks import Mode
from foredesk.ports import Outcome
from foredesk.testing.awkward import awkward_facts
from foredesk.testing.plugin_desk import PluginDesk

TRIES = 3
"""A busy machine may be late by itself; a plugin is late when it is so each time."""


class PluginContract:
    """Inherit as `class TestContract(PluginContract)` and set `plugin`; `config` if it needs any.

    Every hook is called with awkward facts and must answer in time with what it may answer.
    """

    plugin: Any = None
    config: Mapping[str, Any] = {}

    def test_the_plugin_is_accepted(self, plugin_desk: PluginDesk) -> None:
        plugin_desk.install(self.plugin, **self.config)

    def test_every_hook_keeps_its_contract_with_awkward_facts(
        self, plugin_desk: PluginDesk
    ) -> None:
        plugin_desk.install(self.plugin, **self.config)
        failures = [
            f"{hook} with {facts}: {outcome.error}: {outcome.detail}"
            for hook in hooks_of(plugin_desk)
            for facts, outcome in failures_of(plugin_desk, hook)
        ]
        assert not failures, "\n".join(failures)


def hooks_of(desk: PluginDesk) -> Iterator[str]:
    """Those the installed plugins implement, but the ones the desk calls by itself."""
    for plugin in desk.host.registry.loaded.values():
        for implementation in desk.host.registry.implementations_of(plugin):
            contract = implementation.contract
            if contract.mode is not Mode.REGISTER and contract.name != "validate_config":
                yield contract.name


def failures_of(desk: PluginDesk, hook: str) -> Iterator[tuple[str, Outcome]]:
    """Which awkward facts make the hook break its contract, and how."""
    for name, facts in awkward_facts(hook, desk.organization_id):
        for outcome in _last_try(desk, hook, facts):
            if outcome.error:
                yield name, outcome


def _last_try(desk: PluginDesk, hook: str, facts: Mapping[str, Any]) -> Sequence[Outcome]:
    outcomes: Sequence[Outcome] = ()
    for _ in range(TRIES):
        for name in desk.host.registry.loaded:
            desk.host.resume(name)
        outcomes = desk.outcomes(hook, **facts)
        if not any(outcome.error == "timeout" for outcome in outcomes):
            break
    return outcomes

"""Views: which plugins take part for which organization, and with which settings.

Organizations with the same set of plugins share one tuple of implementations.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from foredesk.ports import PluginChoice
from plugins.configuration import ConfigRefused, configured
from plugins.implementation import Implementation
from plugins.registry import Registry


class Standing(StrEnum):
    """Of one plugin for one organization."""

    ON = "on"
    OFF = "off"
    NEEDS_CONFIG = "needs_config"


@dataclass(frozen=True, slots=True)
class OrganizationView:
    names: frozenset[str]
    configs: dict[str, Any]
    standings: dict[str, Standing]


class Views:
    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._choices: dict[UUID, dict[str, PluginChoice]] = {}
        self._organizations: dict[UUID | None, OrganizationView] = {}
        self._implementations: dict[tuple[str, frozenset[str]], tuple[Implementation, ...]] = {}

    def adopt(self, choices: Iterable[PluginChoice]) -> None:
        """Take in what organizations chose; the last word on each plugin counts."""
        for choice in choices:
            self._choices.setdefault(choice.organization_id, {})[choice.plugin] = choice
            self._organizations.pop(choice.organization_id, None)

    def forget(self) -> None:
        """Make everything anew, because the registry changed."""
        self._organizations.clear()
        self._implementations.clear()

    def implementations(
        self, hook: str, organization_id: UUID | None
    ) -> tuple[Implementation, ...]:
        """In calling order. Raises KeyError for a hook there is not."""
        names = self.of(organization_id).names
        found = self._implementations.get((hook, names))
        if found is None:
            found = tuple(
                each for each in self._registry.implementations(hook) if each.plugin.name in names
            )
            self._implementations[hook, names] = found
        return found

    def of(self, organization_id: UUID | None) -> OrganizationView:
        view = self._organizations.get(organization_id)
        if view is None:
            view = self._organizations[organization_id] = self._make(organization_id)
        return view

    def _make(self, organization_id: UUID | None) -> OrganizationView:
        choices = self._choices.get(organization_id, {}) if organization_id else {}
        standings, configs = {}, {}
        for name, plugin in self._registry.loaded.items():
            choice = choices.get(name)
            try:
                configs[name] = configured(plugin.info, choice.config if choice else {})
                enabled = choice is None or choice.enabled
                standings[name] = Standing.ON if enabled else Standing.OFF
            except ConfigRefused:
                standings[name] = Standing.NEEDS_CONFIG
        names = frozenset(name for name, standing in standings.items() if standing is Standing.ON)
        return OrganizationView(names, configs, standings)

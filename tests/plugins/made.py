"""Plugins made on the spot, and a host to put them into."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from foredesk.hooks import CategorySuggestion, PluginInfo, TicketFacts, hookimpl
from plugins.discovery import Found
from plugins.host import PluginHost
from plugins.implementation import Plugin
from tests.clock import NOW

ACME = UUID(int=1)
BETA = UUID(int=2)


def made(name: str, info: dict[str, Any] | None = None, **hooks: Callable[..., Any]) -> Any:
    """An object with the hooks; each function may be used in several plugins."""
    marked = {hook: staticmethod(hookimpl(function)) for hook, function in hooks.items()}
    return type(name, (), {"plugin": PluginInfo(name, **(info or {})), **marked})()


def host_with(*plugins: Any, **options: Any) -> PluginHost:
    host = PluginHost(now=lambda: NOW, **options)
    for plugin in plugins:
        added = add(host, plugin)
        assert added.state == "loaded", added.reason
    return host


def add(host: PluginHost, plugin: Any, name: str | None = None) -> Plugin:
    name = name or plugin.plugin.name
    host.load([Found(name, "made in a test", lambda: plugin)])
    return host.registry.plugins[name]


def ticket(subject: str = "VPN drops", details: str = "", organization: UUID = ACME) -> TicketFacts:
    return TicketFacts(UUID(int=9), 1, organization, subject, details)


def suggestion(category: str, confidence: float = 0.5) -> CategorySuggestion:
    return CategorySuggestion(category, confidence, "because")


def errors(outcomes: Iterable[Any]) -> dict[str, str | None]:
    return {outcome.plugin: outcome.error for outcome in outcomes}

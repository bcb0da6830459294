"""Plugins, as their administrators see them."""

from collections.abc import Mapping
from typing import Any

import strawberry

from api.context import Info
from api.fields import computed
from foredesk.people.policy import Act, may


def reported(name: str, *, description: str) -> Any:
    def read(self: Any) -> Any:
        return self.report.get(name)

    return strawberry.field(resolver=read, description=description)


@strawberry.type(description="Hook that a plugin implements, and how its calls went.")
class PluginHook:
    report: strawberry.Private[Mapping[str, Any]]
    name: str = reported("name", description="Name of the hook")
    call_count: int = reported("calls", description="Number of calls since the start")
    error_count: int = reported("errors", description="Number of calls that raised")
    timeout_count: int = reported("timeouts", description="Number of calls that took too long")
    wrong_type_count: int = reported("wrong_type", description="Number of nonsensical answers")
    skipped_count: int = reported("skipped", description="Number of calls its breaker kept away")
    mean_milliseconds: float | None = reported(
        "mean_ms", description="Mean duration of recent calls; null before the first"
    )
    p95_milliseconds: float | None = reported(
        "p95_ms", description="Duration that 95 % of recent calls keep; null before the first"
    )
    breaker: str = reported("breaker", description="State of the hook's breaker")

    @computed(
        description="The last failure; null if there was none, or unless the viewer is an "
        "administrator: it may quote a request of any organization"
    )
    def last_error(self, info: Info) -> str | None:
        return self.report.get("last_error") if info.context.viewer.is_administrator else None


@strawberry.type(description="Plugin that the installation knows.")
class Plugin:
    report: strawberry.Private[Mapping[str, Any]]
    name: str = reported("name", description="Name of the plugin")
    version: str | None = reported("version", description="Version of the plugin; null if unknown")
    state: str = reported("state", description="State of the plugin, such as loaded or refused")
    reason: str | None = reported("reason", description="Why it is in that state; may be empty")
    source: str | None = reported("source", description="Where it was found")
    is_paused: bool = reported("paused", description="Indicates that a breaker keeps calls away")

    @computed(description="What the plugin was allowed to do")
    def permissions(self) -> list[str]:
        return [str(permission) for permission in self.report.get("permissions") or ()]

    @computed(description="Hooks that it implements")
    def hooks(self) -> list[PluginHook]:
        return [PluginHook(report=hook) for hook in self.report.get("hooks") or ()]


@strawberry.type
class PluginQuery:
    @computed(
        description="Plugins that the installation knows, by name; "
        "null unless the viewer may manage them"
    )
    def plugins(self, info: Info) -> list[Plugin] | None:
        if not may(info.context.viewer, Act.MANAGE_PLUGINS):
            return None
        return [Plugin(report=report) for report in info.context.desk.hooks.report()]

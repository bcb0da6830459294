"""Report: what the administrator sees of every plugin."""

from collections.abc import Mapping, Sequence
from typing import Any

from plugins.breaker import BreakerState
from plugins.configuration import described
from plugins.implementation import Counters, Implementation, Plugin
from plugins.registry import Registry


def report(registry: Registry) -> Sequence[Mapping[str, Any]]:
    """Sorted by name; `paused` is true while a breaker keeps a hook from being called."""
    return [_of(registry, plugin) for _, plugin in sorted(registry.plugins.items())]


def _of(registry: Registry, plugin: Plugin) -> Mapping[str, Any]:
    implementations = list(registry.implementations_of(plugin))
    return {
        "name": plugin.name,
        "version": plugin.version,
        "state": plugin.state.value,
        "reason": plugin.reason,
        "api": plugin.info.api,
        "source": plugin.source,
        "isolation": plugin.info.isolation,
        "permissions": sorted(plugin.info.permissions),
        "settings": described(plugin.info.config),
        "paused": any(each.breaker.state is not BreakerState.CLOSED for each in implementations),
        "hooks": [_hook(each) for each in implementations],
    }


def _hook(implementation: Implementation) -> Mapping[str, Any]:
    counters = implementation.counters
    return {
        "name": implementation.contract.name,
        "calls": counters.calls,
        "errors": counters.errors,
        "timeouts": counters.timeouts,
        "wrong_type": counters.wrong_type,
        "skipped": counters.skipped,
        "stalls": counters.stalls,
        "mean_ms": _mean(counters),
        "p95_ms": _percentile_95(counters),
        "breaker": implementation.breaker.state.value,
        "last_error": counters.last_error,
    }


def _mean(counters: Counters) -> float | None:
    durations = list(counters.durations)
    return round(sum(durations) / len(durations), 3) if durations else None


def _percentile_95(counters: Counters) -> float | None:
    durations = sorted(counters.durations)
    return round(durations[(len(durations) * 95 - 1) // 100], 3) if durations else None

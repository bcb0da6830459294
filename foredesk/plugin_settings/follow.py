"""Follow: keep this process's plugin host at what organizations chose, wherever they did."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from foredesk.plugin_settings.models import PluginSetting
from foredesk.ports import Hooks, PluginChoice

log = logging.getLogger(__name__)

INTERVAL = 2.0
"""Seconds between two looks; a choice made elsewhere counts here at most so much later."""


async def follow_settings(
    hooks: Hooks, *, pause: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Run until cancelled. Await `adopt_settings` first, so that no request comes too early."""
    revision = 0
    while True:
        try:
            revision = await adopt_settings(hooks, after=revision)
        except Exception:
            log.exception("could not read the plugin settings")
        await pause(INTERVAL)


async def adopt_settings(hooks: Hooks, *, after: int = 0) -> int:
    """Hand over what was chosen after a revision; returns the newest revision."""
    changed = await PluginSetting.filter(revision__gt=after).order_by("revision")
    hooks.adopt([choice_of(setting) for setting in changed])
    return changed[-1].revision if changed else after


def choice_of(setting: PluginSetting) -> PluginChoice:
    return PluginChoice(
        setting.organization_id, setting.plugin, setting.enabled, dict(setting.config)
    )

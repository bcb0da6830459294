"""Choose: switch a plugin on or off for one organization, and give it its settings."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from foredesk.database import after_commit, next_value, transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, StaleVersion
from foredesk.knowledge.golden_runs import guarded
from foredesk.knowledge.search_models import Occasion
from foredesk.people.models import Organization
from foredesk.people.policy import Act, may, require
from foredesk.people.viewer import Viewer
from foredesk.plugin_settings.follow import choice_of
from foredesk.plugin_settings.models import PluginSetting
from foredesk.text import readable

TEXT_LIMIT = 4_000
"""Characters of one setting."""


async def enable_plugin(
    desk: Desk, viewer: Viewer, *, organization_id: UUID, plugin: str
) -> PluginSetting:
    """Switch a plugin on with the settings it has.

    Raises InvalidInput when the plugin isn't there or lacks a setting, and SearchRegression when
    a binding golden query of the organization would be lost: then it is as it was.
    """
    await _require(viewer, organization_id)
    setting = await PluginSetting.get_or_none(organization_id=organization_id, plugin=plugin)
    await _check(desk, plugin, organization_id, setting.config if setting else {})
    save = partial(_save, desk, organization_id, plugin, enabled=True)
    return await _guarded(desk, viewer, organization_id, plugin, setting, save)


async def disable_plugin(
    desk: Desk, viewer: Viewer, *, organization_id: UUID, plugin: str
) -> PluginSetting:
    """Switch a plugin off; its settings are kept."""
    await _require(viewer, organization_id)
    if not any(known["name"] == plugin for known in desk.hooks.report()):
        raise InvalidInput("plugin", "There is no such plugin.")
    return await _save(desk, organization_id, plugin, enabled=False)


async def configure_plugin(
    desk: Desk,
    viewer: Viewer,
    *,
    organization_id: UUID,
    plugin: str,
    config: Mapping[str, Any],
    expected_version: int | None = None,
) -> PluginSetting:
    """Give a plugin all its settings anew; it stays switched on or off as it was.

    Raises InvalidInput with the setting's name when the plugin will not have it, StaleVersion
    when `expected_version` is not the current one (0: there are no settings yet), and
    SearchRegression as `enable_plugin` does.
    """
    await _require(viewer, organization_id)
    await _check(desk, plugin, organization_id, config)
    setting = await PluginSetting.get_or_none(organization_id=organization_id, plugin=plugin)
    save = partial(
        _save,
        desk,
        organization_id,
        plugin,
        config=dict(config),
        expected_version=expected_version,
    )
    return await _guarded(desk, viewer, organization_id, plugin, setting, save)


async def _guarded(
    desk: Desk,
    viewer: Viewer,
    organization_id: UUID,
    plugin: str,
    before: PluginSetting | None,
    save: Callable[[], Awaitable[PluginSetting]],
) -> PluginSetting:
    async def take_back(_: PluginSetting) -> None:
        if before is not None:
            former: dict[str, Any] = {"enabled": before.enabled, "config": before.config}
        else:
            needs_settings = bool(await desk.hooks.check_config(plugin, organization_id, {}))
            former = {"enabled": not needs_settings, "config": {}}
        await _save(desk, organization_id, plugin, **former)

    setting, _ = await guarded(
        desk,
        viewer,
        occasion=Occasion.PLUGIN_CHANGED,
        subject=plugin,
        organization_id=organization_id,
        change=save,
        take_back=take_back,
    )
    return setting


async def _require(viewer: Viewer, organization_id: UUID) -> None:
    """An organization that isn't theirs is hidden from those who manage others'."""
    require(viewer, Act.MANAGE_PLUGINS)
    subject = PluginSetting(organization_id=organization_id)
    allowed = may(viewer, Act.MANAGE_PLUGINS, subject)
    if not allowed or not await Organization.exists(id=organization_id):
        raise NotFound("organization")


async def _check(desk: Desk, plugin: str, organization_id: UUID, config: Mapping[str, Any]) -> None:
    for name, value in config.items():
        for text in _texts([name, value]):
            readable(name, text, limit=TEXT_LIMIT)
    problems = await desk.hooks.check_config(plugin, organization_id, config)
    for field, message in problems:
        raise InvalidInput(field or "config", message)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


async def _save(
    desk: Desk,
    organization_id: UUID,
    plugin: str,
    *,
    expected_version: int | None = None,
    **changes: Any,
) -> PluginSetting:
    async with transaction():
        revision = await next_value("plugin_setting_revision")
        setting = await PluginSetting.get_or_none(organization_id=organization_id, plugin=plugin)
        version = setting.version if setting else 0
        if expected_version not in (None, version):
            raise StaleVersion(version)
        setting = setting or PluginSetting(organization_id=organization_id, plugin=plugin)
        setting.update_from_dict(
            {**changes, "version": version + 1, "revision": revision, "updated_at": desk.now()}
        )
        await setting.save()
        choice = choice_of(setting)
        await after_commit(lambda: desk.hooks.adopt([choice]))
    return setting

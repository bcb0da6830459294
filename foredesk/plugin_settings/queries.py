"""Who may read which plugin settings."""

from tortoise.queryset import QuerySet

from foredesk.people.policy import Act, may
from foredesk.people.viewer import Viewer
from foredesk.plugin_settings.models import PluginSetting


def visible_to(viewer: Viewer) -> QuerySet[PluginSetting]:
    """Those of the organizations that the viewer manages."""
    if not may(viewer, Act.MANAGE_PLUGINS):
        return PluginSetting.filter(id__isnull=True)
    if viewer.is_administrator:
        return PluginSetting.all()
    return PluginSetting.filter(organization_id__in=list(viewer.serves))

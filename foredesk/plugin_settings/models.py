"""What an organization chose about a plugin."""

from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from foredesk.identity import new_id
from foredesk.people.models import Organization


class PluginSetting(Model):
    """One plugin of one organization. Without a row a plugin is on, unless it needs settings.

    Secrets are kept as `${PLUGIN_…}` and read from the server's environment.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    plugin = fields.CharField(max_length=64)
    enabled = fields.BooleanField(default=True)
    config = fields.JSONField[dict[str, Any]](default=dict)
    version = fields.IntField(default=1, description="For optimistic locking")
    revision = fields.IntField(
        unique=True, description="Grows over all rows; other processes follow it"
    )
    updated_at = fields.DatetimeField()

    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "desk.Organization", related_name="plugin_settings", on_delete=fields.CASCADE
    )
    organization_id: UUID

    class Meta(Model.Meta):
        table = "plugin_setting"
        unique_together = (("organization", "plugin"),)

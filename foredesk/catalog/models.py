"""The service catalog: what people can have a request about."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from foredesk.identity import new_id
from foredesk.people.models import Organization


class ServiceKind(StrEnum):
    TECHNICAL = "technical"
    ORGANIZATIONAL = "organizational"
    APPLICATION = "application"


class Service(Model):
    """Something the desk supports. Without an organization it is for all of them."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    key = fields.CharField(max_length=64, unique=True)
    name = fields.CharField(max_length=120)
    description = fields.TextField(default="")
    kind = fields.CharEnumField(ServiceKind, max_length=16)
    is_active = fields.BooleanField(default=True)

    organization: fields.ForeignKeyNullableRelation[Organization] = fields.ForeignKeyField(
        "desk.Organization", related_name="services", null=True, on_delete=fields.CASCADE
    )
    organization_id: UUID | None

    class Meta(Model.Meta):
        table = "service"
        ordering = ["name"]
        indexes = [("organization_id",), ("name", "id")]

"""How people get in: identity providers, sessions that can be told apart, service accounts."""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from foredesk.database.step import AddColumn, Step
from foredesk.identity import new_id
from foredesk.people.models import PersonKind


class Migration(Step):
    dependencies = [("desk", "0007_rights")]

    operations = [
        ops.CreateModel(
            name="ExternalIdentity",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("issuer", fields.CharField(max_length=255)),
                ("subject", fields.CharField(max_length=255)),
                ("created_at", fields.DatetimeField()),
                ("used_at", fields.DatetimeField()),
                (
                    "person",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="person_id",
                        to_field="id",
                        related_name="identities",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "external_identity",
                "app": "desk",
                "unique_together": (("issuer", "subject"),),
                "indexes": [Index(fields=["person_id"])],
                "pk_attr": "id",
                "table_description": "Who a person is to an identity provider: its issuer and the subject there, no address.",
            },
            bases=["Model"],
        ),
        AddColumn("ApiToken", "created_by_id", fields.UUIDField(null=True)),
        AddColumn("ApiToken", "revoked_by_id", fields.UUIDField(null=True)),
        AddColumn("ApiToken", "reminded_at", fields.DatetimeField(null=True)),
        AddColumn(
            "Person",
            "kind",
            fields.CharEnumField(
                default=PersonKind.PERSON,
                description="PERSON: person\nSERVICE: service",
                enum_type=PersonKind,
                max_length=16,
            ),
        ),
        AddColumn(
            "Session",
            "browser",
            fields.CharField(default="", description="As it calls itself", max_length=200),
        ),
        AddColumn(
            "Session",
            "address",
            fields.CharField(default="", description="Of the network, at first", max_length=64),
        ),
        AddColumn(
            "Session",
            "provider",
            fields.CharField(default="", description="Empty for a password", max_length=32),
        ),
        AddColumn(
            "Session",
            "logout_hint",
            fields.TextField(default="", description="Sealed by the cookie's token"),
        ),
    ]

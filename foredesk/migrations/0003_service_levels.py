"""The service catalog, calendars, and what was promised to whom."""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from foredesk.catalog.models import ServiceKind
from foredesk.database.step import CreateChecked, Step
from foredesk.identity import new_id
from foredesk.sla.priority import Priority


class Migration(Step):
    dependencies = [("desk", "0002_knowledge")]

    operations = [
        ops.CreateModel(
            name="Calendar",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("name", fields.CharField(unique=True, max_length=120)),
                ("created_at", fields.DatetimeField()),
            ],
            options={
                "table": "calendar",
                "table_description": "When somebody works on requests: the name; the hours are in its versions.",
            },
        ),
        ops.CreateModel(
            name="CalendarVersion",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("valid_from", fields.DatetimeField()),
                ("time_zone", fields.CharField(max_length=64)),
                (
                    "weekly",
                    fields.JSONField(description='{"monday": ["09:00-12:30", "13:00-17:00"], …}'),
                ),
                ("exceptions", fields.JSONField(default=dict, description='{"2026-12-25": [], …}')),
                (
                    "calendar",
                    fields.ForeignKeyField(
                        "desk.Calendar",
                        source_field="calendar_id",
                        to_field="id",
                        related_name="versions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "calendar_version",
                "unique_together": (("calendar", "valid_from"),),
                "table_description": "Opening hours from one instant on, until the next version begins. Never changed.",
            },
        ),
        ops.CreateModel(
            name="Service",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("key", fields.CharField(unique=True, max_length=64)),
                ("name", fields.CharField(max_length=120)),
                ("description", fields.TextField(default="")),
                ("kind", fields.CharEnumField(enum_type=ServiceKind, max_length=16)),
                ("is_active", fields.BooleanField(default=True)),
                (
                    "organization",
                    fields.ForeignKeyField(
                        "desk.Organization",
                        source_field="organization_id",
                        null=True,
                        to_field="id",
                        related_name="services",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "service",
                "indexes": [Index(fields=["organization_id"])],
                "table_description": "Something the desk supports. Without an organization it is for all of them.",
            },
        ),
        ops.CreateModel(
            name="Agreement",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("name", fields.CharField(max_length=120)),
                ("kind", fields.CharField(null=True, max_length=32)),
                ("created_at", fields.DatetimeField()),
                (
                    "organization",
                    fields.ForeignKeyField(
                        "desk.Organization",
                        source_field="organization_id",
                        null=True,
                        to_field="id",
                        related_name="agreements",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "service",
                    fields.ForeignKeyField(
                        "desk.Service",
                        source_field="service_id",
                        null=True,
                        to_field="id",
                        related_name="agreements",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "agreement",
                "indexes": [Index(fields=["organization_id"]), Index(fields=["service_id"])],
                "table_description": "What we promised: to an organization, for a service, for a kind of request, or to all.",
            },
        ),
        ops.CreateModel(
            name="AgreementVersion",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("number", fields.IntField()),
                ("valid_from", fields.DatetimeField()),
                (
                    "agreement",
                    fields.ForeignKeyField(
                        "desk.Agreement",
                        source_field="agreement_id",
                        to_field="id",
                        related_name="versions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "calendar",
                    fields.ForeignKeyField(
                        "desk.Calendar",
                        source_field="calendar_id",
                        to_field="id",
                        related_name="agreement_versions",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
            ],
            options={
                "table": "agreement_version",
                "unique_together": (("agreement", "number"), ("agreement", "valid_from")),
                "indexes": [Index(fields=["calendar_id"])],
                "table_description": "The terms from one instant on, until the next version begins. Never changed.",
            },
        ),
        CreateChecked(
            checks={
                "agreement_target_before_minimum": "target_seconds > 0 AND minimum_seconds >= target_seconds"
            },
            name="AgreementTarget",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("clock", fields.CharField(max_length=16)),
                ("priority", fields.CharEnumField(enum_type=Priority, max_length=16)),
                ("target_seconds", fields.IntField()),
                ("minimum_seconds", fields.IntField()),
                (
                    "version",
                    fields.ForeignKeyField(
                        "desk.AgreementVersion",
                        source_field="version_id",
                        to_field="id",
                        related_name="targets",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "agreement_target",
                "unique_together": (("version", "clock", "priority"),),
                "table_description": "For one clock and priority: what we aim at, and what the customer may count on.",
            },
        ),
    ]

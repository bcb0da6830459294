"""Reasons for outage, and estimates that promise two times and are reminded of."""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from foredesk.database.step import AddColumn, Step
from foredesk.identity import new_id
from foredesk.tickets.states import OutageReportState

STATES = "DRAFT: draft\nSENT: sent\nACCEPTED: accepted"


class Migration(Step):
    dependencies = [("desk", "0013_calendars")]

    operations = [
        ops.CreateModel(
            name="OutageReport",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                (
                    "state",
                    fields.CharEnumField(
                        null=True,
                        description="Null once it is discarded",
                        enum_type=OutageReportState,
                        max_length=16,
                    ),
                ),
                ("version", fields.IntField(default=0, description="Number of the newest version")),
                (
                    "sent_version",
                    fields.IntField(null=True, description="Which one the customer has"),
                ),
                ("drafted_at", fields.DatetimeField()),
                ("sent_at", fields.DatetimeField(null=True)),
                ("answered_at", fields.DatetimeField(null=True)),
                (
                    "refusal",
                    fields.TextField(default="", description="Why the customer refused it last"),
                ),
                (
                    "comment",
                    fields.TextField(default="", description="What the customer said accepting it"),
                ),
                (
                    "ticket",
                    fields.OneToOneField(
                        "desk.Ticket",
                        source_field="ticket_id",
                        to_field="id",
                        related_name="outage_report",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "answered_by",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="answered_by_id",
                        null=True,
                        to_field="id",
                        related_name="answered_reports",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
            ],
            options={
                "table": "outage_report",
                "app": "desk",
                "indexes": [Index(fields=["answered_by_id"])],
                "pk_attr": "id",
                "table_description": "What the customer of one ticket is told of an outage, and what they say to it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OutageReportVersion",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("number", fields.IntField(description="1 for the first draft")),
                ("summary", fields.CharField(max_length=200)),
                ("impact", fields.TextField(default="")),
                ("cause", fields.TextField(default="")),
                ("workaround", fields.TextField(default="")),
                (
                    "timeline",
                    fields.JSONField(
                        description='Oldest first: [{"at": instant, "text": what happened}, …]'
                    ),
                ),
                (
                    "note",
                    fields.TextField(
                        default="", description="Why it was revised; only agents see it"
                    ),
                ),
                ("written_at", fields.DatetimeField()),
                (
                    "report",
                    fields.ForeignKeyField(
                        "desk.OutageReport",
                        source_field="report_id",
                        to_field="id",
                        related_name="versions",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "written_by",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="written_by_id",
                        null=True,
                        to_field="id",
                        related_name="written_reports",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
            ],
            options={
                "table": "outage_report_version",
                "app": "desk",
                "unique_together": (("report", "number"),),
                "indexes": [Index(fields=["written_by_id"])],
                "pk_attr": "id",
                "table_description": "What the report said once. Never changed, never deleted.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OutageAction",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("position", fields.IntField(description="Place in the list")),
                ("what", fields.CharField(max_length=500)),
                ("due_on", fields.DateField()),
                ("since_version", fields.IntField()),
                ("until_version", fields.IntField(null=True)),
                ("done_at", fields.DatetimeField(null=True)),
                (
                    "report",
                    fields.ForeignKeyField(
                        "desk.OutageReport",
                        source_field="report_id",
                        to_field="id",
                        related_name="actions",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "owner",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="owner_id",
                        to_field="id",
                        related_name="outage_actions",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "done_by",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="done_by_id",
                        null=True,
                        to_field="id",
                        related_name="done_outage_actions",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
            ],
            options={
                "table": "outage_action",
                "app": "desk",
                "indexes": [
                    Index(fields=["report_id", "position"]),
                    Index(fields=["owner_id", "due_on"]),
                    Index(fields=["done_by_id"]),
                ],
                "pk_attr": "id",
                "table_description": "Something that somebody does so that it does not happen again.",
            },
            bases=["Model"],
        ),
        AddColumn(
            "Ticket",
            "estimated_repair_latest_at",
            fields.DatetimeField(null=True, description="Almost certainly"),
        ),
        AddColumn(
            "Ticket",
            "estimate_reminder_at",
            fields.DatetimeField(null=True, description="Overdue then, and untold"),
        ),
        AddColumn(
            "Ticket",
            "outage_report_state",
            fields.CharEnumField(
                null=True, description=STATES, enum_type=OutageReportState, max_length=16
            ),
        ),
        ops.AddIndex("Ticket", Index(fields=["estimate_reminder_at"])),
        ops.RunSQL(
            "UPDATE ticket SET estimate_reminder_at = estimated_repair_at "
            "WHERE state IN ('open', 'waiting')",
            reverse_sql="",
        ),
    ]

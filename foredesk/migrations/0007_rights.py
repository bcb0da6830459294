"""Confidential teams, absences, versions of people and what they belong to, and who changed it."""

from orjson import loads
from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from foredesk.database.step import AddColumn, Step
from foredesk.identity import new_id
from foredesk.people.models import PeopleEventKind
from foredesk.people.roles import Role


class Migration(Step):
    dependencies = [("desk", "0006_survey_answers")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Absence",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("starts_at", fields.DatetimeField()),
                ("ends_at", fields.DatetimeField()),
                ("note", fields.CharField(default="", max_length=500)),
                ("created_at", fields.DatetimeField()),
                ("canceled_at", fields.DatetimeField(null=True)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="person_id",
                        to_field="id",
                        related_name="absences",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "substitute",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="substitute_id",
                        null=True,
                        to_field="id",
                        related_name="stands_in_at",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
            ],
            options={
                "table": "absence",
                "indexes": [
                    Index(fields=["person_id", "ends_at"]),
                    Index(fields=["substitute_id"]),
                    Index(fields=["ends_at"]),
                ],
                "table_description": "A person is away for a time, and somebody may stand in for them. It ends by itself.",
            },
        ),
        ops.CreateModel(
            name="PeopleEvent",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                (
                    "number",
                    fields.IntField(unique=True, description="Counts all of them, without a gap"),
                ),
                ("kind", fields.CharEnumField(enum_type=PeopleEventKind, max_length=32)),
                ("occurred_at", fields.DatetimeField()),
                ("role", fields.CharEnumField(null=True, enum_type=Role, max_length=40)),
                ("details", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=loads)),
                *[
                    (
                        name,
                        fields.ForeignKeyField(
                            model,
                            source_field=f"{name}_id",
                            null=True,
                            to_field="id",
                            related_name="people_acts" if name == "actor" else "people_events",
                            on_delete=OnDelete.RESTRICT,
                        ),
                    )
                    for name, model in (
                        ("actor", "desk.Person"),
                        ("person", "desk.Person"),
                        ("team", "desk.Team"),
                        ("organization", "desk.Organization"),
                    )
                ],
            ],
            options={
                "table": "people_event",
                "indexes": [
                    Index(fields=["actor_id", "number"]),
                    Index(fields=["person_id", "number"]),
                    Index(fields=["team_id", "number"]),
                    Index(fields=["organization_id", "number"]),
                ],
                "table_description": "Who changed which right, and when. Never changed, never deleted; keeps no contact data.",
            },
        ),
        AddColumn(
            "Organization",
            "version",
            fields.IntField(default=1, description="Counts the changes of its data"),
        ),
        AddColumn(
            "Team",
            "version",
            fields.IntField(default=1, description="Counts the changes of its data"),
        ),
        AddColumn("Team", "is_confidential", fields.BooleanField(default=False)),
        AddColumn(
            "Person",
            "version",
            fields.IntField(default=1, description="Counts the changes of their data"),
        ),
        AddColumn(
            "Ticket",
            "is_confidential",
            fields.BooleanField(default=False, description="A confidential team has it"),
        ),
        ops.AddIndex("Organization", Index(fields=["name", "id"])),
        ops.AddIndex("Team", Index(fields=["name", "id"])),
        ops.AddIndex("Person", Index(fields=["name", "id"])),
        ops.AddIndex("Person", Index(fields=["created_at", "id"])),
        ops.AddIndex("RoleGrant", Index(fields=["role", "person_id"])),
    ]

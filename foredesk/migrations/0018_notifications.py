"""What people are asked to see to is kept for them until they have seen it."""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from foredesk.database.step import Step
from foredesk.identity import new_id


class Migration(Step):
    dependencies = [("desk", "0017_operational_clocks")]

    operations = [
        ops.CreateModel(
            name="Notification",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("created_at", fields.DatetimeField()),
                ("seen_at", fields.DatetimeField(null=True)),
                (
                    "person",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="person_id",
                        to_field="id",
                        related_name="notifications",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "ticket",
                    fields.ForeignKeyField(
                        "desk.Ticket",
                        source_field="ticket_id",
                        to_field="id",
                        related_name="notifications",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "event",
                    fields.ForeignKeyField(
                        "desk.TicketEvent",
                        source_field="event_id",
                        to_field="id",
                        related_name="notifications",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "notification",
                "app": "desk",
                "indexes": [
                    Index(fields=["person_id", "created_at", "id"]),
                    Index(fields=["person_id", "seen_at"]),
                    Index(fields=["ticket_id"]),
                ],
                "unique_together": (("event", "person"),),
                "pk_attr": "id",
                "table_description": "One person is asked to see to one ticket, by an event of it.",
            },
            bases=["Model"],
        ),
    ]

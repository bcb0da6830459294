"""What tickets wait for, which are merged into another, and which were part of another."""

from typing import Any

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from foredesk.database.step import AddColumn, AddReference, Step
from foredesk.tickets.states import WaitingFor


def _reference(column: str, related_name: str) -> Any:
    return fields.ForeignKeyField(
        "desk.Ticket",
        source_field=column,
        to_field="id",
        null=True,
        related_name=related_name,
        on_delete=OnDelete.RESTRICT,
    )


class Migration(Step):
    dependencies = [("desk", "0010_ending_tokens")]

    operations = [
        AddColumn(
            "Ticket",
            "waiting_for",
            fields.CharEnumField(
                null=True,
                description="REQUESTER: requester\nVENDOR: vendor\nCHANGE: change\nAPPROVAL: approval\nOTHER: other",
                enum_type=WaitingFor,
                max_length=16,
            ),
        ),
        AddColumn(
            "Ticket",
            "paused_until",
            fields.DatetimeField(null=True, description="Goes on by itself then"),
        ),
        AddReference("Ticket", "merged_into", _reference("merged_into_id", "merged")),
        AddReference("Ticket", "split_from", _reference("split_from_id", "parts")),
        ops.AddIndex("Ticket", Index(fields=["paused_until"])),
        ops.AddIndex("Ticket", Index(fields=["merged_into_id", "opened_at", "id"])),
        ops.AddIndex("Ticket", Index(fields=["split_from_id", "opened_at", "id"])),
        ops.RunSQL(
            "UPDATE ticket SET waiting_for = 'requester' WHERE state = 'waiting'",
            reverse_sql="",
        ),
    ]

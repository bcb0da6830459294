"""When a request is due, so that a list of any length can be ordered by it."""

from datetime import UTC, datetime

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from foredesk.database.step import AddColumn, Step


class Migration(Step):
    dependencies = [("desk", "0018_notifications")]

    operations = [
        AddColumn(
            "Ticket",
            "due_at",
            fields.DatetimeField(
                default=datetime(9999, 1, 1, tzinfo=UTC),
                description="The nearest target of its running clocks, kept with them",
            ),
        ),
        ops.RunSQL(
            "UPDATE ticket SET due_at = coalesce("
            "(SELECT min(target_due_at) FROM ticket_clock WHERE ticket_id = ticket.id "
            "AND state = 'running' AND is_current AND NOT is_operational), due_at)",
            reverse_sql="",
        ),
        ops.AddIndex("Ticket", Index(fields=["due_at", "id"])),
        ops.AddIndex("Ticket", Index(fields=["team_id", "due_at", "id"])),
    ]

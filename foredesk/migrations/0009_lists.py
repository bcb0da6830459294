"""Indexes by which lists are read in their orders, so that none is sorted or read as a whole."""

from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from foredesk.database.step import Step


class Migration(Step):
    dependencies = [("desk", "0008_access")]

    initial = False

    operations = [
        ops.AddIndex(
            model_name="Agreement",
            index=Index(fields=["name", "id"]),
        ),
        ops.AddIndex(
            model_name="Article",
            index=Index(fields=["updated_at", "id"]),
        ),
        ops.AddIndex(
            model_name="Article",
            index=Index(fields=["created_at", "id"]),
        ),
        ops.AddIndex(
            model_name="Article",
            index=Index(fields=["title", "id"]),
        ),
        ops.AddIndex(
            model_name="Invitation",
            index=Index(fields=["person_id", "expires_at", "id"]),
        ),
        ops.AddIndex(
            model_name="Service",
            index=Index(fields=["name", "id"]),
        ),
        ops.AddIndex(
            model_name="Survey",
            index=Index(fields=["title", "id"]),
        ),
        ops.AddIndex(
            model_name="Ticket",
            index=Index(fields=["team_id", "opened_at", "id"]),
        ),
        ops.AddIndex(
            model_name="Ticket",
            index=Index(fields=["team_id", "updated_at", "id"]),
        ),
        ops.AddIndex(
            model_name="Ticket",
            index=Index(fields=["assignee_id", "opened_at", "id"]),
        ),
    ]

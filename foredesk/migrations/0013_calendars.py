"""What a calendar's exceptions are called, and where its holidays come from."""

from tortoise import fields

from foredesk.database.step import AddColumn, Step


class Migration(Step):
    dependencies = [("desk", "0012_imported")]

    operations = [
        AddColumn(
            "CalendarVersion",
            "names",
            fields.JSONField(
                null=True,
                description='What exceptions are called: {"2026-12-25": "Christmas Day", …}',
            ),
        ),
        AddColumn(
            "CalendarVersion",
            "holidays",
            fields.JSONField(
                null=True,
                description="Where its holidays come from, and for which years they are in it",
            ),
        ),
    ]

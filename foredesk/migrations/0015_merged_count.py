"""How many requests are merged into each."""

from tortoise import fields

from foredesk.database.step import AddColumn, Step


class Migration(Step):
    dependencies = [("desk", "0014_outage_reports")]

    operations = [
        AddColumn(
            "Ticket",
            "merged_count",
            fields.IntField(default=0, description="How many are merged into it"),
        )
    ]

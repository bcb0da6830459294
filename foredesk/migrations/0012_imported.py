"""What the desk that a request was imported from says of its own agreement."""

from tortoise import fields

from foredesk.database.step import AddColumn, Step


class Migration(Step):
    dependencies = [("desk", "0011_acts")]

    operations = [
        AddColumn(
            "Ticket",
            "imported_made_sla",
            fields.BooleanField(
                null=True,
                description="What the desk it was imported from says of its own agreement",
            ),
        ),
    ]

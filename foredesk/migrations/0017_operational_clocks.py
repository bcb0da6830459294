"""Clocks of a team, and their targets, are for those who handle requests."""

from tortoise import fields

from foredesk.database.step import AddColumn, Step


class Migration(Step):
    dependencies = [("desk", "0016_clock_definitions")]

    operations = [
        AddColumn(
            model,
            "is_operational",
            fields.BooleanField(default=False, description="Of a team; not shown to customers"),
        )
        for model in ("AgreementTarget", "TicketClock")
    ]

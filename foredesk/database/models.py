"""Rows that belong to the database itself."""

from tortoise import fields
from tortoise.models import Model


class Counter(Model):
    """The last number given out under a name."""

    name = fields.CharField(max_length=64, primary_key=True)
    value = fields.BigIntField()

    class Meta(Model.Meta):
        table = "counter"

"""Rows that belong to the database itself."""

from tortoise import fields
from tortoise.models import Model


class Counter(Model):
    """The last number given out under a name."""

    name = fields.CharField(max_length=64, primary_key=True)
    value = fields.BigIntField()

    class Meta(Model.Meta):
        table = "counter"


class Done(Model):
    """Something that was done once and must not be done again, such as a job by its key."""

    key = fields.CharField(max_length=200, primary_key=True)
    done_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "done"
        indexes = (("done_at",),)

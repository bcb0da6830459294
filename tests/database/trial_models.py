"""Two tables for the engine trials."""

from tortoise import fields
from tortoise.models import Model


class Number(Model):
    id = fields.IntField(primary_key=True)
    value = fields.IntField(default=0)


class Row(Model):
    id = fields.IntField(primary_key=True)
    tag = fields.CharField(max_length=64)

"""Tokens that end soon are found without reading all of them: they are looked for all the time."""

from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from foredesk.database.step import Step


class Migration(Step):
    dependencies = [("desk", "0009_lists")]

    operations = [ops.AddIndex("ApiToken", Index(fields=["expires_at"]))]

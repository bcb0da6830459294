"""Requests that somebody began to write are kept, with the experiment that shows some people no
suggestions."""

from typing import Any

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from foredesk.database.step import Step
from foredesk.identity import new_id
from foredesk.knowledge.models import SearchChannel


def _reference(name: str, to: str, related_name: str, rule: OnDelete) -> Any:
    return (
        name,
        fields.ForeignKeyField(
            f"desk.{to}",
            source_field=f"{name}_id",
            to_field="id",
            related_name=related_name,
            on_delete=rule,
            null=True,
        ),
    )


class Migration(Step):
    dependencies = [("desk", "0022_search_words")]

    operations = [
        ops.CreateModel(
            name="SuggestionExperiment",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                (
                    "salt",
                    fields.CharField(
                        max_length=64,
                        null=True,
                        description="Makes the draw; forgotten with the people's traces",
                    ),
                ),
                ("holdout_percent", fields.IntField()),
                (
                    "expected_filing",
                    fields.FloatField(
                        description="Share of form starts that lead to a request without "
                        "suggestions, as assumed"
                    ),
                ),
                (
                    "smallest_effect",
                    fields.FloatField(description="Deflection that is to be found, as a share"),
                ),
                ("started_at", fields.DatetimeField()),
                ("ended_at", fields.DatetimeField(null=True)),
                ("version", fields.IntField(default=1, description="For optimistic locking")),
                _reference("started_by", "Person", "started_experiments", OnDelete.SET_NULL),
            ],
            options={
                "table": "suggestion_experiment",
                "app": "desk",
                "indexes": [
                    Index(fields=["started_at", "id"]),
                    Index(fields=["started_by_id"]),
                ],
                "pk_attr": "id",
                "table_description": "A share of the requesters, drawn at random, is shown no "
                "suggestions while they ask.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FormStart",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("channel", fields.CharEnumField(enum_type=SearchChannel, max_length=16)),
                ("begun_at", fields.DatetimeField()),
                ("visitor", fields.CharField(max_length=64, null=True)),
                (
                    "unit",
                    fields.CharField(
                        max_length=64,
                        null=True,
                        description="The requester as the experiment's draw knows them",
                    ),
                ),
                (
                    "is_held_out",
                    fields.BooleanField(default=False, description="Is shown no suggestions"),
                ),
                (
                    "settled_at",
                    fields.DatetimeField(
                        null=True, description="What follows is counted since then"
                    ),
                ),
                (
                    "ticket_count",
                    fields.IntField(default=0, description="Requests filed in the seven days"),
                ),
                (
                    "was_opened",
                    fields.BooleanField(default=False, description="An article was opened"),
                ),
                (
                    "was_confirmed",
                    fields.BooleanField(default=False, description="“This answered it”"),
                ),
                _reference("person", "Person", "form_starts", OnDelete.SET_NULL),
                _reference("organization", "Organization", "form_starts", OnDelete.CASCADE),
                _reference("experiment", "SuggestionExperiment", "form_starts", OnDelete.CASCADE),
            ],
            options={
                "table": "form_start",
                "app": "desk",
                "indexes": [
                    Index(fields=["person_id", "begun_at"]),
                    Index(fields=["visitor", "begun_at"]),
                    Index(fields=["organization_id", "begun_at"]),
                    Index(fields=["experiment_id", "begun_at"]),
                    Index(fields=["settled_at", "begun_at"]),
                ],
                "pk_attr": "id",
                "table_description": "A requester began to write a request; what they do in seven "
                "days belongs to it.",
            },
            bases=["Model"],
        ),
    ]

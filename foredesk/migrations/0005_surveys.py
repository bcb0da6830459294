"""Surveys and what they ask, and who does not want to be asked."""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from foredesk.database.step import CreateChecked, Step
from foredesk.identity import new_id
from foredesk.surveys.models import (
    Metric,
    QuestionType,
    SurveyState,
)


class Migration(Step):
    dependencies = [("desk", "0004_tickets")]

    operations = [
        CreateChecked(
            checks={"survey_probability": "probability IS NULL OR probability BETWEEN 0 AND 1"},
            name="Survey",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("key", fields.CharField(max_length=64)),
                ("title", fields.CharField(max_length=200)),
                ("metric", fields.CharEnumField(enum_type=Metric, max_length=8)),
                (
                    "state",
                    fields.CharEnumField(
                        default=SurveyState.DRAFT, enum_type=SurveyState, max_length=8
                    ),
                ),
                (
                    "delay_seconds",
                    fields.IntField(default=3600, description="From closing to the invitation"),
                ),
                ("expires_after_days", fields.IntField(default=14)),
                (
                    "cool_down_days",
                    fields.IntField(default=90, description="Per person, over all surveys"),
                ),
                (
                    "yearly_limit",
                    fields.IntField(default=4, description="Per person, over all surveys"),
                ),
                (
                    "probability",
                    fields.FloatField(null=True, description="Null: as needed for the half-width"),
                ),
                (
                    "target_half_width",
                    fields.FloatField(default=10.0, description="In percentage points"),
                ),
                ("sampling_secret", fields.CharField(max_length=64)),
                ("created_at", fields.DatetimeField()),
                (
                    "organization",
                    fields.ForeignKeyField(
                        "desk.Organization",
                        source_field="organization_id",
                        to_field="id",
                        related_name="surveys",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "survey",
                "unique_together": (("organization", "key"),),
                "table_description": "A survey of one organization: when it asks, whom, and how often at most.",
            },
        ),
        ops.CreateModel(
            name="SurveyOptOut",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("at", fields.DatetimeField()),
                (
                    "person",
                    fields.OneToOneField(
                        "desk.Person",
                        source_field="person_id",
                        to_field="id",
                        related_name="survey_opt_out",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "survey_opt_out",
                "table_description": "A person who does not want to be asked any more, by any survey.",
            },
        ),
        ops.CreateModel(
            name="SurveyVersion",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("number", fields.IntField()),
                ("definition", fields.JSONField(description="Our subset of SurveyJS")),
                ("sha256", fields.CharField(max_length=64)),
                ("languages", fields.JSONField()),
                ("published_at", fields.DatetimeField()),
                (
                    "survey",
                    fields.ForeignKeyField(
                        "desk.Survey",
                        source_field="survey_id",
                        to_field="id",
                        related_name="versions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "published_by",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="published_by_id",
                        null=True,
                        to_field="id",
                        related_name="published_surveys",
                        on_delete=OnDelete.SET_NULL,
                    ),
                ),
            ],
            options={
                "table": "survey_version",
                "unique_together": (("survey", "number"),),
                "indexes": [Index(fields=["published_by_id"])],
                "table_description": "What is asked, word for word. Never changed; answers point at it.",
            },
        ),
        ops.CreateModel(
            name="Question",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("key", fields.CharField(max_length=64)),
                ("type", fields.CharEnumField(enum_type=QuestionType, max_length=16)),
                ("position", fields.IntField()),
                ("required", fields.BooleanField(default=False)),
                (
                    "scores_metric",
                    fields.BooleanField(
                        default=False, description="The survey's score is its answer"
                    ),
                ),
                (
                    "version",
                    fields.ForeignKeyField(
                        "desk.SurveyVersion",
                        source_field="version_id",
                        to_field="id",
                        related_name="questions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "survey_question",
                "unique_together": (("version", "key"),),
                "table_description": "One question of a version, so that answers can be counted in SQL.",
            },
        ),
    ]

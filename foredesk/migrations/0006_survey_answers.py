"""Whom a survey asked and why, what they answered, and what it amounts to."""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from foredesk.database.step import CreateChecked, Step
from foredesk.identity import new_id
from foredesk.surveys.models import (
    InvitationState,
    ResponseState,
)


class Migration(Step):
    dependencies = [("desk", "0005_surveys")]

    operations = [
        CreateChecked(
            checks={
                "survey_decision_probabilities": "probability BETWEEN 0 AND 1 AND inclusion_probability BETWEEN 0 AND 1"
            },
            name="InvitationDecision",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("at", fields.DatetimeField()),
                ("eligible", fields.BooleanField()),
                ("reasons", fields.JSONField(default=list)),
                ("stratum", fields.CharField(default="", max_length=64)),
                ("probability", fields.FloatField()),
                ("inclusion_probability", fields.FloatField()),
                (
                    "draw",
                    fields.FloatField(
                        description="From the secret and the ticket: between 0 and 1"
                    ),
                ),
                ("drawn", fields.BooleanField(description="Invited")),
                (
                    "version",
                    fields.ForeignKeyField(
                        "desk.SurveyVersion",
                        source_field="version_id",
                        to_field="id",
                        related_name="decisions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "survey",
                    fields.ForeignKeyField(
                        "desk.Survey",
                        source_field="survey_id",
                        to_field="id",
                        related_name="decisions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "ticket",
                    fields.ForeignKeyField(
                        "desk.Ticket",
                        source_field="ticket_id",
                        to_field="id",
                        related_name="survey_decisions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="person_id",
                        to_field="id",
                        related_name="survey_decisions",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "survey_invitation_decision",
                "unique_together": (("survey", "ticket"),),
                "indexes": [
                    Index(fields=["person_id", "at"]),
                    Index(fields=["ticket_id"]),
                    Index(fields=["version_id"]),
                ],
                "table_description": "Whether a closed ticket's requester is asked, and why: kept also when they are not.",
            },
        ),
        ops.CreateModel(
            name="Invitation",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                (
                    "state",
                    fields.CharEnumField(
                        default=InvitationState.WAITING, enum_type=InvitationState, max_length=16
                    ),
                ),
                ("token_hash", fields.CharField(null=True, unique=True, max_length=64)),
                ("send_at", fields.DatetimeField()),
                ("sent_at", fields.DatetimeField(null=True)),
                ("opened_at", fields.DatetimeField(null=True)),
                ("expires_at", fields.DatetimeField()),
                (
                    "decision",
                    fields.OneToOneField(
                        "desk.InvitationDecision",
                        source_field="decision_id",
                        to_field="id",
                        related_name="invitation",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="person_id",
                        to_field="id",
                        related_name="survey_invitations",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "ticket",
                    fields.ForeignKeyField(
                        "desk.Ticket",
                        source_field="ticket_id",
                        to_field="id",
                        related_name="survey_invitations",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "version",
                    fields.ForeignKeyField(
                        "desk.SurveyVersion",
                        source_field="version_id",
                        to_field="id",
                        related_name="invitations",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "survey_invitation",
                "indexes": [
                    Index(fields=["state", "send_at"]),
                    Index(fields=["state", "expires_at"]),
                    Index(fields=["person_id", "sent_at"]),
                    Index(fields=["ticket_id"]),
                    Index(fields=["version_id"]),
                ],
                "table_description": "One person asked once. The token is in their mail; we keep only its hash.",
            },
        ),
        ops.CreateModel(
            name="Response",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                (
                    "state",
                    fields.CharEnumField(
                        default=ResponseState.STARTED, enum_type=ResponseState, max_length=16
                    ),
                ),
                ("language", fields.CharField(default="en", max_length=35)),
                ("channel", fields.CharField(default="portal", max_length=16)),
                ("weight", fields.FloatField(default=1.0)),
                ("started_at", fields.DatetimeField()),
                ("completed_at", fields.DatetimeField(null=True)),
                (
                    "invitation",
                    fields.OneToOneField(
                        "desk.Invitation",
                        source_field="invitation_id",
                        to_field="id",
                        related_name="response",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="person_id",
                        to_field="id",
                        related_name="survey_responses",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "ticket",
                    fields.ForeignKeyField(
                        "desk.Ticket",
                        source_field="ticket_id",
                        to_field="id",
                        related_name="survey_responses",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "survey",
                    fields.ForeignKeyField(
                        "desk.Survey",
                        source_field="survey_id",
                        to_field="id",
                        related_name="responses",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "version",
                    fields.ForeignKeyField(
                        "desk.SurveyVersion",
                        source_field="version_id",
                        to_field="id",
                        related_name="responses",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "survey_response",
                "indexes": [
                    Index(fields=["survey_id", "completed_at"]),
                    Index(fields=["person_id"]),
                    Index(fields=["ticket_id"]),
                    Index(fields=["version_id"]),
                ],
                "table_description": "What one person made of one invitation.",
            },
        ),
        ops.CreateModel(
            name="Answer",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("number", fields.IntField(null=True)),
                ("text", fields.TextField(null=True)),
                ("choices", fields.JSONField(null=True)),
                ("answered_at", fields.DatetimeField()),
                (
                    "response",
                    fields.ForeignKeyField(
                        "desk.Response",
                        source_field="response_id",
                        to_field="id",
                        related_name="answers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "question",
                    fields.ForeignKeyField(
                        "desk.Question",
                        source_field="question_id",
                        to_field="id",
                        related_name="answers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "survey_answer",
                "unique_together": (("response", "question"),),
                "indexes": [Index(fields=["question_id", "number"])],
                "table_description": "One answer: a number, a text, or the chosen values. A skipped question has no row.",
            },
        ),
        ops.CreateModel(
            name="Score",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("metric", fields.CharField(max_length=64)),
                ("value", fields.FloatField()),
                ("plugin", fields.CharField(default="", max_length=120)),
                ("explanation", fields.TextField(default="")),
                (
                    "response",
                    fields.ForeignKeyField(
                        "desk.Response",
                        source_field="response_id",
                        to_field="id",
                        related_name="scores",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
            ],
            options={
                "table": "survey_score",
                "unique_together": (("response", "metric", "plugin"),),
                "table_description": "What a response amounts to on one metric, by us or by a plugin.",
            },
        ),
    ]

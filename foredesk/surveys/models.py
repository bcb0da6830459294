"""What is kept of surveys: what is asked, whom we ask and why, and what they answer."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from foredesk.identity import new_id

if TYPE_CHECKING:
    from foredesk.people.models import Organization, Person
    from foredesk.tickets.models import Ticket


class SurveyState(StrEnum):
    DRAFT = "draft"
    LIVE = "live"
    PAUSED = "paused"
    CLOSED = "closed"


class Metric(StrEnum):
    CSAT = "csat"
    NPS = "nps"
    CES = "ces"


class QuestionType(StrEnum):
    CSAT = "csat"
    NPS = "nps"
    CES = "ces"
    RATING = "rating"
    SINGLE = "single"
    MULTI = "multi"
    YES_NO = "yes_no"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    STATEMENT = "statement"


class InvitationState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    OPENED = "opened"
    ANSWERED = "answered"
    EXPIRED = "expired"
    CANCELED = "canceled"


class ResponseState(StrEnum):
    STARTED = "started"
    PARTIAL = "partial"
    COMPLETED = "completed"


class Survey(Model):
    """A survey of one organization: when it asks, whom, and how often at most."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    key = fields.CharField(max_length=64)
    title = fields.CharField(max_length=200)
    metric = fields.CharEnumField(Metric, max_length=8)
    state = fields.CharEnumField(SurveyState, max_length=8, default=SurveyState.DRAFT)
    delay_seconds = fields.IntField(default=3600, description="From closing to the invitation")
    expires_after_days = fields.IntField(default=14)
    cool_down_days = fields.IntField(default=90, description="Per person, over all surveys")
    yearly_limit = fields.IntField(default=4, description="Per person, over all surveys")
    probability = fields.FloatField(null=True, description="Null: as needed for the half-width")
    target_half_width = fields.FloatField(default=10.0, description="In percentage points")
    sampling_secret = fields.CharField(max_length=64)
    created_at = fields.DatetimeField()

    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "desk.Organization", related_name="surveys", on_delete=fields.CASCADE
    )
    organization_id: UUID
    versions: fields.ReverseRelation[SurveyVersion]

    class Meta(Model.Meta):
        table = "survey"
        ordering = ["title", "id"]
        unique_together = (("organization", "key"),)
        indexes = [("title", "id")]


class SurveyVersion(Model):
    """What is asked, word for word. Never changed; answers point at it."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    number = fields.IntField()
    definition = fields.JSONField[dict[str, Any]](description="Our subset of SurveyJS")
    sha256 = fields.CharField(max_length=64)
    languages = fields.JSONField[list[str]]()
    published_at = fields.DatetimeField()

    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField(
        "desk.Survey", related_name="versions", on_delete=fields.CASCADE
    )
    survey_id: UUID
    published_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="published_surveys", null=True, on_delete=fields.SET_NULL
    )
    published_by_id: UUID | None
    questions: fields.ReverseRelation[Question]

    class Meta(Model.Meta):
        table = "survey_version"
        ordering = ["number"]
        unique_together = (("survey", "number"),)
        indexes = [("published_by_id",)]


class Question(Model):
    """One question of a version, so that answers can be counted in SQL."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    key = fields.CharField(max_length=64)
    type = fields.CharEnumField(QuestionType, max_length=16)
    position = fields.IntField()
    required = fields.BooleanField(default=False)
    scores_metric = fields.BooleanField(
        default=False, description="The survey's score is its answer"
    )

    version: fields.ForeignKeyRelation[SurveyVersion] = fields.ForeignKeyField(
        "desk.SurveyVersion", related_name="questions", on_delete=fields.CASCADE
    )
    version_id: UUID

    class Meta(Model.Meta):
        table = "survey_question"
        ordering = ["position"]
        unique_together = (("version", "key"),)


class InvitationDecision(Model):
    """Whether a closed ticket's requester is asked, and why: kept also when they are not.

    `inclusion_probability` is the chance this ticket had of being asked about at all, cool-downs
    counted in; answers are weighted by its inverse.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    at = fields.DatetimeField()
    eligible = fields.BooleanField()
    reasons = fields.JSONField[list[str]](default=list)
    stratum = fields.CharField(max_length=64, default="")
    probability = fields.FloatField()
    inclusion_probability = fields.FloatField()
    draw = fields.FloatField(description="From the secret and the ticket: between 0 and 1")
    drawn = fields.BooleanField(description="Invited")

    version: fields.ForeignKeyRelation[SurveyVersion] = fields.ForeignKeyField(
        "desk.SurveyVersion", related_name="decisions", on_delete=fields.CASCADE
    )
    version_id: UUID
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField(
        "desk.Survey", related_name="decisions", on_delete=fields.CASCADE
    )
    survey_id: UUID
    ticket: fields.ForeignKeyRelation[Ticket] = fields.ForeignKeyField(
        "desk.Ticket", related_name="survey_decisions", on_delete=fields.CASCADE
    )
    ticket_id: UUID
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="survey_decisions", on_delete=fields.CASCADE
    )
    person_id: UUID

    class Meta(Model.Meta):
        table = "survey_invitation_decision"
        ordering = ["-at"]
        unique_together = (("survey", "ticket"),)
        indexes = [("person_id", "at"), ("ticket_id",), ("version_id",)]


class Invitation(Model):
    """One person asked once. The token is in their mail; we keep only its hash."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    state = fields.CharEnumField(InvitationState, max_length=16, default=InvitationState.WAITING)
    token_hash = fields.CharField(max_length=64, unique=True, null=True)
    send_at = fields.DatetimeField()
    sent_at = fields.DatetimeField(null=True)
    opened_at = fields.DatetimeField(null=True)
    expires_at = fields.DatetimeField()

    decision: fields.OneToOneRelation[InvitationDecision] = fields.OneToOneField(
        "desk.InvitationDecision", related_name="invitation", on_delete=fields.CASCADE
    )
    decision_id: UUID
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="survey_invitations", on_delete=fields.CASCADE
    )
    person_id: UUID
    ticket: fields.ForeignKeyRelation[Ticket] = fields.ForeignKeyField(
        "desk.Ticket", related_name="survey_invitations", on_delete=fields.CASCADE
    )
    ticket_id: UUID
    version: fields.ForeignKeyRelation[SurveyVersion] = fields.ForeignKeyField(
        "desk.SurveyVersion", related_name="invitations", on_delete=fields.CASCADE
    )
    version_id: UUID

    class Meta(Model.Meta):
        table = "survey_invitation"
        ordering = ["-send_at"]
        indexes = [
            ("state", "send_at"),
            ("state", "expires_at"),
            ("person_id", "sent_at"),
            ("person_id", "expires_at", "id"),
            ("ticket_id",),
            ("version_id",),
        ]


class Response(Model):
    """What one person made of one invitation."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    state = fields.CharEnumField(ResponseState, max_length=16, default=ResponseState.STARTED)
    language = fields.CharField(max_length=35, default="en")
    channel = fields.CharField(max_length=16, default="portal")
    weight = fields.FloatField(default=1.0)
    started_at = fields.DatetimeField()
    completed_at = fields.DatetimeField(null=True)

    invitation: fields.OneToOneRelation[Invitation] = fields.OneToOneField(
        "desk.Invitation", related_name="response", on_delete=fields.CASCADE
    )
    invitation_id: UUID
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="survey_responses", on_delete=fields.CASCADE
    )
    person_id: UUID
    ticket: fields.ForeignKeyRelation[Ticket] = fields.ForeignKeyField(
        "desk.Ticket", related_name="survey_responses", on_delete=fields.CASCADE
    )
    ticket_id: UUID
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField(
        "desk.Survey", related_name="responses", on_delete=fields.CASCADE
    )
    survey_id: UUID
    version: fields.ForeignKeyRelation[SurveyVersion] = fields.ForeignKeyField(
        "desk.SurveyVersion", related_name="responses", on_delete=fields.CASCADE
    )
    version_id: UUID
    answers: fields.ReverseRelation[Answer]
    scores: fields.ReverseRelation[Score]

    class Meta(Model.Meta):
        table = "survey_response"
        ordering = ["-started_at"]
        indexes = [("survey_id", "completed_at"), ("person_id",), ("ticket_id",), ("version_id",)]


class Answer(Model):
    """One answer: a number, a text, or the chosen values. A skipped question has no row."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    number = fields.IntField(null=True)
    text = fields.TextField(null=True)
    choices = fields.JSONField[list[str]](null=True)
    answered_at = fields.DatetimeField()

    response: fields.ForeignKeyRelation[Response] = fields.ForeignKeyField(
        "desk.Response", related_name="answers", on_delete=fields.CASCADE
    )
    response_id: UUID
    question: fields.ForeignKeyRelation[Question] = fields.ForeignKeyField(
        "desk.Question", related_name="answers", on_delete=fields.CASCADE
    )
    question_id: UUID

    class Meta(Model.Meta):
        table = "survey_answer"
        unique_together = (("response", "question"),)
        indexes = [("question_id", "number")]


class Score(Model):
    """What a response amounts to on one metric, by us or by a plugin."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    metric = fields.CharField(max_length=64)
    value = fields.FloatField()
    plugin = fields.CharField(max_length=120, default="")
    explanation = fields.TextField(default="")

    response: fields.ForeignKeyRelation[Response] = fields.ForeignKeyField(
        "desk.Response", related_name="scores", on_delete=fields.CASCADE
    )
    response_id: UUID

    class Meta(Model.Meta):
        table = "survey_score"
        ordering = ["metric", "plugin"]
        unique_together = (("response", "metric", "plugin"),)


class SurveyOptOut(Model):
    """A person who does not want to be asked any more, by any survey."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    at = fields.DatetimeField()

    person: fields.OneToOneRelation[Person] = fields.OneToOneField(
        "desk.Person", related_name="survey_opt_out", on_delete=fields.CASCADE
    )
    person_id: UUID

    class Meta(Model.Meta):
        table = "survey_opt_out"

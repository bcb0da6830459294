"""A ticket, the log of what happened to it, and the articles that were tied to it."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from foredesk.catalog.models import Service
from foredesk.identity import new_id
from foredesk.knowledge.models import Article
from foredesk.people.models import Organization, Person, Team
from foredesk.sla.due_at import NEVER
from foredesk.sla.models import AgreementVersion, TicketClock
from foredesk.sla.priority import Impact, Priority, Urgency
from foredesk.tickets.states import EventKind, OutageReportState, TicketState, WaitingFor


class TicketKind(StrEnum):
    """MOF's four kinds of request."""

    INFORMATION = "information"
    SERVICE_FULFILLMENT = "service_fulfillment"
    NEW_SERVICE = "new_service"
    INCIDENT = "incident"


class Ticket(Model):
    """One request of one person, from first contact to confirmed closure.

    A projection of its events: `foredesk.tickets.projection.apply` writes it and nothing else.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    number = fields.IntField(unique=True, description="What people say aloud")
    subject = fields.CharField(max_length=200)
    details = fields.TextField(default="")
    channel = fields.CharField(max_length=16, default="portal")
    external_key = fields.CharField(max_length=128, null=True, unique=True)
    state = fields.CharEnumField(TicketState, max_length=16, default=TicketState.OPEN)
    kind = fields.CharEnumField(TicketKind, max_length=24, null=True)
    category = fields.CharField(max_length=64, null=True)
    impact = fields.CharEnumField(Impact, max_length=8, null=True)
    urgency = fields.CharEnumField(Urgency, max_length=8, null=True)
    priority = fields.CharEnumField(Priority, max_length=16, default=Priority.NORMAL)
    resolution = fields.TextField(default="")
    is_confidential = fields.BooleanField(default=False, description="A confidential team has it")
    version = fields.IntField(default=0, description="Sequence of the last event")
    escalation_level = fields.IntField(default=0)
    hand_off_count = fields.IntField(default=0)
    reopen_count = fields.IntField(default=0)
    refusal_count = fields.IntField(default=0)
    merged_count = fields.IntField(default=0, description="How many are merged into it")
    opened_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    classified_at = fields.DatetimeField(null=True)
    first_responded_at = fields.DatetimeField(null=True)
    estimated_repair_at = fields.DatetimeField(null=True)
    estimated_repair_latest_at = fields.DatetimeField(null=True, description="Almost certainly")
    estimate_reminder_at = fields.DatetimeField(null=True, description="Overdue then, and untold")
    resolved_at = fields.DatetimeField(null=True)
    confirmed_at = fields.DatetimeField(null=True)
    closed_at = fields.DatetimeField(null=True)
    imported_made_sla = fields.BooleanField(
        null=True, description="What the desk it was imported from says of its own agreement"
    )
    close_due_at = fields.DatetimeField(null=True, description="Closes then if nobody answers")
    due_at = fields.DatetimeField(
        default=NEVER, description="The nearest target of its running clocks, kept with them"
    )
    outage_report_state = fields.CharEnumField(OutageReportState, max_length=16, null=True)
    waiting_for = fields.CharEnumField(WaitingFor, max_length=16, null=True)
    paused_until = fields.DatetimeField(null=True, description="Goes on by itself then")

    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "desk.Organization", related_name="tickets", on_delete=fields.RESTRICT
    )
    organization_id: UUID
    requester: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="tickets", on_delete=fields.RESTRICT
    )
    requester_id: UUID
    service: fields.ForeignKeyNullableRelation[Service] = fields.ForeignKeyField(
        "desk.Service", related_name="tickets", null=True, on_delete=fields.RESTRICT
    )
    service_id: UUID | None
    team: fields.ForeignKeyNullableRelation[Team] = fields.ForeignKeyField(
        "desk.Team", related_name="tickets", null=True, on_delete=fields.RESTRICT
    )
    team_id: UUID | None
    assignee: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="assigned_tickets", null=True, on_delete=fields.RESTRICT
    )
    assignee_id: UUID | None
    agreement_version: fields.ForeignKeyNullableRelation[AgreementVersion] = fields.ForeignKeyField(
        "desk.AgreementVersion", related_name="tickets", null=True, on_delete=fields.RESTRICT
    )
    agreement_version_id: UUID | None
    merged_into: fields.ForeignKeyNullableRelation["Ticket"] = fields.ForeignKeyField(
        "desk.Ticket", related_name="merged", null=True, on_delete=fields.RESTRICT
    )
    merged_into_id: UUID | None
    split_from: fields.ForeignKeyNullableRelation["Ticket"] = fields.ForeignKeyField(
        "desk.Ticket", related_name="parts", null=True, on_delete=fields.RESTRICT
    )
    split_from_id: UUID | None
    clocks: fields.ReverseRelation[TicketClock]

    class Meta(Model.Meta):
        table = "ticket"
        ordering = ["-opened_at", "-id"]
        indexes = [
            ("organization_id", "opened_at", "id"),
            ("requester_id", "opened_at", "id"),
            ("assignee_id", "state"),
            ("team_id", "state"),
            ("team_id", "opened_at", "id"),
            ("team_id", "updated_at", "id"),
            ("assignee_id", "opened_at", "id"),
            ("state", "opened_at", "id"),
            ("opened_at", "id"),
            ("updated_at", "id"),
            ("due_at", "id"),
            ("team_id", "due_at", "id"),
            ("close_due_at",),
            ("estimate_reminder_at",),
            ("paused_until",),
            ("merged_into_id", "opened_at", "id"),
            ("split_from_id", "opened_at", "id"),
            ("classified_at", "opened_at"),
            ("service_id",),
            ("agreement_version_id",),
        ]


class TicketEvent(Model):
    """One thing that happened to a ticket. Never changed, never deleted."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    sequence = fields.IntField(description="1 for the first event of the ticket")
    kind = fields.CharEnumField(EventKind, max_length=24)
    occurred_at = fields.DatetimeField(description="When it happened")
    recorded_at = fields.DatetimeField(description="When the desk learned of it")
    data = fields.JSONField[dict[str, object]](default=dict)

    ticket: fields.ForeignKeyRelation[Ticket] = fields.ForeignKeyField(
        "desk.Ticket", related_name="events", on_delete=fields.RESTRICT
    )
    ticket_id: UUID
    actor: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="acts", null=True, on_delete=fields.RESTRICT
    )
    actor_id: UUID | None

    class Meta(Model.Meta):
        table = "ticket_event"
        ordering = ["sequence"]
        unique_together = (("ticket", "sequence"),)
        indexes = [("actor_id",)]


class ArticleUse(StrEnum):
    """What an agent says an article was for a request."""

    USED = "used"
    FLAGGED = "flagged"
    FIXED = "fixed"
    WRITTEN = "written"


class TicketArticle(Model):
    """An article that was sent with a reply, or that a request was resolved with.

    Or that an agent linked, saying what it was worth: they can do all of this with one.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    resolved = fields.BooleanField(default=False, description="The request was resolved with it")
    sent = fields.BooleanField(default=False, description="It went along with a reply")
    use = fields.CharEnumField(ArticleUse, max_length=16, null=True)
    note = fields.TextField(default="", description="What is wrong with it, or was")
    article_version = fields.IntField(null=True, description="Version that this was said of")
    linked_at = fields.DatetimeField()

    ticket: fields.ForeignKeyRelation[Ticket] = fields.ForeignKeyField(
        "desk.Ticket", related_name="article_links", on_delete=fields.RESTRICT
    )
    ticket_id: UUID
    article: fields.ForeignKeyRelation[Article] = fields.ForeignKeyField(
        "desk.Article", related_name="ticket_links", on_delete=fields.RESTRICT
    )
    article_id: UUID

    class Meta(Model.Meta):
        table = "ticket_article"
        unique_together = (("ticket", "article"),)
        indexes = [("article_id",)]

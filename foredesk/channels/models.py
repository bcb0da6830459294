"""What is kept of mail, the outbox, and of what people are told inside the desk."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from foredesk.identity import new_id

if TYPE_CHECKING:
    from foredesk.people.models import Person
    from foredesk.tickets.models import Ticket, TicketEvent


class MailState(StrEnum):
    """KEPT: there is no outside to send it to, so it stays in the outbox. FAILED: given up."""

    WAITING = "waiting"
    SENT = "sent"
    KEPT = "kept"
    FAILED = "failed"


class OutboxMail(Model):
    """One mail on its way out. Its Message-ID is fixed before the first try."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    key = fields.CharField(max_length=200, unique=True, description="Names the occasion")
    recipient = fields.CharField(max_length=320)
    subject = fields.CharField(max_length=998)
    text = fields.TextField()
    locale = fields.CharField(max_length=35, default="en")
    message_id = fields.CharField(max_length=320, unique=True)
    state = fields.CharEnumField(MailState, max_length=16, default=MailState.WAITING)
    attempts = fields.IntField(default=0)
    problem = fields.TextField(default="", description="Why the last try failed")
    created_at = fields.DatetimeField()
    sent_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "outbox_mail"
        ordering = ["-created_at", "-id"]
        indexes = [("created_at",), ("recipient",)]


class Notification(Model):
    """One person is asked to see to one ticket, by an event of it."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField(null=True)

    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="notifications", on_delete=fields.CASCADE
    )
    person_id: UUID
    ticket: fields.ForeignKeyRelation[Ticket] = fields.ForeignKeyField(
        "desk.Ticket", related_name="notifications", on_delete=fields.CASCADE
    )
    ticket_id: UUID
    event: fields.ForeignKeyRelation[TicketEvent] = fields.ForeignKeyField(
        "desk.TicketEvent", related_name="notifications", on_delete=fields.CASCADE
    )
    event_id: UUID

    class Meta(Model.Meta):
        table = "notification"
        ordering = ["-created_at", "-id"]
        unique_together = (("event", "person"),)
        indexes = [("person_id", "created_at", "id"), ("person_id", "seen_at"), ("ticket_id",)]

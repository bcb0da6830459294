"""What is kept of mail: the outbox."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from foredesk.identity import new_id


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

"""The reason for outage of a ticket: its versions, and what will be done about the cause."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from foredesk.identity import new_id
from foredesk.tickets.states import OutageReportState

if TYPE_CHECKING:
    from foredesk.people.models import Person
    from foredesk.tickets.models import Ticket


class OutageReport(Model):
    """What the customer of one ticket is told of an outage, and what they say to it.

    A projection of the ticket's events: `foredesk.outages.projection.apply_to` writes it.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    state = fields.CharEnumField(
        OutageReportState, max_length=16, null=True, description="Null once it is discarded"
    )
    version = fields.IntField(default=0, description="Number of the newest version")
    sent_version = fields.IntField(null=True, description="Which one the customer has")
    drafted_at = fields.DatetimeField()
    sent_at = fields.DatetimeField(null=True)
    answered_at = fields.DatetimeField(null=True)
    refusal = fields.TextField(default="", description="Why the customer refused it last")
    comment = fields.TextField(default="", description="What the customer said accepting it")

    ticket: fields.OneToOneRelation[Ticket] = fields.OneToOneField(
        "desk.Ticket", related_name="outage_report", on_delete=fields.RESTRICT
    )
    ticket_id: UUID
    answered_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="answered_reports", null=True, on_delete=fields.RESTRICT
    )
    answered_by_id: UUID | None

    class Meta(Model.Meta):
        table = "outage_report"
        indexes = [("answered_by_id",)]


class OutageReportVersion(Model):
    """What the report said once. Never changed, never deleted."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    number = fields.IntField(description="1 for the first draft")
    summary = fields.CharField(max_length=200)
    impact = fields.TextField(default="")
    cause = fields.TextField(default="")
    workaround = fields.TextField(default="")
    timeline = fields.JSONField[list[dict[str, str]]](
        description='Oldest first: [{"at": instant, "text": what happened}, …]'
    )
    note = fields.TextField(default="", description="Why it was revised; only agents see it")
    written_at = fields.DatetimeField()

    report: fields.ForeignKeyRelation[OutageReport] = fields.ForeignKeyField(
        "desk.OutageReport", related_name="versions", on_delete=fields.RESTRICT
    )
    report_id: UUID
    written_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="written_reports", null=True, on_delete=fields.RESTRICT
    )
    written_by_id: UUID | None

    class Meta(Model.Meta):
        table = "outage_report_version"
        ordering = ["number"]
        unique_together = (("report", "number"),)
        indexes = [("written_by_id",)]


class OutageAction(Model):
    """Something that somebody does so that it does not happen again.

    It is in the versions from `since_version` on, until and without `until_version`: another
    owner or day makes another action of it.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    position = fields.IntField(description="Place in the list")
    what = fields.CharField(max_length=500)
    due_on = fields.DateField()
    since_version = fields.IntField()
    until_version = fields.IntField(null=True)
    done_at = fields.DatetimeField(null=True)

    report: fields.ForeignKeyRelation[OutageReport] = fields.ForeignKeyField(
        "desk.OutageReport", related_name="actions", on_delete=fields.RESTRICT
    )
    report_id: UUID
    owner: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="outage_actions", on_delete=fields.RESTRICT
    )
    owner_id: UUID
    done_by: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="done_outage_actions", null=True, on_delete=fields.RESTRICT
    )
    done_by_id: UUID | None

    class Meta(Model.Meta):
        table = "outage_action"
        ordering = ["position", "id"]
        indexes = [("report_id", "position"), ("owner_id", "due_on"), ("done_by_id",)]

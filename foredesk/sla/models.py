"""What is kept of service levels: calendars, agreements, and the cached reading of every clock."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from foredesk.identity import new_id
from foredesk.sla.priority import Priority

if TYPE_CHECKING:
    from foredesk.people.models import Organization


class ClockName(StrEnum):
    RESPONSE = "response"
    RESOLUTION = "resolution"


class ClockState(StrEnum):
    """A stopped clock tells its end: MET the target, LATE but in the minimum, MISSED both."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    LATE = "late"
    MISSED = "missed"


class Calendar(Model):
    """When somebody works on requests: the name; the hours are in its versions."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    name = fields.CharField(max_length=120, unique=True)
    created_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "calendar"
        ordering = ["name"]


class CalendarVersion(Model):
    """Opening hours from one instant on, until the next version begins. Never changed."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    valid_from = fields.DatetimeField()
    time_zone = fields.CharField(max_length=64)
    weekly = fields.JSONField[dict[str, list[str]]](
        description='{"monday": ["09:00-12:30", "13:00-17:00"], …}'
    )
    exceptions = fields.JSONField[dict[str, list[str]]](
        default=dict, description='{"2026-12-25": [], …}'
    )

    calendar: fields.ForeignKeyRelation[Calendar] = fields.ForeignKeyField(
        "desk.Calendar", related_name="versions", on_delete=fields.CASCADE
    )
    calendar_id: UUID

    class Meta(Model.Meta):
        table = "calendar_version"
        ordering = ["valid_from"]
        unique_together = (("calendar", "valid_from"),)


class Agreement(Model):
    """What we promised: to an organization, for a service, for a kind of request, or to all.

    A null organization, service or kind means any.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    name = fields.CharField(max_length=120)
    kind = fields.CharField(max_length=32, null=True)
    created_at = fields.DatetimeField()

    organization: fields.ForeignKeyNullableRelation[Organization] = fields.ForeignKeyField(
        "desk.Organization", related_name="agreements", null=True, on_delete=fields.CASCADE
    )
    organization_id: UUID | None
    service: fields.ForeignKeyNullableRelation[Model] = fields.ForeignKeyField(
        "desk.Service", related_name="agreements", null=True, on_delete=fields.CASCADE
    )
    service_id: UUID | None

    class Meta(Model.Meta):
        table = "agreement"
        ordering = ["name", "id"]
        indexes = [("organization_id",), ("service_id",), ("name", "id")]


class AgreementVersion(Model):
    """The terms from one instant on, until the next version begins. Never changed."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    number = fields.IntField()
    valid_from = fields.DatetimeField()

    agreement: fields.ForeignKeyRelation[Agreement] = fields.ForeignKeyField(
        "desk.Agreement", related_name="versions", on_delete=fields.CASCADE
    )
    agreement_id: UUID
    calendar: fields.ForeignKeyRelation[Calendar] = fields.ForeignKeyField(
        "desk.Calendar", related_name="agreement_versions", on_delete=fields.RESTRICT
    )
    calendar_id: UUID
    targets: fields.ReverseRelation[AgreementTarget]

    class Meta(Model.Meta):
        table = "agreement_version"
        ordering = ["valid_from"]
        unique_together = (("agreement", "number"), ("agreement", "valid_from"))
        indexes = [("calendar_id",)]


class AgreementTarget(Model):
    """For one clock and priority: what we aim at, and what the customer may count on."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    clock = fields.CharEnumField(ClockName, max_length=16)
    priority = fields.CharEnumField(Priority, max_length=16)
    target_seconds = fields.IntField()
    minimum_seconds = fields.IntField()

    version: fields.ForeignKeyRelation[AgreementVersion] = fields.ForeignKeyField(
        "desk.AgreementVersion", related_name="targets", on_delete=fields.CASCADE
    )
    version_id: UUID

    class Meta(Model.Meta):
        table = "agreement_target"
        ordering = ["clock", "target_seconds"]
        unique_together = (("version", "clock", "priority"),)


class TicketClock(Model):
    """One clock of one ticket as last read: a cache for lists and timers, rebuilt from events.

    Due times are null while the clock is paused or stopped, unless they have passed already.
    `elapsed_seconds` is the working time up to `counted_until`, the last event that mattered.
    The `…_fired_at` columns remember for which instant a notice went out.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    name = fields.CharEnumField(ClockName, max_length=16)
    state = fields.CharEnumField(ClockState, max_length=16)
    priority = fields.CharEnumField(Priority, max_length=16)
    started_at = fields.DatetimeField()
    stopped_at = fields.DatetimeField(null=True)
    counted_until = fields.DatetimeField()
    elapsed_seconds = fields.IntField()
    target_seconds = fields.IntField()
    minimum_seconds = fields.IntField()
    warn_at = fields.DatetimeField(null=True)
    target_due_at = fields.DatetimeField(null=True)
    minimum_due_at = fields.DatetimeField(null=True)
    target_breached_at = fields.DatetimeField(null=True)
    minimum_breached_at = fields.DatetimeField(null=True)
    warning_fired_at = fields.DatetimeField(null=True)
    target_fired_at = fields.DatetimeField(null=True)
    minimum_fired_at = fields.DatetimeField(null=True)
    next_due_at = fields.DatetimeField(null=True, description="The next notice; null for none")

    ticket: fields.ForeignKeyRelation[Model] = fields.ForeignKeyField(
        "desk.Ticket", related_name="clocks", on_delete=fields.CASCADE
    )
    ticket_id: UUID
    agreement_version: fields.ForeignKeyRelation[AgreementVersion] = fields.ForeignKeyField(
        "desk.AgreementVersion", related_name="clocks", on_delete=fields.RESTRICT
    )
    agreement_version_id: UUID

    class Meta(Model.Meta):
        table = "ticket_clock"
        ordering = ["name"]
        unique_together = (("ticket", "name"),)
        indexes = [("next_due_at",), ("agreement_version_id",)]

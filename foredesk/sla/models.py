"""What is kept of service levels: calendars, agreements, and the cached reading of every clock."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from foredesk.identity import new_id
from foredesk.people.roles import Role
from foredesk.sla.definitions import Level
from foredesk.sla.priority import Priority

if TYPE_CHECKING:
    from foredesk.people.models import Organization, Person, Team


class ClockState(StrEnum):
    """A stopped clock tells its end: MET the target, LATE but in the minimum, MISSED both.

    PAUSED stands still for whatever reason, but for MERGED, which is never looked at.
    """

    RUNNING = "running"
    PAUSED = "paused"
    MERGED = "merged"
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
    names = fields.JSONField[dict[str, str] | None](
        null=True, description='What exceptions are called: {"2026-12-25": "Christmas Day", …}'
    )
    holidays = fields.JSONField[dict[str, Any] | None](
        null=True, description="Where its holidays come from, and for which years they are in it"
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
    currency = fields.CharField(max_length=3, null=True)
    monthly_fee = fields.DecimalField(max_digits=14, decimal_places=3, null=True)
    penalty_cap = fields.DecimalField(
        max_digits=14, decimal_places=3, null=True, description="Of all penalties, each month"
    )
    penalty_cap_percent = fields.DecimalField(
        max_digits=6, decimal_places=3, null=True, description="The same, of the monthly fee"
    )

    agreement: fields.ForeignKeyRelation[Agreement] = fields.ForeignKeyField(
        "desk.Agreement", related_name="versions", on_delete=fields.CASCADE
    )
    agreement_id: UUID
    calendar: fields.ForeignKeyRelation[Calendar] = fields.ForeignKeyField(
        "desk.Calendar", related_name="agreement_versions", on_delete=fields.RESTRICT
    )
    calendar_id: UUID
    clocks: fields.ReverseRelation[AgreementClock]
    targets: fields.ReverseRelation[AgreementTarget]
    penalties: fields.ReverseRelation[AgreementPenalty]
    escalations: fields.ReverseRelation[AgreementEscalation]

    class Meta(Model.Meta):
        table = "agreement_version"
        ordering = ["valid_from"]
        unique_together = (("agreement", "number"), ("agreement", "valid_from"))
        indexes = [("calendar_id",)]


class AgreementClock(Model):
    """A clock of a version: which events move it; see `foredesk.sla.definitions`."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    position = fields.IntField(description="Order in which they are shown")
    name = fields.CharField(max_length=32)
    title = fields.CharField(max_length=80)
    start = fields.JSONField[list[str]](default=list, description="Kinds of events")
    stop = fields.JSONField[list[str]](default=list, description="Kinds of events")
    restart = fields.JSONField[list[str]](default=list, description="Kinds of events")
    cycle = fields.JSONField[list[str]](default=list, description="Kinds of events")
    pause = fields.JSONField[list[str]](default=list, description='["waiting:requester", …]')
    warnings = fields.JSONField[list[int]](default=list, description="Percents of the target")
    continue_within_seconds = fields.IntField(
        null=True, description="Started again later than that, it begins anew; null for never"
    )

    version: fields.ForeignKeyRelation[AgreementVersion] = fields.ForeignKeyField(
        "desk.AgreementVersion", related_name="clocks", on_delete=fields.CASCADE
    )
    version_id: UUID
    team: fields.ForeignKeyNullableRelation[Team] = fields.ForeignKeyField(
        "desk.Team", related_name="agreement_clocks", null=True, on_delete=fields.RESTRICT
    )
    team_id: UUID | None

    class Meta(Model.Meta):
        table = "agreement_clock"
        ordering = ["position"]
        unique_together = (("version", "name"),)
        indexes = [("team_id",)]


class AgreementTarget(Model):
    """For one clock and priority: what we aim at, and what the customer may count on.

    A null kind of request means any; without a minimum nothing may be counted on.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    clock = fields.CharField(max_length=32)
    priority = fields.CharEnumField(Priority, max_length=16)
    kind = fields.CharField(max_length=32, null=True)
    target_seconds = fields.IntField()
    minimum_seconds = fields.IntField(null=True)
    is_operational = fields.BooleanField(
        default=False, description="Of a team; not shown to customers"
    )

    version: fields.ForeignKeyRelation[AgreementVersion] = fields.ForeignKeyField(
        "desk.AgreementVersion", related_name="targets", on_delete=fields.CASCADE
    )
    version_id: UUID

    class Meta(Model.Meta):
        table = "agreement_target"
        ordering = ["clock", "target_seconds"]
        unique_together = (("version", "clock", "priority", "kind"),)


class AgreementPenalty(Model):
    """What each missed minimum of a clock costs: an amount, or a share of the monthly fee.

    A null priority means all.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    position = fields.IntField(description="Order in which they are shown")
    clock = fields.CharField(max_length=32)
    priority = fields.CharEnumField(Priority, max_length=16, null=True)
    amount = fields.DecimalField(max_digits=14, decimal_places=3, null=True)
    percent = fields.DecimalField(max_digits=6, decimal_places=3, null=True)
    monthly_cap = fields.DecimalField(max_digits=14, decimal_places=3, null=True)

    version: fields.ForeignKeyRelation[AgreementVersion] = fields.ForeignKeyField(
        "desk.AgreementVersion", related_name="penalties", on_delete=fields.CASCADE
    )
    version_id: UUID

    class Meta(Model.Meta):
        table = "agreement_penalty"
        ordering = ["position"]
        indexes = [("version_id",)]


class AgreementEscalation(Model):
    """Who is called when a clock reaches a level: a team takes over, a person or a role is told.

    A null priority means all.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    position = fields.IntField(description="Order in which they are shown")
    clock = fields.CharField(max_length=32)
    level = fields.CharEnumField(Level, max_length=16)
    percent = fields.IntField(null=True, description="Which warning")
    priority = fields.CharEnumField(Priority, max_length=16, null=True)
    role = fields.CharEnumField(Role, max_length=32, null=True)

    version: fields.ForeignKeyRelation[AgreementVersion] = fields.ForeignKeyField(
        "desk.AgreementVersion", related_name="escalations", on_delete=fields.CASCADE
    )
    version_id: UUID
    team: fields.ForeignKeyNullableRelation[Team] = fields.ForeignKeyField(
        "desk.Team", related_name="agreement_escalations", null=True, on_delete=fields.RESTRICT
    )
    team_id: UUID | None
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "desk.Person", related_name="agreement_escalations", null=True, on_delete=fields.RESTRICT
    )
    person_id: UUID | None

    class Meta(Model.Meta):
        table = "agreement_escalation"
        ordering = ["position"]
        indexes = [("version_id",), ("team_id",), ("person_id",)]


class TicketClock(Model):
    """One cycle of one clock of one ticket as last read: a cache for lists and timers, rebuilt
    from events.

    Due times are null while the clock is paused or stopped, unless they have passed already.
    `elapsed_seconds` is the working time up to `counted_until`, the last event that mattered.
    `warnings` are instants by percent; `warned` and the `…_fired_at` columns remember for which
    instant a notice went out, `escalated` which rules were carried out.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    name = fields.CharField(max_length=32)
    cycle = fields.IntField(default=1)
    is_current = fields.BooleanField(default=True, description="The last cycle")
    is_operational = fields.BooleanField(
        default=False, description="Of a team; not shown to customers"
    )
    state = fields.CharEnumField(ClockState, max_length=16)
    priority = fields.CharEnumField(Priority, max_length=16)
    started_at = fields.DatetimeField()
    stopped_at = fields.DatetimeField(null=True)
    counted_until = fields.DatetimeField()
    elapsed_seconds = fields.IntField()
    target_seconds = fields.IntField()
    minimum_seconds = fields.IntField(null=True)
    warnings = fields.JSONField[dict[str, str | None]](
        default=dict, description='{"75": "2026-03-02T15:00:00+00:00", …}'
    )
    target_due_at = fields.DatetimeField(null=True)
    minimum_due_at = fields.DatetimeField(null=True)
    target_breached_at = fields.DatetimeField(null=True)
    minimum_breached_at = fields.DatetimeField(null=True)
    warned = fields.JSONField[dict[str, str]](default=dict)
    target_fired_at = fields.DatetimeField(null=True)
    minimum_fired_at = fields.DatetimeField(null=True)
    escalated = fields.JSONField[list[str]](default=list, description="IDs of rules")
    next_due_at = fields.DatetimeField(null=True, description="The next notice; null for none")

    ticket: fields.ForeignKeyRelation[Model] = fields.ForeignKeyField(
        "desk.Ticket", related_name="clocks", on_delete=fields.CASCADE
    )
    ticket_id: UUID
    agreement_version: fields.ForeignKeyRelation[AgreementVersion] = fields.ForeignKeyField(
        "desk.AgreementVersion", related_name="ticket_clocks", on_delete=fields.RESTRICT
    )
    agreement_version_id: UUID
    calendar: fields.ForeignKeyRelation[Calendar] = fields.ForeignKeyField(
        "desk.Calendar", related_name="ticket_clocks", on_delete=fields.RESTRICT
    )
    calendar_id: UUID

    class Meta(Model.Meta):
        table = "ticket_clock"
        ordering = ["name", "cycle"]
        unique_together = (("ticket", "name", "cycle"),)
        indexes = [("next_due_at",), ("agreement_version_id",), ("calendar_id",)]

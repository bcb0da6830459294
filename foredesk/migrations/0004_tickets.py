"""Tickets, their events, and what is kept of both for quick reading."""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from foredesk.database.step import CreateChecked, Step
from foredesk.identity import new_id
from foredesk.sla.models import ClockState
from foredesk.sla.priority import Impact, Priority, Urgency
from foredesk.tickets.models import TicketKind
from foredesk.tickets.states import EventKind, TicketState


class Migration(Step):
    dependencies = [("desk", "0003_service_levels")]

    operations = [
        CreateChecked(
            checks={"ticket_number_from_one": "number > 0"},
            name="Ticket",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("number", fields.IntField(unique=True, description="What people say aloud")),
                ("subject", fields.CharField(max_length=200)),
                ("details", fields.TextField(default="")),
                ("channel", fields.CharField(default="portal", max_length=16)),
                ("external_key", fields.CharField(null=True, unique=True, max_length=128)),
                (
                    "state",
                    fields.CharEnumField(
                        default=TicketState.OPEN, enum_type=TicketState, max_length=16
                    ),
                ),
                ("kind", fields.CharEnumField(null=True, enum_type=TicketKind, max_length=24)),
                ("category", fields.CharField(null=True, max_length=64)),
                ("impact", fields.CharEnumField(null=True, enum_type=Impact, max_length=8)),
                ("urgency", fields.CharEnumField(null=True, enum_type=Urgency, max_length=8)),
                (
                    "priority",
                    fields.CharEnumField(
                        default=Priority.NORMAL, enum_type=Priority, max_length=16
                    ),
                ),
                ("resolution", fields.TextField(default="")),
                ("version", fields.IntField(default=0, description="Sequence of the last event")),
                ("escalation_level", fields.IntField(default=0)),
                ("hand_off_count", fields.IntField(default=0)),
                ("reopen_count", fields.IntField(default=0)),
                ("refusal_count", fields.IntField(default=0)),
                ("opened_at", fields.DatetimeField()),
                ("updated_at", fields.DatetimeField()),
                ("classified_at", fields.DatetimeField(null=True)),
                ("first_responded_at", fields.DatetimeField(null=True)),
                ("estimated_repair_at", fields.DatetimeField(null=True)),
                ("resolved_at", fields.DatetimeField(null=True)),
                ("confirmed_at", fields.DatetimeField(null=True)),
                ("closed_at", fields.DatetimeField(null=True)),
                (
                    "close_due_at",
                    fields.DatetimeField(null=True, description="Closes then if nobody answers"),
                ),
                (
                    "organization",
                    fields.ForeignKeyField(
                        "desk.Organization",
                        source_field="organization_id",
                        to_field="id",
                        related_name="tickets",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "requester",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="requester_id",
                        to_field="id",
                        related_name="tickets",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "service",
                    fields.ForeignKeyField(
                        "desk.Service",
                        source_field="service_id",
                        null=True,
                        to_field="id",
                        related_name="tickets",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "team",
                    fields.ForeignKeyField(
                        "desk.Team",
                        source_field="team_id",
                        null=True,
                        to_field="id",
                        related_name="tickets",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "assignee",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="assignee_id",
                        null=True,
                        to_field="id",
                        related_name="assigned_tickets",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "agreement_version",
                    fields.ForeignKeyField(
                        "desk.AgreementVersion",
                        source_field="agreement_version_id",
                        null=True,
                        to_field="id",
                        related_name="tickets",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
            ],
            options={
                "table": "ticket",
                "indexes": [
                    Index(fields=["organization_id", "opened_at", "id"]),
                    Index(fields=["requester_id", "opened_at", "id"]),
                    Index(fields=["assignee_id", "state"]),
                    Index(fields=["team_id", "state"]),
                    Index(fields=["state", "opened_at", "id"]),
                    Index(fields=["opened_at", "id"]),
                    Index(fields=["updated_at", "id"]),
                    Index(fields=["close_due_at"]),
                    Index(fields=["classified_at", "opened_at"]),
                    Index(fields=["service_id"]),
                    Index(fields=["agreement_version_id"]),
                ],
                "table_description": "One request of one person, from first contact to confirmed closure.",
            },
        ),
        ops.CreateModel(
            name="TicketArticle",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                (
                    "resolved",
                    fields.BooleanField(
                        default=False, description="The request was resolved with it"
                    ),
                ),
                ("linked_at", fields.DatetimeField()),
                (
                    "ticket",
                    fields.ForeignKeyField(
                        "desk.Ticket",
                        source_field="ticket_id",
                        to_field="id",
                        related_name="article_links",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "article",
                    fields.ForeignKeyField(
                        "desk.Article",
                        source_field="article_id",
                        to_field="id",
                        related_name="ticket_links",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
            ],
            options={
                "table": "ticket_article",
                "unique_together": (("ticket", "article"),),
                "indexes": [Index(fields=["article_id"])],
                "table_description": "An article that was sent with a reply, or that a request was resolved with.",
            },
        ),
        CreateChecked(
            checks={"ticket_clock_runs_forward": "elapsed_seconds >= 0"},
            name="TicketClock",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("name", fields.CharField(max_length=16)),
                ("state", fields.CharEnumField(enum_type=ClockState, max_length=16)),
                ("priority", fields.CharEnumField(enum_type=Priority, max_length=16)),
                ("started_at", fields.DatetimeField()),
                ("stopped_at", fields.DatetimeField(null=True)),
                ("counted_until", fields.DatetimeField()),
                ("elapsed_seconds", fields.IntField()),
                ("target_seconds", fields.IntField()),
                ("minimum_seconds", fields.IntField()),
                ("warn_at", fields.DatetimeField(null=True)),
                ("target_due_at", fields.DatetimeField(null=True)),
                ("minimum_due_at", fields.DatetimeField(null=True)),
                ("target_breached_at", fields.DatetimeField(null=True)),
                ("minimum_breached_at", fields.DatetimeField(null=True)),
                ("warning_fired_at", fields.DatetimeField(null=True)),
                ("target_fired_at", fields.DatetimeField(null=True)),
                ("minimum_fired_at", fields.DatetimeField(null=True)),
                (
                    "next_due_at",
                    fields.DatetimeField(null=True, description="The next notice; null for none"),
                ),
                (
                    "ticket",
                    fields.ForeignKeyField(
                        "desk.Ticket",
                        source_field="ticket_id",
                        to_field="id",
                        related_name="clocks",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "agreement_version",
                    fields.ForeignKeyField(
                        "desk.AgreementVersion",
                        source_field="agreement_version_id",
                        to_field="id",
                        related_name="clocks",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
            ],
            options={
                "table": "ticket_clock",
                "unique_together": (("ticket", "name"),),
                "indexes": [Index(fields=["next_due_at"]), Index(fields=["agreement_version_id"])],
                "table_description": "One clock of one ticket as last read: a cache for lists and timers, rebuilt from events.",
            },
        ),
        CreateChecked(
            checks={"ticket_event_sequence_from_one": "sequence > 0"},
            name="TicketEvent",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("sequence", fields.IntField(description="1 for the first event of the ticket")),
                ("kind", fields.CharEnumField(enum_type=EventKind, max_length=24)),
                ("occurred_at", fields.DatetimeField(description="When it happened")),
                ("recorded_at", fields.DatetimeField(description="When the desk learned of it")),
                ("data", fields.JSONField(default=dict)),
                (
                    "ticket",
                    fields.ForeignKeyField(
                        "desk.Ticket",
                        source_field="ticket_id",
                        to_field="id",
                        related_name="events",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "actor",
                    fields.ForeignKeyField(
                        "desk.Person",
                        source_field="actor_id",
                        null=True,
                        to_field="id",
                        related_name="acts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
            ],
            options={
                "table": "ticket_event",
                "unique_together": (("ticket", "sequence"),),
                "indexes": [Index(fields=["actor_id"])],
                "table_description": "One thing that happened to a ticket. Never changed, never deleted.",
            },
        ),
    ]

"""Clocks that agreements define, their cycles, penalties and escalations.

Versions that are there define the two clocks that they had.
"""

import json
from typing import Any

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from foredesk.database.step import AddColumn, Remake, Step
from foredesk.identity import new_id
from foredesk.people.roles import Role
from foredesk.sla.definitions import Level
from foredesk.sla.models import ClockState
from foredesk.sla.priority import Priority

BUILT_IN: tuple[tuple[str, str, list[str], list[str]], ...] = (
    ("response", "First response", ["closed", "resolved", "responded"], []),
    ("resolution", "Resolution", ["closed", "resolved"], ["reopened"]),
)


async def define_clocks(apps: Any, editor: Any) -> None:
    """As both clocks were before anybody could define them."""
    _, versions = await editor.client.execute_query("SELECT id FROM agreement_version")
    marks = ", ".join(f"${n}" if editor.DIALECT != "sqlite" else "?" for n in range(1, 13))
    for version in versions:
        for position, (name, title, stop, restart) in enumerate(BUILT_IN):
            id = str(new_id()) if editor.DIALECT == "sqlite" else new_id()
            await editor.client.execute_query(
                "INSERT INTO agreement_clock (id, version_id, position, name, title, start, stop,"
                f" restart, cycle, pause, warnings, continue_within_seconds) VALUES ({marks})",
                [
                    *(id, version["id"], position, name, title),
                    *map(
                        json.dumps, (["recorded"], stop, restart, [], ["waiting:requester"], [75])
                    ),
                    None,
                ],
            )


async def forget_other_clocks(apps: Any, editor: Any) -> None:
    """Clocks by other names are nothing that an older program could read."""
    others = "SELECT name FROM agreement_clock WHERE name NOT IN ('response', 'resolution')"
    await editor.client.execute_script(f"DELETE FROM ticket_clock WHERE name IN ({others})")
    await editor.client.execute_script(f"DELETE FROM agreement_target WHERE clock IN ({others})")


def _reference(name: str, to: str, related_name: str, rule: OnDelete, **more: Any) -> Any:
    return (
        name,
        fields.ForeignKeyField(
            f"desk.{to}",
            source_field=f"{name}_id",
            to_field="id",
            related_name=related_name,
            on_delete=rule,
            **more,
        ),
    )


def _version(related_name: str) -> Any:
    return _reference("version", "AgreementVersion", related_name, OnDelete.CASCADE)


def _money(description: str | None = None) -> Any:
    return fields.DecimalField(max_digits=14, decimal_places=3, null=True, description=description)


def _percent(description: str | None = None) -> Any:
    return fields.DecimalField(max_digits=6, decimal_places=3, null=True, description=description)


TARGET_CHECK = {
    "agreement_target_before_minimum": "target_seconds > 0 AND minimum_seconds >= target_seconds"
}
CLOCK_CHECK = {"ticket_clock_runs_forward": "elapsed_seconds >= 0"}


class Migration(Step):
    dependencies = [("desk", "0015_merged_count")]

    operations = [
        AddColumn("AgreementVersion", "currency", fields.CharField(max_length=3, null=True)),
        AddColumn("AgreementVersion", "monthly_fee", _money()),
        AddColumn("AgreementVersion", "penalty_cap", _money("Of all penalties, each month")),
        AddColumn(
            "AgreementVersion", "penalty_cap_percent", _percent("The same, of the monthly fee")
        ),
        Remake(
            TARGET_CHECK,
            checks_before=TARGET_CHECK,
            filled={"kind": "NULL"},
            refilled={"minimum_seconds": "coalesce(minimum_seconds, target_seconds)"},
            kept="kind IS NULL",
            name="AgreementTarget",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("clock", fields.CharField(max_length=32)),
                ("priority", fields.CharEnumField(enum_type=Priority, max_length=16)),
                ("kind", fields.CharField(max_length=32, null=True)),
                ("target_seconds", fields.IntField()),
                ("minimum_seconds", fields.IntField(null=True)),
                _version("targets"),
            ],
            options={
                "table": "agreement_target",
                "unique_together": (("version", "clock", "priority", "kind"),),
                "table_description": "For one clock and priority: what we aim at, and what the customer may count on.",
            },
        ),
        Remake(
            CLOCK_CHECK,
            checks_before=CLOCK_CHECK,
            filled={
                "cycle": "1",
                "is_current": ("1", "true"),
                "warnings": (
                    "json_object('75', replace(warn_at, ' ', 'T'))",
                    "jsonb_build_object("
                    "'75', (to_jsonb(warn_at AT TIME ZONE 'UTC') #>> '{}') || '+00:00')",
                ),
                "warned": (
                    "CASE WHEN warning_fired_at IS NULL THEN '{}'"
                    " ELSE json_object('75', replace(warning_fired_at, ' ', 'T')) END",
                    "CASE WHEN warning_fired_at IS NULL THEN '{}'::jsonb ELSE jsonb_build_object("
                    "'75', (to_jsonb(warning_fired_at AT TIME ZONE 'UTC') #>> '{}') || '+00:00')"
                    " END",
                ),
                "escalated": ("'[]'", "'[]'::jsonb"),
                "calendar_id": "(SELECT calendar_id FROM agreement_version AS version"
                " WHERE version.id = agreement_version_id)",
            },
            refilled={
                "minimum_seconds": "coalesce(minimum_seconds, target_seconds)",
                "warn_at": (
                    "replace(json_extract(warnings, '$.\"75\"'), 'T', ' ')",
                    "(warnings ->> '75')::timestamptz",
                ),
                "warning_fired_at": (
                    "replace(json_extract(warned, '$.\"75\"'), 'T', ' ')",
                    "(warned ->> '75')::timestamptz",
                ),
            },
            kept="is_current AND state <> 'merged'",
            name="TicketClock",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("name", fields.CharField(max_length=32)),
                ("cycle", fields.IntField(default=1)),
                ("is_current", fields.BooleanField(default=True, description="The last cycle")),
                ("state", fields.CharEnumField(enum_type=ClockState, max_length=16)),
                ("priority", fields.CharEnumField(enum_type=Priority, max_length=16)),
                ("started_at", fields.DatetimeField()),
                ("stopped_at", fields.DatetimeField(null=True)),
                ("counted_until", fields.DatetimeField()),
                ("elapsed_seconds", fields.IntField()),
                ("target_seconds", fields.IntField()),
                ("minimum_seconds", fields.IntField(null=True)),
                (
                    "warnings",
                    fields.JSONField(
                        default=dict, description='{"75": "2026-03-02T15:00:00+00:00", …}'
                    ),
                ),
                ("target_due_at", fields.DatetimeField(null=True)),
                ("minimum_due_at", fields.DatetimeField(null=True)),
                ("target_breached_at", fields.DatetimeField(null=True)),
                ("minimum_breached_at", fields.DatetimeField(null=True)),
                ("warned", fields.JSONField(default=dict)),
                ("target_fired_at", fields.DatetimeField(null=True)),
                ("minimum_fired_at", fields.DatetimeField(null=True)),
                ("escalated", fields.JSONField(default=list, description="IDs of rules")),
                (
                    "next_due_at",
                    fields.DatetimeField(null=True, description="The next notice; null for none"),
                ),
                _reference("ticket", "Ticket", "clocks", OnDelete.CASCADE),
                _reference(
                    "agreement_version", "AgreementVersion", "ticket_clocks", OnDelete.RESTRICT
                ),
                _reference("calendar", "Calendar", "ticket_clocks", OnDelete.RESTRICT),
            ],
            options={
                "table": "ticket_clock",
                "unique_together": (("ticket", "name", "cycle"),),
                "indexes": [
                    Index(fields=["next_due_at"]),
                    Index(fields=["agreement_version_id"]),
                    Index(fields=["calendar_id"]),
                ],
                "table_description": "One cycle of one clock of one ticket as last read: a cache for lists and timers, rebuilt",
            },
        ),
        ops.CreateModel(
            name="AgreementClock",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("position", fields.IntField(description="Order in which they are shown")),
                ("name", fields.CharField(max_length=32)),
                ("title", fields.CharField(max_length=80)),
                ("start", fields.JSONField(default=list, description="Kinds of events")),
                ("stop", fields.JSONField(default=list, description="Kinds of events")),
                ("restart", fields.JSONField(default=list, description="Kinds of events")),
                ("cycle", fields.JSONField(default=list, description="Kinds of events")),
                ("pause", fields.JSONField(default=list, description='["waiting:requester", …]')),
                ("warnings", fields.JSONField(default=list, description="Percents of the target")),
                (
                    "continue_within_seconds",
                    fields.IntField(
                        null=True,
                        description="Started again later than that, it begins anew; null for never",
                    ),
                ),
                _version("clocks"),
                _reference("team", "Team", "agreement_clocks", OnDelete.RESTRICT, null=True),
            ],
            options={
                "table": "agreement_clock",
                "unique_together": (("version", "name"),),
                "indexes": [Index(fields=["team_id"])],
                "table_description": "A clock of a version: which events move it; see `foredesk.sla.definitions`.",
            },
        ),
        ops.CreateModel(
            name="AgreementPenalty",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("position", fields.IntField(description="Order in which they are shown")),
                ("clock", fields.CharField(max_length=32)),
                ("priority", fields.CharEnumField(enum_type=Priority, max_length=16, null=True)),
                ("amount", _money()),
                ("percent", _percent()),
                ("monthly_cap", _money()),
                _version("penalties"),
            ],
            options={
                "table": "agreement_penalty",
                "indexes": [Index(fields=["version_id"])],
                "table_description": "What each missed minimum of a clock costs: an amount, or a share of the monthly fee.",
            },
        ),
        ops.CreateModel(
            name="AgreementEscalation",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=new_id)),
                ("position", fields.IntField(description="Order in which they are shown")),
                ("clock", fields.CharField(max_length=32)),
                ("level", fields.CharEnumField(enum_type=Level, max_length=16)),
                ("percent", fields.IntField(null=True, description="Which warning")),
                ("priority", fields.CharEnumField(enum_type=Priority, max_length=16, null=True)),
                ("role", fields.CharEnumField(enum_type=Role, max_length=32, null=True)),
                _version("escalations"),
                _reference("team", "Team", "agreement_escalations", OnDelete.RESTRICT, null=True),
                _reference(
                    "person", "Person", "agreement_escalations", OnDelete.RESTRICT, null=True
                ),
            ],
            options={
                "table": "agreement_escalation",
                "indexes": [
                    Index(fields=["version_id"]),
                    Index(fields=["team_id"]),
                    Index(fields=["person_id"]),
                ],
                "table_description": "Who is called when a clock reaches a level: a team takes over, a person or a role is told.",
            },
        ),
        ops.RunPython(define_clocks, forget_other_clocks),
    ]

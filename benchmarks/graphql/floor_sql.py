"""SQL by hand that answers the benchmark's operations as JSON: as fast as one can ask.

What the caller may see is a handful of constants ($1 and on), worked out once.
"""

from api.connections import COUNTED

ID = "translate(rtrim(encode('{kind}:'::bytea || uuid_send({row}.id), 'base64'), '='), '+/', '-_')"


def _id(kind: str, row: str) -> str:
    return ID.format(kind=kind, row=row)


def _time(column: str) -> str:
    return f"""to_char({column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')"""


def _named(kind: str, row: str, more: str = "") -> str:
    return (
        f"CASE WHEN {row}.id IS NULL THEN NULL "
        f"ELSE json_build_object('id', {_id(kind, row)}, 'name', {row}.name{more}) END"
    )


def _object(pairs: dict[str, str]) -> str:
    named = [f"'{key}', {sql}" for key, sql in pairs.items()]
    return f"json_build_object({', '.join(named)})"


def _enum(column: str) -> str:
    return f"upper({column})"


VISIBLE_TICKET = "(t.requester_id = $1 OR (NOT t.is_confidential AND t.organization_id = ANY($2)))"
VISIBLE_PERSON = (
    "({row}.id = $1 OR {row}.organization_id = ANY($3) OR {row}.id IN "
    "(SELECT person_id FROM team_member WHERE team_id = ANY($4)))"
)
_JOINS = f"""
LEFT JOIN person r ON r.id = t.requester_id AND {VISIBLE_PERSON.format(row="r")}
LEFT JOIN person a ON a.id = t.assignee_id AND {VISIBLE_PERSON.format(row="a")}
LEFT JOIN team m ON m.id = t.team_id AND m.id = ANY($5)
LEFT JOIN service s ON s.id = t.service_id AND s.is_active
  AND (s.organization_id IS NULL OR s.organization_id = ANY($3))
LEFT JOIN organization o ON o.id = t.organization_id AND o.id = ANY($3)"""


def _clocks(pairs: dict[str, str]) -> str:
    return (
        f"(SELECT coalesce(json_agg({_object(pairs)} ORDER BY c.name), '[]') "
        "FROM ticket_clock c WHERE c.ticket_id = t.id)"
    )


_CLOCK = {"name": "c.name", "state": _enum("c.state")}
_CLOCK_DUE = {"dueAt": _time("c.target_due_at")}
_RELATIONS = {
    "assignee": _named("Person", "a"),
    "team": _named("Team", "m"),
    "service": _named("Service", "s"),
    "organization": _named("Organization", "o"),
}
_EVENT = {
    "id": "CASE e.kind {kinds} END",
    "kind": _enum("e.kind"),
    "sequence": "e.sequence",
    "occurredAt": _time("e.occurred_at"),
    "actor": _named("Person", "p"),
}


def detail(event_types: dict[str, str]) -> str:
    """$6 is the ticket. An event's ID names its type, by its kind."""
    kinds = " ".join(f"WHEN '{kind}' THEN {_id(name, 'e')}" for kind, name in event_types.items())
    event = _object({**_EVENT, "id": _EVENT["id"].format(kinds=kinds)})
    events = f"""(SELECT json_build_object('nodes', coalesce(json_agg(e.json), '[]')) FROM (
      SELECT {event} AS json FROM (
        SELECT * FROM ticket_event WHERE ticket_id = t.id ORDER BY sequence DESC LIMIT 20
      ) e LEFT JOIN person p ON p.id = e.actor_id AND {VISIBLE_PERSON.format(row="p")}
      ORDER BY e.sequence) e)"""
    plain = ("number", "subject", "details", "category", "resolution", "version")
    times = {
        "openedAt": "t.opened_at", "updatedAt": "t.updated_at",
        "firstRespondedAt": "t.first_responded_at", "resolvedAt": "t.resolved_at",
        "closedAt": "t.closed_at", "closeDueAt": "t.close_due_at",
    }  # fmt: skip
    ticket = {
        "id": _id("Ticket", "t"),
        **{name: f"t.{name}" for name in plain},
        **{name: _enum(f"t.{name}") for name in ("state", "kind", "impact", "urgency", "priority")},
        **{name: _time(column) for name, column in times.items()},
        "requester": _named("Person", "r", ", 'email', r.email"),
        **_RELATIONS,
        "clocks": _clocks(
            {
                **_CLOCK,
                "startedAt": _time("c.started_at"),
                "stoppedAt": _time("c.stopped_at"),
                **_CLOCK_DUE,
            }
        ),
        "events": events,
    }
    return (
        f"SELECT (SELECT {_object(ticket)} FROM ticket t {_JOINS} "
        f"WHERE t.id = $6 AND {VISIBLE_TICKET})::text"
    )


def queue(*, is_continued: bool) -> str:
    """Rows of JSON, opening time and key; $6 the team, $7 states, $8 and $9 where to go on."""
    beyond = "AND (t.opened_at, t.id) < ($8, $9)" if is_continued else ""
    ticket = {
        "id": _id("Ticket", "t"),
        "number": "t.number",
        "subject": "t.subject",
        "state": _enum("t.state"),
        "priority": _enum("t.priority"),
        "openedAt": _time("t.opened_at"),
        "updatedAt": _time("t.updated_at"),
        "requester": _named("Person", "r"),
        **_RELATIONS,
        "clocks": _clocks({**_CLOCK, **_CLOCK_DUE}),
    }
    return f"""SELECT {_object(ticket)}::text, t.opened_at, t.id
    FROM (SELECT * FROM ticket t WHERE {_queued("$6", "$7")} {beyond}
          ORDER BY t.opened_at DESC, t.id DESC LIMIT 51) t {_JOINS}
    ORDER BY t.opened_at DESC, t.id DESC"""


def total() -> str:
    """$3 the team, $4 states."""
    counted = f"SELECT 1 FROM ticket t WHERE {_queued('$3', '$4')} LIMIT {COUNTED}"
    return f"SELECT count(*) FROM ({counted}) counted"


def _queued(team: str, states: str) -> str:
    return f"t.team_id = {team} AND t.state = ANY({states}) AND {VISIBLE_TICKET}"

"""A new ticket by hand: every row that createTicket keeps, as one statement."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from foredesk.identity import new_id

JOB = "benchmark"
"""No handler has this name, so that nobody's worker begins what the floor has queued."""

RESPONSE = timedelta(hours=4), timedelta(hours=8)
RESOLUTION = timedelta(hours=40), timedelta(hours=80)

CREATE = f"""
WITH numbered AS (
  INSERT INTO counter (name, value) VALUES ('ticket_number', 1)
  ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value
), new_ticket AS (
  INSERT INTO ticket (id, number, subject, details, channel, state, priority, resolution, version,
    escalation_level, hand_off_count, reopen_count, refusal_count, opened_at, updated_at,
    classified_at, agreement_version_id, organization_id, requester_id, is_confidential,
    merged_count, due_at)
  SELECT $1, value, $2, $3, 'api', 'open', 'normal', '', 3, 0, 0, 0, 0, $4, $4, $4, $5, $6, $7,
    false, 0, $17::timestamptz FROM numbered
), new_events AS (
  INSERT INTO ticket_event (id, ticket_id, sequence, kind, occurred_at, recorded_at, data, actor_id)
  SELECT $8::uuid, $1, 1, 'recorded', $4, $4, $9::jsonb || jsonb_build_object('number', value),
    $7::uuid FROM numbered
  UNION ALL SELECT $10, $1, 2, 'agreement_chosen', $4, $4, $11::jsonb, $7
  UNION ALL SELECT $12, $1, 3, 'classified', $4, $4, $13::jsonb, NULL
), new_clocks AS (
  INSERT INTO ticket_clock (id, ticket_id, name, cycle, is_current, is_operational, state, priority,
    started_at, counted_until, elapsed_seconds, target_seconds, minimum_seconds, warnings,
    target_due_at, minimum_due_at, next_due_at, warned, escalated, agreement_version_id,
    calendar_id)
  SELECT clock.id, $1, clock.name, 1, true, false, 'running', 'normal', $4, $4, 0, clock.target,
    clock.minimum, jsonb_build_object('75', clock.warning), clock.target_due, clock.minimum_due,
    clock.warning, '{{}}', '[]', version.id, version.calendar_id
  FROM agreement_version AS version, (VALUES
    ($14::uuid, 'response', 14400, 28800, $16::timestamptz, $17::timestamptz, $18::timestamptz),
    ($15::uuid, 'resolution', 144000, 288000, $19::timestamptz, $20::timestamptz, $21::timestamptz)
  ) AS clock (id, name, target, minimum, warning, target_due, minimum_due)
  WHERE version.id = $5
), new_job AS (
  INSERT INTO pgqueuer (priority, entrypoint, payload, execute_after, dedupe_key, headers, status)
  VALUES (0, '{JOB}', $22, now(), $23, $24::jsonb, 'queued') RETURNING id, entrypoint, priority
), new_log AS (
  INSERT INTO pgqueuer_log (job_id, status, entrypoint, priority)
  SELECT id, 'queued', entrypoint, priority FROM new_job
)
SELECT value FROM numbered
"""


def values_of(
    ticket_id: UUID,
    given: dict[str, Any],
    now: datetime,
    *,
    person_id: UUID,
    organization_id: UUID,
    agreement_version_id: UUID,
) -> list[Any]:
    subject, details = given["subject"], given.get("details", "")
    nothing = dict.fromkeys(("kind", "impact", "urgency", "service_id"))
    recorded = {
        **nothing, "channel": "api", "details": details, "subject": subject, "priority": "normal",
        "search_id": None, "requester_id": person_id, "organization_id": organization_id,
    }  # fmt: skip
    chosen = {
        "because": "It is the default for everyone.",
        "agreement_version_id": agreement_version_id,
    }
    classified = {
        **nothing, "category": None, "priority": "normal", "confidence": None,
        "decided_by": "default", "explanation": "",
    }  # fmt: skip
    events = [new_id(), new_id(), new_id()]
    job = orjson.dumps({"event_id": events[0], "ticket_id": ticket_id})
    headers = _json({"id": new_id(), "key": events[0]})
    return [
        ticket_id, subject, details, now, agreement_version_id, organization_id, person_id,
        events[0], _json(recorded), events[1], _json(chosen), events[2], _json(classified),
        new_id(), new_id(), *_due(now, *RESPONSE), *_due(now, *RESOLUTION),
        job, f"{JOB}:{events[0]}", headers,
    ]  # fmt: skip


def _due(now: datetime, target: timedelta, minimum: timedelta) -> tuple[datetime, ...]:
    return now + target * 0.75, now + target, now + minimum


def _json(value: Any) -> str:
    return orjson.dumps(value, default=str).decode()

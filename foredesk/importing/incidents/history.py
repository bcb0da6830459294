"""History: the events that an incident's entries tell of. Pure.

Every entry gives one event that keeps what it says as it is written there, and before it what
follows from that for a ticket.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foredesk.importing.incidents.entries import Entry, Incident, Standing
from foredesk.tickets.states import EventKind, TicketState

SUBJECT, TEXT = 200, 64
UNRESOLVED = (TicketState.OPEN, TicketState.WAITING)


@dataclass(frozen=True, slots=True)
class Past:
    """An event to be; `group` and `resolver` are names that become a team and an assignee."""

    kind: EventKind
    at: datetime
    data: Mapping[str, Any]
    group: str = ""
    resolver: str = ""


def recorded(incident: Incident) -> Past:
    """How it began. Who asked, and where, the caller knows."""
    first = incident.entries[0]
    about = ", ".join(filter(None, (first.text("category"), first.written.get("subcategory", ""))))
    return Past(
        EventKind.RECORDED,
        first.opened_at,
        {
            "subject": f"{incident.number}: {about or 'an incident'}"[:SUBJECT],
            "details": _details(first),
            "kind": "incident",
            "impact": first.impact,
            "urgency": first.urgency,
            "priority": first.priority,
        },
    )


def later_events(incident: Incident) -> Iterator[Past]:
    """Everything after the recording, in order."""
    before: Entry | None = None
    standing: Standing = (TicketState.OPEN, None)
    holder = ("", "")
    for number, entry in enumerate(incident.entries, 1):
        now = entry.standing or standing
        if _is_taken_up_again(standing, now):
            yield Past(EventKind.REOPENED, entry.updated_at, {"reason": ""})
            standing = (TicketState.OPEN, None)
        yield from _classified(before, entry)
        if standing[0] in UNRESOLVED:
            yield from _assigned(holder, entry)
            holder = _holder(entry)
        yield from _moved(standing, now, entry)
        yield _kept(before, entry, is_last=number == len(incident.entries))
        before, standing = entry, now


def _is_taken_up_again(standing: Standing, now: Standing) -> bool:
    if standing[0] is TicketState.CLOSED:
        return now[0] is not TicketState.CLOSED
    return standing[0] is TicketState.RESOLVED and now[0] in UNRESOLVED


def _details(entry: Entry) -> str:
    told = {name: entry.written.get(name, "?").strip() for name in _TOLD}
    return "\n".join(f"{_TOLD[name]}: {text}" for name, text in told.items() if text != "?")


_TOLD = {"u_symptom": "Symptom", "location": "Location", "contact_type": "Reported by"}


def _classified(before: Entry | None, entry: Entry) -> Iterator[Past]:
    def sorted_as(one: Entry) -> tuple[object, ...]:
        return one.impact, one.urgency, one.priority, one.text("category")

    if before is None or sorted_as(before) != sorted_as(entry):
        data = {
            "kind": "incident",
            "category": entry.text("category")[:TEXT] or None,
            "impact": entry.impact,
            "urgency": entry.urgency,
            "service_id": None,
            "priority": entry.priority,
            "decided_by": "import",
            "explanation": "",
            "confidence": None,
        }
        yield Past(EventKind.CLASSIFIED, entry.updated_at, data)


def _assigned(holder: tuple[str, str], entry: Entry) -> Iterator[Past]:
    if _holder(entry) != holder:
        group, resolver = _holder(entry)
        yield Past(EventKind.ASSIGNED, entry.updated_at, {}, group=group, resolver=resolver)


def _holder(entry: Entry) -> tuple[str, str]:
    return entry.text("assignment_group"), entry.text("assigned_to")


def _moved(standing: Standing, now: Standing, entry: Entry) -> Iterator[Past]:
    if now == standing:
        return
    at, (state, waiting_for) = entry.updated_at, now
    if state is TicketState.OPEN:
        yield Past(EventKind.RESUMED, at, {})
    elif state is TicketState.WAITING:
        yield Past(EventKind.PAUSED, at, {"waiting_for": waiting_for})
    else:
        if standing[0] is not TicketState.RESOLVED:
            resolution = entry.text("closed_code")
            yield Past(EventKind.RESOLVED, at, {"resolution": resolution, "article_ids": []})
        if state is TicketState.CLOSED:
            yield Past(EventKind.CLOSED, at, {"because": "imported"})


def _kept(before: Entry | None, entry: Entry, *, is_last: bool) -> Past:
    """What is written, and last of all when the other desk says that it resolved and closed."""
    written = before.written if before else {}
    data: dict[str, Any] = {
        "source": "incident log",
        "line": entry.line,
        "values": {
            name: value for name, value in entry.written.items() if written.get(name) != value
        },
    }
    if entry.made_sla is not None:
        data["made_sla"] = entry.made_sla
    if is_last:
        times = {"resolved_at": entry.resolved_at, "closed_at": entry.closed_at}
        data |= {name: time.isoformat() for name, time in times.items() if time is not None}
    return Past(EventKind.IMPORTED, entry.updated_at, data)

"""Entries: what one row of an incident log says, and how it is written there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from foredesk.importing.report import Refused
from foredesk.sla.priority import Impact, Priority, Urgency
from foredesk.tickets.states import TicketState, WaitingFor

T = TypeVar("T")
TIME_FORMAT = "%d-%m-%Y %H:%M"
MISSING = "?"
COLUMNS = (
    "number",
    "incident_state",
    "reassignment_count",
    "reopen_count",
    "made_sla",
    "caller_id",
    "opened_at",
    "sys_updated_at",
    "category",
    "impact",
    "urgency",
    "priority",
    "assignment_group",
    "assigned_to",
    "closed_code",
    "resolved_at",
    "closed_at",
)
"""Those that are understood; every other column is kept as it is written."""

Standing = tuple[TicketState, WaitingFor | None]

STATES: Mapping[str, Standing] = {
    "New": (TicketState.OPEN, None),
    "Active": (TicketState.OPEN, None),
    "Awaiting User Info": (TicketState.WAITING, WaitingFor.REQUESTER),
    "Awaiting Evidence": (TicketState.WAITING, WaitingFor.REQUESTER),
    "Awaiting Vendor": (TicketState.WAITING, WaitingFor.VENDOR),
    "Awaiting Change": (TicketState.WAITING, WaitingFor.CHANGE),
    "Awaiting Problem": (TicketState.WAITING, WaitingFor.OTHER),
    "Resolved": (TicketState.RESOLVED, None),
    "Closed": (TicketState.CLOSED, None),
}
UNTOLD_STATES = frozenset({MISSING, "-100"})
PRIORITIES = {
    "1 - Critical": Priority.CRITICAL,
    "2 - High": Priority.HIGH,
    "3 - Moderate": Priority.NORMAL,
    "4 - Low": Priority.LOW,
}
_IMPACTS = {"1 - High": Impact.HIGH, "2 - Medium": Impact.MEDIUM, "3 - Low": Impact.LOW}
_URGENCIES = {"1 - High": Urgency.HIGH, "2 - Medium": Urgency.MEDIUM, "3 - Low": Urgency.LOW}
_TRUTHS = {"TRUE": True, "FALSE": False}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `standing` is None where the log does not tell the state."""

    line: int
    written: Mapping[str, str]
    standing: Standing | None
    opened_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    priority: Priority
    impact: Impact | None
    urgency: Urgency | None
    made_sla: bool | None
    reassignments: int | None
    reopenings: int | None

    def text(self, column: str) -> str:
        """Empty where the log has nothing."""
        return told(self.written, column)


@dataclass(frozen=True, slots=True)
class Incident:
    """All that the log says of one incident, in its order; at least one entry."""

    number: str
    entries: tuple[Entry, ...]


def told(written: Mapping[str, str], column: str) -> str:
    text = written[column].strip()
    return "" if text == MISSING else text


def read_entry(line: int, written: Mapping[str, str], zone: ZoneInfo) -> Entry:
    """Raises Refused for what can't be what its column says."""
    return Entry(
        line=line,
        written=written,
        standing=_standing(written),
        opened_at=_needed_time(written, "opened_at", zone),
        updated_at=_needed_time(written, "sys_updated_at", zone),
        resolved_at=_time(written, "resolved_at", zone),
        closed_at=_time(written, "closed_at", zone),
        priority=_chosen(written, "priority", PRIORITIES, is_needed=True) or Priority.NORMAL,
        impact=_chosen(written, "impact", _IMPACTS),
        urgency=_chosen(written, "urgency", _URGENCIES),
        made_sla=_chosen(written, "made_sla", _TRUTHS),
        reassignments=_count(written, "reassignment_count"),
        reopenings=_count(written, "reopen_count"),
    )


def _standing(written: Mapping[str, str]) -> Standing | None:
    state = written["incident_state"].strip()
    return None if state in UNTOLD_STATES else _chosen(written, "incident_state", STATES)


def _chosen(
    written: Mapping[str, str], column: str, values: Mapping[str, T], *, is_needed: bool = False
) -> T | None:
    text = told(written, column)
    if not text and not is_needed:
        return None
    if text not in values:
        raise Refused(f"{column}: {text!r} is none of {', '.join(values)}")
    return values[text]


def _needed_time(written: Mapping[str, str], column: str, zone: ZoneInfo) -> datetime:
    time = _time(written, column, zone)
    if time is None:
        raise Refused(f"{column}: is missing")
    return time


def _time(written: Mapping[str, str], column: str, zone: ZoneInfo) -> datetime | None:
    text = told(written, column)
    if not text:
        return None
    try:
        local = datetime.strptime(text, TIME_FORMAT).replace(tzinfo=zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused(f"{column}: {text!r} is no time like 29-02-2016 17:05") from None


def _count(written: Mapping[str, str], column: str) -> int | None:
    text = told(written, column)
    if not text:
        return None
    if not text.isascii() or not text.isdecimal():
        raise Refused(f"{column}: {text!r} is no count")
    return int(text)

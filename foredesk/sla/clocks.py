"""Clocks as stored: read anew when something happens to a ticket, and compared with its events."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from foredesk.database import Writes, blank
from foredesk.sla.agreed import Agreed, agreed
from foredesk.sla.clock import Reading, read_clocks
from foredesk.sla.due import next_due, past
from foredesk.sla.due_at import due_at
from foredesk.sla.facts import ClockEvent
from foredesk.sla.models import TicketClock

Place = tuple[str, int]
"""A clock's name and cycle."""


@dataclass(slots=True)
class Shown:
    """What the clocks of a ticket come to: when the next is due, and which rows tell of it."""

    due_at: datetime
    begun: list[TicketClock] = field(default_factory=list)
    changed: list[TicketClock] = field(default_factory=list)
    ended: list[TicketClock] = field(default_factory=list)
    """Covered by no agreement any more."""

    def add_to(self, writes: Writes) -> None:
        for clock in self.ended:
            writes.add("DELETE FROM ticket_clock WHERE id = $1", str(clock.id))
        for clock in self.changed:
            writes.update(clock, _COLUMNS)
        writes.insert(*self.begun)


async def show_clocks(
    known: Agreed,
    ticket_id: UUID,
    events: Sequence[ClockEvent],
    now: datetime,
    stored: Iterable[TicketClock],
) -> Shown:
    """What the ticket's clocks show after these events, beside what is stored of them."""
    readings = by_place(read_clocks(events, await known.rulebook(events)))
    rows = {(clock.name, clock.cycle): clock for clock in stored}
    shown = Shown(due_at(readings.values()))
    shown.ended = [rows[place] for place in rows.keys() - readings.keys()]
    for place, reading in readings.items():
        clock = rows.get(place) or _begun(ticket_id, reading)
        changed = _show(clock, reading, now)
        if place not in rows:
            shown.begun.append(clock)
        elif changed:
            shown.changed.append(clock)
    return shown


async def differing_clocks(ticket_id: UUID, events: Sequence[ClockEvent]) -> Sequence[Place]:
    """Clocks whose stored row is not what the events say; none, always."""
    known = await agreed()
    readings = by_place(read_clocks(events, await known.rulebook(events)))
    rows = await TicketClock.filter(ticket_id=ticket_id)
    stored = {(clock.name, clock.cycle): _columns(clock) for clock in rows}
    told = {place: columns_of(reading) for place, reading in readings.items()}
    return sorted(place for place in stored | told if stored.get(place) != told.get(place))


def by_place(readings: Iterable[Reading]) -> Mapping[Place, Reading]:
    return {(reading.name, reading.cycle): reading for reading in readings}


def columns_of(reading: Reading) -> Mapping[str, Any]:
    """The columns that follow from the events alone: a rebuild gives the same."""
    return {
        "is_current": reading.is_current,
        "is_operational": reading.is_operational,
        "state": reading.state,
        "priority": reading.priority,
        "agreement_version_id": reading.agreement_version_id,
        "calendar_id": reading.calendar_id,
        "started_at": reading.started_at,
        "stopped_at": reading.stopped_at,
        "counted_until": reading.counted_until,
        "elapsed_seconds": reading.elapsed,
        "target_seconds": reading.goal.target,
        "minimum_seconds": reading.goal.minimum,
        "warnings": written_warnings(reading.warnings),
        "target_due_at": reading.target_due_at,
        "minimum_due_at": reading.minimum_due_at,
    }


def written_warnings(warnings: Mapping[int, datetime | None]) -> dict[str, str | None]:
    return {str(percent): at.isoformat() if at else None for percent, at in warnings.items()}


def _begun(ticket_id: UUID, reading: Reading) -> TicketClock:
    return blank(TicketClock, ticket_id=ticket_id, name=reading.name, cycle=reading.cycle)


def _show(clock: TicketClock, reading: Reading, now: datetime) -> bool:
    """Whether anything changed by it; most events of a ticket move no clock."""
    columns = {
        **columns_of(reading),
        "target_breached_at": past(reading.target_due_at, now),
        "minimum_breached_at": past(reading.minimum_due_at, now),
    }
    row = vars(clock)
    changed = any(row.get(name) != value for name, value in columns.items())
    row.update(columns)
    row["next_due_at"] = next_due(clock)
    return changed


def _columns(clock: TicketClock) -> Mapping[str, Any]:
    return {column: getattr(clock, column) for column in SHOWN}


SHOWN = (
    "is_current",
    "is_operational",
    "state",
    "priority",
    "agreement_version_id",
    "calendar_id",
    "started_at",
    "stopped_at",
    "counted_until",
    "elapsed_seconds",
    "target_seconds",
    "minimum_seconds",
    "warnings",
    "target_due_at",
    "minimum_due_at",
)


_COLUMNS = (*SHOWN, "target_breached_at", "minimum_breached_at", "next_due_at")
"""What a reading decides of a stored clock."""

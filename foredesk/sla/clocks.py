"""Clocks as stored: read anew when something happens to a ticket, watched for what is due."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from foredesk.database import Writes, blank
from foredesk.sla.agreed import Agreed, agreed
from foredesk.sla.clock import RULES, Reading, Terms, read_clock
from foredesk.sla.facts import ClockEvent
from foredesk.sla.models import ClockName, ClockState, TicketClock


class Level(StrEnum):
    """What falls due: 75 % of the target, the target, the minimum."""

    WARNING = "warning"
    TARGET = "target"
    MINIMUM = "minimum"


@dataclass(frozen=True, slots=True)
class DueClock:
    """One notice that is due. `at` is the true instant, however late it is noticed."""

    clock_id: UUID
    ticket_id: UUID
    name: ClockName
    level: Level
    at: datetime


async def refresh_clocks(
    ticket_id: UUID, events: Sequence[ClockEvent], now: datetime
) -> Sequence[TicketClock]:
    """Read the ticket's clocks from all its events and store what they show.

    In the caller's transaction.
    """
    writes, known = Writes(), await agreed()
    stored = await TicketClock.filter(ticket_id=ticket_id)
    clocks = await write_clocks(writes, known, ticket_id, events, now, stored)
    await writes.send()
    return clocks


async def write_clocks(
    writes: Writes,
    known: Agreed,
    ticket_id: UUID,
    events: Sequence[ClockEvent],
    now: datetime,
    stored: Iterable[TicketClock],
) -> Sequence[TicketClock]:
    """Add to the writes what the ticket's clocks show after these events.

    A clock that no agreement covers any more is taken away.
    """
    readings = await read_clocks(events, known)
    by_name = {clock.name: clock for clock in stored}
    for name in by_name.keys() - readings.keys():
        writes.add("DELETE FROM ticket_clock WHERE id = $1", str(by_name[name].id))
    shown = {name: by_name.get(name) or _begun(ticket_id, name) for name in readings}
    changed = [clock for name, clock in shown.items() if _show(clock, readings[name], now)]
    writes.insert(*(clock for clock in changed if clock.name not in by_name))
    for clock in changed:
        if clock.name in by_name:
            writes.update(clock, _COLUMNS)
    return list(shown.values())


async def read_clocks(
    events: Sequence[ClockEvent], known: Agreed | None = None
) -> Mapping[ClockName, Reading]:
    """What every clock shows after these events, without storing anything."""
    versions = {event.agreement_version_id for event in events}
    terms = await (known or await agreed()).terms(
        version for version in versions if version is not None
    )
    return _readings(events, terms)


async def due_clocks(now: datetime, limit: int = 200) -> Sequence[DueClock]:
    """Warnings and breaches that are due and were not given yet, the oldest first.

    Call it in a transaction and end each with `mark_fired`: on PostgreSQL the rows are locked,
    and rows that another process works on are passed over.
    """
    clocks = (
        await TicketClock.filter(next_due_at__lte=now)
        .order_by("next_due_at", "id")
        .limit(limit)
        .select_for_update(skip_locked=True)
    )
    due = [due for clock in clocks for due in _due_of(clock, now)]
    return sorted(due, key=lambda one: (one.at, one.clock_id, list(Level).index(one.level)))


async def mark_fired(due: DueClock) -> bool:
    """Note that the notice is given; False when it was already, or the clock has moved."""
    clock = await TicketClock.filter(id=due.clock_id).select_for_update().first()
    if clock is None or due not in _due_of(clock, due.at):
        return False
    if due.level is Level.MINIMUM:
        clock.minimum_fired_at = due.at
        clock.minimum_breached_at = due.at
    if due.level is Level.TARGET:
        clock.target_fired_at = due.at
        clock.target_breached_at = due.at
    if due.level is not Level.MINIMUM:
        clock.warning_fired_at = clock.warn_at
    clock.next_due_at = next_due(clock)
    await clock.save()
    return True


def _readings(
    events: Sequence[ClockEvent], terms: Mapping[UUID, Terms]
) -> Mapping[ClockName, Reading]:
    read = {rule.name: read_clock(rule, events, terms) for rule in RULES}
    return {name: reading for name, reading in read.items() if reading is not None}


def _begun(ticket_id: UUID, name: ClockName) -> TicketClock:
    return blank(TicketClock, ticket_id=ticket_id, name=name)


def _show(clock: TicketClock, reading: Reading, now: datetime) -> bool:
    """Whether anything changed by it; most events of a ticket move no clock."""
    columns = {
        **shown(reading),
        "target_breached_at": _past(reading.target_due_at, now),
        "minimum_breached_at": _past(reading.minimum_due_at, now),
    }
    row = vars(clock)
    changed = any(row.get(name) != value for name, value in columns.items())
    row.update(columns)
    row["next_due_at"] = next_due(clock)
    return changed


def shown(reading: Reading) -> Mapping[str, Any]:
    """The columns that follow from the events alone: a rebuild gives the same."""
    return {
        "state": reading.state,
        "priority": reading.priority,
        "agreement_version_id": reading.agreement_version_id,
        "started_at": reading.started_at,
        "stopped_at": reading.stopped_at,
        "counted_until": reading.counted_until,
        "elapsed_seconds": reading.elapsed,
        "target_seconds": reading.goal.target,
        "minimum_seconds": reading.goal.minimum,
        "warn_at": reading.warn_at,
        "target_due_at": reading.target_due_at,
        "minimum_due_at": reading.minimum_due_at,
    }


async def differing_clocks(ticket_id: UUID, events: Sequence[ClockEvent]) -> Sequence[ClockName]:
    """Clocks whose stored row is not what the events say; none, always."""
    readings = await read_clocks(events)
    stored = {clock.name: clock for clock in await TicketClock.filter(ticket_id=ticket_id)}
    return [
        name
        for name in ClockName
        if (_columns(stored[name]) if name in stored else None)
        != (shown(readings[name]) if name in readings else None)
    ]


def _columns(clock: TicketClock) -> Mapping[str, Any]:
    return {column: getattr(clock, column) for column in SHOWN}


SHOWN = (
    "state",
    "priority",
    "agreement_version_id",
    "started_at",
    "stopped_at",
    "counted_until",
    "elapsed_seconds",
    "target_seconds",
    "minimum_seconds",
    "warn_at",
    "target_due_at",
    "minimum_due_at",
)


_COLUMNS = (*SHOWN, "target_breached_at", "minimum_breached_at", "next_due_at")
"""What a reading decides of a stored clock."""


def _due_of(clock: TicketClock, now: datetime) -> list[DueClock]:
    return [
        DueClock(clock.id, clock.ticket_id, clock.name, level, at)
        for level, at in _unfired(clock)
        if at <= now and not (level is Level.WARNING and _past(clock.target_due_at, now))
    ]


def next_due(clock: TicketClock) -> datetime | None:
    return min((at for _, at in _unfired(clock)), default=None)


def _unfired(clock: TicketClock) -> list[tuple[Level, datetime]]:
    """A warning is given again when its time has moved on; none follows the breach."""
    ahead = clock.state is ClockState.RUNNING and clock.target_fired_at is None
    given = clock.warning_fired_at
    levels = (
        (Level.WARNING, clock.warn_at, not ahead),
        (Level.TARGET, clock.target_due_at, clock.target_fired_at is not None),
        (Level.MINIMUM, clock.minimum_due_at, clock.minimum_fired_at is not None),
    )
    return [
        (level, at)
        for level, at, done in levels
        if at is not None and not done and not (level is Level.WARNING and given and at <= given)
    ]


def _past(at: datetime | None, now: datetime) -> datetime | None:
    return at if at is not None and at <= now else None

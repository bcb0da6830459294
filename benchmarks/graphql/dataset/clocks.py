"""Clocks of a ticket as our own code reads them, and the notices that it gave of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from benchmarks.graphql.dataset.course import Event
from benchmarks.graphql.dataset.identity import Identities
from foredesk.sla.clock import Reading, read_clocks
from foredesk.sla.clocks import columns_of
from foredesk.sla.due import next_due
from foredesk.sla.models import TicketClock
from foredesk.sla.rulebook import Rulebook, Terms
from foredesk.tickets.clocks import clock_events
from foredesk.tickets.states import EventKind


def readings(events: Sequence[Any], terms: Mapping[UUID, Terms]) -> list[Reading]:
    return read_clocks(clock_events(events), Rulebook(terms))


def notices(id: UUID, read: Sequence[Reading], until: datetime) -> list[Event]:
    """Warnings and misses, each at its instant."""
    return [
        Event(
            id,
            EventKind.CLOCK_WARNED if level == "warning" else EventKind.CLOCK_MISSED,
            at,
            {
                "clock": reading.name,
                "cycle": reading.cycle,
                "level": level,
                "percent": percent,
                "due_at": at.isoformat(),
            },
            None,
        )
        for reading in read
        for level, percent, at in (
            *(("warning", percent, at) for percent, at in reading.warnings.items()),
            ("target", None, reading.target_due_at),
            ("minimum", None, reading.minimum_due_at),
        )
        if at is not None and at <= (reading.stopped_at or until)
    ]


def clock_row(
    identities: Identities, ticket_id: UUID, reading: Reading, until: datetime
) -> TicketClock:
    def past(at: datetime | None) -> datetime | None:
        return at if at is not None and at <= until else None

    warned = reading.warnings.items()
    clock = TicketClock(
        id=identities.at(reading.started_at),
        ticket_id=ticket_id,
        name=reading.name,
        cycle=reading.cycle,
        **columns_of(reading),
        target_breached_at=past(reading.target_due_at),
        minimum_breached_at=past(reading.minimum_due_at),
        warned={str(percent): at.isoformat() for percent, at in warned if past(at) and at},
        target_fired_at=past(reading.target_due_at),
        minimum_fired_at=past(reading.minimum_due_at),
    )
    clock.next_due_at = next_due(clock)
    return clock

"""Parity: whether what is here is what the log says, counted and compared value by value.

Everything is read back out of the events: rows as they were written, and what tickets became.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

from foredesk.importing.incidents.entries import Entry, Incident, Standing
from foredesk.importing.incidents.log import IncidentLog
from foredesk.importing.incidents.take import BATCH, external_key, zone_named
from foredesk.importing.tickets import Progress
from foredesk.people.models import Person, Team
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.projection import apply
from foredesk.tickets.states import EventKind, TicketState

INCIDENTS, UPDATES, CELLS = "incidents", "updates", "values as written"
REASSIGNED, HANDED_ON = "reassignment_count", "reassignments that the updates show"


@dataclass(slots=True)
class Check:
    """How many values of one kind the log has, how many are here, and which are not the same."""

    in_log: int = 0
    here: int = 0
    differing: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Parity:
    """`checks` have to agree; `remarks` are what the log itself does not show whole."""

    checks: dict[str, Check] = field(default_factory=dict)
    remarks: dict[str, Check] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return all(
            check.in_log == check.here and not check.differing for check in self.checks.values()
        )

    def compare(self, what: str, where: str, in_log: object, here: object) -> None:
        """Nothing is compared where the log is silent."""
        if in_log is None:
            return
        check = self.checks.setdefault(what, Check())
        check.in_log += 1
        check.here += here is not None
        if in_log != here:
            check.differing.append(f"{where}: {in_log} in the log, {here} here")


async def compare_with_log(
    viewer: Viewer,
    *,
    file: Path,
    organization: str,
    time_zone: str,
    progress: Progress = lambda done, all_: None,
) -> Parity:
    """Read the log again and everything that was taken of it. Raises UnusableCall."""
    require(viewer, Act.IMPORT)
    log = await asyncio.to_thread(IncidentLog, file, zone_named(time_zone))
    parity, incidents = Parity(), iter(log)
    while batch := await asyncio.to_thread(lambda: list(islice(incidents, BATCH))):
        await _compare(parity, batch, organization)
        progress(log.position, log.size)
    progress(log.size, log.size)
    return parity


async def _compare(parity: Parity, incidents: Sequence[Incident], organization: str) -> None:
    keys = [external_key(organization, one.number) for one in incidents]
    stored = await Ticket.filter(external_key__in=keys)
    tickets = {str(ticket.external_key): ticket for ticket in stored}
    events = await _events([ticket.id for ticket in stored])
    names = await _names(stored, events)
    for incident, key in zip(incidents, keys, strict=True):
        ticket = tickets.get(key)
        parity.compare(INCIDENTS, incident.number, True, True if ticket else None)
        if ticket is not None:
            _compare_updates(parity, incident, events[ticket.id], names)
            _compare_end(parity, incident, ticket, events[ticket.id])


def _compare_updates(
    parity: Parity, incident: Incident, events: Sequence[TicketEvent], names: Mapping[str, str]
) -> None:
    standing: Standing = (TicketState.OPEN, None)
    for entry, here in _paired(incident.entries, _updates(events)):
        where = f"{incident.number}, line {entry.line}"
        standing = entry.standing or standing
        parity.compare(UPDATES, where, True, True if here else None)
        if here is None:
            continue
        ticket = here.ticket
        for column, value in entry.written.items():
            parity.compare(CELLS, f"{where}, {column}", value, here.written.get(column))
        counted = here.written.get(REASSIGNED, "")
        parity.compare(REASSIGNED, where, entry.reassignments, _counted(counted))
        parity.compare("time of the update", where, entry.updated_at, here.event.occurred_at)
        parity.compare("state", where, standing, (ticket.state, ticket.waiting_for))
        parity.compare("priority", where, entry.priority, ticket.priority)
        parity.compare("impact", where, entry.impact, ticket.impact)
        parity.compare("urgency", where, entry.urgency, ticket.urgency)
        if ticket.state in (TicketState.OPEN, TicketState.WAITING):
            for column, id in _holders(ticket):
                parity.compare(column, where, entry.text(column), names.get(str(id), ""))


def _compare_end(
    parity: Parity, incident: Incident, ticket: Ticket, events: Sequence[TicketEvent]
) -> None:
    number, last = incident.number, incident.entries[-1]
    parity.compare("opened_at", number, last.opened_at, ticket.opened_at)
    parity.compare("resolved_at", number, last.resolved_at, ticket.resolved_at)
    parity.compare("closed_at", number, last.closed_at, ticket.closed_at)
    parity.compare("made_sla", number, last.made_sla, ticket.imported_made_sla)
    parity.compare("reopen_count", number, last.reopenings, ticket.reopen_count)
    if last.reassignments is not None:
        shown = parity.remarks.setdefault(HANDED_ON, Check())
        moves = _moves_between_teams(events)
        shown.in_log, shown.here = shown.in_log + last.reassignments, shown.here + moves
        if moves != last.reassignments:
            told = f"{last.reassignments} in the log, {moves} that its updates show"
            shown.differing.append(f"{number}: {told}")


@dataclass(frozen=True, slots=True)
class _Update:
    """An entry as it is here: what was written, and what its ticket was after it."""

    event: TicketEvent
    written: Mapping[str, str]
    ticket: Ticket


def _updates(events: Sequence[TicketEvent]) -> Iterator[_Update]:
    ticket, written = Ticket(), dict[str, str]()
    for event in events:
        apply(ticket, event)
        if event.kind is EventKind.IMPORTED:
            values: Any = event.data["values"]
            written |= values
            yield _Update(event, written, ticket)


def _paired(
    entries: Sequence[Entry], updates: Iterator[_Update]
) -> Iterator[tuple[Entry, _Update | None]]:
    for entry in entries:
        yield entry, next(updates, None)


def _moves_between_teams(events: Sequence[TicketEvent]) -> int:
    teams = [event.data["team_id"] for event in events if event.kind is EventKind.ASSIGNED]
    return sum(before is not None and before != after for before, after in pairwise(teams))


def _counted(written: str) -> int | None:
    return int(written) if written.isdecimal() else None


def _holders(ticket: Ticket) -> Iterator[tuple[str, UUID | None]]:
    yield "assignment_group", ticket.team_id
    yield "assigned_to", ticket.assignee_id


async def _events(ticket_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[TicketEvent]]:
    found: dict[UUID, list[TicketEvent]] = {ticket_id: [] for ticket_id in ticket_ids}
    for event in await TicketEvent.filter(ticket_id__in=list(ticket_ids)).order_by("sequence"):
        found[event.ticket_id].append(event)
    return found


async def _names(
    tickets: Sequence[Ticket], events: Mapping[UUID, Sequence[TicketEvent]]
) -> Mapping[str, str]:
    """Of everybody and every team who had one of them, by id."""
    given = [e.data for found in events.values() for e in found if e.kind is EventKind.ASSIGNED]
    teams = Team.filter(id__in=list({one["team_id"] for one in given if one["team_id"]}))
    people = Person.filter(id__in=list({one["assignee_id"] for one in given if one["assignee_id"]}))
    rows = [*await teams.values_list("id", "name"), *await people.values_list("id", "name")]
    return {str(id): str(name) for id, name in rows}

"""Take in the log of another desk's incidents, as often as one likes."""

import asyncio
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from foredesk.database import retry, savepoint, transaction
from foredesk.desk import Desk
from foredesk.errors import DeskError
from foredesk.importing.incidents.entries import Incident
from foredesk.importing.incidents.history import Past, later_events, recorded
from foredesk.importing.incidents.log import IncidentLog
from foredesk.importing.incidents.parties import Parties
from foredesk.importing.report import Refused, Remark, Report, UnusableCall
from foredesk.importing.tickets import ADDED, UNCHANGED, Progress
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer
from foredesk.tickets.bring_in_history import PastEvent, bring_in_history
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import EventKind

BATCH = 50


async def import_incidents(
    desk: Desk,
    viewer: Viewer,
    *,
    file: Path,
    organization: str,
    time_zone: str,
    progress: Progress = lambda done, all_: None,
) -> Report:
    """Take in every incident that is not here yet; the report names the rows that can't be taken.

    Each batch is one transaction: killed at any moment, it can be run again and goes on.

    Raises UnusableCall when the file can't be read, lacks a column, or the zone is unknown.
    """
    require(viewer, Act.IMPORT)
    log = await asyncio.to_thread(IncidentLog, file, zone_named(time_zone))
    importer = _Importer(desk, viewer, organization, file.name)
    batches = _batches(iter(log))
    while batch := await asyncio.to_thread(next, batches, None):
        await importer.take(batch)
        progress(log.position, log.size)
    progress(log.size, log.size)
    importer.report.refused += log.refused
    if log.kept_out:
        told = f"{log.kept_out} good rows stayed out with the bad ones of their incidents"
        importer.report.notices.append(Remark(file.name, None, told))
    return importer.report


def external_key(organization: str, number: str) -> str:
    return f"incident:{organization}:{number}"


def zone_named(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnusableCall(f"{name!r} is no time zone; write Europe/Lisbon.") from None


def _batches(incidents: Iterator[Incident]) -> Iterator[list[Incident]]:
    while batch := list(islice(incidents, BATCH)):
        yield batch


class _Importer:
    def __init__(self, desk: Desk, viewer: Viewer, organization: str, name: str) -> None:
        self._desk, self._viewer = desk, viewer
        self._organization, self._name = organization, name
        self._parties = Parties(desk, viewer, organization)
        self.report = Report()

    async def take(self, incidents: Sequence[Incident]) -> None:
        outcomes = await retry(lambda: self._written(incidents))
        for incident, outcome in zip(incidents, outcomes, strict=True):
            if isinstance(outcome, Refused):
                line = incident.entries[0].line
                reason = f"{incident.number}: {outcome.reason}"
                self.report.refused.append(Remark(self._name, line, reason))
            else:
                self.report.taken["incidents"][outcome] += 1

    async def _written(self, incidents: Sequence[Incident]) -> list[str | Refused]:
        self._parties.forget()
        async with transaction():
            keys = [external_key(self._organization, one.number) for one in incidents]
            here = await _updates_here(keys)
            return [
                await self._one(incident, key) if key not in here else _known(incident, here[key])
                for incident, key in zip(incidents, keys, strict=True)
            ]

    async def _one(self, incident: Incident, key: str) -> str | Refused:
        try:
            async with savepoint():
                caller = await self._parties.caller(incident.entries[0].text("caller_id"))
                later = [await self._event(past) for past in later_events(incident)]
                await bring_in_history(
                    self._desk,
                    self._viewer,
                    external_key=key,
                    requester=caller,
                    recorded=await self._event(recorded(incident)),
                    later=later,
                )
        except Refused as refusal:
            self._parties.forget()
            return refusal
        except DeskError as refusal:
            self._parties.forget()
            return Refused(f"{'.'.join(refusal.path)}: {refusal.message}")
        return ADDED

    async def _event(self, past: Past) -> PastEvent:
        data = past.data
        if past.kind is EventKind.ASSIGNED:
            data = {**data, **await self._parties.holder(past.group, past.resolver)}
        return PastEvent(past.kind, past.at, data)


def _known(incident: Incident, updates: int) -> str | Refused:
    if updates == len(incident.entries):
        return UNCHANGED
    return Refused(f"{updates} updates of it are here, and the file has {len(incident.entries)}")


async def _updates_here(keys: Sequence[str]) -> dict[str, int]:
    """By external key, how many entries were taken of those that are here."""
    tickets = {
        ticket_id: str(key)
        for ticket_id, key in await Ticket.filter(external_key__in=keys).values_list(
            "id", "external_key"
        )
    }
    counts = dict.fromkeys(tickets.values(), 0)
    entries = TicketEvent.filter(ticket_id__in=list(tickets), kind=EventKind.IMPORTED)
    for ticket_id in await entries.values_list("ticket_id", flat=True):
        counts[tickets[ticket_id]] += 1
    return counts

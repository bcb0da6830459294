"""Bring requests from another desk's table, as often as one likes."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from foredesk.database import retry, savepoint, transaction
from foredesk.desk import Desk
from foredesk.errors import DeskError
from foredesk.importing.report import Refused, Remark, Report, UnusableCall
from foredesk.importing.requesters import Requesters
from foredesk.importing.rows import Row, Rows
from foredesk.importing.ticket_map import TicketMap
from foredesk.people.policy import Act, require
from foredesk.people.viewer import Viewer
from foredesk.tickets.bring_in import bring_in_ticket
from foredesk.tickets.models import Ticket

BATCH = 100
ADDED, UNCHANGED, REPEATED = "added", "unchanged", "repeated"

Progress = Callable[[int, int], None]
"""Hears how many of how many steps are done."""


async def import_tickets(
    desk: Desk,
    viewer: Viewer,
    *,
    file: Path,
    ticket_map: TicketMap,
    dry_run: bool = False,
    progress: Progress = lambda done, all_: None,
) -> Report:
    """Take in every row that is not here yet; the report names those that can't be taken.

    Each batch is one transaction: killed at any moment, it can be run again and goes on. A dry
    run does everything and rolls it back.

    Raises UnusableCall when the file can't be read or lacks a column that the map names.
    """
    require(viewer, Act.IMPORT)
    rows = await asyncio.to_thread(_opened, file, ticket_map)
    importer = _Importer(desk, viewer, ticket_map, file.name, dry_run)
    batches = _batches(iter(rows))
    while batch := await asyncio.to_thread(next, batches, None):
        await importer.take(batch)
        progress(rows.position, rows.size)
    progress(rows.size, rows.size)
    return importer.report


def _opened(file: Path, ticket_map: TicketMap) -> Rows:
    if not file.is_file():
        raise UnusableCall(f"{file} is not a file.")
    rows = Rows(file, ticket_map.shape)
    ticket_map.check_columns(rows.header())
    return rows


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


class _RolledBack(Exception):
    """Nothing of a dry run stays."""


class _Importer:
    def __init__(
        self, desk: Desk, viewer: Viewer, ticket_map: TicketMap, name: str, dry_run: bool
    ) -> None:
        self._desk, self._viewer, self._map, self._name = desk, viewer, ticket_map, name
        self._dry_run = dry_run
        self._requesters = Requesters(desk, viewer, ticket_map.organization)
        self._seen: set[str] = set()
        self.report = Report()

    async def take(self, rows: Sequence[Row]) -> None:
        outcomes = await retry(lambda: self._written(rows))
        for row, outcome in zip(rows, outcomes, strict=True):
            if isinstance(outcome, Refused):
                self.report.refused.append(Remark(self._name, row.line, outcome.reason))
            else:
                self.report.taken[self._name][outcome] += 1

    async def _written(self, rows: Sequence[Row]) -> list[str | Refused]:
        self._requesters.forget()
        try:
            async with transaction():
                keys = [self._key(row) for row in rows]
                outcomes = await self._each(rows, keys, await _here(keys))
                if self._dry_run:
                    raise _RolledBack
        except _RolledBack:
            pass
        self._seen.update(_taken(keys, outcomes))
        return outcomes

    async def _each(
        self, rows: Sequence[Row], keys: Sequence[str], here: set[str]
    ) -> list[str | Refused]:
        outcomes: list[str | Refused] = []
        seen = set(self._seen)
        for row, key in zip(rows, keys, strict=True):
            if key and (key in seen or key in here):
                outcomes.append(REPEATED if key in seen else UNCHANGED)
            else:
                outcomes.append(await self._one(row))
                seen.update(_taken([key], outcomes[-1:]))
        return outcomes

    async def _one(self, row: Row) -> str | Refused:
        if isinstance(row.values, Refused):
            return row.values
        try:
            past = self._map.past_ticket(row.values)
            asked = self._map.requester_of(row.values)
            async with savepoint():
                requester = await self._requesters.find(asked)
                ticket = await bring_in_ticket(
                    self._desk, self._viewer, requester=requester, past=past
                )
        except Refused as refusal:
            self._requesters.forget()
            return refusal
        except DeskError as refusal:
            self._requesters.forget()
            return Refused(f"{'.'.join(refusal.path)}: {refusal.message}")
        return ADDED if ticket else UNCHANGED

    def _key(self, row: Row) -> str:
        """Empty for a row that can't be read."""
        try:
            return "" if isinstance(row.values, Refused) else self._map.key_of(row.values)
        except Refused:
            return ""


def _taken(keys: Sequence[str], outcomes: Sequence[str | Refused]) -> set[str]:
    return {key for key, outcome in zip(keys, outcomes, strict=True) if outcome == ADDED}


async def _here(keys: Sequence[str]) -> set[str]:
    known = [key for key in keys if key]
    rows = await Ticket.filter(external_key__in=known).values_list("external_key", flat=True)
    return {str(key) for key in rows}

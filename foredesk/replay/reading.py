"""Reading: recorded tickets by the range of their numbers, without a row object for any of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

import orjson

from foredesk.replay.count import Lived
from foredesk.replay.proposal import SCOPING, Recorded
from foredesk.replay.source import Source
from foredesk.replay.tally import InForce
from foredesk.replay.verdicts import levels
from foredesk.sla.models import ClockState
from foredesk.tickets.clocks import MOVES_CLOCKS
from foredesk.tickets.states import EventKind

BATCH = 1000
"""Tickets that are in memory at once."""

_KINDS = {kind.value: kind for kind in EventKind}
_READ = ", ".join(sorted(f"'{kind.value}'" for kind in MOVES_CLOCKS | SCOPING))
_STOPPED = frozenset({ClockState.MET.value, ClockState.LATE.value, ClockState.MISSED.value})


@dataclass(frozen=True, slots=True)
class Selection:
    """Tickets that were opened in a time, of these organizations; None is all.

    What confidential teams have is left out, but for these teams; None leaves out nothing. Tickets
    that are merged into others never count.
    """

    since: datetime
    until: datetime
    organization_ids: tuple[UUID, ...] | None = None
    confidential_team_ids: tuple[UUID, ...] | None = None

    def condition(self, first: int = 1) -> tuple[str, list[Any]]:
        """SQL about the ticket `t`, with parameters from `$first` on, and their values."""
        values: list[Any] = [self.since, self.until]
        parts = [
            f"t.opened_at >= ${first}",
            f"t.opened_at < ${first + 1}",
            "t.merged_into_id IS NULL",
        ]

        def among(column: str, ids: tuple[UUID, ...]) -> str:
            places = [f"${first + len(values) + place}" for place in range(len(ids))]
            values.extend(ids)
            return f"{column} IN ({', '.join(places)})" if ids else "1 = 0"

        if self.organization_ids is not None:
            parts.append(among("t.organization_id", self.organization_ids))
        if self.confidential_team_ids is not None:
            theirs = among("t.team_id", self.confidential_team_ids)
            parts.append(f"(NOT t.is_confidential OR {theirs})")
        return " AND ".join(parts), values


@dataclass(frozen=True, slots=True)
class Extent:
    """How many tickets are selected, and between which numbers."""

    tickets: int
    lowest: int
    highest: int

    def parts(self) -> Iterator[tuple[int, int]]:
        """Ranges of numbers, the end excluded, none with more than a batch of tickets."""
        for low in range(self.lowest, self.highest + 1, BATCH):
            yield low, min(low + BATCH, self.highest + 1)


def extent(source: Source, selection: Selection) -> Extent:
    condition, values = selection.condition()
    statement = f"SELECT count(*), min(t.number), max(t.number) FROM ticket t WHERE {condition}"
    ((count, lowest, highest),) = source.rows(statement, values)
    return Extent(count, lowest or 0, -1 if highest is None else highest)


def lived(
    source: Source, selection: Selection, low: int, high: int, now: datetime
) -> Iterator[Lived]:
    """The selected tickets whose numbers lie from `low` until before `high`, by number."""
    condition, values = selection.condition(first=3)
    where, given = f"t.number >= $1 AND t.number < $2 AND {condition}", [low, high, *values]
    tickets = source.rows(f"{_TICKETS} WHERE {where} ORDER BY t.number", given)
    events = _by_number(source.rows(f"{_EVENTS} WHERE {where} {_IN_ORDER}", given))
    clocks = _by_number(source.rows(f"{_CLOCKS} WHERE {where}", given))
    for number, id in tickets:
        yield Lived(
            number,
            id if isinstance(id, UUID) else UUID(id),
            [_recorded(*row[1:]) for row in events.get(number, ())],
            _in_force(clocks.get(number, ()), now),
        )


_TICKETS = "SELECT t.number, t.id FROM ticket t"
_EVENTS = (
    "SELECT t.number, e.sequence, e.kind, e.occurred_at, e.data "
    f"FROM ticket t JOIN ticket_event e ON e.ticket_id = t.id AND e.kind IN ({_READ})"
)
_CLOCKS = (
    "SELECT t.number, c.name, c.cycle, c.state, c.minimum_seconds, c.target_due_at, "
    "c.minimum_due_at "
    "FROM ticket t JOIN ticket_clock c ON c.ticket_id = t.id"
)
_IN_ORDER = "ORDER BY t.number, e.sequence"


def _by_number(rows: Sequence[Sequence[Any]]) -> dict[int, list[Sequence[Any]]]:
    found: dict[int, list[Sequence[Any]]] = {}
    for number, those in groupby(rows, key=itemgetter(0)):
        found.setdefault(number, []).extend(those)
    return found


def _recorded(sequence: int, kind: str, occurred_at: Any, data: str) -> Recorded:
    return Recorded(sequence, _KINDS[kind], _time(occurred_at), orjson.loads(data))


def _in_force(rows: Iterable[Sequence[Any]], now: datetime) -> InForce:
    return {
        (name, cycle): levels(
            is_stopped=state in _STOPPED,
            has_minimum=minimum is not None,
            target_due_at=_maybe(target_due_at),
            minimum_due_at=_maybe(minimum_due_at),
            now=now,
        )
        for _, name, cycle, state, minimum, target_due_at, minimum_due_at in rows
        if state != ClockState.MERGED.value
    }


def _time(value: Any) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _maybe(value: Any) -> datetime | None:
    return None if value is None else _time(value)

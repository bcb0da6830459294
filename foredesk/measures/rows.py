"""Rows: what the figures need of tickets, their clocks and what came back, part by part."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from tortoise.connection import get_connection
from tortoise.expressions import Q

from foredesk.database.reading import current_reader
from foredesk.errors import InvalidInput
from foredesk.measures.facts import MeasuredClock, MeasuredTicket
from foredesk.measures.queries import measured_for
from foredesk.measures.selection import Selection, Window
from foredesk.people.viewer import Viewer
from foredesk.sla.models import TicketClock
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import EventKind, TicketState

AT_ONCE = 10_000
MOST_TICKETS = 250_000

Row = Sequence[Any]

_TICKET = (
    "id",
    "organization_id",
    "service_id",
    "team_id",
    "category",
    "priority",
    "channel",
    "opened_at",
    "first_responded_at",
    "resolved_at",
    "hand_off_count",
    "reopen_count",
    "refusal_count",
)
_CLOCK = (
    "ticket_id",
    "name",
    "cycle",
    "stopped_at",
    "target_due_at",
    "minimum_due_at",
    "elapsed_seconds",
    "target_seconds",
    "minimum_seconds",
)
_CAME_BACK = frozenset({EventKind.REFUSED, EventKind.REOPENED})
_UNRESOLVED = (TicketState.OPEN.value, TicketState.WAITING.value)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of some tickets, as the driver gave them; what `tickets` takes is time of a processor,
    and best spent in a thread.
    """

    rows: Sequence[Row]
    clocks: Mapping[Any, list[Row]]
    events: Mapping[Any, list[Row]]

    def tickets(self) -> Iterator[MeasuredTicket]:
        for row in self.rows:
            yield _ticket(row, self.clocks.get(row[0], ()), self.events.get(row[0], ()))


async def measured_tickets(
    viewer: Viewer, selection: Selection, window: Window, *, with_clocks: bool = True
) -> AsyncIterator[Part]:
    """Tickets to which anything happened in the time, or that were open in it, part by part.

    Merged ones are left out: they were another ticket. Raises InvalidInput above 250,000, and
    NotPermitted, as `measured_for` does.
    """
    conditions = _Conditions(viewer, selection, window)
    after, count = None, 0
    while True:
        rows = await _read(_tickets(conditions, after))
        if not rows:
            return
        count += len(rows)
        if count > MOST_TICKETS:
            message = f"That is more than {MOST_TICKETS} tickets. Ask for less time."
            raise InvalidInput("filter", message)
        last = rows[-1][0]
        clocks = await _clocks(conditions, rows[0][0], last) if with_clocks else {}
        yield Part(rows, clocks, await _events(conditions, rows[0][0], last))
        after = last
        if len(rows) < AT_ONCE:
            return


class _Conditions:
    def __init__(self, viewer: Viewer, selection: Selection, window: Window) -> None:
        self._viewer, self._window = viewer, window
        self._selected = selection.conditions()

    def of(self, path: str = "") -> Q:
        """`path` leads to the ticket."""
        selected: dict[str, Any] = {
            "merged_into_id__isnull": True,
            "opened_at__lt": self._window.until,
            **self._selected,
        }
        lasted: dict[str, Any] = {f"{path}updated_at__gte": self._window.since}
        still_open: dict[str, Any] = {f"{path}state__in": list(_UNRESOLVED)}
        return (
            measured_for(self._viewer, path)
            & Q(**{f"{path}{column}": value for column, value in selected.items()})
            & (Q(**lasted) | Q(**still_open))
        )


def _tickets(conditions: _Conditions, after: Any) -> Any:
    found = Ticket.filter(conditions.of())
    if after is not None:
        found = found.filter(id__gt=after)
    return found.order_by("id").limit(AT_ONCE).values_list(*_TICKET)


async def _clocks(conditions: _Conditions, first: Any, last: Any) -> Mapping[Any, list[Row]]:
    part = _part(first, last)
    found = TicketClock.filter(conditions.of("ticket__"), **part)
    return _grouped(await _read(found.order_by("ticket_id").values_list(*_CLOCK)))


async def _events(conditions: _Conditions, first: Any, last: Any) -> Mapping[Any, list[Row]]:
    """Resolutions and returns of tickets that came back at all: of the others the row says it."""
    returned = Q(ticket__reopen_count__gt=0) | Q(ticket__refusal_count__gt=0)
    kinds = [kind.value for kind in (EventKind.RESOLVED, *_CAME_BACK)]
    found = TicketEvent.filter(
        conditions.of("ticket__"), returned, kind__in=kinds, **_part(first, last)
    )
    columns = ("ticket_id", "kind", "occurred_at")
    return _grouped(await _read(found.order_by("ticket_id", "sequence").values_list(*columns)))


def _part(first: Any, last: Any) -> dict[str, Any]:
    """Of both tables, so that either can be read by its key."""
    return {
        "ticket_id__gte": first,
        "ticket_id__lte": last,
        "ticket__id__gte": first,
        "ticket__id__lte": last,
    }


def _grouped(rows: Iterable[Row]) -> Mapping[Any, list[Row]]:
    found: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


async def _read(query: Any) -> Sequence[Row]:
    """As the driver gives them: Tortoise would take longer to make them than all the rest."""
    query._choose_db_if_not_chosen()
    query._make_query()
    statement, values = query.query.get_parameterized_sql()
    reader = current_reader()
    if reader is not None:
        return await reader.rows(statement, values)
    _, rows = await get_connection("default").execute_query(statement, values)
    return [tuple(row.values()) if isinstance(row, dict) else tuple(row) for row in rows]


def _ticket(row: Row, clocks: Sequence[Row], events: Sequence[Row]) -> MeasuredTicket:
    resolved_at = _time(row[9])
    if events:
        resolutions = [_known(at) for _, kind, at in events if kind == EventKind.RESOLVED]
        returns = [_known(at) for _, kind, at in events if kind in _CAME_BACK]
        if resolved_at is not None and resolutions:
            resolutions[-1] = resolved_at
    else:
        resolutions, returns = [resolved_at] if resolved_at else [], []
    return MeasuredTicket(
        organization_id=_id(row[1]) or UUID(int=0),
        service_id=_id(row[2]),
        team_id=_id(row[3]),
        category=row[4],
        priority=row[5],
        is_imported=row[6] == "import",
        opened_at=_known(row[7]),
        responded_at=_time(row[8]),
        resolved_at=resolved_at,
        hand_offs=row[10],
        resolutions=resolutions,
        returns=returns,
        clocks=[_clock(clock) for clock in clocks],
    )


def _clock(row: Row) -> MeasuredClock:
    """What is due is only a time that was missed once the clock has stopped or waits."""
    _, name, cycle, stopped_at, late_at, too_late_at, elapsed, target, minimum = row
    return MeasuredClock(
        name=name,
        cycle=cycle,
        stopped_at=_time(stopped_at),
        late_at=_time(late_at),
        too_late_at=_time(too_late_at),
        elapsed=elapsed,
        target=target,
        minimum=minimum,
    )


def _time(value: Any) -> datetime | None:
    return None if value is None else _known(value)


def _known(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


@lru_cache(10_000)
def _id(value: Any) -> UUID | None:
    """There are few, on many tickets."""
    return value if value is None or isinstance(value, UUID) else UUID(value)

"""Clocks: what the history of a ticket says to its service-level clocks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from foredesk.database import Writes
from foredesk.sla.agreed import Agreed
from foredesk.sla.clocks import write_clocks
from foredesk.sla.facts import ClockEvent, ClockEventKind
from foredesk.sla.models import TicketClock
from foredesk.sla.priority import Priority
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import EventKind, TicketState

_PLAIN = {
    EventKind.RESOLVED: ClockEventKind.RESOLVED,
    EventKind.REFUSED: ClockEventKind.REOPENED,
    EventKind.REOPENED: ClockEventKind.REOPENED,
    EventKind.CLOSED: ClockEventKind.CLOSED,
}


_MOVING = frozenset(
    {*_PLAIN, EventKind.CLASSIFIED, EventKind.AGREEMENT_CHOSEN, EventKind.REPLIED}
    | {EventKind.RECORDED}
)


def may_move_clocks(kind: EventKind, data: Mapping[str, Any], priority: Priority) -> bool:
    """Whether such an event of a ticket with this priority can start, stop or turn a clock."""
    if kind is EventKind.CLASSIFIED:
        return bool(data["priority"] != priority)
    return kind in _MOVING


async def write_clocks_of(
    writes: Writes,
    ticket: Ticket,
    added: Sequence[TicketEvent],
    known: Agreed,
    now: datetime,
) -> None:
    """Add to the writes what the ticket's clocks show now; `added` are its newest events."""
    is_new = added[0].sequence == 1
    facts = clock_events(added if is_new else [*await _earlier(ticket), *added])
    moved = any(fact.sequence >= added[0].sequence for fact in facts)
    if moved and any(fact.agreement_version_id for fact in facts):
        stored = [] if is_new else await TicketClock.filter(ticket_id=ticket.id)
        await write_clocks(writes, known, ticket.id, facts, now, stored)


async def _earlier(ticket: Ticket) -> Sequence[TicketEvent]:
    """What is stored of what moves clocks."""
    kinds = [kind.value for kind in _MOVING]
    return await TicketEvent.filter(ticket_id=ticket.id, kind__in=kinds).order_by("sequence")


def clock_events(events: Iterable[TicketEvent]) -> list[ClockEvent]:
    """The part of a history, oldest first, that starts, stops or turns a clock."""
    facts: list[ClockEvent] = []
    state, priority = TicketState.OPEN, None
    for event in events:
        if event.kind is not EventKind.CLASSIFIED or event.data["priority"] != priority:
            facts += _facts(event, event.data, state)
        state = _state_after(event, event.data, state)
        priority = event.data.get("priority", priority)
    return facts


def _facts(event: TicketEvent, data: dict[str, Any], state: TicketState) -> list[ClockEvent]:
    match event.kind:
        case EventKind.RECORDED:
            return [_fact(event, ClockEventKind.RECORDED, priority=Priority(data["priority"]))]
        case EventKind.CLASSIFIED:
            return [_fact(event, ClockEventKind.PRIORITY_SET, priority=Priority(data["priority"]))]
        case EventKind.AGREEMENT_CHOSEN:
            return [_fact(event, ClockEventKind.AGREEMENT_SET, agreement=data.get(_VERSION))]
        case EventKind.REPLIED:
            return _reply_facts(event, data, state)
    return [_fact(event, _PLAIN[event.kind])] if event.kind in _PLAIN else []


_VERSION = "agreement_version_id"


def _reply_facts(event: TicketEvent, data: dict[str, Any], state: TicketState) -> list[ClockEvent]:
    if data["from_requester"]:
        waited = state is TicketState.WAITING
        return [_fact(event, ClockEventKind.RESUMED)] if waited else []
    facts = [_fact(event, ClockEventKind.RESPONDED)]
    if data.get("waits_for_requester") and state is TicketState.OPEN:
        facts.append(_fact(event, ClockEventKind.WAITING))
    return facts


def _state_after(event: TicketEvent, data: dict[str, Any], state: TicketState) -> TicketState:
    match event.kind:
        case EventKind.REPLIED if state in (TicketState.OPEN, TicketState.WAITING):
            if data["from_requester"]:
                return TicketState.OPEN
            return TicketState.WAITING if data.get("waits_for_requester") else state
        case EventKind.RESOLVED:
            return TicketState.RESOLVED
        case EventKind.REFUSED | EventKind.REOPENED:
            return TicketState.OPEN
        case EventKind.CLOSED:
            return TicketState.CLOSED
    return state


def _fact(
    event: TicketEvent,
    kind: ClockEventKind,
    *,
    priority: Priority | None = None,
    agreement: str | None = None,
) -> ClockEvent:
    return ClockEvent(
        at=event.occurred_at,
        kind=kind,
        sequence=event.sequence,
        priority=priority,
        agreement_version_id=UUID(agreement) if agreement else None,
    )

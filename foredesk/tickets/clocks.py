"""Clocks: what the history of a ticket says to its service-level clocks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from foredesk.sla.agreed import Agreed
from foredesk.sla.clocks import Shown, show_clocks
from foredesk.sla.facts import ClockEvent, ClockEventKind
from foredesk.sla.models import TicketClock
from foredesk.sla.priority import Priority
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import EventKind, WaitingFor


class Happened(Protocol):
    """What clocks read of an event of a ticket."""

    @property
    def kind(self) -> EventKind: ...
    @property
    def sequence(self) -> int: ...
    @property
    def occurred_at(self) -> datetime: ...
    @property
    def data(self) -> dict[str, Any]: ...


_PLAIN = {
    EventKind.RESUMED: ClockEventKind.RESUMED,
    EventKind.REPAIR_ESTIMATED: ClockEventKind.ESTIMATED,
    EventKind.RESOLVED: ClockEventKind.RESOLVED,
    EventKind.REFUSED: ClockEventKind.REOPENED,
    EventKind.REOPENED: ClockEventKind.REOPENED,
    EventKind.CLOSED: ClockEventKind.CLOSED,
    EventKind.MERGED: ClockEventKind.MERGED,
    EventKind.UNMERGED: ClockEventKind.UNMERGED,
}


def may_move_clocks(kind: EventKind, data: Mapping[str, Any], ticket: Ticket) -> bool:
    """Whether such an event of this ticket can start, stop or turn a clock."""
    if kind is EventKind.CLASSIFIED:
        return (data["priority"], data.get("kind")) != (ticket.priority, ticket.kind)
    return kind in MOVES_CLOCKS


async def clocks_after(
    ticket: Ticket, added: Sequence[TicketEvent], known: Agreed, now: datetime
) -> Shown | None:
    """What the ticket's clocks show now; `added` are its newest events. None if none has moved."""
    is_new = added[0].sequence == 1
    if not is_new and not await _is_watched(ticket, added, known):
        return None
    facts = clock_events(added if is_new else [*await _earlier(ticket), *added])
    moved = any(fact.sequence >= added[0].sequence for fact in facts)
    if not moved or not any(fact.agreement_version_id for fact in facts):
        return None
    stored = [] if is_new else await TicketClock.filter(ticket_id=ticket.id)
    return await show_clocks(known, ticket.id, facts, now, stored)


async def _is_watched(ticket: Ticket, added: Sequence[TicketEvent], known: Agreed) -> bool:
    """Whether any clock of the agreement listens to what has happened."""
    version_id = ticket.agreement_version_id
    terms = (await known.terms([version_id])).get(version_id) if version_id else None
    return terms is None or any(
        not terms.watched.isdisjoint(_TOLD.get(event.kind, ())) for event in added
    )


_TOLD = {kind: frozenset({fact}) for kind, fact in _PLAIN.items()} | {
    EventKind.RECORDED: frozenset({ClockEventKind.RECORDED}),
    EventKind.CLASSIFIED: frozenset({ClockEventKind.PRIORITY_SET, ClockEventKind.KIND_SET}),
    EventKind.AGREEMENT_CHOSEN: frozenset({ClockEventKind.AGREEMENT_SET}),
    EventKind.ASSIGNED: frozenset({ClockEventKind.ASSIGNED}),
    EventKind.ESCALATED: frozenset({ClockEventKind.ASSIGNED}),
    EventKind.MOVED: frozenset({ClockEventKind.ASSIGNED}),
    EventKind.PAUSED: frozenset({ClockEventKind.WAITING}),
    EventKind.REPLIED: frozenset(
        {
            ClockEventKind.RESPONDED,
            ClockEventKind.WAITING,
            ClockEventKind.REQUESTER_REPLIED,
            ClockEventKind.RESUMED,
        }
    ),
}
"""What an event of each kind may say to a clock."""

MOVES_CLOCKS = frozenset(_TOLD)
"""The kinds of events that can start, stop or turn a clock."""


async def _earlier(ticket: Ticket) -> Sequence[TicketEvent]:
    """What is stored of what moves clocks."""
    kinds = [kind.value for kind in MOVES_CLOCKS]
    return await TicketEvent.filter(ticket_id=ticket.id, kind__in=kinds).order_by("sequence")


def clock_events(events: Iterable[Happened]) -> list[ClockEvent]:
    """The part of a history, oldest first, that starts, stops or turns a clock."""
    facts: list[ClockEvent] = []
    life = _Life()
    for event in events:
        if event.kind in MOVES_CLOCKS:
            facts += _facts(event, event.data, life)
    return facts


@dataclass(slots=True)
class _Life:
    """What of the ticket's past decides what an event says."""

    priority: str | None = None
    kind: str | None = None
    waiting_for: str | None = None
    is_resolved: bool = False
    is_merged: bool = False


def _facts(event: Happened, data: dict[str, Any], life: _Life) -> list[ClockEvent]:
    match event.kind:
        case EventKind.RECORDED:
            life.priority, life.kind = data["priority"], data.get("kind")
            return [
                _fact(
                    event,
                    ClockEventKind.RECORDED,
                    priority=Priority(data["priority"]),
                    request_kind=data.get("kind"),
                )
            ]
        case EventKind.CLASSIFIED:
            return _classified(event, data, life)
        case EventKind.AGREEMENT_CHOSEN:
            chosen = _id(data.get("agreement_version_id"))
            calendar = _id(data.get("calendar_id"))
            kind = ClockEventKind.AGREEMENT_SET
            return [_fact(event, kind, agreement_version_id=chosen, calendar_id=calendar)]
        case EventKind.ASSIGNED | EventKind.MOVED:
            return [_fact(event, ClockEventKind.ASSIGNED, team_id=_id(data.get("team_id")))]
        case EventKind.ESCALATED:
            team_id = _id(data.get("team_id"))
            return [_fact(event, ClockEventKind.ASSIGNED, team_id=team_id)] if team_id else []
        case EventKind.REPLIED:
            return [] if life.is_merged else _replied(event, data, life)
        case EventKind.PAUSED:
            return [_waits(event, life, data["waiting_for"])]
    return [_plain(event, life)]


def _classified(event: Happened, data: dict[str, Any], life: _Life) -> list[ClockEvent]:
    facts = []
    if data["priority"] != life.priority:
        priority = Priority(data["priority"])
        facts.append(_fact(event, ClockEventKind.PRIORITY_SET, priority=priority))
    if data.get("kind") != life.kind:
        facts.append(_fact(event, ClockEventKind.KIND_SET, request_kind=data.get("kind")))
    life.priority, life.kind = data["priority"], data.get("kind")
    return facts


def _replied(event: Happened, data: dict[str, Any], life: _Life) -> list[ClockEvent]:
    if data["from_requester"]:
        facts = [_fact(event, ClockEventKind.REQUESTER_REPLIED)]
        if life.waiting_for == WaitingFor.REQUESTER:
            life.waiting_for = None
            facts.append(_fact(event, ClockEventKind.RESUMED))
        return facts
    facts = [_fact(event, ClockEventKind.RESPONDED)]
    if data.get("waits_for_requester") and not life.is_resolved:
        facts.append(_waits(event, life, WaitingFor.REQUESTER))
    return facts


def _waits(event: Happened, life: _Life, reason: str) -> ClockEvent:
    life.waiting_for = reason
    return _fact(event, ClockEventKind.WAITING, reason=str(reason))


def _plain(event: Happened, life: _Life) -> ClockEvent:
    kind = _PLAIN[event.kind]
    match kind:
        case ClockEventKind.RESUMED:
            life.waiting_for = None
        case ClockEventKind.RESOLVED | ClockEventKind.CLOSED:
            life.waiting_for, life.is_resolved = None, True
        case ClockEventKind.REOPENED:
            life.waiting_for, life.is_resolved = None, False
        case ClockEventKind.MERGED | ClockEventKind.UNMERGED:
            life.is_merged = kind is ClockEventKind.MERGED
    return _fact(event, kind)


def _fact(event: Happened, kind: ClockEventKind, **what: Any) -> ClockEvent:
    return ClockEvent(at=event.occurred_at, kind=kind, sequence=event.sequence, **what)


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None

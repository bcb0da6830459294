"""States: where a ticket is in its life, and which event may move it from where to where."""

from enum import StrEnum


class TicketState(StrEnum):
    """The fixed categories that everything counts by."""

    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"


class EventKind(StrEnum):
    """What can happen to a ticket."""

    RECORDED = "recorded"
    SUGGESTED = "suggested"
    CLASSIFIED = "classified"
    AGREEMENT_CHOSEN = "agreement_chosen"
    ASSIGNED = "assigned"
    REPLIED = "replied"
    NOTED = "noted"
    ESCALATED = "escalated"
    REPAIR_ESTIMATED = "repair_estimated"
    RESOLVED = "resolved"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    REOPENED = "reopened"
    CLOSED = "closed"
    CLOCK_WARNED = "clock_warned"
    CLOCK_MISSED = "clock_missed"


INTERNAL = frozenset(
    {EventKind.SUGGESTED, EventKind.NOTED, EventKind.CLOCK_WARNED, EventKind.AGREEMENT_CHOSEN}
)
"""Events that only agents see."""

_UNRESOLVED = frozenset({TicketState.OPEN, TicketState.WAITING})
_NOT_CLOSED = _UNRESOLVED | {TicketState.RESOLVED}
_ALWAYS = frozenset(TicketState)

ALLOWED_FROM: dict[EventKind, frozenset[TicketState]] = {
    EventKind.SUGGESTED: _ALWAYS,
    EventKind.CLASSIFIED: _ALWAYS,
    EventKind.AGREEMENT_CHOSEN: _ALWAYS,
    EventKind.ASSIGNED: _UNRESOLVED,
    EventKind.REPLIED: _NOT_CLOSED,
    EventKind.NOTED: _ALWAYS,
    EventKind.ESCALATED: _UNRESOLVED,
    EventKind.REPAIR_ESTIMATED: _UNRESOLVED,
    EventKind.RESOLVED: _UNRESOLVED,
    EventKind.CONFIRMED: frozenset({TicketState.RESOLVED}),
    EventKind.REFUSED: frozenset({TicketState.RESOLVED}),
    EventKind.REOPENED: frozenset({TicketState.RESOLVED, TicketState.CLOSED}),
    EventKind.CLOSED: frozenset({TicketState.RESOLVED}),
    EventKind.CLOCK_WARNED: _ALWAYS,
    EventKind.CLOCK_MISSED: _ALWAYS,
}
"""RECORDED is the first event and comes from nowhere."""

REACHABLE: dict[TicketState, tuple[TicketState, ...]] = {
    TicketState.OPEN: (TicketState.WAITING, TicketState.RESOLVED),
    TicketState.WAITING: (TicketState.OPEN, TicketState.RESOLVED),
    TicketState.RESOLVED: (TicketState.OPEN, TicketState.CLOSED),
    TicketState.CLOSED: (TicketState.OPEN,),
}

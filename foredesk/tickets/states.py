"""States: where a ticket is in its life, and which event may move it from where to where."""

from enum import StrEnum


class TicketState(StrEnum):
    """The fixed categories that everything counts by."""

    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"


class WaitingFor(StrEnum):
    """Whom or what a waiting ticket waits for."""

    REQUESTER = "requester"
    VENDOR = "vendor"
    CHANGE = "change"
    APPROVAL = "approval"
    OTHER = "other"


class OutageReportState(StrEnum):
    """Where the reason for outage of a ticket is: only what its customer accepted is settled."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"


class EventKind(StrEnum):
    """What can happen to a ticket."""

    RECORDED = "recorded"
    SUGGESTED = "suggested"
    CLASSIFIED = "classified"
    AGREEMENT_CHOSEN = "agreement_chosen"
    ASSIGNED = "assigned"
    REPLIED = "replied"
    NOTED = "noted"
    PAUSED = "paused"
    RESUMED = "resumed"
    ESCALATED = "escalated"
    REPAIR_ESTIMATED = "repair_estimated"
    RESOLVED = "resolved"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    REOPENED = "reopened"
    CLOSED = "closed"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    UNMERGED = "unmerged"
    MERGED_IN = "merged_in"
    MERGED_OUT = "merged_out"
    FORWARDED = "forwarded"
    SOLVED_ELSEWHERE = "solved_elsewhere"
    CLOCK_WARNED = "clock_warned"
    CLOCK_MISSED = "clock_missed"
    OPERATIONAL_MISSED = "operational_missed"
    ESTIMATE_OVERDUE = "estimate_overdue"
    OUTAGE_REPORT_DRAFTED = "outage_report_drafted"
    OUTAGE_REPORT_REVISED = "outage_report_revised"
    OUTAGE_REPORT_DISCARDED = "outage_report_discarded"
    OUTAGE_REPORT_SENT = "outage_report_sent"
    OUTAGE_REPORT_ACCEPTED = "outage_report_accepted"
    OUTAGE_REPORT_REFUSED = "outage_report_refused"
    OUTAGE_ACTION_COMPLETED = "outage_action_completed"
    ARTICLE_LINKED = "article_linked"
    ARTICLE_UNLINKED = "article_unlinked"
    KNOWN_ERROR_TOLD = "known_error_told"
    IMPORTED = "imported"


INTERNAL = frozenset(
    {EventKind.SUGGESTED, EventKind.NOTED, EventKind.CLOCK_WARNED, EventKind.AGREEMENT_CHOSEN}
    | {EventKind.IMPORTED, EventKind.OPERATIONAL_MISSED}
    | {EventKind.MERGED_IN, EventKind.MERGED_OUT, EventKind.FORWARDED}
    | {EventKind.ESTIMATE_OVERDUE, EventKind.OUTAGE_ACTION_COMPLETED}
    | {EventKind.OUTAGE_REPORT_DRAFTED, EventKind.OUTAGE_REPORT_REVISED}
    | {EventKind.OUTAGE_REPORT_DISCARDED}
    | {EventKind.ARTICLE_LINKED, EventKind.ARTICLE_UNLINKED}
)
"""Events that only agents see."""

_UNRESOLVED = frozenset({TicketState.OPEN, TicketState.WAITING})
_NOT_CLOSED = _UNRESOLVED | {TicketState.RESOLVED}
_ALWAYS = frozenset(TicketState)
_NEVER: frozenset[TicketState] = frozenset()

ALLOWED_FROM: dict[EventKind, frozenset[TicketState]] = {
    EventKind.SUGGESTED: _ALWAYS,
    EventKind.CLASSIFIED: _ALWAYS,
    EventKind.AGREEMENT_CHOSEN: _ALWAYS,
    EventKind.ASSIGNED: _UNRESOLVED,
    EventKind.REPLIED: _NOT_CLOSED,
    EventKind.NOTED: _ALWAYS,
    EventKind.PAUSED: _UNRESOLVED,
    EventKind.RESUMED: frozenset({TicketState.WAITING}),
    EventKind.ESCALATED: _UNRESOLVED,
    EventKind.REPAIR_ESTIMATED: _UNRESOLVED,
    EventKind.RESOLVED: _UNRESOLVED,
    EventKind.CONFIRMED: frozenset({TicketState.RESOLVED}),
    EventKind.REFUSED: frozenset({TicketState.RESOLVED}),
    EventKind.REOPENED: frozenset({TicketState.RESOLVED, TicketState.CLOSED}),
    EventKind.CLOSED: frozenset({TicketState.RESOLVED}),
    EventKind.MOVED: _ALWAYS,
    EventKind.SPLIT: _ALWAYS,
    EventKind.MERGED: _NOT_CLOSED,
    EventKind.UNMERGED: _NEVER,
    EventKind.MERGED_IN: _UNRESOLVED,
    EventKind.MERGED_OUT: _ALWAYS,
    EventKind.FORWARDED: _ALWAYS,
    EventKind.SOLVED_ELSEWHERE: _NEVER,
    EventKind.CLOCK_WARNED: _ALWAYS,
    EventKind.CLOCK_MISSED: _ALWAYS,
    EventKind.OPERATIONAL_MISSED: _ALWAYS,
    EventKind.ESTIMATE_OVERDUE: _UNRESOLVED,
    EventKind.OUTAGE_REPORT_DRAFTED: _NOT_CLOSED,
    EventKind.OUTAGE_REPORT_REVISED: _NOT_CLOSED,
    EventKind.OUTAGE_REPORT_DISCARDED: _NOT_CLOSED,
    EventKind.OUTAGE_REPORT_SENT: _NOT_CLOSED,
    EventKind.OUTAGE_REPORT_ACCEPTED: _NOT_CLOSED,
    EventKind.OUTAGE_REPORT_REFUSED: _NOT_CLOSED,
    EventKind.OUTAGE_ACTION_COMPLETED: _ALWAYS,
    EventKind.ARTICLE_LINKED: _ALWAYS,
    EventKind.ARTICLE_UNLINKED: _ALWAYS,
    EventKind.KNOWN_ERROR_TOLD: _UNRESOLVED,
    EventKind.IMPORTED: _ALWAYS,
}
"""RECORDED is the first event and comes from nowhere."""

WHILE_MERGED = frozenset(
    {EventKind.UNMERGED, EventKind.MERGED_OUT}
    | {EventKind.REPLIED, EventKind.FORWARDED, EventKind.SOLVED_ELSEWHERE}
)
"""All that can happen to a ticket that is merged into another; only UNMERGED moves it."""


def can_happen(kind: EventKind, state: TicketState, *, is_merged: bool) -> bool:
    return kind in WHILE_MERGED if is_merged else state in ALLOWED_FROM[kind]


REACHABLE: dict[TicketState, tuple[TicketState, ...]] = {
    TicketState.OPEN: (TicketState.WAITING, TicketState.RESOLVED),
    TicketState.WAITING: (TicketState.OPEN, TicketState.RESOLVED),
    TicketState.RESOLVED: (TicketState.OPEN, TicketState.CLOSED),
    TicketState.CLOSED: (TicketState.OPEN,),
}

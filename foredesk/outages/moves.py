"""Moves: where a reason for outage may go from where it is. Pure."""

from collections.abc import Mapping

from foredesk.errors import InvalidTransition
from foredesk.tickets.models import Ticket
from foredesk.tickets.states import REACHABLE, EventKind, OutageReportState

Place = OutageReportState | None
"""None: there is none, or it was discarded."""

_DRAFT, _SENT, _ACCEPTED = OutageReportState

MOVES: Mapping[EventKind, tuple[frozenset[Place], Place]] = {
    EventKind.OUTAGE_REPORT_DRAFTED: (frozenset({None}), _DRAFT),
    EventKind.OUTAGE_REPORT_REVISED: (frozenset({_DRAFT, _SENT, _ACCEPTED}), _DRAFT),
    EventKind.OUTAGE_REPORT_DISCARDED: (frozenset({_DRAFT}), None),
    EventKind.OUTAGE_REPORT_SENT: (frozenset({_DRAFT}), _SENT),
    EventKind.OUTAGE_REPORT_ACCEPTED: (frozenset({_SENT}), _ACCEPTED),
    EventKind.OUTAGE_REPORT_REFUSED: (frozenset({_SENT}), _DRAFT),
}
"""From where each is possible, and to where it leads. Only a draft that no customer has ever had
can be discarded."""

_WHY_NOT: Mapping[EventKind, str] = {
    EventKind.OUTAGE_REPORT_DRAFTED: "There is a reason for outage for this request already.",
    EventKind.OUTAGE_REPORT_REVISED: "There is no reason for outage to revise.",
    EventKind.OUTAGE_REPORT_DISCARDED: "The customer has had it, or there is none.",
    EventKind.OUTAGE_REPORT_SENT: "Only a draft can be sent.",
    EventKind.OUTAGE_REPORT_ACCEPTED: "There is nothing to accept: it is in work, or settled.",
    EventKind.OUTAGE_REPORT_REFUSED: "There is nothing to refuse: it is in work, or settled.",
}


def check_move(ticket: Ticket, kind: EventKind, *, was_sent: bool = False) -> None:
    """Raises InvalidTransition when that can't happen to the ticket's report where it is."""
    possible, _ = MOVES[kind]
    is_bound = kind is EventKind.OUTAGE_REPORT_DISCARDED and was_sent
    if ticket.outage_report_state not in possible or is_bound:
        raise InvalidTransition(
            _WHY_NOT[kind],
            state=ticket.state.value,
            allowed=tuple(state.value for state in REACHABLE[ticket.state]),
        )

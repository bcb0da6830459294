"""Draft: what the event log already knows of an outage, in words for the customer. Pure.

Only events that the requester may read anyway are told, and no names of people and teams: what
agents wrote among themselves, or what a confidential team is called, is never in it.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from foredesk.outages.content import ENTRY_LIMIT, Content, Moment
from foredesk.outages.wording import Wording, wording
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import INTERNAL, EventKind


def drafted(ticket: Ticket, events: Iterable[TicketEvent], locale: str) -> Content:
    """From the events of a ticket, oldest first. The cause is left for people to find."""
    say, timeline = wording(locale), list[Moment]()
    for event in events:
        text = "" if event.kind in INTERNAL else _TOLD.get(event.kind, _untold)(event, say)
        if text and not (timeline and timeline[-1].text == text):
            timeline.append(Moment(_time(event), text[:ENTRY_LIMIT]))
    return Content(
        summary=ticket.subject,
        impact=_impact(ticket, say),
        timeline=sorted(timeline, key=lambda moment: moment.at),
    )


Told = Callable[[TicketEvent, Wording], str]


def _time(event: TicketEvent) -> datetime:
    """A promise was broken when it was due, however late that was noticed."""
    due = event.data.get("due_at") if event.kind is EventKind.CLOCK_MISSED else None
    return datetime.fromisoformat(str(due)) if due else event.occurred_at


def _impact(ticket: Ticket, say: Wording) -> str:
    affected = say.affected[ticket.impact]
    if ticket.resolved_at is None:
        return affected
    return f"{affected} {say.lasted.format(span=say.span(ticket.resolved_at - ticket.opened_at))}"


def _untold(event: TicketEvent, say: Wording) -> str:
    return ""


def _fixed(name: str) -> Told:
    return lambda event, say: str(getattr(say, name))


def _with(name: str, key: str) -> Told:
    """A sentence, and what was said with it on the same line."""

    def told(event: TicketEvent, say: Wording) -> str:
        said = " ".join(str(event.data.get(key) or "").split())
        sentence = str(getattr(say, name))
        return f"{sentence[:-1]}: {said}" if said else sentence

    return told


def _assigned(event: TicketEvent, say: Wording) -> str:
    return say.in_work if event.data.get("team_id") or event.data.get("assignee_id") else ""


def _replied(event: TicketEvent, say: Wording) -> str:
    if event.data.get("from_requester"):
        return say.requester_replied
    return say.asked if event.data.get("waits_for_requester") else say.replied


def _estimated(event: TicketEvent, say: Wording) -> str:
    """Said as a span of time, which is the same in every zone."""
    data: Any = event.data
    soon, latest = data["repair_at"], data.get("latest_at")
    sentence = say.estimated.format(span=_from(event, soon, say))
    if latest:
        sentence = say.estimated_twice.format(
            span=_from(event, soon, say), latest=_from(event, latest, say)
        )
    reason = " ".join(str(data.get("reason") or "").split())
    return f"{sentence[:-1]}: {reason}" if reason else sentence


def _from(event: TicketEvent, until: str, say: Wording) -> str:
    span = datetime.fromisoformat(until) - event.occurred_at
    return say.span(max(span, timedelta(minutes=1)))


def _missed(event: TicketEvent, say: Wording) -> str:
    if event.data.get("level") != "minimum":
        return ""
    return say.missed.get(str(event.data.get("clock")), "")


_TOLD: dict[EventKind, Told] = {
    EventKind.RECORDED: _fixed("recorded"),
    EventKind.ASSIGNED: _assigned,
    EventKind.REPLIED: _replied,
    EventKind.ESCALATED: _fixed("escalated"),
    EventKind.PAUSED: _fixed("paused"),
    EventKind.RESUMED: _fixed("resumed"),
    EventKind.REPAIR_ESTIMATED: _estimated,
    EventKind.RESOLVED: _with("resolved", "resolution"),
    EventKind.CONFIRMED: _fixed("confirmed"),
    EventKind.REFUSED: _with("refused", "reason"),
    EventKind.REOPENED: _with("reopened", "reason"),
    EventKind.CLOCK_MISSED: _missed,
}
"""Everything else, and whatever kinds are to come, is left out until it is named here."""

"""Labels: the desk's states, kinds and priorities in plain words."""

from collections.abc import Iterable
from datetime import datetime

from foredesk.sla.models import ClockName, ClockState, TicketClock
from foredesk.sla.priority import Impact, Priority, Urgency
from foredesk.tickets.models import Ticket, TicketKind
from foredesk.tickets.states import TicketState
from portal.words import Words


def state_of(ticket: Ticket, words: Words) -> tuple[str, str]:
    """The words for a request's state, and the tone they are shown in."""
    match ticket.state:
        case TicketState.WAITING:
            return words("Waiting for you"), "warn"
        case TicketState.RESOLVED:
            return words("Solved? Please confirm"), "good"
        case TicketState.CLOSED:
            return words("Closed"), "done"
        case _ if ticket.first_responded_at:
            return words("In progress"), ""
        case _:
            return words("Received"), ""


def state_for_agents(ticket: Ticket, words: Words) -> tuple[str, str]:
    match ticket.state:
        case TicketState.WAITING:
            return words("Waiting"), "done"
        case TicketState.RESOLVED:
            return words("Resolved"), "good"
        case TicketState.CLOSED:
            return words("Closed"), "done"
        case _ if ticket.first_responded_at:
            return words("In progress"), ""
        case _:
            return words("New"), "warn"


def kind(value: TicketKind | None, words: Words) -> str:
    match value:
        case TicketKind.INFORMATION:
            return words("Question")
        case TicketKind.SERVICE_FULFILLMENT:
            return words("Order")
        case TicketKind.NEW_SERVICE:
            return words("Something new")
        case TicketKind.INCIDENT:
            return words("Something is broken")
        case None:
            return words("Not known yet")


def priority(value: Priority, words: Words) -> str:
    match value:
        case Priority.CRITICAL:
            return words("Critical")
        case Priority.HIGH:
            return words("High")
        case Priority.NORMAL:
            return words("Normal")
        case Priority.LOW:
            return words("Low")


def urgencies(words: Words) -> list[tuple[str, str]]:
    """Urgency asked as its effect on the person."""
    return [
        (Urgency.HIGH.value, words("I cannot work")),
        (Urgency.MEDIUM.value, words("I can work, but it is harder")),
        (Urgency.LOW.value, words("It can wait")),
        ("", words("I don't know")),
    ]


def impacts(words: Words) -> list[tuple[str, str]]:
    """Impact asked as who is affected."""
    return [
        (Impact.LOW.value, words("Only me")),
        (Impact.MEDIUM.value, words("My team")),
        (Impact.HIGH.value, words("Many people, or our customers")),
        ("", words("I don't know")),
    ]


def clocks(readings: Iterable[TicketClock], words: Words, now: datetime) -> list[tuple[str, str]]:
    """Each clock's name and what it shows, for agents."""
    names = {ClockName.RESPONSE: words("Answer"), ClockName.RESOLUTION: words("Solution")}
    in_order = sorted(readings, key=lambda clock: list(names).index(clock.name))
    return [(names[clock.name], _reading(clock, words, now)) for clock in in_order]


def _reading(clock: TicketClock, words: Words, now: datetime) -> str:
    match clock.state:
        case ClockState.PAUSED:
            return words("paused")
        case ClockState.MET:
            return words("kept")
        case ClockState.LATE:
            return words("late, within the minimum")
        case ClockState.MISSED:
            return words("missed")
        case _ if clock.target_due_at and clock.minimum_due_at:
            return words(
                "%(target)s, at the latest %(minimum)s",
                target=words.when(clock.target_due_at, now),
                minimum=words.when(clock.minimum_due_at, now),
            )
        case _:
            return words("running")

"""Labels: the desk's states, kinds and priorities in plain words."""

from collections.abc import Iterable
from datetime import datetime

from foredesk.sla.definitions import NEXT_UPDATE, RESOLUTION, RESPONSE
from foredesk.sla.models import ClockState, TicketClock
from foredesk.sla.priority import Impact, Priority, Urgency
from foredesk.tickets.models import Ticket, TicketKind
from foredesk.tickets.states import TicketState, WaitingFor
from portal.clock_titles import clock_name
from portal.words import Words


def state_of(ticket: Ticket, words: Words) -> tuple[str, str]:
    """The words for a request's state, and the tone they are shown in."""
    match ticket.state:
        case TicketState.WAITING if ticket.waiting_for is WaitingFor.REQUESTER:
            return words("Waiting for you"), "warn"
        case TicketState.WAITING:
            return words("Waiting for others"), ""
        case TicketState.CLOSED if ticket.merged_into_id:
            return words("Goes on with another"), ""
        case TicketState.RESOLVED if ticket.confirmed_at:
            return words("Solved"), "good"
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
            return waiting_for(ticket.waiting_for, words), "done"
        case TicketState.CLOSED if ticket.merged_into_id:
            return words("Merged"), "done"
        case TicketState.RESOLVED:
            return words("Resolved"), "good"
        case TicketState.CLOSED:
            return words("Closed"), "done"
        case _ if ticket.first_responded_at:
            return words("In progress"), ""
        case _:
            return words("New"), "warn"


def waiting_for(value: WaitingFor | None, words: Words) -> str:
    """For whom or what a ticket waits, for agents."""
    match value:
        case WaitingFor.REQUESTER:
            return words("Waiting for the requester")
        case WaitingFor.VENDOR:
            return words("Waiting for a supplier")
        case WaitingFor.CHANGE:
            return words("Waiting for a change")
        case WaitingFor.APPROVAL:
            return words("Waiting for an approval")
        case WaitingFor.OTHER:
            return words("Waiting for something else")
        case None:
            return ""


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
    order = [RESPONSE, NEXT_UPDATE, RESOLUTION]
    in_order = sorted(
        (clock for clock in readings if clock.is_current),
        key=lambda clock: (order.index(clock.name) if clock.name in order else 3, clock.name),
    )
    return [(clock_name(clock.name, words), _reading(clock, words, now)) for clock in in_order]


def _reading(clock: TicketClock, words: Words, now: datetime) -> str:
    match clock.state:
        case ClockState.PAUSED:
            return words("paused")
        case ClockState.MERGED:
            return words("merged")
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
        case _ if clock.target_due_at:
            return words.when(clock.target_due_at, now)
        case _:
            return words("running")

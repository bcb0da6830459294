"""Promises: what happens next to a request, and by when, in the person's words and zone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from foredesk.sla.models import ClockName, TicketClock
from foredesk.sla.promises import Promise, PromiseState, next_promise
from foredesk.tickets.models import Ticket
from foredesk.tickets.states import TicketState
from portal.words import Words


@dataclass(frozen=True, slots=True)
class Next:
    """`due` is the moment it speaks of; `tone` is empty, `good`, `warn` or `bad`."""

    text: str
    due: datetime | None = None
    tone: str = ""
    more: str = ""


def next_step(
    ticket: Ticket,
    clocks: Iterable[TicketClock],
    words: Words,
    now: datetime,
    reopen_until: datetime | None,
) -> Next:
    """What the person who asked can count on from here."""
    match ticket.state:
        case TicketState.WAITING:
            return Next(words("We need an answer from you to go on."), tone="warn")
        case TicketState.RESOLVED:
            return _resolved(ticket, words)
        case TicketState.CLOSED:
            return _closed(words, now, reopen_until)
        case _:
            return _open(ticket, clocks, words, now)


def due_next(ticket: Ticket, clocks: Iterable[TicketClock], now: datetime) -> datetime | None:
    """The moment the desk has to keep next: its own estimate, or the nearest running target."""
    if ticket.state is not TicketState.OPEN:
        return None
    promise = next_promise(list(clocks), now)
    moments = [promise.at if promise else None]
    if ticket.first_responded_at:
        moments.append(ticket.estimated_repair_at)
    return min((moment for moment in moments if moment), default=None)


def _open(ticket: Ticket, clocks: Iterable[TicketClock], words: Words, now: datetime) -> Next:
    if ticket.first_responded_at and ticket.estimated_repair_at:
        return _estimate(ticket.estimated_repair_at, words, now)
    promise = next_promise(list(clocks), now)
    if promise is None or promise.at is None:
        if ticket.first_responded_at:
            return Next(words("We are working on it."))
        return Next(words("We have your request and answer as soon as we can."))
    when = words.when(promise.at, now)
    answers = promise.kind is ClockName.RESPONSE
    if promise.state is PromiseState.DUE:
        if answers:
            return Next(words("We answer by %(when)s.", when=when), promise.at)
        return Next(words("We aim to have it solved by %(when)s.", when=when), promise.at)
    late = (
        words("We are late: we wanted to answer by %(when)s.", when=when)
        if answers
        else words("We are late: we aimed to solve it by %(when)s.", when=when)
    )
    return Next(late, promise.at, tone="bad", more=_excuse(promise, words, now))


def _excuse(promise: Promise, words: Words, now: datetime) -> str:
    if promise.state is PromiseState.LATE and promise.at_latest:
        latest = words.when(promise.at_latest, now)
        return words("You need not ask again. You can count on %(when)s.", when=latest)
    return words("You need not ask again. Your request is at the top of our list.")


def _estimate(due: datetime, words: Words, now: datetime) -> Next:
    if due > now:
        return Next(words("We expect it to be solved by %(when)s.", when=words.when(due, now)), due)
    return Next(
        words("It takes longer: we expected it by %(when)s.", when=words.when(due, now)),
        due,
        tone="bad",
        more=words("We tell you a new time as soon as we know it."),
    )


def _resolved(ticket: Ticket, words: Words) -> Next:
    more = ""
    if ticket.close_due_at:
        more = words(
            "If we hear nothing, we close the request on %(date)s.",
            date=words.date(ticket.close_due_at),
        )
    return Next(words("We think it is solved. Is it?"), tone="good", more=more)


def _closed(words: Words, now: datetime, until: datetime | None) -> Next:
    if until is None or until <= now:
        return Next(words("This request is closed."))
    return Next(
        words("This request is closed."),
        more=words("If it comes back, you can reopen it until %(date)s.", date=words.date(until)),
    )

"""Promises: what happens next to a request, and by when, in the person's words and zone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from foredesk.sla import definitions
from foredesk.sla.models import TicketClock
from foredesk.sla.promises import Promise, PromiseState, next_promise
from foredesk.tickets.models import Ticket
from foredesk.tickets.projection import owes_report
from foredesk.tickets.states import TicketState, WaitingFor
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
        case TicketState.WAITING if ticket.waiting_for is WaitingFor.REQUESTER:
            return Next(words("We need an answer from you to go on."), tone="warn")
        case TicketState.WAITING:
            return _waiting(ticket, words, now)
        case TicketState.CLOSED if ticket.merged_into_id:
            return _merged(words)
        case TicketState.RESOLVED:
            return _resolved(ticket, words)
        case TicketState.CLOSED:
            return _closed(words, now, reopen_until)
        case _:
            return _open(ticket, clocks, words, now)


def _waiting(ticket: Ticket, words: Words, now: datetime) -> Next:
    texts = {
        WaitingFor.VENDOR: words("We are waiting for a supplier."),
        WaitingFor.CHANGE: words("We are waiting for a change that is planned."),
        WaitingFor.APPROVAL: words("We are waiting for somebody to agree."),
    }
    text = texts.get(ticket.waiting_for) if ticket.waiting_for else None
    more = ""
    if ticket.paused_until is not None and ticket.paused_until > now:
        more = words("We go on by %(when)s.", when=words.when(ticket.paused_until, now))
    return Next(text or words("We are waiting for something that we need first."), more=more)


def _merged(words: Words) -> Next:
    return Next(
        words("We solve it together with another request."),
        more=words("You hear from us here, and what you write here reaches us."),
    )


def due_next(ticket: Ticket, clocks: Iterable[TicketClock], now: datetime) -> datetime | None:
    """The moment the desk has to keep next: its own estimate, or the nearest running target."""
    if ticket.state is not TicketState.OPEN:
        return None
    promise = next_promise(list(clocks), now)
    moments = [promise.at if promise else None]
    if ticket.first_responded_at:
        moments.append(_expected(ticket, now))
    return min((moment for moment in moments if moment), default=None)


def _open(ticket: Ticket, clocks: Iterable[TicketClock], words: Words, now: datetime) -> Next:
    if ticket.first_responded_at and ticket.estimated_repair_at:
        return _estimate(ticket.estimated_repair_at, ticket, words, now)
    promise = next_promise(list(clocks), now)
    if promise is None or promise.at is None:
        if ticket.first_responded_at:
            return Next(words("We are working on it."))
        return Next(words("We have your request and answer as soon as we can."))
    when = words.when(promise.at, now)
    if promise.state is PromiseState.DUE:
        return Next(_in_time(promise.kind, words, when), promise.at)
    late = _late(promise.kind, words, when)
    return Next(late, promise.at, tone="bad", more=_excuse(promise, words, now))


def _in_time(kind: str, words: Words, when: str) -> str:
    match kind:
        case definitions.RESPONSE:
            return words("We answer by %(when)s.", when=when)
        case definitions.NEXT_UPDATE:
            return words("You hear from us again by %(when)s.", when=when)
        case _:
            return words("We aim to have it solved by %(when)s.", when=when)


def _late(kind: str, words: Words, when: str) -> str:
    match kind:
        case definitions.RESPONSE:
            return words("We are late: we wanted to answer by %(when)s.", when=when)
        case definitions.NEXT_UPDATE:
            return words("We are late: we wanted to write again by %(when)s.", when=when)
        case _:
            return words("We are late: we aimed to solve it by %(when)s.", when=when)


def _excuse(promise: Promise, words: Words, now: datetime) -> str:
    if promise.state is PromiseState.LATE and promise.at_latest:
        latest = words.when(promise.at_latest, now)
        return words("You need not ask again. You can count on %(when)s.", when=latest)
    return words("You need not ask again. Your request is at the top of our list.")


def _expected(ticket: Ticket, now: datetime) -> datetime | None:
    """The next time that the estimate names: the later one once the first is past."""
    soon, latest = ticket.estimated_repair_at, ticket.estimated_repair_latest_at
    return latest if soon and latest and soon <= now else soon


def _estimate(soon: datetime, ticket: Ticket, words: Words, now: datetime) -> Next:
    latest = ticket.estimated_repair_latest_at
    if latest is not None and now < latest:
        return _two_times(soon, latest, words, now)
    due = latest or soon
    if due > now:
        return Next(words("We expect it to be solved by %(when)s.", when=words.when(due, now)), due)
    return Next(
        words("It takes longer: we expected it by %(when)s.", when=words.when(due, now)),
        due,
        tone="bad",
        more=words("We tell you a new time as soon as we know it."),
    )


def _two_times(soon: datetime, latest: datetime, words: Words, now: datetime) -> Next:
    at_latest = words.when(latest, now)
    if soon <= now:
        text = words("It takes longer. It is almost certainly solved by %(when)s.", when=at_latest)
        return Next(text, latest, tone="warn")
    return Next(
        words("It is probably solved by %(when)s.", when=words.when(soon, now)),
        soon,
        more=words("Almost certainly by %(when)s.", when=at_latest),
    )


def _resolved(ticket: Ticket, words: Words) -> Next:
    if owes_report(ticket):
        return _owed(ticket, words)
    more = ""
    if ticket.close_due_at:
        more = words(
            "If we hear nothing, we close the request on %(date)s.",
            date=words.date(ticket.close_due_at),
        )
    return Next(words("We think it is solved. Is it?"), tone="good", more=more)


def _owed(ticket: Ticket, words: Words) -> Next:
    more = words("It stays open until you have accepted our report on what happened and why.")
    if ticket.confirmed_at is not None:
        return Next(words("You said that it is solved."), tone="good", more=more)
    return Next(words("We think it is solved. Is it?"), tone="good", more=more)


def _closed(words: Words, now: datetime, until: datetime | None) -> Next:
    if until is None or until <= now:
        return Next(words("This request is closed."))
    return Next(
        words("This request is closed."),
        more=words("If it comes back, you can reopen it until %(date)s.", date=words.date(until)),
    )

"""Titles of what makes requests wait, brings them together, or gives them to others."""

from collections.abc import Callable, Mapping
from datetime import datetime

from foredesk.tickets.models import TicketEvent
from foredesk.tickets.states import EventKind, WaitingFor
from portal import labels
from portal.cast import Cast
from portal.words import Words

Title = Callable[[TicketEvent, Cast, Words, datetime], str]


def _paused(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    reason = WaitingFor(str(event.data["waiting_for"]))
    text = labels.waiting_for(reason, words)
    if reason is WaitingFor.REQUESTER and cast.requester_id == cast.viewer_id:
        text = words("Waiting for you")
    until = event.data.get("until")
    if not until:
        return text
    when = words.when(datetime.fromisoformat(str(until)), now)
    return words("%(reason)s, until %(when)s", reason=text, when=when)


def _resumed(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    if event.data.get("because") == "time":
        return words("The wait is over, we go on")
    return words("We go on")


def _moved(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    before = cast.name(event.data.get("from_requester_id")) if cast.is_for_agents else None
    if before:
        return words("Moved from %(name)s", name=before)
    return words("The help desk found out whose request it is")


def _split(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    part = cast.number(event, "part_id")
    if part is None:
        return words("A part became a request of its own")
    return words("A part became a request of its own: number %(number)s", number=part)


def _merged(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    into = cast.number(event, "into_id")
    if into is None:
        return words("We solve it together with another request")
    return words("We solve it together with request %(number)s", number=into)


def _unmerged(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    return words("We go on with it by itself again")


def _merged_in(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    other = cast.number(event, "other_id")
    if other is None:
        return words("Another ticket was merged into this one")
    return words("Ticket %(number)s was merged into this one", number=other)


def _merged_out(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    other = cast.number(event, "other_id")
    if other is None:
        return words("A merged ticket was taken out again")
    return words("Ticket %(number)s was taken out again", number=other)


def _forwarded(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    name, other = cast.who(event.actor_id, words), cast.number(event, "other_id")
    if other is None:
        return words("%(name)s wrote in a ticket that is merged into this one", name=name)
    return words("%(name)s wrote in ticket %(number)s, which is merged", name=name, number=other)


def _solved(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    return words("We think it is solved, together with the other request")


TITLES: Mapping[EventKind, Title] = {
    EventKind.PAUSED: _paused,
    EventKind.RESUMED: _resumed,
    EventKind.MOVED: _moved,
    EventKind.SPLIT: _split,
    EventKind.MERGED: _merged,
    EventKind.UNMERGED: _unmerged,
    EventKind.MERGED_IN: _merged_in,
    EventKind.MERGED_OUT: _merged_out,
    EventKind.FORWARDED: _forwarded,
    EventKind.SOLVED_ELSEWHERE: _solved,
}

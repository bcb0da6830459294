"""Titles of what clocks lead to: warnings, misses and escalations, in the words of the timeline."""

from collections.abc import Callable, Mapping
from datetime import datetime

from foredesk.sla.definitions import NEXT_UPDATE, RESOLUTION, RESPONSE, Level
from foredesk.tickets.models import TicketEvent
from foredesk.tickets.states import EventKind
from portal.cast import Cast
from portal.words import Words


def clock_name(name: str, words: Words) -> str:
    """What a person calls it; one that an agreement defines goes by its own name."""
    named = {
        RESPONSE: words("Answer"),
        NEXT_UPDATE: words("Next update"),
        RESOLUTION: words("Solution"),
    }
    return named.get(name, name.replace("_", " "))


def because_of_clock(event: TicketEvent, words: Words) -> str:
    """Why an agreement escalated; empty where a person did."""
    if not event.data.get("clock"):
        return ""
    clock = clock_name(str(event.data["clock"]), words)
    match event.data.get("level"):
        case Level.WARNING:
            percent = str(event.data.get("percent"))
            return words(
                "%(clock)s: %(percent)s%% of the time is used", clock=clock, percent=percent
            )
        case Level.TARGET:
            return words("%(clock)s: the target is missed", clock=clock)
        case _:
            return words("%(clock)s: the minimum is missed", clock=clock)


def _warned(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    return because_of_clock(event, words)


def _missed(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    when = words.when(datetime.fromisoformat(str(event.data["due_at"])), now)
    promised = event.data.get("level") == Level.MINIMUM
    clock = str(event.data.get("clock"))
    if clock == RESPONSE and promised:
        return words("We had promised an answer by %(when)s, and are late", when=when)
    if clock == RESPONSE:
        return words("We had hoped to answer by %(when)s, and are late", when=when)
    if clock == RESOLUTION and promised:
        return words("We had promised a solution by %(when)s, and are late", when=when)
    if clock == RESOLUTION:
        return words("We had hoped for a solution by %(when)s, and are late", when=when)
    if clock == NEXT_UPDATE and promised:
        return words("We had promised news by %(when)s, and are late", when=when)
    if clock == NEXT_UPDATE:
        return words("We had hoped to send news by %(when)s, and are late", when=when)
    return f"{because_of_clock(event, words)} ({when})"


def _operational(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    when = words.when(datetime.fromisoformat(str(event.data["due_at"])), now)
    return f"{because_of_clock(event, words)} ({when})"


def _escalated(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    told = event.data.get("told")
    names = [cast.name(one) for one in told] if isinstance(told, list) else []
    named = [name for name in names or [cast.name(event.data.get("person_id"))] if name]
    if named:
        return words.count(
            "%(name)s was asked to see to it",
            "%(name)s were asked to see to it",
            len(named),
            name=words.listed(named),
        )
    team = cast.teams.get(str(event.data.get("team_id")))
    if team:
        return words("Handed to specialists: %(team)s", team=team)
    return words("Handed to specialists")


TITLES: Mapping[EventKind, Callable[[TicketEvent, Cast, Words, datetime], str]] = {
    EventKind.CLOCK_WARNED: _warned,
    EventKind.CLOCK_MISSED: _missed,
    EventKind.OPERATIONAL_MISSED: _operational,
    EventKind.ESCALATED: _escalated,
}

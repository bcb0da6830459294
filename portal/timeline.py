"""Timeline: the history of a request as sentences, oldest first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from foredesk.knowledge.models import Article
from foredesk.tickets.models import TicketEvent
from foredesk.tickets.states import EventKind
from portal import article_titles, clock_titles, joining_titles
from portal.cast import Cast
from portal.words import Words, marked


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `tone` is empty, `ours` or `internal`."""

    id: UUID
    at: datetime
    title: str
    said: str = ""
    tone: str = ""
    articles: list[Article] = field(default_factory=list)


def timeline(events: Iterable[TicketEvent], cast: Cast, words: Words, now: datetime) -> list[Entry]:
    """Events that say nothing to a person are left out."""
    entries = []
    for event in events:
        title = _TITLES.get(event.kind, _silent)(event, cast, words, now)
        if title:
            entries.append(
                Entry(
                    id=event.id,
                    at=event.occurred_at,
                    title=title,
                    said=_said(event, cast, words),
                    tone=_tone(event),
                    articles=_articles(event.data, cast),
                )
            )
    return entries


Title = Callable[[TicketEvent, Cast, Words, datetime], str]


def _silent(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    return ""


def _recorded(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    whole = cast.number(event, "split_from_id")
    if whole is not None:
        return words("A part of request %(number)s became a request of its own", number=whole)
    if cast.requester_id == cast.viewer_id:
        return words("You asked for help")
    return words("%(name)s asked for help", name=cast.who(cast.requester_id, words))


def _assigned(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    name = cast.name(event.data.get("assignee_id"))
    absent = cast.name(event.data.get("instead_of"))
    if name and absent:
        return words("%(name)s is looking after it for %(absent)s", name=name, absent=absent)
    if name:
        return words("%(name)s is looking after it", name=name)
    team = cast.teams.get(str(event.data.get("team_id")))
    return words("Given to the team %(team)s", team=team) if team else ""


def _replied(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    if event.actor_id == cast.viewer_id:
        return words("You wrote")
    return words("%(name)s wrote", name=cast.who(event.actor_id, words))


def _noted(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    return words("Internal note by %(name)s", name=cast.who(event.actor_id, words))


def _estimated(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    at = datetime.fromisoformat(str(event.data["repair_at"]))
    latest = event.data.get("latest_at")
    if latest:
        return words(
            "Probably solved by %(when)s, almost certainly by %(latest)s",
            when=words.when(at, now),
            latest=words.when(datetime.fromisoformat(str(latest)), now),
        )
    return words("Expected to be solved by %(when)s", when=words.when(at, now))


def _overdue(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    at = datetime.fromisoformat(str(event.data["due_at"]))
    return words("Not solved by %(when)s, as was promised", when=words.when(at, now))


def _revised(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    name = cast.who(event.actor_id, words)
    return words("%(name)s revised the reason for outage", name=name)


def _classified(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    """Agents see what was decided and why; a person who asked need not know our drawers."""
    if not cast.is_for_agents:
        return ""
    category = event.data.get("category")
    if not category:
        return words("Sorted, without a category")
    plugin = str(event.data.get("decided_by", "")).partition("plugin:")[2]
    if plugin:
        share = round(100 * float(str(event.data.get("confidence") or 0)))
        return words(
            "Sorted as %(category)s by the plugin %(plugin)s, %(share)s%% sure",
            category=category,
            plugin=plugin,
            share=share,
        )
    return words("Sorted as %(category)s", category=category)


def _closed(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    if event.data.get("because") == "silence":
        return words("Closed, as we heard nothing more")
    return words("Closed")


def _fixed(text: str) -> Title:
    return lambda event, cast, words, now: words(text)


_TITLES: dict[EventKind, Title] = {
    EventKind.RECORDED: _recorded,
    EventKind.CLASSIFIED: _classified,
    EventKind.ASSIGNED: _assigned,
    EventKind.REPLIED: _replied,
    EventKind.NOTED: _noted,
    **joining_titles.TITLES,
    **clock_titles.TITLES,
    **article_titles.TITLES,
    EventKind.REPAIR_ESTIMATED: _estimated,
    EventKind.RESOLVED: _fixed(marked("We think it is solved")),
    EventKind.CONFIRMED: _fixed(marked("Confirmed: it is solved")),
    EventKind.REFUSED: _fixed(marked("Still not solved")),
    EventKind.REOPENED: _fixed(marked("Reopened")),
    EventKind.CLOSED: _closed,
    EventKind.ESTIMATE_OVERDUE: _overdue,
    EventKind.OUTAGE_REPORT_DRAFTED: _fixed(marked("The reason for outage was drafted")),
    EventKind.OUTAGE_REPORT_REVISED: _revised,
    EventKind.OUTAGE_REPORT_DISCARDED: _fixed(marked("The reason for outage was given up")),
    EventKind.OUTAGE_REPORT_SENT: _fixed(marked("Sent: what happened and why")),
    EventKind.OUTAGE_REPORT_ACCEPTED: _fixed(marked("Accepted: what happened and why")),
    EventKind.OUTAGE_REPORT_REFUSED: _fixed(marked("Sent back: something is missing or wrong")),
    EventKind.OUTAGE_ACTION_COMPLETED: _fixed(marked("Something that was promised is done")),
}

_SAID = {
    EventKind.RECORDED: "details",
    EventKind.CLASSIFIED: "explanation",
    EventKind.REPLIED: "body",
    EventKind.NOTED: "body",
    EventKind.PAUSED: "note",
    EventKind.MOVED: "reason",
    EventKind.FORWARDED: "body",
    EventKind.SOLVED_ELSEWHERE: "resolution",
    EventKind.REPAIR_ESTIMATED: "reason",
    EventKind.RESOLVED: "resolution",
    EventKind.CONFIRMED: "comment",
    EventKind.REFUSED: "reason",
    EventKind.REOPENED: "reason",
    EventKind.ESCALATED: "reason",
    EventKind.ARTICLE_LINKED: "note",
    EventKind.KNOWN_ERROR_TOLD: "workaround",
    EventKind.OUTAGE_REPORT_ACCEPTED: "comment",
    EventKind.OUTAGE_REPORT_REFUSED: "reason",
}


FOR_AGENTS = frozenset({EventKind.ESCALATED, EventKind.PAUSED, EventKind.MOVED})
"""What is said of these is for agents only."""


def _said(event: TicketEvent, cast: Cast, words: Words) -> str:
    if event.kind in FOR_AGENTS and not cast.is_for_agents:
        return ""
    if event.kind is EventKind.ESCALATED and event.data.get("clock"):
        return clock_titles.because_of_clock(event, words)
    return str(event.data.get(_SAID.get(event.kind, ""), "") or "")


def _tone(event: TicketEvent) -> str:
    if event.kind in (*FOR_AGENTS, EventKind.NOTED, EventKind.CLASSIFIED, EventKind.FORWARDED) or (
        event.kind
        in (EventKind.CLOCK_WARNED, EventKind.OPERATIONAL_MISSED, EventKind.ARTICLE_LINKED)
    ):
        return "internal"
    if event.kind in (
        EventKind.RESOLVED,
        EventKind.SOLVED_ELSEWHERE,
        EventKind.KNOWN_ERROR_TOLD,
    ):
        return "ours"
    ours = event.kind is EventKind.REPLIED and not event.data.get("from_requester")
    return "ours" if ours else ""


def _articles(data: Mapping[str, Any], cast: Cast) -> list[Article]:
    ids = data.get("article_ids") or []
    return [cast.articles[str(id)] for id in ids if str(id) in cast.articles]

"""Timeline: the history of a request as sentences, oldest first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from foredesk.knowledge.models import Article
from foredesk.sla.clocks import Level
from foredesk.sla.models import ClockName
from foredesk.tickets.models import TicketEvent
from foredesk.tickets.states import EventKind
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


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what the events speak of, by id."""

    viewer_id: UUID | None
    requester_id: UUID
    people: Mapping[str, str]
    teams: Mapping[str, str]
    articles: Mapping[str, Article]
    is_for_agents: bool = False

    def name(self, id: object) -> str | None:
        return self.people.get(str(id)) if id else None


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
                    said=_said(event, cast),
                    tone=_tone(event),
                    articles=_articles(event.data, cast),
                )
            )
    return entries


Title = Callable[[TicketEvent, Cast, Words, datetime], str]


def _silent(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    return ""


def _recorded(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    if cast.requester_id == cast.viewer_id:
        return words("You asked for help")
    return words("%(name)s asked for help", name=_who(cast.requester_id, cast, words))


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
    return words("%(name)s wrote", name=_who(event.actor_id, cast, words))


def _noted(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    return words("Internal note by %(name)s", name=_who(event.actor_id, cast, words))


def _escalated(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    person = cast.name(event.data.get("person_id"))
    if person:
        return words("%(name)s was asked to see to it", name=person)
    team = cast.teams.get(str(event.data.get("team_id")))
    if team:
        return words("Handed to specialists: %(team)s", team=team)
    return words("Handed to specialists")


def _estimated(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    at = datetime.fromisoformat(str(event.data["repair_at"]))
    return words("Expected to be solved by %(when)s", when=words.when(at, now))


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


def _missed(event: TicketEvent, cast: Cast, words: Words, now: datetime) -> str:
    when = words.when(datetime.fromisoformat(str(event.data["due_at"])), now)
    promised = event.data.get("level") == Level.MINIMUM
    if event.data.get("clock") == ClockName.RESPONSE:
        if promised:
            return words("We had promised an answer by %(when)s, and are late", when=when)
        return words("We had hoped to answer by %(when)s, and are late", when=when)
    if promised:
        return words("We had promised a solution by %(when)s, and are late", when=when)
    return words("We had hoped for a solution by %(when)s, and are late", when=when)


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
    EventKind.ESCALATED: _escalated,
    EventKind.REPAIR_ESTIMATED: _estimated,
    EventKind.RESOLVED: _fixed(marked("We think it is solved")),
    EventKind.CONFIRMED: _fixed(marked("Confirmed: it is solved")),
    EventKind.REFUSED: _fixed(marked("Still not solved")),
    EventKind.REOPENED: _fixed(marked("Reopened")),
    EventKind.CLOSED: _closed,
    EventKind.CLOCK_MISSED: _missed,
}

_SAID = {
    EventKind.RECORDED: "details",
    EventKind.CLASSIFIED: "explanation",
    EventKind.REPLIED: "body",
    EventKind.NOTED: "body",
    EventKind.REPAIR_ESTIMATED: "reason",
    EventKind.RESOLVED: "resolution",
    EventKind.CONFIRMED: "comment",
    EventKind.REFUSED: "reason",
    EventKind.REOPENED: "reason",
    EventKind.ESCALATED: "reason",
}


def _said(event: TicketEvent, cast: Cast) -> str:
    if event.kind is EventKind.ESCALATED and not cast.is_for_agents:
        return ""
    return str(event.data.get(_SAID.get(event.kind, ""), "") or "")


def _tone(event: TicketEvent) -> str:
    if event.kind in (EventKind.NOTED, EventKind.CLASSIFIED):
        return "internal"
    if event.kind is EventKind.RESOLVED:
        return "ours"
    ours = event.kind is EventKind.REPLIED and not event.data.get("from_requester")
    return "ours" if ours else ""


def _articles(data: Mapping[str, Any], cast: Cast) -> list[Article]:
    ids = data.get("article_ids") or []
    return [cast.articles[str(id)] for id in ids if str(id) in cast.articles]


def _who(id: UUID | None, cast: Cast, words: Words) -> str:
    return cast.name(id) or words("The help desk")

"""Cast: who and what the history of a request speaks of, as far as the viewer may know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from foredesk.knowledge.models import Article
from foredesk.tickets.models import TicketEvent
from portal.words import Words


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what the events speak of, by id."""

    viewer_id: UUID | None
    requester_id: UUID
    people: Mapping[str, str]
    teams: Mapping[str, str]
    articles: Mapping[str, Article]
    is_for_agents: bool = False
    tickets: Mapping[str, int] = field(default_factory=dict)
    """Numbers of other tickets, those the viewer may see."""

    def number(self, event: TicketEvent, name: str) -> int | None:
        return self.tickets.get(str(event.data.get(name)))

    def name(self, id: object) -> str | None:
        return self.people.get(str(id)) if id else None

    def who(self, id: UUID | None, words: Words) -> str:
        return self.name(id) or words("The help desk")

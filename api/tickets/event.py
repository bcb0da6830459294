"""Event: what every entry of a ticket's history has."""

from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from api.context import Info
from api.fields import column, computed, relation, shown
from api.knowledge.types import Article
from api.node import Node
from api.people import Person, Team
from foredesk.tickets import models
from foredesk.tickets.queries import visible_events
from foredesk.tickets.states import INTERNAL, EventKind


@strawberry.interface(description="Something that happened to a ticket. Events never change.")
class TicketEvent(Node, visible=visible_events):
    row: strawberry.Private[models.TicketEvent]
    kind: EventKind = column(description="What happened")
    sequence: int = column(description="Place of the event in the ticket's history, from 1 on")
    occurred_at: datetime = column(description="Timestamp of when it happened")

    actor: Person | None = relation(
        "actor_id",
        description="Person who did it; null if the help desk did it by itself, "
        "or if the viewer may not see them",
    )

    @computed(description="Indicates that only agents see the event", needs=("kind",))
    def is_internal(self) -> bool:
        return self.row.kind in INTERNAL

    async def _person(self, info: Info, name: str) -> Person | None:
        return await shown(info, Person, self._named(name))  # type: ignore[no-any-return]

    async def _team(self, info: Info) -> Team | None:
        return await shown(info, Team, self._named("team_id"))  # type: ignore[no-any-return]

    async def _articles(self, info: Info) -> list[Article]:
        ids: Any = self.row.data.get("article_ids") or ()
        rows = await info.context.loaders.of(Article).load_many([UUID(id) for id in ids])
        return [Article(row=row) for row in rows if row]

    async def _is_handled(self, info: Info) -> bool:
        """Whether the viewer handles the ticket, and is not only who asked for it."""
        if not info.context.viewer.is_agent:
            return False
        return await info.context.loaders.handled.load(self.row.ticket_id)

    def _named(self, name: str) -> UUID | None:
        key: Any = self.row.data.get(name)
        return UUID(key) if key else None

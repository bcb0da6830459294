"""Events: the history of a ticket, one type for each kind of event."""

from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from api.context import Info
from api.fields import column, computed, member, relation, shown
from api.knowledge.types import Article
from api.node import Node
from api.people import Person, Team
from foredesk.sla.models import ClockName
from foredesk.sla.priority import Impact, Priority, Urgency
from foredesk.tickets import models
from foredesk.tickets.escalate import EscalationKind
from foredesk.tickets.models import TicketKind
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


@strawberry.type(description="The ticket was taken down.")
class TicketRecorded(TicketEvent):
    subject: str = member("subject", description="Subject as it was given")
    details: str = member("details", description="Details as they were given; may be empty")
    channel: str = member("channel", description="Channel that it came by")


@strawberry.type(description="A plugin gave its opinion; only agents see it.")
class PluginSuggested(TicketEvent):
    plugin: str = member("plugin", description="Name of the plugin")
    hook: str = member("hook", description="What the plugin was asked")


@strawberry.type(description="Kind, category and priority of the ticket were set.")
class TicketClassified(TicketEvent):
    request_kind: TicketKind | None = member(
        "kind", description="Kind of the request; null if nobody knows"
    )
    category: str | None = member("category", description="Category; null if nobody knows")
    impact: Impact | None = member("impact", description="Impact; null if nobody knows")
    urgency: Urgency | None = member("urgency", description="Urgency; null if nobody knows")
    priority: Priority = member("priority", description="Priority that follows")

    @computed(
        description="Who decided: person, default, or plugin: and its name; null unless the "
        "viewer handles the ticket"
    )
    async def decided_by(self, info: Info) -> str | None:
        return self.row.data.get("decided_by") if await self._is_handled(info) else None  # type: ignore[return-value]  # events keep text there

    @computed(
        description="Why the plugin decided so; null if a person did, or unless the viewer "
        "handles the ticket"
    )
    async def explanation(self, info: Info) -> str | None:
        text = self.row.data.get("explanation")
        return str(text) if text and await self._is_handled(info) else None

    @computed(
        description="How sure the plugin was, from 0 to 1; null if a person decided, or unless "
        "the viewer handles the ticket"
    )
    async def confidence(self, info: Info) -> float | None:
        value: Any = self.row.data.get("confidence")
        return float(value) if value is not None and await self._is_handled(info) else None


@strawberry.type(description="The ticket was put under an agreement; only agents see it.")
class AgreementChosen(TicketEvent):
    because: str | None = member("because", description="Why this agreement applies")


@strawberry.type(description="The ticket was given to a team or an agent.")
class TicketAssigned(TicketEvent):
    @computed(description="Team that has it now; null for none, or if hidden")
    async def team(self, info: Info) -> Team | None:
        return await self._team(info)

    @computed(description="Agent who has it now; null for nobody, or if hidden")
    async def assignee(self, info: Info) -> Person | None:
        return await self._person(info, "assignee_id")

    @computed(
        description="Absent agent whom it was meant for; null if nobody is, or if hidden. "
        "Who stands in for them has it, or else the team."
    )
    async def instead_of(self, info: Info) -> Person | None:
        return await self._person(info, "instead_of")

    @computed(description="Indicates that only the team and the requester see the ticket since")
    def is_confidential(self) -> bool:
        return bool(self.row.data.get("is_confidential"))


@strawberry.type(description="Somebody wrote to the other side.")
class ReplyAdded(TicketEvent):
    body: str = member("body", description="Text of the reply")
    is_from_requester: bool = member(
        "from_requester", description="Indicates that the requester wrote it"
    )

    @computed(description="Indicates that the requester has to answer it")
    def waits_for_requester(self) -> bool:
        return bool(self.row.data.get("waits_for_requester"))

    @computed(description="Articles that were sent along, those the viewer may see")
    async def articles(self, info: Info) -> list[Article]:
        return await self._articles(info)


@strawberry.type(description="An agent wrote something down; only agents see it.")
class InternalNoteAdded(TicketEvent):
    body: str = member("body", description="Text of the note")


@strawberry.type(description="The ticket was handed, or told, to others.")
class TicketEscalated(TicketEvent):
    escalation: EscalationKind = member("escalation", description="Whom it was escalated to")

    @computed(description="Why it was escalated; empty unless the viewer handles the ticket")
    async def reason(self, info: Info) -> str:
        return str(self.row.data["reason"]) if await self._is_handled(info) else ""

    @computed(description="Team that took it over; null for none, or if hidden")
    async def team(self, info: Info) -> Team | None:
        return await self._team(info)

    @computed(description="Person who was told; null for nobody, or if hidden")
    async def person(self, info: Info) -> Person | None:
        return await self._person(info, "person_id")

    @computed(description="Absent person whom they stand in for; null for nobody, or if hidden")
    async def instead_of(self, info: Info) -> Person | None:
        return await self._person(info, "instead_of")


@strawberry.type(description="The time of repair was estimated, or estimated anew.")
class RepairEstimated(TicketEvent):
    reason: str = member("reason", description="Why then; may be empty")

    @computed(description="Timestamp of when it should work again")
    def repair_at(self) -> datetime:
        return datetime.fromisoformat(str(self.row.data["repair_at"]))


@strawberry.type(description="A solution was given.")
class TicketResolved(TicketEvent):
    resolution: str = member("resolution", description="Text of the solution")

    @computed(description="Articles that answer it, those the viewer may see")
    async def articles(self, info: Info) -> list[Article]:
        return await self._articles(info)


@strawberry.type(description="The requester said that it works.")
class ResolutionConfirmed(TicketEvent):
    comment: str = member("comment", description="What they said about it; may be empty")


@strawberry.type(description="The requester said that it does not work.")
class ResolutionRefused(TicketEvent):
    reason: str = member("reason", description="What still does not work")


@strawberry.type(description="The ticket was taken up again.")
class TicketReopened(TicketEvent):
    reason: str = member("reason", description="What still does not work")


@strawberry.type(description="The ticket came to its end.")
class TicketClosed(TicketEvent):
    because: str = member("because", description="confirmed, or silence when nobody answered")


@strawberry.type(description="A clock came near its target; only agents see it.")
class ClockWarned(TicketEvent):
    clock: ClockName = member("clock", description="Which clock")


@strawberry.type(description="A clock passed its target or its minimum.")
class ClockMissed(TicketEvent):
    clock: ClockName = member("clock", description="Which clock")
    level: str = member("level", description="target or minimum")


TYPES: dict[EventKind, type[TicketEvent]] = {
    EventKind.RECORDED: TicketRecorded,
    EventKind.SUGGESTED: PluginSuggested,
    EventKind.CLASSIFIED: TicketClassified,
    EventKind.AGREEMENT_CHOSEN: AgreementChosen,
    EventKind.ASSIGNED: TicketAssigned,
    EventKind.REPLIED: ReplyAdded,
    EventKind.NOTED: InternalNoteAdded,
    EventKind.ESCALATED: TicketEscalated,
    EventKind.REPAIR_ESTIMATED: RepairEstimated,
    EventKind.RESOLVED: TicketResolved,
    EventKind.CONFIRMED: ResolutionConfirmed,
    EventKind.REFUSED: ResolutionRefused,
    EventKind.REOPENED: TicketReopened,
    EventKind.CLOSED: TicketClosed,
    EventKind.CLOCK_WARNED: ClockWarned,
    EventKind.CLOCK_MISSED: ClockMissed,
}
TicketEvent.by_kind = ("kind", dict(TYPES))

"""Tickets as the schema shows them."""

from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

import strawberry

from api.catalog import Service
from api.connections import After, Before, Connection, First, Last, page_of, page_through
from api.context import Info
from api.fields import column, computed
from api.knowledge.types import Article
from api.node import Node
from api.people import Organization, Person, Team
from api.scalars import Url
from api.service_levels import ServiceLevelAgreement, ServiceLevelClock
from api.tickets.events import TicketEvent, event_of
from api.tickets.suggestions import PluginSuggestion, suggestions_in
from foredesk.people.policy import Act, may
from foredesk.sla.priority import Impact, Priority, Urgency
from foredesk.tickets import models
from foredesk.tickets.models import TicketKind
from foredesk.tickets.queries import sees_internal
from foredesk.tickets.states import ALLOWED_FROM, EventKind, TicketState


@strawberry.enum(description="Something that a viewer may do to a ticket.")
class TicketPermission(Enum):
    CLASSIFY = strawberry.enum_value("classify", description="classifyTicket")
    ASSIGN = strawberry.enum_value("assign", description="assignTicket")
    REPLY = strawberry.enum_value("reply", description="addReply")
    ADD_INTERNAL_NOTE = strawberry.enum_value("note", description="addInternalNote")
    ESCALATE = strawberry.enum_value("escalate", description="escalateTicket")
    SET_ESTIMATED_REPAIR = strawberry.enum_value(
        "estimate_repair", description="setEstimatedRepair"
    )
    RESOLVE = strawberry.enum_value("resolve", description="resolveTicket")
    CONFIRM_RESOLUTION = strawberry.enum_value("confirm", description="confirmResolution")
    REFUSE_RESOLUTION = strawberry.enum_value("refuse", description="refuseResolution")
    REOPEN = strawberry.enum_value("reopen", description="reopenTicket")


@strawberry.type(description="Article that was sent about a ticket, or that it was resolved with.")
class TicketArticle:
    row: strawberry.Private[models.TicketArticle]
    linked_at: datetime = column(description="Timestamp of when it was first sent")
    is_resolution: bool = column("resolved", description="Indicates that it resolved the ticket")

    @computed(description="The article; null if the viewer may not see it")
    async def article(self, info: Info) -> Article | None:
        row = await info.context.loaders.articles.load(self.row.article_id)
        return Article(row=row) if row else None


@strawberry.type(description="Request of one person, until they confirm that it is resolved.")
class Ticket(Node):
    row: strawberry.Private[models.Ticket]
    number: int = column(description="Number that people quote")
    subject: str = column(description="Subject of the ticket")
    details: str = column(description="Details of the ticket; may be empty")
    channel: str = column(description="Channel that the ticket came by, such as portal or api")
    state: TicketState = column(description="State of the ticket")
    kind: TicketKind | None = column(description="Kind of the request; null if nobody knows")
    category: str | None = column(description="Category of the ticket; null if nobody knows")
    impact: Impact | None = column(description="Impact of the ticket; null if nobody knows")
    urgency: Urgency | None = column(description="Urgency of the ticket; null if nobody knows")
    priority: Priority = column(description="Priority of the ticket")
    resolution: str = column(description="Solution of the ticket; empty before there is one")
    version: int = column(description="Version of the ticket for expectedVersion")
    escalation_count: int = column("escalation_level", description="Number of escalations")
    hand_off_count: int = column(description="Number of times it changed hands")
    reopen_count: int = column(description="Number of times it was reopened")
    opened_at: datetime = column(description="Timestamp of when it was asked")
    updated_at: datetime = column(description="Timestamp of when something last happened to it")
    estimated_repair_at: datetime | None = column(
        description="Timestamp of when it should work again; null if nobody said"
    )
    first_responded_at: datetime | None = column(
        description="Timestamp of the first answer of an agent; null if there is none"
    )
    resolved_at: datetime | None = column(
        description="Timestamp of when it was resolved; null if it is not"
    )
    closed_at: datetime | None = column(
        description="Timestamp of when it was closed; null if it is not"
    )
    close_due_at: datetime | None = column(
        description="Timestamp of when it closes if the requester does not answer; "
        "null unless it is resolved"
    )

    @computed(description="Address of the ticket in the portal")
    def url(self, info: Info) -> Url:
        return Url(f"{info.context.desk.settings.address}/requests/{self.row.number}")

    @computed(description="Organization of the requester; null if hidden")
    async def organization(self, info: Info) -> Organization | None:
        row = await info.context.loaders.organizations.load(self.row.organization_id)
        return Organization(row=row) if row else None

    @computed(description="Person whom the ticket is for; null if hidden")
    async def requester(self, info: Info) -> Person | None:
        return await self._person(info, self.row.requester_id)

    @computed(description="Agent who works on it; null for nobody, or if hidden")
    async def assignee(self, info: Info) -> Person | None:
        return await self._person(info, self.row.assignee_id)

    @computed(description="Team that works on it; null for none, or if hidden")
    async def team(self, info: Info) -> Team | None:
        key = self.row.team_id
        row = await info.context.loaders.teams.load(key) if key else None
        return Team(row=row) if row else None

    @computed(description="Service that it is about; null if unknown, or if hidden")
    async def service(self, info: Info) -> Service | None:
        key = self.row.service_id
        row = await info.context.loaders.services.load(key) if key else None
        return Service(row=row) if row else None

    @computed(description="Agreement that it runs under; null for none, or if hidden")
    async def service_level_agreement(self, info: Info) -> ServiceLevelAgreement | None:
        key = self.row.agreement_version_id
        row = await info.context.loaders.agreements_by_version.load(key) if key else None
        return ServiceLevelAgreement(row=row) if row else None

    @computed(description="Clocks that the agreement has set; empty without one")
    async def clocks(self, info: Info) -> list[ServiceLevelClock]:
        rows = await info.context.loaders.clocks.load(self.row.id)
        return [ServiceLevelClock(row=row) for row in sorted(rows, key=lambda row: row.name)]

    @computed(description="Articles that were sent about it, or resolved it")
    async def articles(self, info: Info) -> list[TicketArticle]:
        rows = await info.context.loaders.article_links.load(self.row.id)
        return [TicketArticle(row=row) for row in rows]

    @computed(description="What happened to it, oldest first, as far as the viewer may see")
    async def events(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[TicketEvent]:
        page = page_of(first, after, last, before)
        rows = await info.context.loaders.histories.load(self.row)
        return Connection(slice=page_through(rows, "sequence", page), make=event_of)

    @computed(
        description="Opinions of plugins on it, newest first; "
        "null unless the viewer serves its organization"
    )
    async def suggestions(self, info: Info) -> list[PluginSuggestion] | None:
        if not sees_internal(info.context.viewer, self.row.organization_id):
            return None
        return suggestions_in(await info.context.loaders.histories.load(self.row))

    @computed(description="What the viewer may do to it in its state")
    def viewer_permissions(self, info: Info) -> list[TicketPermission]:
        viewer = info.context.viewer
        return [
            permission
            for permission in TicketPermission
            if self.row.state in ALLOWED_FROM[_LEADS_TO[permission]]
            and may(viewer, Act(str(permission.value)), self.row)
        ]

    async def _person(self, info: Info, key: UUID | None) -> Person | None:
        row: Any = await info.context.loaders.people.load(key) if key else None
        return Person(row=row) if row else None


_LEADS_TO = {
    TicketPermission.CLASSIFY: EventKind.CLASSIFIED,
    TicketPermission.ASSIGN: EventKind.ASSIGNED,
    TicketPermission.REPLY: EventKind.REPLIED,
    TicketPermission.ADD_INTERNAL_NOTE: EventKind.NOTED,
    TicketPermission.ESCALATE: EventKind.ESCALATED,
    TicketPermission.SET_ESTIMATED_REPAIR: EventKind.REPAIR_ESTIMATED,
    TicketPermission.RESOLVE: EventKind.RESOLVED,
    TicketPermission.CONFIRM_RESOLUTION: EventKind.CONFIRMED,
    TicketPermission.REFUSE_RESOLUTION: EventKind.REFUSED,
    TicketPermission.REOPEN: EventKind.REOPENED,
}

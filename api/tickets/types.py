"""Tickets as the schema shows them."""

from datetime import datetime
from enum import Enum

import strawberry

from api.catalog import Service
from api.connections import Connection, Ordering, pages
from api.context import Info
from api.fields import collection, column, computed, relation
from api.knowledge.types import Article
from api.node import Node
from api.outages.estimates import RepairEstimate, estimate_of
from api.outages.types import OutageReport
from api.people import Organization, Person, Team
from api.rows import Row
from api.scalars import Url
from api.service_levels import ServiceLevelAgreement, ServiceLevelClock
from api.tickets.agreement_choices import AgreementChoice
from api.tickets.event import TicketEvent
from api.tickets.suggestions import PluginSuggestion, suggestions_in
from foredesk.people.policy import Act, may
from foredesk.sla.due_at import NEVER
from foredesk.sla.priority import Impact, Priority, Urgency
from foredesk.sla.proposal import MOST_CLOCKS
from foredesk.tickets import models
from foredesk.tickets.agreement_choices import agreement_choices
from foredesk.tickets.models import ArticleUse, TicketKind
from foredesk.tickets.queries import sees_internal, visible_to
from foredesk.tickets.reuse import visible_links
from foredesk.tickets.states import (
    EventKind,
    OutageReportState,
    TicketState,
    WaitingFor,
    can_happen,
)

OLDEST_FIRST = Ordering("opened_at", descending=False)


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
    PAUSE = strawberry.enum_value("pause", description="pauseTicket")
    RESUME = strawberry.enum_value("resume", description="resumeTicket")
    MERGE = strawberry.enum_value("merge", description="mergeTicket")
    UNMERGE = strawberry.enum_value("unmerge", description="unmergeTicket")
    SPLIT = strawberry.enum_value("split", description="splitTicket")
    MOVE = strawberry.enum_value("move", description="moveTicket")
    LINK_ARTICLE = strawberry.enum_value("link_article", description="linkArticle")
    WRITE_OUTAGE_REPORT = strawberry.enum_value(
        "write_outage_report", description="draftOutageReport and what follows it"
    )
    ANSWER_OUTAGE_REPORT = strawberry.enum_value(
        "answer_outage_report", description="acceptOutageReport, refuseOutageReport"
    )


@strawberry.type(
    description="Article that was sent about a ticket, that it was resolved with, or that an "
    "agent linked; the last is shown only to those who handle the ticket."
)
class TicketArticle(Row, visible=visible_links):
    row: strawberry.Private[models.TicketArticle]
    linked_at: datetime = column(description="Timestamp of when it was first sent or linked")
    is_resolution: bool = column("resolved", description="Indicates that it resolved the ticket")
    is_sent: bool = column("sent", description="Indicates that it went along with a reply")
    article_version: int | None = column(
        description="Version of the article that use is said of; null if nobody said"
    )
    article: Article | None = relation(
        "article_id", description="The article; null if the viewer may not see it"
    )

    @computed(
        description="What an agent said that it was worth; null if nobody did, or unless the "
        "viewer handles the ticket",
        needs=("ticket_id", "use"),
    )
    async def use(self, info: Info) -> ArticleUse | None:
        return self.row.use if await self._is_handled(info) else None

    @computed(
        description="What is, or was, wrong with it; empty unless the viewer handles the ticket",
        needs=("ticket_id", "note"),
    )
    async def note(self, info: Info) -> str:
        return self.row.note if await self._is_handled(info) else ""

    async def _is_handled(self, info: Info) -> bool:
        if not info.context.viewer.is_agent:
            return False
        return await info.context.loaders.handled.load(self.row.ticket_id)


@strawberry.type(description="Request of one person, until they confirm that it is resolved.")
class Ticket(Node, visible=visible_to):
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
    is_confidential: bool = column(
        description="Indicates that only the members of its team and the requester see it"
    )
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
    waiting_for: WaitingFor | None = column(
        description="Whom or what it waits for; null unless it is waiting"
    )
    resumes_at: datetime | None = column(
        "paused_until", description="Timestamp of when it goes on by itself; null if it does not"
    )

    organization: Organization | None = relation(
        "organization_id", description="Organization of the requester; null if hidden"
    )
    requester: Person | None = relation(
        "requester_id", description="Person whom the ticket is for; null if hidden"
    )
    assignee: Person | None = relation(
        "assignee_id", description="Agent who works on it; null for nobody, or if hidden"
    )
    team: Team | None = relation(
        "team_id", description="Team that works on it; null for none, or if hidden"
    )
    service: Service | None = relation(
        "service_id", description="Service that it is about; null if unknown, or if hidden"
    )
    merged_into: "Ticket | None" = relation(
        "merged_into_id",
        description="Ticket that it is merged into, which goes on for both; null for none, "
        "or if hidden",
    )
    split_from: "Ticket | None" = relation(
        "split_from_id", description="Ticket that it was a part of; null for none, or if hidden"
    )
    service_level_agreement: ServiceLevelAgreement | None = relation(
        "agreement_version_id",
        "agreement_id",
        description="Agreement that it runs under; null for none, or if hidden",
    )
    clocks: list[ServiceLevelClock] = collection(
        "ticket_id",
        order=("name",),
        description="Clocks that the agreement has set; empty without one",
        at_most=MOST_CLOCKS,
    )
    articles: list[TicketArticle] = collection(
        "ticket_id",
        order=("linked_at", "id"),
        description="Articles that were sent about it, or resolved it",
    )
    merged_tickets: Connection["Ticket"] = pages(
        "merged_into_id",
        OLDEST_FIRST,
        description="Tickets that are merged into it, oldest first, those the viewer may see",
    )
    parts: Connection["Ticket"] = pages(
        "split_from_id",
        OLDEST_FIRST,
        description="Tickets that were split from it, oldest first, those the viewer may see",
    )
    events: Connection[TicketEvent] = pages(
        "ticket_id",
        Ordering("sequence", descending=False, read=int, is_unique=True),
        description="What happened to it, oldest first, as far as the viewer may see",
    )

    @computed(
        description="When the next promise of its clocks has to be kept, or had to be; "
        "null if none runs",
        needs=("due_at",),
    )
    def due_at(self) -> datetime | None:
        return None if self.row.due_at == NEVER else self.row.due_at

    @computed(description="Address of the ticket in the portal", needs=("number",))
    def url(self, info: Info) -> Url:
        return Url(f"{info.context.desk.settings.address}/requests/{self.row.number}")

    @computed(
        description="Opinions of plugins on it, newest first; "
        "null unless the viewer serves its organization"
    )
    async def suggestions(self, info: Info) -> list[PluginSuggestion] | None:
        if not sees_internal(info.context.viewer, self.row):
            return None
        return suggestions_in(await info.context.loaders.histories.load(self.row))

    @computed(
        description="Agreements that were considered for it, by precedence, those that do not "
        "apply last; null unless the viewer handles it",
        at_most=100,
    )
    async def agreement_choices(self, info: Info) -> list[AgreementChoice] | None:
        if not sees_internal(info.context.viewer, self.row):
            return None
        choices = await agreement_choices(self.row)
        return [AgreementChoice(choice=choice) for choice in choices[:100]]

    @computed(
        description="What the desk that it was imported from says of its own agreement: whether "
        "it was kept. Never our own verdict, which clocks tell; null if that desk said nothing, "
        "or unless the viewer serves its organization"
    )
    def is_imported_sla_met(self, info: Info) -> bool | None:
        is_shown = sees_internal(info.context.viewer, self.row)
        return self.row.imported_made_sla if is_shown else None

    @computed(
        description="When its requester can count on a repair, as it was said last; "
        "null if nobody said"
    )
    async def repair_estimate(self, info: Info) -> RepairEstimate | None:
        return await estimate_of(info, self.row)

    @computed(
        description="Reason for outage of the ticket; null if there is none, or if none was sent "
        "and the viewer does not handle the ticket",
        needs=("id", "outage_report_state"),
    )
    async def outage_report(self, info: Info) -> OutageReport | None:
        if not self.row.outage_report_state:
            return None
        loader = info.context.loaders.referring(OutageReport, "ticket_id", ("id",))
        rows = await loader.load(self.row.id)
        return OutageReport(row=rows[0]) if rows else None

    @computed(description="What the viewer may do to it in its state")
    def viewer_permissions(self, info: Info) -> list[TicketPermission]:
        viewer = info.context.viewer
        is_merged = self.row.merged_into_id is not None
        is_own = self.row.requester_id == viewer.person_id
        return [
            permission
            for permission in TicketPermission
            if can_happen(_LEADS_TO[permission], self.row.state, is_merged=is_merged)
            and not (is_merged and permission is TicketPermission.REPLY and not is_own)
            and (permission is not _ANSWERS or self.row.outage_report_state == _TO_ANSWER)
            and may(viewer, Act(str(permission.value)), self.row)
        ]


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
    TicketPermission.PAUSE: EventKind.PAUSED,
    TicketPermission.RESUME: EventKind.RESUMED,
    TicketPermission.MERGE: EventKind.MERGED,
    TicketPermission.UNMERGE: EventKind.UNMERGED,
    TicketPermission.SPLIT: EventKind.SPLIT,
    TicketPermission.MOVE: EventKind.MOVED,
    TicketPermission.LINK_ARTICLE: EventKind.ARTICLE_LINKED,
    TicketPermission.WRITE_OUTAGE_REPORT: EventKind.OUTAGE_REPORT_DRAFTED,
    TicketPermission.ANSWER_OUTAGE_REPORT: EventKind.OUTAGE_REPORT_ACCEPTED,
}
_ANSWERS, _TO_ANSWER = TicketPermission.ANSWER_OUTAGE_REPORT, OutageReportState.SENT

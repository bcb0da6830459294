"""Events: the history of a ticket, one type for each kind of event."""

from datetime import datetime
from typing import Any

import strawberry

from api.context import Info
from api.fields import computed, member
from api.knowledge.types import Article
from api.people import Person, Team
from api.tickets import article_events, linked, outage_events
from api.tickets.event import TicketEvent
from foredesk.people.roles import Role
from foredesk.sla.priority import Impact, Priority, Urgency
from foredesk.tickets.escalate import EscalationKind
from foredesk.tickets.models import TicketKind
from foredesk.tickets.states import EventKind, WaitingFor


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


@strawberry.type(description="The ticket waits, and somebody said for whom or what.")
class TicketPaused(TicketEvent):
    waiting_for: WaitingFor = member("waiting_for", description="Whom or what it waits for")

    @computed(description="What the agent wrote about it; empty unless the viewer handles it")
    async def note(self, info: Info) -> str:
        return str(self.row.data["note"]) if await self._is_handled(info) else ""

    @computed(description="Timestamp of when it goes on by itself; null if it does not")
    def resumes_at(self) -> datetime | None:
        at: Any = self.row.data.get("until")
        return datetime.fromisoformat(at) if at else None


@strawberry.type(description="The ticket waits no more.")
class TicketResumed(TicketEvent):
    because: str = member("because", description="person, or time when its pause was over")


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

    @computed(description="Clock that led to it; null where a person decided, or if hidden")
    async def clock(self, info: Info) -> str | None:
        clock = self.row.data.get("clock")
        return str(clock) if clock and await self._is_handled(info) else None

    @computed(description="Role whose holders were told; null for none, or if hidden")
    async def role(self, info: Info) -> Role | None:
        role = self.row.data.get("role")
        return Role(str(role)) if role and await self._is_handled(info) else None

    @computed(description="Absent person whom they stand in for; null for nobody, or if hidden")
    async def instead_of(self, info: Info) -> Person | None:
        return await self._person(info, "instead_of")


@strawberry.type(description="The time of repair was estimated, or estimated anew.")
class RepairEstimated(TicketEvent):
    reason: str = member("reason", description="Why then; may be empty")

    @computed(description="Timestamp of when it should work again, probably")
    def repair_at(self) -> datetime:
        return datetime.fromisoformat(str(self.row.data["repair_at"]))

    @computed(description="Timestamp of when it should almost certainly; null if nobody said")
    def latest_at(self) -> datetime | None:
        latest = self.row.data.get("latest_at")
        return datetime.fromisoformat(str(latest)) if latest else None


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
    clock: str = member("clock", description="Which clock")


@strawberry.type(description="A clock passed its target or its minimum.")
class ClockMissed(TicketEvent):
    clock: str = member("clock", description="Which clock")
    level: str = member("level", description="target or minimum")


@strawberry.type(
    description="The clock of a team passed its target or its minimum; only agents see it."
)
class OperationalTargetMissed(TicketEvent):
    clock: str = member("clock", description="Which clock")
    level: str = member("level", description="target or minimum")


@strawberry.type(description="Column of another desk's log, as it was written there.")
class ImportedValue:
    name: str = strawberry.field(description="Name of the column")
    value: str = strawberry.field(description="What the log says; may be empty")


@strawberry.type(
    description="What the log of the desk that it was imported from says; only agents see it."
)
class TicketImported(TicketEvent):
    source: str = member("source", description="Where the log comes from")

    @computed(description="Columns that changed with it; all of them the first time", at_most=100)
    def values(self) -> list[ImportedValue]:
        written: Any = self.row.data.get("values") or {}
        return [ImportedValue(name=name, value=str(value)) for name, value in written.items()]


TYPES: dict[EventKind, type[TicketEvent]] = {
    EventKind.RECORDED: TicketRecorded,
    EventKind.SUGGESTED: PluginSuggested,
    EventKind.CLASSIFIED: TicketClassified,
    EventKind.AGREEMENT_CHOSEN: AgreementChosen,
    EventKind.ASSIGNED: TicketAssigned,
    EventKind.REPLIED: ReplyAdded,
    EventKind.NOTED: InternalNoteAdded,
    EventKind.PAUSED: TicketPaused,
    EventKind.RESUMED: TicketResumed,
    EventKind.ESCALATED: TicketEscalated,
    EventKind.REPAIR_ESTIMATED: RepairEstimated,
    EventKind.RESOLVED: TicketResolved,
    EventKind.CONFIRMED: ResolutionConfirmed,
    EventKind.REFUSED: ResolutionRefused,
    EventKind.REOPENED: TicketReopened,
    EventKind.CLOSED: TicketClosed,
    EventKind.MOVED: linked.TicketMoved,
    EventKind.SPLIT: linked.TicketSplit,
    EventKind.MERGED: linked.TicketMerged,
    EventKind.UNMERGED: linked.TicketUnmerged,
    EventKind.MERGED_IN: linked.OtherTicketMerged,
    EventKind.MERGED_OUT: linked.OtherTicketUnmerged,
    EventKind.FORWARDED: linked.MessageForwarded,
    EventKind.SOLVED_ELSEWHERE: linked.SolvedElsewhere,
    EventKind.CLOCK_WARNED: ClockWarned,
    EventKind.CLOCK_MISSED: ClockMissed,
    EventKind.OPERATIONAL_MISSED: OperationalTargetMissed,
    EventKind.ESTIMATE_OVERDUE: outage_events.EstimateOverdue,
    EventKind.OUTAGE_REPORT_DRAFTED: outage_events.OutageReportDrafted,
    EventKind.OUTAGE_REPORT_REVISED: outage_events.OutageReportRevised,
    EventKind.OUTAGE_REPORT_DISCARDED: outage_events.OutageReportDiscarded,
    EventKind.OUTAGE_REPORT_SENT: outage_events.OutageReportSent,
    EventKind.OUTAGE_REPORT_ACCEPTED: outage_events.OutageReportAccepted,
    EventKind.OUTAGE_REPORT_REFUSED: outage_events.OutageReportRefused,
    EventKind.OUTAGE_ACTION_COMPLETED: outage_events.OutageActionCompleted,
    EventKind.ARTICLE_LINKED: article_events.ArticleLinked,
    EventKind.ARTICLE_UNLINKED: article_events.ArticleUnlinked,
    EventKind.KNOWN_ERROR_TOLD: article_events.KnownErrorTold,
    EventKind.IMPORTED: TicketImported,
}
TicketEvent.by_kind = ("kind", dict(TYPES))

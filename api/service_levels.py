"""Service levels: what was promised, and where the clocks of a ticket stand."""

from datetime import datetime

import strawberry

from api.agreements.terms import MOST_VERSIONS, AgreementVersion, ServiceLevelTarget
from api.catalog import Service
from api.connections import After, Before, Connection, First, Last, Ordering, page_of, wanted
from api.context import Info
from api.fields import column, computed, part, past, relation
from api.node import Node
from api.people import Organization
from api.rows import Row
from api.sources import want
from foredesk.sla import models, queries
from foredesk.sla.facts import ClockEventKind
from foredesk.sla.ledger import Segment, SegmentKind, elapsed_seconds, explained
from foredesk.sla.models import ClockState
from foredesk.tickets.clock_queries import visible_clocks
from foredesk.tickets.models import TicketKind

BY_NAME = Ordering("name", descending=False, read=str)

LEDGER = ("ticket_id", "name", "cycle")
"""Columns of a clock by which its ledger is found."""


@strawberry.type(description="Agreement on how soon requests are answered and solved.")
class ServiceLevelAgreement(Node, visible=queries.visible_to):
    row: strawberry.Private[models.Agreement]
    name: str = column(description="Name of the agreement")
    organization: Organization | None = relation(
        "organization_id",
        description="Organization that it was made with; null if with all, or hidden",
    )
    service: Service | None = relation(
        "service_id", description="Service that it is about; null if about all, or hidden"
    )

    @computed(
        description="Promises that are in force now, by clock and target; "
        "empty if the agreement begins later"
    )
    async def targets(self, info: Info) -> list[ServiceLevelTarget]:
        version = await info.context.loaders.versions_in_force.load(self.row.id)
        viewer = info.context.viewer
        shows_all = viewer.is_system or viewer.is_agent
        return [
            ServiceLevelTarget(row=target)
            for target in (version.targets if version else ())
            if shows_all or not target.is_operational
        ]

    @computed(
        description="Versions of the terms, the last 10, the oldest first; the last may not have "
        "begun",
        needs=("id",),
        at_most=MOST_VERSIONS,
    )
    async def versions(self, info: Info) -> list[AgreementVersion]:
        loader = info.context.loaders.referring(AgreementVersion, "agreement_id", ("number",))
        rows = await loader.load(self.row.id)
        return [AgreementVersion(row=row) for row in rows[-MOST_VERSIONS:]]

    @computed(description="Kind of the requests that it is about; null for any", needs=("kind",))
    def kind(self) -> TicketKind | None:
        return TicketKind(self.row.kind) if self.row.kind else None


@strawberry.type(description="What made a clock run, pause or stand still: an event and a rule.")
class ClockCause:
    segment: strawberry.Private[Segment]

    @computed(description="Sequence of the event in the history of the ticket")
    def sequence(self) -> int:
        return self.segment.event.sequence

    @computed(description="What the event said to the clock")
    def kind(self) -> ClockEventKind:
        return self.segment.event.kind

    @computed(
        description="Name of the rule that made it count, such as start, pause:waiting:vendor, "
        "priority, calendar or team"
    )
    def rule(self) -> str:
        return self.segment.rule

    @computed(description="Both in words")
    def words(self) -> str:
        return self.segment.words


@strawberry.type(description="Time in which nothing changed for a clock.")
class ClockSegment:
    segment: strawberry.Private[Segment]

    @computed(description="Timestamp of when the time began")
    def started_at(self) -> datetime:
        return self.segment.start

    @computed(description="Timestamp of when the time ended, or now")
    def ended_at(self) -> datetime:
        return self.segment.end

    @computed(description="Indicates that the time counts")
    def is_counted(self) -> bool:
        return self.segment.kind is SegmentKind.RUNNING

    @computed(description="What the time was for the clock")
    def kind(self) -> SegmentKind:
        return self.segment.kind

    @computed(description="What made it so")
    def cause(self) -> ClockCause:
        return ClockCause(segment=self.segment)

    @computed(description="Explanation of why it counts or not")
    def explanation(self) -> str:
        return self.segment.words


@strawberry.type(description="Point in working time at which people are warned of a clock.")
class ClockWarning:
    percent: int = strawberry.field(description="Percent of the target")
    at: strawberry.Private[str | None]

    @computed(
        description="Timestamp of when the warning is due or was; null while the clock stands still"
    )
    def due_at(self) -> datetime | None:
        return datetime.fromisoformat(self.at) if self.at else None


@strawberry.type(description="One of the two promises on a clock.")
class ClockGoal(Row):
    row: strawberry.Private[models.TicketClock]
    seconds: int | None = column(description="Working time that was promised; null for none")
    due_at: datetime | None = column(
        description="Timestamp of when the time is over, or was before the clock stopped; "
        "null while the clock is paused and once it has stopped in time"
    )
    is_missed: bool = past("due_at", description="Indicates that the time is over")


@strawberry.type(description="Clock of a ticket, under the agreement that the ticket runs under.")
class ServiceLevelClock(Row, visible=visible_clocks):
    row: strawberry.Private[models.TicketClock]
    name: str = column(description="Name of the clock in the agreement")
    cycle: int = column(description="How often it has begun, counted from 1")
    is_operational: bool = column(description="Indicates that it is the clock of a team")
    state: ClockState = column(description="Where the clock stands")
    started_at: datetime = column(description="Timestamp of when the clock started")
    stopped_at: datetime | None = column(
        description="Timestamp of when the clock stopped; null while it has not"
    )
    target: ClockGoal = part("target_", description="Promise that we aim at")
    minimum: ClockGoal = part("minimum_", description="Promise that the customer may count on")
    due_at: datetime | None = column(
        "target_due_at",
        description="Timestamp of when the target is due; null while the clock is paused "
        "and once it has stopped in time",
    )

    @computed(
        description="Title of the clock in the agreement, for people",
        needs=("name", "agreement_version_id"),
    )
    async def title(self, info: Info) -> str:
        terms = await info.context.loaders.terms.load(self.row.agreement_version_id)
        return terms.clocks[self.row.name].title

    @computed(description="Warnings before the target, by percent", needs=("warnings",), at_most=10)
    def warnings(self) -> list[ClockWarning]:
        return [
            ClockWarning(percent=int(percent), at=at)
            for percent, at in sorted(self.row.warnings.items(), key=lambda one: int(one[0]))
        ]

    @computed(
        description="Its cycles that are over, oldest first; at most the last 20",
        needs=("ticket_id", "name"),
        at_most=20,
    )
    async def finished_cycles(self, info: Info) -> list["ServiceLevelClock"]:
        rows = await info.context.loaders.finished_cycles.load(self.row.ticket_id)
        mine = [row for row in rows if row.name == self.row.name]
        return [ServiceLevelClock(row=row) for row in mine[-20:]]

    @computed(description="Working time that has counted until now", needs=LEDGER)
    async def elapsed_seconds(self, info: Info) -> int:
        return elapsed_seconds(await self._segments(info))

    @computed(
        description="Working time until the target, negative once it is missed; "
        "null once the clock has stopped",
        needs=(*LEDGER, "stopped_at", "target_seconds"),
    )
    async def remaining_seconds(self, info: Info) -> int | None:
        if self.row.stopped_at is not None:
            return None
        return self.row.target_seconds - elapsed_seconds(await self._segments(info))

    @computed(
        description="Why the clock stands where it stands, in words",
        needs=(*LEDGER, "target_seconds", "agreement_version_id"),
    )
    async def explanation(self, info: Info) -> str:
        terms = await info.context.loaders.terms.load(self.row.agreement_version_id)
        segments = await self._segments(info)
        return explained(segments, terms, self.row.target_seconds)

    @computed(
        description="Every second of the clock, with what made it count or not, oldest first; "
        "at most the last 100 times",
        needs=LEDGER,
    )
    async def ledger(self, info: Info) -> list[ClockSegment]:
        return [ClockSegment(segment=segment) for segment in (await self._segments(info))[-100:]]

    async def _segments(self, info: Info) -> list[Segment]:
        ledgers = await info.context.loaders.ledgers.load(self.row.ticket_id)
        return list(ledgers.get((self.row.name, self.row.cycle), ()))


@strawberry.type
class ServiceLevelQuery:
    @wanted(description="Agreements with the viewer's organization, those they serve, and with all")
    def service_level_agreements(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[ServiceLevelAgreement]:
        page = page_of(first, after, last, before)
        return want(ServiceLevelAgreement, {}, BY_NAME, page)

"""Service levels: what was promised, and where the clocks of a ticket stand."""

from datetime import datetime

import strawberry

from api.catalog import Service
from api.connections import After, Before, Connection, First, Last, Ordering, page_of, wanted
from api.context import Info
from api.fields import column, computed, part, past, relation
from api.node import Node
from api.people import Organization
from api.rows import Row
from api.sources import want
from foredesk.sla import models, queries
from foredesk.sla.ledger import Segment, SegmentKind, elapsed_seconds
from foredesk.sla.models import ClockName, ClockState
from foredesk.sla.priority import Priority

BY_NAME = Ordering("name", descending=False, read=str)

LEDGER = ("ticket_id", "name")
"""Columns of a clock by which its ledger is found."""

SEGMENTS = {
    SegmentKind.RUNNING: "counted",
    SegmentKind.OUTSIDE_HOURS: "outside working hours",
    SegmentKind.PAUSED: "waiting for the requester",
    SegmentKind.STOPPED: "stopped",
    SegmentKind.UNAGREED: "without an agreement",
}


@strawberry.type(description="What an agreement promises for one clock and priority.")
class ServiceLevelTarget(Row):
    row: strawberry.Private[models.AgreementTarget]
    clock: ClockName = column(description="What the clock measures")
    priority: Priority = column(description="Priority of the tickets that it holds for")
    target_seconds: int = column(description="Working time that we aim at")
    minimum_seconds: int = column(description="Working time that the customer may count on")


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
        return [ServiceLevelTarget(row=target) for target in version.targets] if version else []


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

    @computed(description="Explanation of why it counts or not")
    def explanation(self) -> str:
        return SEGMENTS[self.segment.kind]


@strawberry.type(description="One of the two promises on a clock.")
class ClockGoal(Row):
    row: strawberry.Private[models.TicketClock]
    seconds: int = column(description="Working time that was promised")
    due_at: datetime | None = column(
        description="Timestamp of when the time is over, or was before the clock stopped; "
        "null while the clock is paused and once it has stopped in time"
    )
    is_missed: bool = past("due_at", description="Indicates that the time is over")


@strawberry.type(description="Clock of a ticket, under the agreement that the ticket runs under.")
class ServiceLevelClock(Row):
    row: strawberry.Private[models.TicketClock]
    name: ClockName = column(description="What the clock measures")
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
        needs=(*LEDGER, "target_seconds"),
    )
    async def explanation(self, info: Info) -> str:
        segments = await self._segments(info)
        seconds = dict.fromkeys(SegmentKind, 0)
        for segment in segments:
            seconds[segment.kind] += segment.seconds
        parts = [f"{_hours(total)} {SEGMENTS[kind]}" for kind, total in seconds.items() if total]
        goal = f"{_hours(self.row.target_seconds)} promised"
        return "; ".join([goal, *parts])

    @computed(
        description="Every second of the clock, with what made it count or not, oldest first; "
        "at most the last 100 times",
        needs=LEDGER,
    )
    async def ledger(self, info: Info) -> list[ClockSegment]:
        return [ClockSegment(segment=segment) for segment in (await self._segments(info))[-100:]]

    async def _segments(self, info: Info) -> list[Segment]:
        ledgers = await info.context.loaders.ledgers.load(self.row.ticket_id)
        return list(ledgers.get(self.row.name, ()))


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


def _hours(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return f"{hours} h {rest // 60} min" if hours else f"{rest // 60} min"

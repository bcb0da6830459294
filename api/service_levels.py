"""Service levels: what was promised, and where the clocks of a ticket stand."""

from datetime import datetime

import strawberry

from api.catalog import Service
from api.connections import After, Before, Connection, First, Last, Ordering, page_of, paginate
from api.context import Info
from api.fields import column, computed
from api.node import Node
from api.people import Organization
from foredesk.sla import models, queries
from foredesk.sla.ledger import Segment, SegmentKind, elapsed_seconds
from foredesk.sla.models import ClockName, ClockState
from foredesk.sla.priority import Priority

BY_NAME = Ordering("name", descending=False, read=str)

SEGMENTS = {
    SegmentKind.RUNNING: "counted",
    SegmentKind.OUTSIDE_HOURS: "outside working hours",
    SegmentKind.PAUSED: "waiting for the requester",
    SegmentKind.STOPPED: "stopped",
    SegmentKind.UNAGREED: "without an agreement",
}


@strawberry.type(description="What an agreement promises for one clock and priority.")
class ServiceLevelTarget:
    row: strawberry.Private[models.AgreementTarget]
    clock: ClockName = column(description="What the clock measures")
    priority: Priority = column(description="Priority of the tickets that it holds for")
    target_seconds: int = column(description="Working time that we aim at")
    minimum_seconds: int = column(description="Working time that the customer may count on")


@strawberry.type(description="Agreement on how soon requests are answered and solved.")
class ServiceLevelAgreement(Node):
    row: strawberry.Private[models.Agreement]
    name: str = column(description="Name of the agreement")

    @computed(description="Organization that it was made with; null if with all, or hidden")
    async def organization(self, info: Info) -> Organization | None:
        if self.row.organization_id is None:
            return None
        row = await info.context.loaders.organizations.load(self.row.organization_id)
        return Organization(row=row) if row else None

    @computed(description="Service that it is about; null if about all, or hidden")
    async def service(self, info: Info) -> Service | None:
        if self.row.service_id is None:
            return None
        row = await info.context.loaders.services.load(self.row.service_id)
        return Service(row=row) if row else None

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
class ClockGoal:
    seconds: int = strawberry.field(description="Working time that was promised")
    due_at: datetime | None = strawberry.field(
        description="Timestamp of when the time is over, or was before the clock stopped; "
        "null while the clock is paused and once it has stopped in time"
    )
    is_missed: bool = strawberry.field(description="Indicates that the time is over")


@strawberry.type(description="Clock of a ticket, under the agreement that the ticket runs under.")
class ServiceLevelClock:
    row: strawberry.Private[models.TicketClock]
    name: ClockName = column(description="What the clock measures")
    state: ClockState = column(description="Where the clock stands")
    started_at: datetime = column(description="Timestamp of when the clock started")
    stopped_at: datetime | None = column(
        description="Timestamp of when the clock stopped; null while it has not"
    )

    @computed(description="Promise that we aim at")
    def target(self, info: Info) -> ClockGoal:
        return self._goal(info, self.row.target_seconds, self.row.target_due_at)

    @computed(description="Promise that the customer may count on")
    def minimum(self, info: Info) -> ClockGoal:
        return self._goal(info, self.row.minimum_seconds, self.row.minimum_due_at)

    @computed(
        description="Timestamp of when the target is due; null while the clock is paused "
        "and once it has stopped in time"
    )
    def due_at(self) -> datetime | None:
        return self.row.target_due_at

    @computed(description="Working time that has counted until now")
    async def elapsed_seconds(self, info: Info) -> int:
        return elapsed_seconds(await self._segments(info))

    @computed(
        description="Working time until the target, negative once it is missed; "
        "null once the clock has stopped"
    )
    async def remaining_seconds(self, info: Info) -> int | None:
        if self.row.stopped_at is not None:
            return None
        return self.row.target_seconds - elapsed_seconds(await self._segments(info))

    @computed(description="Why the clock stands where it stands, in words")
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
        "at most the last 100 times"
    )
    async def ledger(self, info: Info) -> list[ClockSegment]:
        return [ClockSegment(segment=segment) for segment in (await self._segments(info))[-100:]]

    def _goal(self, info: Info, seconds: int, due_at: datetime | None) -> ClockGoal:
        is_missed = due_at is not None and due_at <= info.context.desk.now()
        return ClockGoal(seconds=seconds, due_at=due_at, is_missed=is_missed)

    async def _segments(self, info: Info) -> list[Segment]:
        ledgers = await info.context.loaders.ledgers.load(self.row.ticket_id)
        return list(ledgers.get(self.row.name, ()))


@strawberry.type
class ServiceLevelQuery:
    @computed(
        description="Agreements with the viewer's organization, those they serve, and with all"
    )
    async def service_level_agreements(
        self,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[ServiceLevelAgreement]:
        page = page_of(first, after, last, before)
        found = await paginate(queries.visible_to(info.context.viewer), BY_NAME, page)
        return Connection(slice=found, make=lambda row: ServiceLevelAgreement(row=row))


def _hours(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return f"{hours} h {rest // 60} min" if hours else f"{rest // 60} min"

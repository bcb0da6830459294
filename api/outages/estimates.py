"""Estimates: what the requester can count on now, and how often that was kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import strawberry

from api.catalog import Service
from api.context import Info
from api.fields import computed, shown
from api.operations.errors import Code, refusal
from api.people import Team
from foredesk.errors import InvalidInput
from foredesk.people.policy import Act, may
from foredesk.tickets.calibration import (
    DEFINITION,
    Calibration,
    CalibrationCut,
    CalibrationRow,
    CalibrationVerdict,
    repair_estimate_calibration,
)
from foredesk.tickets.estimate import present_estimates
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.overdue import is_overdue
from foredesk.tickets.repairs import PromiseLevel, PromiseTurn

MOST_ROWS = 600

Cut = Annotated[
    CalibrationCut, strawberry.argument(description="By what the promises are told apart.")
]
StartsAt = Annotated[
    datetime | None,
    strawberry.argument(
        description="Start of the period of the promised times; a year before its end if left out."
    ),
]
EndsAt = Annotated[
    datetime | None,
    strawberry.argument(description="End of the period, excluded; now if left out or later."),
]


@strawberry.type(description="When the requester can count on a repair, as it was said last.")
class RepairEstimate:
    ticket: strawberry.Private[Ticket]
    said: strawberry.Private[Sequence[TicketEvent]]

    @computed(description="Timestamp of when it should work again, probably")
    def repair_at(self) -> datetime | None:
        return self.ticket.estimated_repair_at

    @computed(description="Timestamp of when it should almost certainly; null if nobody said")
    def latest_at(self) -> datetime | None:
        return self.ticket.estimated_repair_latest_at

    @computed(description="Timestamp of when this was said")
    def estimated_at(self) -> datetime:
        return self.said[-1].occurred_at

    @computed(description="Why then; may be empty")
    def reason(self) -> str:
        return str(self.said[-1].data.get("reason") or "")

    @computed(description="Timestamp of what was said before; null if this is the first estimate")
    def previous_repair_at(self) -> datetime | None:
        if len(self.said) < 2:
            return None
        return datetime.fromisoformat(str(self.said[-2].data["repair_at"]))

    @computed(description="Number of times that it was revised")
    def revision_count(self) -> int:
        return len(self.said) - 1

    @computed(description="Indicates that even the later time has passed without a solution")
    def is_overdue(self, info: Info) -> bool:
        return is_overdue(self.ticket, info.context.desk.now())


async def estimate_of(info: Info, row: Ticket) -> RepairEstimate | None:
    """None where nobody has said anything that still counts."""
    if row.estimated_repair_at is None:
        return None
    said = present_estimates(await info.context.loaders.histories.load(row))
    return RepairEstimate(ticket=row, said=said) if said else None


@strawberry.type(description="Promises of one kind, and how many of them were kept.")
class RepairCalibrationRow:
    row: strawberry.Private[CalibrationRow]

    @computed(description="How sure the promises were meant to be")
    def level(self) -> PromiseLevel:
        return self.row.level

    @computed(description="Which estimate of each repair it is")
    def turn(self) -> PromiseTurn:
        return self.row.turn

    @computed(description="Share that should be kept; null for single times")
    def aim(self) -> float | None:
        return self.row.aim

    @computed(description="Number of promises whose time is past")
    def promise_count(self) -> int:
        return self.row.estimate.n

    @computed(description="Number of those that were kept")
    def kept_count(self) -> int:
        return self.row.kept_count

    @computed(description="Share that was kept, from 0 to 1")
    def share(self) -> float | None:
        return self.row.estimate.value

    @computed(description="Lower limit of Wilson's interval of 95 %")
    def low(self) -> float | None:
        return self.row.estimate.low

    @computed(description="Upper limit of Wilson's interval of 95 %")
    def high(self) -> float | None:
        return self.row.estimate.high

    @computed(description="What the interval says of the aim; null without one")
    def verdict(self) -> CalibrationVerdict | None:
        return self.row.verdict

    @computed(description="Mean number of revisions of their repairs")
    def mean_revision_count(self) -> float:
        return self.row.mean_revisions

    @computed(description="Month such as 2026-03; null unless they are told apart by it")
    def month(self) -> str | None:
        return self.row.month

    @computed(description="Team that promised; null for none, if hidden, or by another cut")
    async def team(self, info: Info) -> Team | None:
        return await shown(info, Team, self.row.team_id)  # type: ignore[no-any-return]

    @computed(description="Service it was about; null for none, if hidden, or by another cut")
    async def service(self, info: Info) -> Service | None:
        return await shown(info, Service, self.row.service_id)  # type: ignore[no-any-return]


@strawberry.type(description="How often estimated times of repair are kept.")
class RepairEstimateCalibration:
    found: strawberry.Private[Calibration]

    @computed(description="What counts as a promise and as kept, in words")
    def definition(self) -> str:
        return DEFINITION

    @computed(description="Start of the period")
    def starts_at(self) -> datetime:
        return self.found.since

    @computed(description="End of the period, excluded")
    def ends_at(self) -> datetime:
        return self.found.until

    @computed(description="Promises of each kind in each part, the first 600", at_most=MOST_ROWS)
    def rows(self) -> list[RepairCalibrationRow]:
        return [RepairCalibrationRow(row=row) for row in self.found.rows[:MOST_ROWS]]


@strawberry.type
class EstimateQuery:
    @computed(
        description="How often estimated times of repair are kept, of the tickets that the "
        "viewer handles; null for who handles none"
    )
    async def repair_estimate_calibration(
        self,
        info: Info,
        by: Cut = CalibrationCut.ALL,
        starts_at: StartsAt = strawberry.UNSET,
        ends_at: EndsAt = strawberry.UNSET,
    ) -> RepairEstimateCalibration | None:
        viewer = info.context.viewer
        if not may(viewer, Act.SEE_INTERNAL):
            return None
        period: dict[str, Any] = {"since": starts_at or None, "until": ends_at or None}
        try:
            found = await repair_estimate_calibration(info.context.desk, viewer, cut=by, **period)
        except InvalidInput as refused:
            raise refusal(refused.message, Code.BAD_USER_INPUT) from refused
        return RepairEstimateCalibration(found=found)

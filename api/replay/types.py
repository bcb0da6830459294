"""What a replay found, as the schema shows it."""

from datetime import datetime

import strawberry

from api.agreements.terms import money
from api.context import Info
from api.fields import computed, shown
from api.tickets.types import Ticket
from foredesk.estimates import Estimate
from foredesk.replay import causes, tally
from foredesk.replay.run import Replay
from foredesk.replay.told import (
    MOST_HOURS,
    Row,
    latest_hours,
    reason_for,
    rows_of,
    share_of,
    without_hours,
)
from foredesk.sla.definitions import Level
from foredesk.sla.penalties import PenaltyMonth, Statement
from foredesk.sla.priority import Priority
from foredesk.sla.proposal import MOST_CLOCKS

MOST_ROWS = MOST_CLOCKS * (len(Priority) + 1)
MOST_MONTHS = 400


@strawberry.type(description="How often something would have been kept, with Wilson's interval.")
class ReplayedShare:
    counted: strawberry.Private[tally.Share]

    @computed(description="Number of those that are decided")
    def decided_count(self) -> int:
        return self.counted.n

    @computed(description="Number of those that would have been kept")
    def kept_count(self) -> int:
        return self.counted.kept

    @computed(description="Number of those that are still open")
    def open_count(self) -> int:
        return self.counted.open

    @computed(description="The share; null when none is decided")
    def value(self) -> float | None:
        return self._estimate().value

    @computed(description="Lower limit of its 95 % interval; null when none is decided")
    def low(self) -> float | None:
        return self._estimate().low

    @computed(description="Upper limit of its 95 % interval; null when none is decided")
    def high(self) -> float | None:
        return self._estimate().high

    def _estimate(self) -> Estimate:
        return share_of(self.counted)


@strawberry.type(description="One clock for one priority, or for all of them.")
class ReplayedClock:
    found: strawberry.Private[Row]

    @computed(description="Name of the clock")
    def clock(self) -> str:
        return self.found.clock

    @computed(description="Priority; null for all of them together")
    def priority(self) -> Priority | None:
        return self.found.priority

    @computed(description="How often the target would have been kept")
    def target(self) -> ReplayedShare:
        return ReplayedShare(counted=self.found.target)

    @computed(description="How often the minimum would have been kept")
    def minimum(self) -> ReplayedShare:
        return ReplayedShare(counted=self.found.minimum)

    @computed(
        description="Median of the working seconds that ran after missed targets; "
        "null when none was missed"
    )
    def median_late_seconds(self) -> int | None:
        return self.found.median_late


@strawberry.type(description="Target that a ticket would have missed.")
class ReplayedBreach:
    found: strawberry.Private[tally.Breach]

    @computed(description="The ticket; null if the viewer may not see it any more")
    async def ticket(self, info: Info) -> Ticket | None:
        return await shown(info, Ticket, self.found.ticket_id)  # type: ignore[no-any-return]

    @computed(description="Name of the clock")
    def clock(self) -> str:
        return self.found.clock

    @computed(description="Number of the clock's cycle, from 1 on")
    def cycle(self) -> int:
        return self.found.cycle

    @computed(description="Priority of the ticket at its end")
    def priority(self) -> Priority:
        return self.found.priority

    @computed(description="Timestamp of when the target would have passed")
    def target_missed_at(self) -> datetime:
        return self.found.at

    @computed(description="Timestamp of when the minimum would have passed; null if it did not")
    def minimum_missed_at(self) -> datetime | None:
        return self.found.minimum_missed_at

    @computed(description="Why, in a sentence")
    def reason(self) -> str:
        return reason_for(self.found)

    @computed(description="Whether the version in force kept its target; null if it says nothing")
    def is_kept_in_force(self) -> bool | None:
        return self.found.was.target if self.found.was else None


@strawberry.type(description="Some hours, and how much lies in them.")
class ReplayedHours:
    hours: str = strawberry.field(description="The hours, such as monday 09:00 or 17:00-18:00")
    amount: int = strawberry.field(description="Working seconds, or number of missed targets")


@strawberry.type(description="In which hours the targets of a clock would have been missed.")
class ReplayedCause:
    clock: str = strawberry.field(description="Name of the clock")
    found: strawberry.Private[causes.Causes]

    @computed(description="Number of missed targets")
    def missed_count(self) -> int:
        return self.found.missed

    @computed(
        description="Hours of the week in which most working seconds ran after the target",
        at_most=MOST_HOURS,
    )
    def late_seconds(self) -> list[ReplayedHours]:
        return [ReplayedHours(hours=hours, amount=n) for hours, n in latest_hours(self.found)]

    @computed(
        description="Hours of the calendar and how many of the missed targets would be kept, "
        "were those hours not open; the most telling first",
        at_most=MOST_HOURS,
    )
    def kept_without(self) -> list[ReplayedHours]:
        return [ReplayedHours(hours=hours, amount=n) for hours, n in without_hours(self.found)]


@strawberry.type(description="A clock under the version in force, and under the proposal.")
class ReplayedChange:
    clock: str = strawberry.field(description="Name of the clock")
    level: Level = strawberry.field(description="Target or minimum")
    found: strawberry.Private[tally.Changes]

    @computed(description="Number of those that both keep")
    def both_kept_count(self) -> int:
        return self.found.both_kept

    @computed(description="Number of those that both miss")
    def both_missed_count(self) -> int:
        return self.found.both_missed

    @computed(description="Number of those that only the proposal misses")
    def newly_missed_count(self) -> int:
        return self.found.newly_missed

    @computed(description="Number of those that only the proposal keeps")
    def newly_kept_count(self) -> int:
        return self.found.newly_kept

    @computed(description="Number of those that are open under one of them")
    def undecided_count(self) -> int:
        return self.found.undecided

    @computed(description="Numbers of the first tickets newly missed", at_most=tally.FIRST)
    def newly_missed_numbers(self) -> list[int]:
        return self.found.numbers_missed

    @computed(description="Numbers of the first tickets newly kept", at_most=tally.FIRST)
    def newly_kept_numbers(self) -> list[int]:
        return self.found.numbers_kept


@strawberry.type(description="What missed minimums would have cost in one month.")
class ReplayedMonth:
    found: strawberry.Private[PenaltyMonth]

    @computed(description="The month, such as 2026-03")
    def month(self) -> str:
        return f"{self.found.month:%Y-%m}"

    @computed(description="Amount before the cap of the agreement")
    def gross(self) -> str:
        return money(self.found.gross) or "0"

    @computed(description="Amount that would be owed")
    def amount(self) -> str:
        return money(self.found.amount) or "0"


@strawberry.type(description="What missed minimums would have cost.")
class ReplayedPenalties:
    found: strawberry.Private[Statement]

    @computed(description="Currency; null when the agreement names none")
    def currency(self) -> str | None:
        return self.found.currency

    @computed(description="Amount of all months")
    def total(self) -> str:
        return money(self.found.total) or "0"

    @computed(description="Months with a penalty, the oldest first", at_most=MOST_MONTHS)
    def months(self) -> list[ReplayedMonth]:
        return [ReplayedMonth(found=month) for month in self.found.months[-MOST_MONTHS:]]


@strawberry.type(description="What recorded tickets would have come to under a proposed agreement.")
class AgreementReplay:
    found: strawberry.Private[Replay]

    @computed(description="Name of the proposed agreement")
    def name(self) -> str:
        return self.found.proposal.name

    @computed(description="Name of the agreement that it would replace; null for a new one")
    def replaces(self) -> str | None:
        return self.found.replaces or None

    @computed(description="Number of tickets that were replayed")
    def ticket_count(self) -> int:
        return self.found.tally.tickets

    @computed(description="Number of those that the proposal would have covered")
    def covered_count(self) -> int:
        return self.found.tally.covered

    @computed(description="Shares by clock: of all priorities, and of each", at_most=MOST_ROWS)
    def clocks(self) -> list[ReplayedClock]:
        return [ReplayedClock(found=row) for row in rows_of(self.found)]

    @computed(description="First targets that would have been missed", at_most=tally.FIRST)
    def breaches(self) -> list[ReplayedBreach]:
        return [ReplayedBreach(found=one) for one in self.found.tally.breaches]

    @computed(description="Hours in which targets would have been missed", at_most=MOST_CLOCKS)
    def causes(self) -> list[ReplayedCause]:
        found = sorted(self.found.tally.causes.items())
        return [ReplayedCause(clock=clock, found=one) for clock, one in found]

    @computed(description="Difference to the version in force", at_most=2 * MOST_CLOCKS)
    def changes(self) -> list[ReplayedChange]:
        found = sorted(self.found.tally.changes.items())
        return [
            ReplayedChange(clock=clock, level=Level(level), found=one)
            for (clock, level), one in found
        ]

    @computed(description="What missed minimums would have cost")
    def penalties(self) -> ReplayedPenalties:
        return ReplayedPenalties(found=self.found.statement)

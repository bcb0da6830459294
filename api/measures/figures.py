"""Figures as the schema shows them, each with what it rests on."""

from typing import Annotated

import strawberry

from api.fields import computed
from foredesk.measures import figures as domain
from foredesk.measures.definitions import DEFECTS, SIGMA
from foredesk.measures.sigma import SHIFT, Defect
from foredesk.measures.sigma import SigmaLevel as Level
from foredesk.measures.summary import Summary

TOO_FEW = "null when there are too few"


@strawberry.type(description="Share with Wilson's 95 % interval; without figures below five.")
class MeasuredShare:
    share: strawberry.Private[domain.Share]

    @computed(description=f"The share; {TOO_FEW}")
    def value(self) -> float | None:
        return self.share.estimate.value

    @computed(description=f"Lower limit of the interval; {TOO_FEW}")
    def low(self) -> float | None:
        return self.share.estimate.low

    @computed(description=f"Upper limit of the interval; {TOO_FEW}")
    def high(self) -> float | None:
        return self.share.estimate.high

    @computed(description="Number of those that it is the share of hits in")
    def sample_count(self) -> int:
        return self.share.n

    @computed(description="Number of hits")
    def hit_count(self) -> int:
        return self.share.hits


@strawberry.type(description="Seconds of many; the 90th percentile is by nearest rank.")
class MeasuredSeconds:
    summary: strawberry.Private[Summary]

    @computed(description="Number of values")
    def sample_count(self) -> int:
        return self.summary.n

    @computed(description="Mean; null below five values")
    def mean_seconds(self) -> float | None:
        return self.summary.mean

    @computed(description="Median; null below five values")
    def median_seconds(self) -> float | None:
        return self.summary.median

    @computed(description="90th percentile; null below ten values")
    def percentile90_seconds(self) -> float | None:
        return self.summary.percentile_90


@strawberry.type(description="Numbers of many; the 90th percentile is by nearest rank.")
class MeasuredNumbers:
    summary: strawberry.Private[Summary]

    @computed(description="Number of values")
    def sample_count(self) -> int:
        return self.summary.n

    @computed(description="Mean; null below five values")
    def mean(self) -> float | None:
        return self.summary.mean

    @computed(description="Median; null below five values")
    def median(self) -> float | None:
        return self.summary.median

    @computed(description="90th percentile; null below ten values")
    def percentile90(self) -> float | None:
        return self.summary.percentile_90


@strawberry.type(description="Time from the recording on, measured in two ways.")
class MeasuredTime:
    times: strawberry.Private[domain.TimeFigures]

    @computed(description="Time by the clock on the wall, day and night")
    def clock_time(self) -> MeasuredSeconds:
        return MeasuredSeconds(summary=self.times.clock_time)

    @computed(
        description="Time in the hours of the agreement, without pauses; "
        "only of tickets that an agreement covers"
    )
    def business_time(self) -> MeasuredSeconds:
        return MeasuredSeconds(summary=self.times.business_time)


@strawberry.type(description="How one of the two promises on a clock was kept.")
class MeasuredGoal:
    goal: strawberry.Private[domain.GoalFigures]

    @computed(description="Share that was kept of what was decided")
    def met(self) -> MeasuredShare:
        return MeasuredShare(share=self.goal.met)

    @computed(description="Business time by which clocks that have stopped were too late")
    def misses(self) -> MeasuredSeconds:
        return MeasuredSeconds(summary=self.goal.misses)


@strawberry.type(description="How the promises on one clock were kept.")
class MeasuredClock:
    clock: strawberry.Private[domain.ClockFigures]

    @computed(description="Name of the clock in its agreements")
    def name(self) -> str:
        return self.clock.name

    @computed(description="Promise that we aim at")
    def target(self) -> MeasuredGoal:
        return MeasuredGoal(goal=self.clock.target)

    @computed(description="Promise that the customer may count on")
    def minimum(self) -> MeasuredGoal:
        return MeasuredGoal(goal=self.clock.minimum)


@strawberry.type(description="What counts as a defect.")
class DefectDefinition:
    defect: Defect = strawberry.field(description="The defect")
    definition: str = strawberry.field(description="When a ticket has it")


@strawberry.type(
    description="Defects per million opportunities, and the sigma level that they stand for."
)
class SigmaLevel:
    sigma: strawberry.Private[Level]

    @computed(description="Opportunities for a defect in each ticket", at_most=len(Defect))
    def opportunities(self) -> list[DefectDefinition]:
        chosen = self.sigma.opportunities
        return [DefectDefinition(defect=one, definition=DEFECTS[one]) for one in chosen]

    @computed(description="Number of solved tickets that had every one of the opportunities")
    def ticket_count(self) -> int:
        return self.sigma.units

    @computed(description="Number of solved tickets that lacked one, and are left out")
    def left_out_count(self) -> int:
        return self.sigma.left_out

    @computed(description="Number of defects")
    def defect_count(self) -> int:
        return self.sigma.defects

    @computed(description="Defects per million opportunities; null below five tickets")
    def dpmo(self) -> float | None:
        return self.sigma.dpmo.value

    @computed(description="Lower limit of Wilson's 95 % interval; null below five tickets")
    def dpmo_low(self) -> float | None:
        return self.sigma.dpmo.low

    @computed(description="Upper limit of Wilson's 95 % interval; null below five tickets")
    def dpmo_high(self) -> float | None:
        return self.sigma.dpmo.high

    @computed(description="Sigma level; null below five tickets, and where no defect was found")
    def level(self) -> float | None:
        return self.sigma.level

    @computed(description="Sigma level at the interval's upper limit; null below five tickets")
    def level_at_least(self) -> float | None:
        return self.sigma.at_least

    @computed(description="Shift that is in the level")
    def shift(self) -> float:
        return SHIFT

    @computed(description="How both are worked out")
    def definition(self) -> str:
        return SIGMA


Opportunities = Annotated[
    list[Defect] | None,
    strawberry.argument(description="Opportunities to count; all if left out."),
]

"""The experiment on suggestions: what it says, and its one switch."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.acting import attempt_once, given, the_key
from api.context import Info
from api.fields import act, column, computed, relation
from api.hidden import null_if_hidden
from api.management.payloads import Refused, RefusedOrStale
from api.management.rows import again
from api.management.words import KEY, VERSION, WHAT, optional, reason, reasons, required, result
from api.node import Node
from api.people import Person
from foredesk.errors import NotPermitted
from foredesk.estimates import Estimate
from foredesk.knowledge import experiment as domain
from foredesk.knowledge import experiment_models as models
from foredesk.people.policy import Act, may
from foredesk.self_service import caused
from foredesk.self_service import result as results

WEIGHT = 100
"""All form starts of an experiment are read."""


@strawberry.type(description="Figure with its 95 % interval; null where too few came.")
class IntervalEstimate:
    estimate: strawberry.Private[Estimate]

    @computed(description="The figure; null when there are too few")
    def value(self) -> float | None:
        return self.estimate.value

    @computed(description="Lower limit of the interval; null when there are too few")
    def low(self) -> float | None:
        return self.estimate.low

    @computed(description="Upper limit of the interval; null when there are too few")
    def high(self) -> float | None:
        return self.estimate.high

    @computed(description="Number of form starts that it rests on")
    def sample_count(self) -> int:
        return self.estimate.n


@strawberry.type(description="One of the two groups of an experiment.")
class ExperimentArm:
    arm: strawberry.Private[results.Arm]

    @computed(description="Number of requesters")
    def requester_count(self) -> int:
        return self.arm.tickets.requesters

    @computed(description="Number of form starts whose seven days are over")
    def form_start_count(self) -> int:
        return self.arm.tickets.form_starts

    @computed(description="Number of tickets filed in those seven days")
    def ticket_count(self) -> int:
        return self.arm.tickets.hits

    @computed(description="Tickets per form start; null without any")
    def tickets_per_form_start(self) -> float | None:
        return _value(self.arm.tickets)

    @computed(description="Share of form starts without ticket and without confirmation")
    def abandoned_share(self) -> float | None:
        return _value(self.arm.abandoned)

    @computed(description="Share of form starts with a second ticket")
    def repeated_share(self) -> float | None:
        return _value(self.arm.repeated)


@strawberry.type(description="What else suggestions may do to people: shown minus held out.")
class GuardRail:
    guard: strawberry.Private[results.GuardRail]

    @computed(description="Difference of the shares")
    def difference(self) -> IntervalEstimate:
        return IntervalEstimate(estimate=self.guard.difference)

    @computed(description="Indicates that it is more than chance that suggestions make it worse")
    def is_hurt(self) -> bool:
        return self.guard.is_hurt


@strawberry.type(description="What an experiment says so far.")
class ExperimentResult:
    found: strawberry.Private[results.ExperimentResult]

    @computed(
        description="Share of tickets that suggestions made unnecessary; null until as many form "
        "starts are over as were planned"
    )
    def caused_deflection(self) -> IntervalEstimate | None:
        caused = self.found.caused
        return IntervalEstimate(estimate=caused) if caused else None

    @computed(description="Number of form starts that are needed, both groups together")
    def needed_count(self) -> int:
        return self.found.needed

    @computed(description="Number of form starts that are still missing")
    def missing_count(self) -> int:
        return self.found.more_needed

    @computed(description="Number of form starts whose seven days are not over")
    def pending_count(self) -> int:
        return self.found.pending

    @computed(description="Requesters who are shown suggestions")
    def treated(self) -> ExperimentArm:
        return ExperimentArm(arm=self.found.treated)

    @computed(description="Requesters from whom suggestions are kept back")
    def held_out(self) -> ExperimentArm:
        return ExperimentArm(arm=self.found.held_out)

    @computed(description="Giving up without a ticket and without a confirmation")
    def abandonment(self) -> GuardRail:
        return GuardRail(guard=self.found.abandonment)

    @computed(description="Coming back with a second ticket")
    def repeats(self) -> GuardRail:
        return GuardRail(guard=self.found.repeats)


@strawberry.type(
    description="A share of the requesters, drawn at random, is shown no suggestions, to learn "
    "what suggestions cause."
)
class SuggestionExperiment(Node, visible=domain.visible_experiments):
    row: strawberry.Private[models.SuggestionExperiment]
    holdout_percent: int = column(description="Percentage of requesters who see no suggestions")
    expected_filing: float = column(
        description="Share of form starts that lead to a ticket without suggestions, as assumed"
    )
    smallest_effect: float = column(description="Share of tickets whose avoidance is to be found")
    started_at: datetime = column(description="Timestamp of when it was started")
    ended_at: datetime | None = column(
        description="Timestamp of when it was ended; null while it runs"
    )
    version: int = column(description="Version, growing with every change")
    started_by: Person | None = relation(
        "started_by_id", description="Person who started it; null for the desk itself"
    )

    @computed(description="What it says so far", weight=WEIGHT)
    async def result(self, info: Info) -> ExperimentResult:
        context = info.context
        row = await domain.visible_experiments(context.viewer).get(id=self.row.id)
        found = await results.experiment_result(context.desk, context.viewer, experiment=row)
        return ExperimentResult(found=found)


@strawberry.type(description="What an experiment would take.")
class ExperimentPlan:
    plan: strawberry.Private[results.Plan]

    @computed(description="Number of form starts that are needed, both groups together")
    def needed_count(self) -> int:
        return self.plan.needed

    @computed(description="Share of late form starts that led to a ticket; null for too few")
    def measured_filing(self) -> float | None:
        return self.plan.filing

    @computed(description="Days until then as people come now; null where too few came lately")
    def expected_days(self) -> int | None:
        return self.plan.days


@strawberry.type
class ExperimentQuery:
    @computed(
        description="Experiment that runs, or the last that did; null for those who are no "
        "administrators"
    )
    async def suggestion_experiment(self, info: Info) -> SuggestionExperiment | None:
        row = await results.latest_experiment(info.context.viewer)
        return SuggestionExperiment(row=row) if row else None

    @computed(
        description="What an experiment would take; null for those who are no administrators",
    )
    @null_if_hidden
    async def plan_suggestion_experiment(
        self,
        info: Info,
        holdout_percent: Annotated[
            int, strawberry.argument(description="Percentage of requesters, 10 to 50.")
        ] = domain.USUAL_PERCENT,
        smallest_effect: Annotated[
            float,
            strawberry.argument(description="Share of tickets whose avoidance is to be found."),
        ] = domain.USUAL_EFFECT,
        expected_filing: Annotated[
            float, strawberry.argument(description="Share of form starts that lead to a ticket.")
        ] = domain.USUAL_FILING,
    ) -> ExperimentPlan | None:
        if not may(info.context.viewer, Act.RUN_EXPERIMENT):
            raise NotPermitted()
        domain.check_plan(holdout_percent, expected_filing, smallest_effect)
        plan = await results.plan_experiment(
            info.context.desk,
            holdout_percent=holdout_percent,
            smallest_effect=smallest_effect,
            expected_filing=expected_filing,
        )
        return ExperimentPlan(plan=plan)


@strawberry.input(description="Input of startSuggestionExperiment.")
class StartSuggestionExperimentInput:
    holdout_percent: int = strawberry.field(
        default=domain.USUAL_PERCENT,
        description="Percentage of requesters who see no suggestions, 10 to 50",
    )
    smallest_effect: float = strawberry.field(
        default=domain.USUAL_EFFECT, description="Share of tickets whose avoidance is to be found"
    )
    expected_filing: float = strawberry.field(
        default=domain.USUAL_FILING,
        description="Share of form starts that lead to a ticket without suggestions",
    )
    idempotency_key: str | None = optional(KEY)


@strawberry.input(description="Input of endSuggestionExperiment.")
class EndSuggestionExperimentInput:
    experiment_id: strawberry.ID = required("Experiment to end")
    expected_version: int | None = optional(VERSION)
    idempotency_key: str | None = optional(KEY)


StartSuggestionExperimentError = Annotated[
    Refused, reason("StartSuggestionExperimentError", "the experiment was not started")
]
EndSuggestionExperimentError = Annotated[
    RefusedOrStale, reason("EndSuggestionExperimentError", "the experiment was not ended")
]


@strawberry.type(description="Result of startSuggestionExperiment.")
class StartSuggestionExperimentPayload:
    experiment: SuggestionExperiment | None = result("experiment")
    errors: list[StartSuggestionExperimentError] = reasons()


@strawberry.type(description="Result of endSuggestionExperiment.")
class EndSuggestionExperimentPayload:
    experiment: SuggestionExperiment | None = result("experiment")
    errors: list[EndSuggestionExperimentError] = reasons()


@strawberry.type
class ExperimentMutation:
    @act(
        description="Shows a share of the requesters, drawn at random, no suggestions while they "
        "write a request; everything else stays as it is"
    )
    async def start_suggestion_experiment(
        self, info: Info, input: Annotated[StartSuggestionExperimentInput, WHAT]
    ) -> StartSuggestionExperimentPayload:
        row, errors = await attempt_once(
            info,
            input,
            lambda once: domain.start_suggestion_experiment(
                info.context.desk,
                info.context.viewer,
                holdout_percent=input.holdout_percent,
                expected_filing=input.expected_filing,
                smallest_effect=input.smallest_effect,
                once=once,
            ),
            again(info, SuggestionExperiment),
        )
        return StartSuggestionExperimentPayload(experiment=_shown(row), errors=errors)

    @act(description="Shows suggestions to everybody again, at once")
    async def end_suggestion_experiment(
        self, info: Info, input: Annotated[EndSuggestionExperimentInput, WHAT]
    ) -> EndSuggestionExperimentPayload:
        row, errors = await attempt_once(
            info,
            input,
            lambda once: domain.end_suggestion_experiment(
                info.context.desk,
                info.context.viewer,
                experiment_id=the_key("SuggestionExperiment", input.experiment_id, "experimentId"),
                expected_version=given(input.expected_version),
                once=once,
            ),
            again(info, SuggestionExperiment),
        )
        return EndSuggestionExperimentPayload(experiment=_shown(row), errors=errors)


def _shown(row: models.SuggestionExperiment | None) -> SuggestionExperiment | None:
    return SuggestionExperiment(row=row) if row else None


def _value(rate: caused.Rate) -> float | None:
    return rate.value if rate.form_starts else None

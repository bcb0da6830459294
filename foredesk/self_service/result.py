"""Result: what the experiment says of suggestions, and what else they may do to people."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from foredesk.desk import Desk
from foredesk.estimates import Estimate
from foredesk.knowledge.experiment import visible_experiments
from foredesk.knowledge.experiment_models import FormStart, SuggestionExperiment
from foredesk.knowledge.form_starts import LASTS
from foredesk.people.viewer import Viewer
from foredesk.self_service.caused import (
    Rate,
    caused_deflection,
    design_effect,
    difference,
    form_starts_needed,
    rate,
)

PLANNED_ON = timedelta(days=91)
FEWEST_TO_PLAN_ON = 100


@dataclass(frozen=True, slots=True)
class Arm:
    """One of the two groups. Rates are per form start whose seven days are over: requests, those
    that led to one at all, those without any and without a confirmation, those with a second."""

    tickets: Rate
    filed: Rate
    abandoned: Rate
    repeated: Rate


@dataclass(frozen=True, slots=True)
class GuardRail:
    """Treated − held out. `is_hurt`: it is more than chance that suggestions make it worse."""

    difference: Estimate
    is_hurt: bool


@dataclass(frozen=True, slots=True)
class ExperimentResult:
    """`caused` is None until as many form starts are over as were planned: looking at it sooner
    and stopping when it pleases would find effects that are none. `more_needed` tells how many.

    `needed` is what was planned, times what several form starts of one requester cost. `pending`
    are those whose seven days are not over.
    """

    experiment: SuggestionExperiment
    treated: Arm
    held_out: Arm
    needed: int
    more_needed: int
    pending: int
    caused: Estimate | None
    abandonment: GuardRail
    repeats: GuardRail

    @property
    def form_starts(self) -> int:
        return self.treated.tickets.form_starts + self.held_out.tickets.form_starts


@dataclass(frozen=True, slots=True)
class Plan:
    """How many form starts an experiment would need, and the days until then as people come now;
    None where too few have come lately. `filing` is the measured share that led to a request."""

    needed: int
    filing: float | None
    days: int | None


async def experiment_result(
    desk: Desk, viewer: Viewer, *, experiment: SuggestionExperiment
) -> ExperimentResult:
    """Of the form starts whose seven days were over while it ran. `experiment` is one of
    `visible_experiments`."""
    until = min(experiment.ended_at or desk.now(), desk.now()) - LASTS
    over = FormStart.filter(experiment_id=experiment.id, begun_at__lte=until)
    rows = await over.exclude(settled_at=None).values_list(
        "unit", "is_held_out", "ticket_count", "was_confirmed"
    )
    of_arm: dict[bool, list[tuple[str, int, bool]]] = {True: [], False: []}
    for unit, is_held_out, tickets, confirmed in rows:
        of_arm[bool(is_held_out)].append((unit, tickets, confirmed))
    treated, held_out = _arm(of_arm[False]), _arm(of_arm[True])
    needed = _needed(experiment, treated, held_out)
    more = max(0, needed - len(rows))
    pending = FormStart.filter(experiment_id=experiment.id, settled_at=None)
    return ExperimentResult(
        experiment=experiment,
        treated=treated,
        held_out=held_out,
        needed=needed,
        more_needed=more,
        pending=await pending.count(),
        caused=None if more else caused_deflection(treated.tickets, held_out.tickets),
        abandonment=_guard(treated.abandoned, held_out.abandoned),
        repeats=_guard(treated.repeated, held_out.repeated),
    )


async def latest_experiment(viewer: Viewer) -> SuggestionExperiment | None:
    """The one that runs, or the last that did."""
    return await visible_experiments(viewer).order_by("-started_at", "-id").first()


async def plan_experiment(
    desk: Desk,
    *,
    holdout_percent: int,
    smallest_effect: float,
    expected_filing: float,
) -> Plan:
    """What it would take. The caller has checked the figures with `check_plan`."""
    needed = form_starts_needed(expected_filing, smallest_effect, holdout_percent / 100)
    lately = FormStart.filter(begun_at__gte=desk.now() - PLANNED_ON)
    come, settled = await lately.count(), lately.exclude(settled_at=None)
    shown = settled.filter(is_held_out=False)
    count = await shown.count()
    is_enough = count >= FEWEST_TO_PLAN_ON
    filing = await shown.filter(ticket_count__gt=0).count() / count if is_enough else None
    days = ceil(needed / come * PLANNED_ON.days) if come >= FEWEST_TO_PLAN_ON else None
    return Plan(needed, filing, days)


def _arm(rows: Sequence[tuple[str, int, bool]]) -> Arm:
    return Arm(
        tickets=_rate([(unit, tickets) for unit, tickets, _ in rows]),
        filed=_rate([(unit, int(tickets > 0)) for unit, tickets, _ in rows]),
        abandoned=_rate(
            [(unit, int(not tickets and not confirmed)) for unit, tickets, confirmed in rows]
        ),
        repeated=_rate([(unit, int(tickets > 1)) for unit, tickets, _ in rows]),
    )


def _rate(rows: Sequence[tuple[str, int]]) -> Rate:
    requesters: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for unit, hits in rows:
        requesters[unit][0] += 1
        requesters[unit][1] += hits
    return rate([(starts, hits) for starts, hits in requesters.values()])


def _needed(experiment: SuggestionExperiment, treated: Arm, held_out: Arm) -> int:
    planned = form_starts_needed(
        experiment.expected_filing, experiment.smallest_effect, experiment.holdout_percent / 100
    )
    return ceil(planned * design_effect(treated.filed, held_out.filed))


def _guard(treated: Rate, held_out: Rate) -> GuardRail:
    found = difference(treated, held_out)
    return GuardRail(found, found.low is not None and found.low > 0)

"""Experiment: a random share of the requesters sees no suggestions, to learn what they are worth.

It is off until somebody switches it on, and there is one at a time.
"""

import secrets
from uuid import UUID

from tortoise.queryset import QuerySet

from foredesk.database import next_value, transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, StaleVersion
from foredesk.knowledge.experiment_models import SuggestionExperiment
from foredesk.people.idempotency import Once
from foredesk.people.policy import Act, require
from foredesk.people.roles import Scope
from foredesk.people.viewer import Viewer

FEWEST_PERCENT, MOST_PERCENT = 10, 50
USUAL_PERCENT = 20
USUAL_FILING = 0.8
USUAL_EFFECT = 0.1


async def start_suggestion_experiment(
    desk: Desk,
    viewer: Viewer,
    *,
    holdout_percent: int = USUAL_PERCENT,
    expected_filing: float = USUAL_FILING,
    smallest_effect: float = USUAL_EFFECT,
    once: Once | None = None,
) -> SuggestionExperiment:
    """From now on `holdout_percent` of the requesters see no suggestions while they ask for help.

    Raises InvalidInput for a share that is not from 10 to 50 %, for figures with which nothing can
    be planned, and while another one runs.
    """
    require(viewer, Act.RUN_EXPERIMENT)
    check_plan(holdout_percent, expected_filing, smallest_effect)
    async with transaction():
        await next_value("suggestion_experiment")
        if await SuggestionExperiment.exists(ended_at__isnull=True):
            raise InvalidInput("holdoutPercent", "An experiment is running already. End it first.")
        experiment = await SuggestionExperiment.create(
            salt=secrets.token_hex(32),
            holdout_percent=holdout_percent,
            expected_filing=expected_filing,
            smallest_effect=smallest_effect,
            started_at=desk.now(),
            started_by_id=viewer.person_id,
        )
        if once is not None:
            await once.remember(experiment.id)
    return experiment


async def end_suggestion_experiment(
    desk: Desk,
    viewer: Viewer,
    *,
    experiment_id: UUID,
    expected_version: int | None = None,
    once: Once | None = None,
) -> SuggestionExperiment:
    """At once everybody sees suggestions again; one that has ended stays as it is.

    Raises NotFound and StaleVersion.
    """
    require(viewer, Act.RUN_EXPERIMENT)
    async with transaction():
        rows = visible_experiments(viewer).filter(id=experiment_id)
        experiment = await rows.select_for_update().first()
        if experiment is None:
            raise NotFound("experimentId")
        if expected_version not in (None, experiment.version):
            raise StaleVersion(experiment.version)
        if experiment.ended_at is None:
            experiment.ended_at, experiment.version = desk.now(), experiment.version + 1
            await experiment.save(update_fields=["ended_at", "version"])
        if once is not None:
            await once.remember(experiment.id)
    return experiment


def visible_experiments(viewer: Viewer) -> QuerySet[SuggestionExperiment]:
    """They are about the people of all organizations, and visitors: for administrators."""
    if viewer.is_administrator and viewer.reads(Scope.KNOWLEDGE):
        return SuggestionExperiment.all()
    return SuggestionExperiment.filter(id__isnull=True)


def check_plan(holdout_percent: int, expected_filing: float, smallest_effect: float) -> None:
    """Raises InvalidInput for what can't be planned with."""
    if not FEWEST_PERCENT <= holdout_percent <= MOST_PERCENT:
        raise InvalidInput("holdoutPercent", f"{FEWEST_PERCENT} to {MOST_PERCENT} percent.")
    if not 0.01 <= expected_filing <= 0.99:
        raise InvalidInput("expectedFiling", "1 to 99 percent.")
    if not 0.01 <= smallest_effect <= 0.9:
        raise InvalidInput("smallestEffect", "1 to 90 percent.")

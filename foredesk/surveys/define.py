"""Define surveys and publish what they ask. A published version is never changed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, InvalidTransition, NotFound
from foredesk.people.models import Organization
from foredesk.people.policy import Act, require, serves
from foredesk.people.viewer import Viewer
from foredesk.surveys.definition import KEY, Definition, read_definition
from foredesk.surveys.models import Metric, Question, Survey, SurveyState, SurveyVersion
from foredesk.text import one_line

LIMITS = {
    "delay": (timedelta(0), timedelta(days=90)),
    "expires_after": (timedelta(days=1), timedelta(days=90)),
}


@dataclass(frozen=True, slots=True)
class Asking:
    """How soon after closing people are asked, and how often at most.

    A `probability` of None asks as many as the half-width, in percentage points, needs.
    """

    delay: timedelta = timedelta(hours=1)
    expires_after: timedelta = timedelta(days=14)
    cool_down_days: int = 90
    yearly_limit: int = 4
    probability: float | None = None
    target_half_width: float = 10.0


async def define_survey(
    desk: Desk,
    viewer: Viewer,
    *,
    organization_id: UUID,
    key: str,
    title: str,
    metric: Metric,
    asking: Asking | None = None,
) -> Survey:
    """A draft: nobody is asked until a version is published.

    Raises InvalidInput, or NotFound for an organization the viewer does not serve.
    """
    asking = asking or Asking()
    if not serves(viewer, organization_id):
        raise NotFound("organizationId")
    require(viewer, Act.MANAGE_SURVEYS, _Of(organization_id))
    title = one_line("title", title, limit=200, blank="Give the survey a title.")
    if not KEY.fullmatch(key):
        raise InvalidInput("key", "Use lower-case letters, digits and _, beginning with a letter.")
    _check_asking(asking)
    async with transaction():
        if not await Organization.exists(id=organization_id):
            raise NotFound("organizationId")
        if await Survey.exists(organization_id=organization_id, key=key):
            raise InvalidInput("key", "Another survey of the organization has this key.")
        return await Survey.create(
            organization_id=organization_id,
            key=key,
            title=title,
            metric=metric,
            delay_seconds=int(asking.delay.total_seconds()),
            expires_after_days=asking.expires_after.days,
            cool_down_days=asking.cool_down_days,
            yearly_limit=asking.yearly_limit,
            probability=asking.probability,
            target_half_width=asking.target_half_width,
            sampling_secret=desk.random.randbytes(32).hex(),
            created_at=desk.now(),
        )


async def publish_survey(
    desk: Desk,
    viewer: Viewer,
    *,
    survey_id: UUID,
    definition: Any,
    metrics: Mapping[str, Metric],
) -> SurveyVersion:
    """Check a definition and make it what is asked from now on; a draft goes live with it.

    Raises InvalidInput with the path within the definition, or NotFound.
    """
    survey = await _managed(viewer, survey_id)
    read = read_definition(definition, metrics)
    if survey.metric not in metrics.values():
        raise InvalidInput("metrics", f"Say which question measures {survey.metric.value}.")
    async with transaction():
        survey = await Survey.select_for_update().get(id=survey_id)
        if survey.state is SurveyState.CLOSED:
            raise _not_from(survey)
        version = await _store(desk, viewer, survey, read, definition, metrics)
        if survey.state is SurveyState.DRAFT:
            survey.state = SurveyState.LIVE
            await survey.save()
    return version


async def pause_survey(desk: Desk, viewer: Viewer, *, survey_id: UUID) -> Survey:
    """Ask nobody new; links that are out still work. Raises NotFound or InvalidTransition."""
    return await _move(viewer, survey_id, SurveyState.LIVE, SurveyState.PAUSED)


async def resume_survey(desk: Desk, viewer: Viewer, *, survey_id: UUID) -> Survey:
    """Raises NotFound or InvalidTransition."""
    return await _move(viewer, survey_id, SurveyState.PAUSED, SurveyState.LIVE)


async def close_survey(desk: Desk, viewer: Viewer, *, survey_id: UUID) -> Survey:
    """Take no more answers, for good. Raises NotFound or InvalidTransition."""
    survey = await _managed(viewer, survey_id)
    return await _move(viewer, survey_id, survey.state, SurveyState.CLOSED)


def read_version(version: SurveyVersion) -> Definition:
    metrics = {key: Metric(metric) for key, metric in version.definition["metrics"].items()}
    return read_definition(version.definition["survey"], metrics)


class _Of:
    def __init__(self, organization_id: UUID) -> None:
        self.organization_id = organization_id


async def _managed(viewer: Viewer, survey_id: UUID) -> Survey:
    survey = await Survey.get_or_none(id=survey_id)
    if survey is None or not serves(viewer, survey.organization_id):
        raise NotFound("surveyId")
    require(viewer, Act.MANAGE_SURVEYS, survey)
    return survey


async def _move(viewer: Viewer, survey_id: UUID, start: SurveyState, end: SurveyState) -> Survey:
    await _managed(viewer, survey_id)
    async with transaction():
        survey = await Survey.select_for_update().get(id=survey_id)
        if survey.state is not start or survey.state is SurveyState.CLOSED:
            raise _not_from(survey)
        survey.state = end
        await survey.save()
    return survey


def _not_from(survey: Survey) -> InvalidTransition:
    allowed = {
        SurveyState.DRAFT: (SurveyState.LIVE, SurveyState.CLOSED),
        SurveyState.LIVE: (SurveyState.PAUSED, SurveyState.CLOSED),
        SurveyState.PAUSED: (SurveyState.LIVE, SurveyState.CLOSED),
        SurveyState.CLOSED: (),
    }
    return InvalidTransition(
        f"The survey is {survey.state.value}; that can't happen to it now.",
        state=survey.state.value,
        allowed=tuple(state.value for state in allowed[survey.state]),
    )


def _check_asking(asking: Asking) -> None:
    for name, (least, most) in LIMITS.items():
        if not least <= getattr(asking, name) <= most:
            raise InvalidInput(name, f"Choose {least.days} to {most.days} days.")
    if not 0 <= asking.cool_down_days <= 366 or not 1 <= asking.yearly_limit <= 366:
        raise InvalidInput("cool_down_days", "Ask a person at most once a day.")
    if asking.probability is not None and not 0 < asking.probability <= 1:
        raise InvalidInput("probability", "Choose a probability above 0, up to 1.")
    if not 1 <= asking.target_half_width <= 50:
        raise InvalidInput("target_half_width", "Choose 1 to 50 percentage points.")


async def _store(
    desk: Desk,
    viewer: Viewer,
    survey: Survey,
    read: Definition,
    definition: Any,
    metrics: Mapping[str, Metric],
) -> SurveyVersion:
    kept = {"survey": definition, "metrics": {key: metrics[key].value for key in sorted(metrics)}}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    version = await SurveyVersion.create(
        survey_id=survey.id,
        number=await SurveyVersion.filter(survey_id=survey.id).count() + 1,
        definition=json.loads(text),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        languages=list(read.languages),
        published_at=desk.now(),
        published_by_id=viewer.person_id,
    )
    for position, question in enumerate(read.questions, start=1):
        await Question.create(
            version_id=version.id,
            key=question.key,
            type=question.type,
            position=position,
            required=question.required,
            scores_metric=question.type.value == survey.metric.value,
        )
    return version

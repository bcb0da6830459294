"""Background work of surveys. None of it touches a ticket."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.ports import PAUSED_FOR, JobContext, Outcome
from foredesk.surveys.decide import decide_on_surveys
from foredesk.surveys.facts import response_facts, survey_facts
from foredesk.surveys.models import Response, Score, Survey, SurveyVersion

COMPLETED = "on_response_completed"


class PluginFailed(Exception):
    """A plugin did not take the event; the job is tried again."""


async def handle_decide_on_surveys(
    desk: Desk, payload: Mapping[str, Any], context: JobContext
) -> None:
    """`decide_on_surveys {"ticket_id"}`: decides once, however often it is repeated."""
    await decide_on_surveys(desk, UUID(payload["ticket_id"]))


async def handle_survey_completed(
    desk: Desk, payload: Mapping[str, Any], context: JobContext
) -> None:
    """`survey_completed {"response_id"}`: the plugins score the response, then hear of it."""
    response, survey, version = await _read(payload)
    outcomes = await desk.hooks.collect(
        "score_response",
        survey.organization_id,
        survey=await survey_facts(survey, version, response.language),
        response=await response_facts(response),
    )
    async with transaction():
        for outcome in outcomes:
            await _keep(response, outcome)
        for plugin in desk.hooks.listeners(COMPLETED, survey.organization_id):
            await desk.jobs.enqueue(
                "plugin_response",
                {"response_id": str(response.id), "plugin": plugin},
                key=f"{response.id}:{plugin}",
            )


async def handle_plugin_response(
    desk: Desk, payload: Mapping[str, Any], context: JobContext
) -> None:
    """`plugin_response {"response_id", "plugin"}`. Raises PluginFailed, to be tried again."""
    response, survey, version = await _read(payload)
    outcome = await desk.hooks.deliver(
        COMPLETED,
        payload["plugin"],
        survey.organization_id,
        survey=await survey_facts(survey, version, response.language),
        response=await response_facts(response),
    )
    if outcome.is_paused:
        await desk.jobs.enqueue("plugin_response", payload, key=context.key, delay=PAUSED_FOR)
    elif outcome.error:
        raise PluginFailed(f"{outcome.plugin}: {outcome.error}: {outcome.detail}")


async def _read(payload: Mapping[str, Any]) -> tuple[Response, Survey, SurveyVersion]:
    response = await Response.get(id=UUID(payload["response_id"]))
    survey = await Survey.get(id=response.survey_id)
    return response, survey, await SurveyVersion.get(id=response.version_id)


async def _keep(response: Response, outcome: Outcome) -> None:
    for score in outcome.value or () if not outcome.error else ():
        await Score.update_or_create(
            defaults={"value": score.value, "explanation": score.explanation},
            response_id=response.id,
            metric=score.metric,
            plugin=outcome.plugin,
        )

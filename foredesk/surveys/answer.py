"""Answer: what people say to a survey, saved as they go, by their link or signed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from foredesk.database import transaction
from foredesk.desk import Desk
from foredesk.errors import Expired, InvalidInput, NotFound
from foredesk.people.policy import Act, require
from foredesk.people.secrets import digest
from foredesk.people.viewer import Viewer
from foredesk.surveys.define import read_version
from foredesk.surveys.definition import AskedQuestion, Definition
from foredesk.surveys.facts import answers_of
from foredesk.surveys.given import Given, read_answer
from foredesk.surveys.invite import ANSWERABLE
from foredesk.surveys.models import (
    Answer,
    Invitation,
    InvitationState,
    Question,
    Response,
    ResponseState,
    Score,
    Survey,
    SurveyOptOut,
    SurveyState,
    SurveyVersion,
)

HIDDEN = (InvitationState.WAITING, InvitationState.CANCELED)
"""Nobody has been told of these."""


@dataclass(frozen=True, slots=True)
class OpenSurvey:
    """A survey as one person sees it: what is asked, and what they have answered so far."""

    invitation: Invitation
    definition: Definition
    response: Response | None
    answers: Mapping[str, Any]

    @property
    def is_completed(self) -> bool:
        return self.response is not None and self.response.state is ResponseState.COMPLETED


async def open_survey(
    desk: Desk, viewer: Viewer, *, token: str | None = None, invitation_id: UUID | None = None
) -> OpenSurvey:
    """Raises NotFound for an unknown or foreign invitation, Expired when its time is over."""
    require(viewer, Act.ANSWER_SURVEY)
    async with transaction():
        invitation, version = await _invitation(desk, viewer, token, invitation_id)
        if invitation.state is InvitationState.SENT:
            invitation.state = InvitationState.OPENED
            invitation.opened_at = desk.now()
            await invitation.save()
        response = await Response.get_or_none(invitation_id=invitation.id)
    answers = await answers_of(response.id) if response else {}
    return OpenSurvey(invitation, read_version(version), response, answers)


async def answer_survey(
    desk: Desk,
    viewer: Viewer,
    *,
    token: str | None = None,
    invitation_id: UUID | None = None,
    answers: Mapping[str, Any],
    complete: bool = True,
    language: str | None = None,
    channel: str = "portal",
) -> Response:
    """Save these answers, and with `complete` hand the survey in; None or "" takes one back.

    Once it is handed in nothing changes any more: handing it in again is harmless.

    Raises InvalidInput for an unknown question, an answer it can't have, or a required one that
    is missing; NotFound for an unknown or foreign invitation; Expired when its time is over.
    """
    require(viewer, Act.ANSWER_SURVEY)
    async with transaction():
        invitation, version = await _invitation(desk, viewer, token, invitation_id)
        definition = read_version(version)
        given = _read(definition, answers)
        response = await _response(desk, invitation, version)
        if response.state is ResponseState.COMPLETED:
            return response
        response.language = definition.language_for(language or viewer.locale)
        response.channel = channel[:16]
        response.state = ResponseState.PARTIAL
        await _save(desk, response, given)
        if complete:
            await _complete(desk, invitation, response, definition)
        await response.save()
    return response


async def stop_asking(
    desk: Desk, viewer: Viewer, *, token: str | None = None, invitation_id: UUID | None = None
) -> None:
    """Never ask this person again. Raises NotFound or Expired."""
    require(viewer, Act.ANSWER_SURVEY)
    async with transaction():
        invitation, _ = await _invitation(desk, viewer, token, invitation_id)
        if not await SurveyOptOut.exists(person_id=invitation.person_id):
            await SurveyOptOut.create(person_id=invitation.person_id, at=desk.now())


async def _invitation(
    desk: Desk, viewer: Viewer, token: str | None, invitation_id: UUID | None
) -> tuple[Invitation, SurveyVersion]:
    """Locked, so that of two who answer at once one waits."""
    if token:
        found = Invitation.filter(token_hash=digest(token))
    elif invitation_id and viewer.person_id:
        found = Invitation.filter(id=invitation_id, person_id=viewer.person_id)
    else:
        raise NotFound("token")
    invitation = await found.select_for_update().first()
    if invitation is None or invitation.state in HIDDEN:
        raise NotFound("token" if token else "invitationId")
    version = await SurveyVersion.get(id=invitation.version_id)
    survey = await Survey.get(id=version.survey_id)
    if invitation.state is not InvitationState.ANSWERED and (
        invitation.state not in ANSWERABLE
        or invitation.expires_at <= desk.now()
        or survey.state is SurveyState.CLOSED
    ):
        raise Expired("This survey is closed. Thank you all the same.")
    return invitation, version


def _read(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Given | None]:
    questions = {question.key: question for question in definition.questions}
    given: dict[str, Given | None] = {}
    for key, value in answers.items():
        if key not in questions:
            raise InvalidInput(f"answers.{key}", "The survey has no such question.")
        given[key] = read_answer(questions[key], value)
    return given


async def _response(desk: Desk, invitation: Invitation, version: SurveyVersion) -> Response:
    response = await Response.get_or_none(invitation_id=invitation.id)
    if response is not None:
        return response
    decision = await invitation.decision
    return await Response.create(
        invitation_id=invitation.id,
        person_id=invitation.person_id,
        ticket_id=invitation.ticket_id,
        survey_id=version.survey_id,
        version_id=version.id,
        weight=1 / decision.inclusion_probability if decision.inclusion_probability else 1.0,
        started_at=desk.now(),
    )


async def _save(desk: Desk, response: Response, given: Mapping[str, Given | None]) -> None:
    questions = {
        question.key: question for question in await Question.filter(version_id=response.version_id)
    }
    for key, answer in given.items():
        question_id = questions[key].id
        if answer is None:
            await Answer.filter(response_id=response.id, question_id=question_id).delete()
            continue
        await Answer.update_or_create(
            defaults={
                "number": answer.number,
                "text": answer.text,
                "choices": answer.choices,
                "answered_at": desk.now(),
            },
            response_id=response.id,
            question_id=question_id,
        )


async def _complete(
    desk: Desk, invitation: Invitation, response: Response, definition: Definition
) -> None:
    answered = await answers_of(response.id)
    for question in definition.questions:
        if question.required and question.key not in answered:
            raise InvalidInput(f"answers.{question.key}", "Please answer this question.")
    response.state = ResponseState.COMPLETED
    response.completed_at = desk.now()
    invitation.state = InvitationState.ANSWERED
    await invitation.save()
    for question in definition.questions:
        await _score(response, question, answered)
    await desk.jobs.enqueue(
        "survey_completed", {"response_id": str(response.id)}, key=str(response.id)
    )


async def _score(response: Response, question: AskedQuestion, answered: Mapping[str, Any]) -> None:
    if question.measures and question.key in answered:
        await Score.create(
            response_id=response.id, metric=question.type.value, value=answered[question.key]
        )

"""Facts: what a plugin may know of surveys and answers."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from foredesk.hooks import InvitationFacts, PersonFacts, QuestionFacts, ResponseFacts, SurveyFacts
from foredesk.people.models import Organization, Person
from foredesk.surveys.define import read_version
from foredesk.surveys.models import (
    Answer,
    Invitation,
    InvitationState,
    QuestionType,
    Response,
    Survey,
    SurveyVersion,
)


async def survey_facts(survey: Survey, version: SurveyVersion, locale: str) -> SurveyFacts:
    definition = read_version(version)
    language = definition.language_for(locale)
    return SurveyFacts(
        id=survey.id,
        name=survey.title,
        version=version.number,
        questions=tuple(
            QuestionFacts(question.key, question.type, question.title[language])
            for question in definition.questions
        ),
    )


async def person_facts(person_id: UUID) -> PersonFacts:
    person = await Person.get(id=person_id)
    organization = await Organization.get(id=person.organization_id)
    return PersonFacts(person.id, person.organization_id, person.locale or organization.locale)


async def history_of(person_id: UUID, now: datetime) -> tuple[InvitationFacts, ...]:
    """The person's invitations of the last year, newest first."""
    invitations = (
        await Invitation.filter(person_id=person_id, sent_at__gt=now - timedelta(days=365))
        .order_by("-sent_at")
        .select_related("version")
    )
    return tuple(
        InvitationFacts(
            invitation.version.survey_id,
            invitation.sent_at,
            invitation.state is InvitationState.ANSWERED,
        )
        for invitation in invitations
        if invitation.sent_at is not None
    )


async def response_facts(response: Response) -> ResponseFacts:
    return ResponseFacts(
        id=response.id,
        survey_id=response.survey_id,
        answers=await answers_of(response.id),
        ticket_id=response.ticket_id,
        completed_at=response.completed_at,
        locale=response.language,
    )


async def answers_of(response_id: UUID) -> Mapping[str, Any]:
    """By the key of the question: a number, a text, a choice or several, or true or false."""
    answers = await Answer.filter(response_id=response_id).select_related("question")
    return {answer.question.key: value_of(answer, answer.question.type) for answer in answers}


def value_of(answer: Answer, type_: QuestionType) -> Any:
    """What the person gave, as `answer_survey` takes it."""
    if type_ is QuestionType.YES_NO:
        return bool(answer.number)
    if type_ is QuestionType.MULTI:
        return list(answer.choices or ())
    if type_ is QuestionType.SINGLE:
        return answer.choices[0] if answer.choices else None
    return answer.text if answer.number is None else answer.number

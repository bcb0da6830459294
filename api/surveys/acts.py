"""Acts: answer a survey."""

from typing import Annotated, Any

import strawberry

from api.acting import a_key, attempt
from api.context import Info
from api.fields import act
from api.surveys.types import SurveyResponse
from api.user_errors import InvalidInput, NotFound, NotPermitted, Refusal
from foredesk.surveys.answer import answer_survey


@strawberry.input(description="Answer to one question, by the type of the question.", one_of=True)
class SurveyValueInput:
    number: strawberry.Maybe[int] = strawberry.field(description="Number on the scale")
    text: strawberry.Maybe[str] = strawberry.field(description="Text of the answer")
    choices: strawberry.Maybe[list[str]] = strawberry.field(
        description="Values of what was chosen; exactly one for a single choice"
    )
    is_yes: strawberry.Maybe[bool] = strawberry.field(description="True for yes, false for no")


@strawberry.input(description="Answer to one question of a survey.")
class SurveyAnswerInput:
    question: str = strawberry.field(description="Key of the question")
    value: SurveyValueInput | None = strawberry.field(
        default=None, description="The answer; null takes an earlier one back"
    )


@strawberry.input(description="Input of answerSurvey: by invitation, or by the token of its link.")
class AnswerSurveyInput:
    answers: list[SurveyAnswerInput] = strawberry.field(description="Answers, one a question")
    invitation_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Invitation of the viewer"
    )
    token: str | None = strawberry.field(
        default=strawberry.UNSET, description="Token of the link in the invitation's mail"
    )
    is_complete: bool = strawberry.field(
        default=True, description="Whether to hand the survey in: nothing changes after that"
    )
    language: str | None = strawberry.field(
        default=strawberry.UNSET, description="Language in which the questions were read"
    )


AnswerSurveyError = Annotated[
    InvalidInput | NotFound | NotPermitted | Refusal,
    strawberry.union("AnswerSurveyError", description="Reason why the answers were not taken."),
]


@strawberry.type(description="Result of answerSurvey.")
class AnswerSurveyPayload:
    response: SurveyResponse | None = strawberry.field(
        description="What was answered so far; null when errors is not empty"
    )
    errors: list[AnswerSurveyError] = strawberry.field(
        description="Reasons why the answers were not taken; empty on success"
    )


@strawberry.type
class SurveyMutation:
    @act(description="Saves answers to a survey, and hands it in")
    async def answer_survey(
        self,
        info: Info,
        input: Annotated[AnswerSurveyInput, strawberry.argument(description="The answers.")],
    ) -> AnswerSurveyPayload:
        row, errors = await attempt(
            info,
            lambda: answer_survey(
                info.context.desk,
                info.context.viewer,
                token=input.token or None,
                invitation_id=a_key(
                    "SurveyInvitation", input.invitation_id or None, "invitationId"
                ),
                answers={answer.question: _value(answer.value) for answer in input.answers},
                complete=input.is_complete,
                language=input.language or None,
                channel="api",
            ),
        )
        return AnswerSurveyPayload(response=SurveyResponse(row=row) if row else None, errors=errors)


def _value(given: SurveyValueInput | None) -> Any:
    """What the survey reads, in which one choice of one or of several looks the same."""
    if given is None:
        return None
    if given.choices is not None:
        chosen = given.choices.value
        return chosen[0] if len(chosen) == 1 else chosen
    given_one = given.number or given.text or given.is_yes
    return given_one.value if given_one else None

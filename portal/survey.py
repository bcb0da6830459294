"""The survey by its link: one page, no sign-in, answered once."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import InvalidInput
from foredesk.surveys.answer import OpenSurvey, answer_survey, open_survey, stop_asking
from foredesk.surveys.definition import AskedQuestion
from foredesk.surveys.models import QuestionType
from portal.forms import Form
from portal.pages import desk_of, page, see_other
from portal.refusals import FAMILIAR, say, unreadable
from portal.visits import visit_of

PREFIX = "answer-"


async def show(request: Request) -> Response:
    survey = await _survey(request)
    if survey.is_completed:
        return page(request, "survey_thanks.html", token=request.path_params["token"])
    typed = {PREFIX + key: _as_typed(value) for key, value in survey.answers.items()}
    return _page(request, survey, typed)


async def answer(request: Request, sent: Form) -> Response:
    survey = await _survey(request)
    words = visit_of(request).words
    broken = {name: unreadable(words) for name in sent.unreadable}
    if broken:
        return _page(request, survey, dict(sent.fields), broken)
    try:
        await answer_survey(
            desk_of(request),
            visit_of(request).viewer,
            token=request.path_params["token"],
            answers={q.key: _given(q, sent) for q in _questions(survey)},
            language=words.locale,
        )
    except InvalidInput as refusal:
        problem = _problem(request, refusal)
        field = refusal.field.replace("answers.", PREFIX)
        return _page(request, survey, dict(sent.fields), {field: problem})
    return see_other(f"/survey/{request.path_params['token']}")


async def stop(request: Request, sent: Form) -> Response:
    """No more surveys for this person, by the link in any of them."""
    viewer, token = visit_of(request).viewer, request.path_params["token"]
    await stop_asking(desk_of(request), viewer, token=token)
    return page(request, "survey_stopped.html")


async def _survey(request: Request) -> OpenSurvey:
    viewer, token = visit_of(request).viewer, request.path_params["token"]
    return await open_survey(desk_of(request), viewer, token=token)


def _questions(survey: OpenSurvey) -> list[AskedQuestion]:
    return [q for q in survey.definition.questions if q.type is not QuestionType.STATEMENT]


def _given(question: AskedQuestion, sent: Form) -> Any:
    if question.type is QuestionType.MULTI:
        return [value for value in sent.fields.get(PREFIX + question.key, ()) if value]
    return sent[PREFIX + question.key]


def _as_typed(value: Any) -> tuple[str, ...]:
    """A kept answer as its form would send it."""
    if isinstance(value, bool):
        return (str(value).lower(),)
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)


def _problem(request: Request, refusal: InvalidInput) -> str:
    words = visit_of(request).words
    known = refusal.message in FAMILIAR or refusal.message.startswith("Use at most")
    return say(words, refusal) if known else words("This answer does not fit the question.")


def _page(
    request: Request,
    survey: OpenSurvey,
    typed: dict[str, tuple[str, ...]],
    problems: dict[str, str] | None = None,
) -> Response:
    definition = survey.definition
    return page(
        request,
        "survey.html",
        status=422 if problems else 200,
        token=request.path_params["token"],
        definition=definition,
        language=definition.language_for(visit_of(request).words.locale),
        typed=typed,
        prefix=PREFIX,
        problems=problems or {},
    )

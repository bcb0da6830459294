from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from foredesk.desk import Desk
from foredesk.errors import Expired, InvalidInput, NotFound
from foredesk.hooks import ResponseFacts, SurveyFacts
from foredesk.hooks import Score as PluginScore
from foredesk.people.viewer import ANONYMOUS, SYSTEM
from foredesk.ports import JobContext
from foredesk.surveys.answer import answer_survey, open_survey
from foredesk.surveys.decide import decide_on_surveys
from foredesk.surveys.define import close_survey, publish_survey
from foredesk.surveys.facts import answers_of
from foredesk.surveys.invite import send_due_invitations
from foredesk.surveys.jobs import PluginFailed, handle_plugin_response, handle_survey_completed
from foredesk.surveys.models import (
    Answer,
    Invitation,
    InvitationState,
    Metric,
    Response,
    ResponseState,
    Score,
)
from foredesk.tickets.models import TicketEvent
from tests.clock import Clock
from tests.plugins.made import host_with, made
from tests.quiet_parts import QuietJobs
from tests.surveys.rows import Rows, close_one, last_token, make_survey
from tests.surveys.test_definition import ONE_OF_EACH


@pytest.fixture
async def rows(desk: Desk) -> Rows:
    return await make_survey(desk)


@pytest.fixture
async def token(desk: Desk, rows: Rows, clock: Clock) -> str:
    return await invited(desk, rows, clock)


async def invited(desk: Desk, rows: Rows, clock: Clock) -> str:
    ticket = await close_one(desk, rows.crowd)
    await decide_on_surveys(desk, ticket.id)
    clock.advance(timedelta(hours=1))
    await send_due_invitations(desk)
    return last_token(desk)


async def test_by_the_link_alone_a_survey_is_opened_answered_and_scored(
    desk: Desk, rows: Rows, token: str, clock: Clock
) -> None:
    opened = await open_survey(desk, ANONYMOUS, token=token)
    assert (await Invitation.get()).state is InvitationState.OPENED
    assert opened.definition.questions[0].title["en"].startswith("How satisfied are you")
    assert not opened.is_completed

    response = await answer_survey(
        desk,
        ANONYMOUS,
        token=token,
        answers={"satisfaction": "4", "loyalty": 9, "liked": " Quick! ", "not_liked": ""},
        language="de-AT",
    )

    assert response.state is ResponseState.COMPLETED
    assert (response.language, response.weight, response.completed_at) == ("de", 1.0, clock.now)
    assert await answers_of(response.id) == {"satisfaction": 4, "loyalty": 9, "liked": "Quick!"}
    assert sorted([(score.metric, score.value) for score in await Score.all()]) == [
        ("csat", 4.0),
        ("nps", 9.0),
    ]
    assert (await Invitation.get()).state is InvitationState.ANSWERED
    assert (await open_survey(desk, ANONYMOUS, token=token)).is_completed


async def test_answers_are_saved_as_they_come_and_taken_up_again(desk: Desk, token: str) -> None:
    await answer_survey(
        desk, ANONYMOUS, token=token, answers={"loyalty": 3, "liked": "x"}, complete=False
    )
    await answer_survey(
        desk, ANONYMOUS, token=token, answers={"loyalty": 8, "liked": None}, complete=False
    )

    opened = await open_survey(desk, ANONYMOUS, token=token)
    assert opened.answers == {"loyalty": 8}
    assert opened.response is not None
    assert opened.response.state is ResponseState.PARTIAL
    assert not await Score.exists()

    await answer_survey(desk, ANONYMOUS, token=token, answers={"satisfaction": 5})
    assert await answers_of(opened.response.id) == {"loyalty": 8, "satisfaction": 5}


async def test_handing_it_in_twice_is_harmless_and_changes_nothing(desk: Desk, token: str) -> None:
    first = await answer_survey(desk, ANONYMOUS, token=token, answers={"satisfaction": 5})
    again = await answer_survey(desk, ANONYMOUS, token=token, answers={"satisfaction": 1})

    assert first.id == again.id
    assert await answers_of(first.id) == {"satisfaction": 5}
    assert await Score.all().count() == 1
    assert _jobs(desk, "survey_completed") == [{"response_id": str(first.id)}]


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({}, "answers.satisfaction"),
        ({"loyalty": 5}, "answers.satisfaction"),
        ({"satisfaction": 6}, "answers.satisfaction"),
        ({"satisfaction": 0}, "answers.satisfaction"),
        ({"satisfaction": "five"}, "answers.satisfaction"),
        ({"satisfaction": True}, "answers.satisfaction"),
        ({"satisfaction": 4.5}, "answers.satisfaction"),
        ({"satisfaction": [5]}, "answers.satisfaction"),
        ({"satisfaction": "٤"}, "answers.satisfaction"),
        ({"satisfaction": 5, "liked": 7}, "answers.liked"),
        ({"satisfaction": 5, "liked": "x" * 2001}, "answers.liked"),
        ({"satisfaction": 5, "liked": "a\x00b"}, "answers.liked"),
        ({"satisfaction": 5, "liked": "\ud800"}, "answers.liked"),
        ({"satisfaction": 5, "colour": "red"}, "answers.colour"),
    ],
)
async def test_a_bad_answer_is_refused_and_nothing_of_it_is_written(
    desk: Desk, token: str, answers: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await answer_survey(desk, ANONYMOUS, token=token, answers=answers)

    assert refusal.value.field == field
    assert not await Response.exists()
    assert not await Answer.exists()


@pytest.mark.parametrize("wrong", ["", "nonsense", "\x00", "\ud800", "x" * 5000])
async def test_an_unknown_link_is_not_found(desk: Desk, token: str, wrong: str) -> None:
    with pytest.raises(NotFound):
        await open_survey(desk, ANONYMOUS, token=wrong)
    with pytest.raises(NotFound):
        await answer_survey(desk, ANONYMOUS, token=wrong, answers={"satisfaction": 5})


async def test_when_its_time_is_over_the_link_says_so(desk: Desk, token: str, clock: Clock) -> None:
    clock.advance(timedelta(days=14))

    with pytest.raises(Expired):
        await open_survey(desk, ANONYMOUS, token=token)
    with pytest.raises(Expired):
        await answer_survey(desk, ANONYMOUS, token=token, answers={"satisfaction": 5})
    assert not await Response.exists()


async def test_a_closed_survey_takes_no_more_answers(desk: Desk, rows: Rows, token: str) -> None:
    await close_survey(desk, SYSTEM, survey_id=rows.survey.id)

    with pytest.raises(Expired):
        await answer_survey(desk, ANONYMOUS, token=token, answers={"satisfaction": 5})


async def test_signed_in_one_answers_ones_own_invitation_and_nobody_elses(
    desk: Desk, rows: Rows, token: str
) -> None:
    invitation_id = (await Invitation.get()).id

    async def answer(viewer: Any, to: UUID) -> Response:
        return await answer_survey(
            desk, viewer, invitation_id=to, answers={"satisfaction": 2}, channel="api"
        )

    for viewer, to in (
        (rows.crowd.grace, invitation_id),
        (rows.crowd.zoe, invitation_id),
        (ANONYMOUS, invitation_id),
        (rows.crowd.ada, uuid4()),
    ):
        with pytest.raises(NotFound):
            await answer(viewer, to)
    response = await answer(rows.crowd.ada, invitation_id)

    assert (response.channel, response.person_id) == ("api", rows.crowd.ada.person_id)


async def test_an_invitation_that_has_not_gone_out_is_nothing_yet(desk: Desk, rows: Rows) -> None:
    ticket = await close_one(desk, rows.crowd)
    await decide_on_surveys(desk, ticket.id)
    invitation_id = (await Invitation.get()).id

    with pytest.raises(NotFound):
        await open_survey(desk, rows.crowd.ada, invitation_id=invitation_id)
    assert not await Response.exists()


async def test_an_answer_never_touches_the_ticket(desk: Desk, token: str) -> None:
    events = await TicketEvent.all().count()

    await answer_survey(desk, ANONYMOUS, token=token, answers={"satisfaction": 1})

    assert await TicketEvent.all().count() == events


async def test_every_type_of_question_takes_its_answers(
    desk: Desk, rows: Rows, clock: Clock
) -> None:
    document = {**ONE_OF_EACH, "elements": [*ONE_OF_EACH["elements"]]}
    document["elements"].append({"type": "rating", "name": "satisfaction", "title": "Satisfied?"})
    await publish_survey(
        desk,
        SYSTEM,
        survey_id=rows.survey.id,
        definition=document,
        metrics={"effort": Metric.CES, "satisfaction": Metric.CSAT},
    )
    token = await invited(desk, rows, clock)
    answers = {
        "effort": 7,
        "stars": 3.0,
        "way": "phone",
        "topics": ["tone", "speed", "tone"],
        "again": "false",
        "word": " ще \n раз ",
        "more": "Line one\nline two",
        "satisfaction": 5,
    }

    response = await answer_survey(desk, ANONYMOUS, token=token, answers=answers)

    assert await answers_of(response.id) == {
        "effort": 7,
        "stars": 3,
        "way": "phone",
        "topics": ["speed", "tone"],
        "again": False,
        "word": "ще раз",
        "more": "Line one\nline two",
        "satisfaction": 5,
    }


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("hello", "x"),
        ("way", "fax"),
        ("way", ["mail"]),
        ("way", {"mail": 1}),
        ("topics", ["speed", "tone", "result"]),
        ("topics", ["price"]),
        ("again", "maybe"),
        ("again", 1),
        ("word", "x" * 21),
    ],
)
async def test_every_type_of_question_refuses_what_is_no_answer(
    desk: Desk, rows: Rows, clock: Clock, key: str, value: Any
) -> None:
    await publish_survey(
        desk,
        SYSTEM,
        survey_id=rows.survey.id,
        definition={
            **ONE_OF_EACH,
            "elements": [
                *ONE_OF_EACH["elements"],
                {"type": "rating", "name": "satisfaction", "title": "Satisfied?"},
            ],
        },
        metrics={"satisfaction": Metric.CSAT},
    )
    token = await invited(desk, rows, clock)

    with pytest.raises(InvalidInput) as refusal:
        await answer_survey(desk, ANONYMOUS, token=token, answers={key: value})

    assert refusal.value.field == f"answers.{key}"


async def test_plugins_score_a_response_and_then_hear_of_it(
    desk: Desk, token: str, clock: Clock
) -> None:
    heard: list[Any] = []

    def score(survey: SurveyFacts, response: ResponseFacts) -> list[PluginScore]:
        return [PluginScore("words", len(response.answers["liked"].split()), "counted")]

    def hear(survey: SurveyFacts, response: ResponseFacts) -> None:
        heard.append((survey.name, dict(response.answers)))

    def fail(survey: SurveyFacts, response: ResponseFacts) -> None:
        raise RuntimeError("no")

    desk = replace(
        desk,
        hooks=host_with(
            made("counter", score_response=score, on_response_completed=hear),
            made("failing", score_response=fail, on_response_completed=fail),
        ),
    )
    answers = {"satisfaction": 5, "liked": "Quick and kind"}
    response = await answer_survey(desk, ANONYMOUS, token=token, answers=answers)
    context = JobContext("key", 0, clock.now)

    for _ in range(2):
        await handle_survey_completed(desk, {"response_id": str(response.id)}, context)
    queued = _jobs(desk, "plugin_response")[:2]

    kept = await Score.filter(response_id=response.id).order_by("metric")
    assert [(one.metric, one.value, one.plugin, one.explanation) for one in kept] == [
        ("csat", 5.0, "", ""),
        ("words", 3.0, "counter", "counted"),
    ]
    assert sorted(job["plugin"] for job in queued) == ["counter", "failing"]
    for job in queued:
        if job["plugin"] == "failing":
            with pytest.raises(PluginFailed, match="failing: raised"):
                await handle_plugin_response(desk, job, context)
        else:
            await handle_plugin_response(desk, job, context)
    assert heard == [("After closing", answers)]


def _jobs(desk: Desk, name: str) -> list[dict[str, Any]]:
    assert isinstance(desk.jobs, QuietJobs)
    return [dict(payload) for queued, payload, *_ in desk.jobs.enqueued if queued == name]

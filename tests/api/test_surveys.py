"""Surveys: for managers what came of them, for the asked what is asked."""

from foredesk.surveys.models import Answer, Response
from tests.api.asking import Api
from tests.api.world import World

INVITATIONS = """{ surveyInvitations(first: 2) { nodes { id state title(language: "de") expiresAt
  questions(language: "de") { key kind title isRequired lowest highest choices { value } } } } }"""


async def test_the_one_who_is_asked_answers_and_hands_in(furnished: World, api: Api) -> None:
    ada = furnished.acme.ada
    (invitation,) = (await api.ask(ada, INVITATIONS))["surveyInvitations"]["nodes"]
    answers = [
        {"question": "satisfaction", "value": {"number": 4}},
        {"question": "loyalty", "value": {"number": 9}},
        {"question": "liked", "value": {"text": "Quick"}},
        {"question": "not_liked"},
    ]

    done = await api.act(
        ada,
        "answerSurvey",
        "response { isCompleted completedAt language }",
        invitationId=invitation["id"],
        answers=answers,
        language="de",
    )

    assert invitation["title"] == "Wie war es mit uns?"
    assert invitation["questions"][0] == {
        "key": "satisfaction",
        "kind": "CSAT",
        "title": "Wie zufrieden sind Sie damit, wie wir Ihre Anfrage erledigt haben?",
        "isRequired": True,
        "lowest": 1,
        "highest": 5,
        "choices": [],
    }
    assert done["errors"] == []
    assert done["response"]["isCompleted"] is True
    assert done["response"]["language"] == "de"
    numbers = [answer.number for answer in await Answer.filter(number__not_isnull=True)]
    assert sorted(number for number in numbers if number) == [4, 5, 9]


async def test_answers_that_are_none_are_refused_beside_their_question(
    furnished: World, api: Api
) -> None:
    ada = furnished.acme.ada
    (invitation,) = (await api.ask(ada, INVITATIONS))["surveyInvitations"]["nodes"]
    for answer, path in (
        ({"question": "satisfaction", "value": {"number": 6}}, "answers.satisfaction"),
        ({"question": "satisfaction", "value": {"text": "good"}}, "answers.satisfaction"),
        ({"question": "liked", "value": {"isYes": True}}, "answers.liked"),
        ({"question": "liked", "value": {"text": "a\x00"}}, "answers.liked"),
        ({"question": "nothing", "value": {"number": 1}}, "answers.nothing"),
        ({"question": "satisfaction", "value": None}, "answers.satisfaction"),
    ):
        refused = await api.act(
            ada,
            "answerSurvey",
            "response { isCompleted }",
            invitationId=invitation["id"],
            answers=[answer],
        )
        assert refused == {"response": None, "errors": [("InvalidInput", "INVALID_INPUT", path)]}

    assert await Response.filter(completed_at__not_isnull=True).count() == 0


async def test_invitations_are_only_for_the_asked(furnished: World, api: Api) -> None:
    (invitation,) = (await api.ask(furnished.acme.ada, INVITATIONS))["surveyInvitations"]["nodes"]
    for viewer in (furnished.acme.bob, furnished.acme.max, furnished.globex.ada, None):
        refused = await api.act(
            viewer,
            "answerSurvey",
            "response { isCompleted }",
            invitationId=invitation["id"],
            answers=[{"question": "satisfaction", "value": {"number": 1}}],
        )
        assert [error[0] for error in refused["errors"]] == ["NotFound"]
    assert (await api.ask(furnished.acme.max, INVITATIONS))["surveyInvitations"]["nodes"] == []
    assert (await api.ask(None, INVITATIONS))["surveyInvitations"]["nodes"] == []


async def test_a_link_that_is_none_is_refused(furnished: World, api: Api) -> None:
    for input in ({"token": "nothing"}, {"token": "\x00"}, {"invitationId": "nothing"}, {}):
        refused = await api.act(
            None, "answerSurvey", "response { isCompleted }", answers=[], **input
        )
        assert [error[0] for error in refused["errors"]] == ["NotFound"], input


async def test_managers_see_their_surveys_and_too_few_answers_are_no_figure(
    furnished: World, api: Api
) -> None:
    query = """{ surveys { nodes { title metric state organization { name } questions { key }
      results { consideredCount invitedCount completedCount responseRate
        estimate { value low high answerCount } weightedEstimate { value } } } } }"""

    (survey,) = (await api.ask(furnished.acme.max, query))["surveys"]["nodes"]

    assert survey["title"] == "After closing at acme"
    assert [question["key"] for question in survey["questions"]] == [
        "satisfaction",
        "loyalty",
        "liked",
        "not_liked",
    ]
    assert survey["results"] == {
        "consideredCount": 1,
        "invitedCount": 1,
        "completedCount": 0,
        "responseRate": 0.0,
        "estimate": {"value": None, "low": None, "high": None, "answerCount": 0},
        "weightedEstimate": {"value": None},
    }
    for viewer in (furnished.acme.ada, furnished.acme.grace, None):
        assert (await api.ask(viewer, query))["surveys"]["nodes"] == []

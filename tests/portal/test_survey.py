from datetime import timedelta

import pytest

from foredesk.surveys.models import Response, ResponseState, SurveyOptOut
from foredesk.tickets.confirm import confirm_resolution
from foredesk.tickets.record import record_ticket
from foredesk.tickets.resolve import resolve_ticket
from tests.clock import Clock
from tests.portal.furnished import Furnished, invite
from tests.portal.walker import Walker

SEND = "Send my answers"


@pytest.fixture
async def link(site: Furnished) -> str:
    ticket = await record_ticket(site.desk, site.ada, subject="One")
    await resolve_ticket(site.desk, site.grace, ticket_id=ticket.id, resolution="Done.")
    await confirm_resolution(site.desk, site.ada, ticket_id=ticket.id)
    return f"/survey/{await invite(site, ticket)}"


async def test_it_is_answered_without_signing_in_and_only_once(visitor: Walker, link: str) -> None:
    page = await visitor.get(link)

    answers = {"answer-satisfaction": "4", "answer-loyalty": "9", "answer-liked": "Grüße 👋"}
    thanks = await visitor.press(page, SEND, **answers)
    again = await visitor.press(page, SEND, **{"answer-satisfaction": "1"})

    assert "Thank you for your answers" in thanks.said
    assert "Thank you for your answers" in again.said
    response = await Response.get().prefetch_related("answers", "scores")
    assert response.state is ResponseState.COMPLETED
    assert sorted((s.metric, s.value) for s in response.scores) == [("csat", 4.0), ("nps", 9.0)]
    assert "Grüße 👋" in [answer.text for answer in response.answers]


@pytest.mark.parametrize("number", ["", "0", "6", "x", "-1", "٣"])
async def test_an_answer_that_does_not_fit_is_shown_again_with_the_others(
    visitor: Walker, link: str, number: str
) -> None:
    page = await visitor.get(link)

    again = await visitor.press(
        page, SEND, **{"answer-satisfaction": number, "answer-liked": "Kept"}
    )

    assert again.status == 422
    assert "There is a problem" in again.said
    assert again.value("answer-liked") == "Kept"
    assert not await Response.exists()


async def test_it_is_in_the_visitors_language(visitor: Walker, link: str) -> None:
    german = await visitor.press(await visitor.get(link), "Deutsch")

    assert "Wie war es mit uns?" in german.said
    assert "Antworten senden" in german.said


async def test_an_unknown_link_is_not_found(visitor: Walker) -> None:
    for token in ("nonsense", "x" * 2000, "%00", "%C3%A9"):
        assert (await visitor.get(f"/survey/{token}")).status == 404


async def test_a_link_whose_time_is_over_says_so(visitor: Walker, link: str, clock: Clock) -> None:
    clock.advance(timedelta(days=15))

    page = await visitor.get(link)

    assert page.status == 410
    assert "This survey is closed. Thank you all the same." in page.said


async def test_one_click_ends_all_surveys(visitor: Walker, link: str) -> None:
    page = await visitor.press(await visitor.get(link), "Please do not ask me again")

    assert "We will not ask you again" in page.said
    assert await SurveyOptOut.all().count() == 1

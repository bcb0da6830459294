"""The whole story as people walk it, without JavaScript."""

from foredesk.knowledge.models import Deflection, DeflectionOutcome, Search
from foredesk.tickets.models import Ticket, TicketArticle
from foredesk.tickets.states import TicketState
from tests.portal.furnished import PASSWORD, Furnished, invite
from tests.portal.walker import Walker


async def test_a_visitor_searches_reads_and_says_that_it_helped(visitor: Walker) -> None:
    home = await visitor.get("/")

    results = await visitor.press(home, "Search", q="vpn drops")
    article = await visitor.follow(results, "VPN keeps dropping")
    thanked = await visitor.press(article, "Yes")

    assert "2 articles may answer this" in results.said
    assert "Your VPN drops when the client is older than version 5." in article.said
    assert "Good to know. Thank you!" in thanked.said
    outcomes = {found.outcome for found in await Deflection.all()}
    assert outcomes == {DeflectionOutcome.OPENED, DeflectionOutcome.SOLVED}


async def test_no_asks_what_was_missing_and_offers_to_ask(visitor: Walker) -> None:
    article = await visitor.get("/articles/reset-your-password")

    sorry = await visitor.press(article, "No, I still need help")
    noted = await visitor.press(sorry, "Tell the author", missing="No code comes to my phone.")
    asking = await visitor.follow(noted, "Ask for help")

    assert "What was missing?" in sorry.said
    assert "We have noted what was missing" in noted.said
    assert asking.value("subject") == "Reset your password"


async def test_a_request_from_a_search_that_did_not_answer_to_its_survey(
    visitor: Walker, grace: Walker, site: Furnished
) -> None:
    nothing = await visitor.get("/search?q=projector+bulb")
    asking = await visitor.follow(nothing, "Ask for help")
    waiting = await visitor.press(
        asking, "Send to the help desk", details="It is dark in here.", urgency="high"
    )
    request = await visitor.press(
        waiting, "Sign in and send", _email="ada@acme.example", _password=PASSWORD
    )

    assert "No article answers this yet" in nothing.said
    assert waiting.status == 401
    assert "What you typed is kept" in waiting.said
    assert request.address == "/requests/1"
    assert "We answer by 12:00 today." in request.said
    ticket = await Ticket.get(number=1)
    assert (ticket.subject, ticket.details) == ("projector bulb", "It is dark in here.")
    assert [s.ticket_id for s in await Search.filter(text="projector bulb")] == [ticket.id] * 2

    board = await grace.get("/board")
    work = await grace.follow(board, "projector bulb")
    work = await grace.press(work, "Take it myself")
    work = await grace.press(work, "Promise it", at="2026-03-02T15:30")
    work = await grace.press(work, "Send reply", body="Which room is it?", waits="yes")
    asked = await visitor.get("/requests/1")

    assert "Grace Hopper is looking after it" in asked.said
    assert "We need an answer from you to go on." in asked.said

    answered = await visitor.press(asked, "Send message", body="The big one.")
    assert "We expect it to be solved by 15:30 today." in answered.said

    work = await grace.get("/board/1")
    article = str(site.articles["clear-a-paper-jam"].id)
    work = await grace.press(work, "Resolve", resolution="A new bulb is in.", article=article)
    solved = await visitor.get("/requests/1")
    assert "We think it is solved. Is it?" in solved.said

    refused = await visitor.press(solved, "Tell the help desk", reason="It is still dark.")
    assert "Still not solved" in refused.said
    work = await grace.press(await grace.get("/board/1"), "Resolve", resolution="Switched on.")
    closed = await visitor.press(await visitor.get("/requests/1"), "Yes, it is solved")

    assert "This request is closed. If it comes back, you can reopen it" in closed.said
    ticket = await Ticket.get(number=1)
    assert ticket.state is TicketState.CLOSED
    assert [link.resolved for link in await TicketArticle.all()] == [True]

    survey = await visitor.get(f"/survey/{await invite(site, ticket)}")
    thanked = await visitor.press(
        survey, "Send my answers", **{"answer-satisfaction": "5", "answer-liked": "Fast."}
    )
    assert "Thank you for your answers" in thanked.said

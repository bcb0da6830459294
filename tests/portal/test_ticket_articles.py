"""Articles in the flow of work: on the page of a ticket, without JavaScript."""

import pytest

from foredesk.knowledge.models import Article, ArticleKind
from foredesk.knowledge.publish import publish_article
from foredesk.knowledge.write import write_article
from foredesk.people.viewer import SYSTEM
from foredesk.tickets.models import ArticleUse, Ticket, TicketArticle
from foredesk.tickets.record import record_ticket
from foredesk.tickets.resolve import resolve_ticket
from tests.portal.furnished import Furnished
from tests.portal.walker import Walker


@pytest.fixture
async def ticket(site: Furnished) -> Ticket:
    return await record_ticket(
        site.desk,
        site.ada,
        subject="Paper",
        details="Hi Grace,\n\ncall 030/901820, it jams.\n\nAda",
    )


async def test_an_article_is_found_and_put_into_the_reply_that_is_being_written(
    grace: Walker, ada: Walker, ticket: Ticket
) -> None:
    work = await grace.get("/board/1")
    found = await grace.press(work, "Find", find="vpn drops", body="Dear Ada,")
    assert found.value("body") == "Dear Ada,"
    assert "VPN keeps dropping" in found.said

    inserted = await grace.press(found, "Insert")

    assert inserted.value("body").startswith("Dear Ada,\n\nVPN keeps dropping\nhttp")
    replied = await grace.press(inserted, "Send reply")
    assert replied.address == "/board/1"
    page = await ada.get("/requests/1")
    assert "VPN keeps dropping" in page.said
    (link,) = await TicketArticle.all()
    assert (link.sent, link.use) == (True, None)
    again = await grace.press(await grace.get("/board/1"), "Find", find="vpn drops")
    assert "helped 1 time" in again.said


async def test_what_can_not_be_inserted_is_said_and_nothing_is_lost(
    grace: Walker, site: Furnished, ticket: Ticket
) -> None:
    work = await grace.press(
        await grace.get("/board/1"), "Find", find="vpn drops", body="Dear Ada,"
    )
    article = await Article.get(title="VPN keeps dropping")
    await Article.filter(id=article.id).update(audience="agents")

    page = await grace.press(work, "Insert")

    assert page.status == 422
    assert "Whoever asked can't read this article." in page.said
    assert page.value("body") == "Dear Ada,"


async def test_what_an_article_was_worth_is_kept_and_taken_back(
    grace: Walker, ada: Walker, ticket: Ticket
) -> None:
    work = await grace.get("/board/1")
    wrong = {"linkAddress": "http://desk.example/articles/vpn-drops", "use": "flagged"}

    refused = await grace.press(work, "Keep this", **wrong)
    assert refused.status == 422
    assert "Say what is wrong, so that somebody can mend it." in refused.said
    linked = await grace.press(work, "Keep this", **wrong, linkNote="Step 2 is gone.")

    assert "Something in it is wrong: Step 2 is gone." in linked.said
    assert "Grace Hopper found something wrong in an article" in linked.said
    assert "Step 2" not in (await ada.get("/requests/1")).text
    again = await grace.press(linked, "Take back")
    assert "Grace Hopper took back what was said of an article" in again.said
    assert not await TicketArticle.exists()


async def test_a_solved_ticket_becomes_a_draft_without_anybody_in_it(
    grace: Walker, site: Furnished, ticket: Ticket
) -> None:
    assert "Write the draft" not in (await grace.get("/board/1")).said
    await resolve_ticket(
        site.desk, site.grace, ticket_id=ticket.id, resolution="Open tray 2.\nShut it."
    )

    editor = await grace.press(await grace.get("/board/1"), "Write the draft")

    article = await Article.get(title="Paper")
    assert editor.status == 200
    assert editor.address == f"/authoring/{article.id}"
    assert article.body == (
        "## Question\n\ncall [phone number], it jams.\n\n[name]\n\n"
        "## Answer\n\nOpen tray 2.\\\nShut it."
    )
    (link,) = await TicketArticle.all()
    assert link.use is ArticleUse.WRITTEN
    assert "Written from this ticket" in (await grace.get("/board/1")).said


async def test_who_waits_for_a_known_error_reads_what_helps_until_it_is_mended(
    grace: Walker, ada: Walker, site: Furnished, ticket: Ticket
) -> None:
    error = await write_article(
        site.desk,
        SYSTEM,
        title="Trains",
        body="## Workaround {#workaround}\n\nUse the web page.",
        kind=ArticleKind.KNOWN_ERROR,
    )
    await publish_article(site.desk, SYSTEM, article_id=error.id)

    await grace.press(await grace.get("/board/1"), "Keep this", linkAddress="/articles/trains")

    page = await ada.get("/requests/1")
    assert "We know this error and work on it. Until it is mended, this helps:" in page.said
    assert "Use the web page." in page.said
    assert ("Trains", "/articles/trains") in page.links

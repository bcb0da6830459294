"""Reviews, second persons and proposals, by pages that need no JavaScript."""

from datetime import timedelta

import pytest

from foredesk.knowledge.golden import add_golden_query
from foredesk.knowledge.write import write_article
from foredesk.people.viewer import SYSTEM
from tests.clock import Clock
from tests.portal.conftest import signed_in
from tests.portal.furnished import Furnished
from tests.portal.walker import Walker


@pytest.fixture
async def root(site: Furnished) -> Walker:
    return await signed_in(site, "root@acme.example")


async def test_a_review_is_asked_for_and_sent_back_with_a_word(
    grace: Walker, root: Walker, site: Furnished
) -> None:
    article = await write_article(site.desk, site.grace, title="Own phones", body="Ask first.")
    page = await grace.get(f"/authoring/{article.id}")
    await grace.press(page, "Ask for a review", note="Is it short enough?")

    queue = await root.get("/authoring/review")
    assert "Own phonesEnglish A new article Grace Hopper" in queue.said
    page = await root.follow(queue, "Own phones")
    assert "Is it short enough?" in page.said
    await root.press(page, "Make it a draft again", note="Say what it costs.")

    told = await grace.get("/authoring")
    assert "It came back from the review. Say what it costs." in told.said
    assert "You are asked" not in (await grace.press(told, "Seen")).said
    assert "Nothing waits" in (await root.get("/authoring/review")).said


async def test_what_was_revised_in_the_meantime_is_not_published(
    root: Walker, grace: Walker, site: Furnished
) -> None:
    article = await write_article(site.desk, site.grace, title="Own phones", body="Ask first.")
    seen = await root.get(f"/authoring/{article.id}")
    edit = await grace.get(f"/authoring/{article.id}/edit")
    await grace.press(edit, "Keep as a new version", body="Never ask.")

    refused = await root.press(seen, "Publish")

    assert refused.status == 422
    assert "The article has changed in the meantime." in refused.said


async def test_an_organization_asks_for_a_second_person(
    root: Walker, grace: Walker, site: Furnished
) -> None:
    assert (await grace.get("/authoring/rules")).status == 404
    rules = await root.get("/authoring/rules")
    assert "Articles of no company Whoever has the right, also their own" in rules.said
    rules = await root.press(rules, "Ask for a second person")
    assert "Articles of no company A second person" in rules.said

    page = await root.press(
        await root.get("/authoring/new"), "Keep as a draft", title="New badge", body="Ask Ada."
    )
    refused = await root.press(page, "Publish")

    assert refused.status == 422
    assert "Somebody else has to publish what you wrote." in refused.said


async def test_a_published_article_changes_after_a_second_person_has_looked(
    root: Walker, grace: Walker, site: Furnished, clock: Clock
) -> None:
    article = site.articles["reset-your-password"]
    await root.press(await root.get("/authoring/rules"), "Ask for a second person")
    edit = await grace.get(f"/authoring/{article.id}/edit")
    page = await grace.press(edit, "Propose the new version", body="Call us.", note="Phones only")
    assert "A new version is proposed By you, 10:00 today: Phones only" in page.said
    assert "Somebody else has to look at it." in page.said
    assert (await grace.get(f"/authoring/{article.id}/edit")).value("body") == "Call us."
    assert "Somebody else has proposed" in (await root.get(f"/authoring/{article.id}/edit")).said

    looked = await root.follow(await root.get("/authoring/review"), article.title)
    assert "<ins>Call us.</ins>" in looked.text
    clock.advance(timedelta(minutes=1))
    await grace.press(
        await grace.get(f"/authoring/{article.id}/edit"), "Propose the new version", body="Mail us."
    )
    assert (await root.press(looked, "Publish this version")).status == 422
    page = await root.press(await root.get(f"/authoring/{article.id}"), "Publish this version")

    assert "Mail us." in page.said
    assert "A new version is proposed" not in page.said
    await article.refresh_from_db()
    assert (article.body, article.version) == ("Mail us.", 2)


async def test_a_proposal_is_declined_and_its_author_hears_why(
    root: Walker, grace: Walker, site: Furnished
) -> None:
    article = site.articles["reset-your-password"]
    await root.press(await root.get("/authoring/rules"), "Ask for a second person")
    edit = await grace.get(f"/authoring/{article.id}/edit")
    await grace.press(edit, "Propose the new version", body="Call us.")

    page = await root.get(f"/authoring/{article.id}")
    page = await root.press(page, "Decline it", why="Nobody answers at night.")

    assert "The proposed version was declined" in page.said
    assert "was declined. Nobody answers at night." in (await grace.get("/authoring")).said


async def test_what_takes_a_question_its_answer_is_not_published(
    root: Walker, site: Furnished
) -> None:
    known = site.articles["reset-your-password"]
    await add_golden_query(
        site.desk, SYSTEM, text="reset password", article_id=known.id, within=1, is_binding=True
    )
    words = "Reset password. " * 20
    draft = await write_article(site.desk, site.grace, title="Reset password", body=words)

    refused = await root.press(await root.get(f"/authoring/{draft.id}"), "Publish")

    assert refused.status == 422
    assert "Questions that must be answered would lose it: “reset password”." in refused.said
    assert "It could not be published" in (await root.get(f"/authoring/{draft.id}")).said

"""Articles, listed, written and published by pages that need no JavaScript."""

from datetime import timedelta

import pytest

from foredesk.knowledge.models import Article, ArticleState, ArticleVersion
from foredesk.knowledge.write import write_article
from foredesk.people.viewer import SYSTEM
from tests.clock import Clock
from tests.portal.conftest import signed_in
from tests.portal.furnished import Furnished
from tests.portal.walker import Page, Walker


@pytest.fixture
async def root(site: Furnished) -> Walker:
    return await signed_in(site, "root@acme.example")


def titles(page: Page) -> list[str]:
    """Of the list, in its order."""
    return [label for label, link in page.links if link.count("-") == 4 and "/authoring/" in link]


async def test_requesters_and_visitors_learn_nothing_of_the_pages(
    ada: Walker, visitor: Walker, site: Furnished
) -> None:
    article = site.articles["vpn-drops"]
    for address in ("", "/new", f"/{article.id}", f"/{article.id}/edit"):
        assert (await ada.get(f"/authoring{address}")).status == 404
        assert "Sign in" in (await visitor.get(f"/authoring{address}")).said
    assert "Articles" not in [label for label, _ in (await ada.get("/")).links]


async def test_the_list_is_narrowed_by_state_language_section_owner_and_title(
    grace: Walker, site: Furnished
) -> None:
    await write_article(
        site.desk, site.grace, title="Принтер не печатает", body="…", locale="ru", section="Печать"
    )
    page = await grace.get("/authoring")
    assert "6 articles" in page.said
    assert len(titles(page)) == 6
    wanted = {
        "state": ("draft", ["Принтер не печатает"]),
        "language": ("de", ["Die VPN-Verbindung bricht ab"]),
        "section": ("Printing", ["Clear a paper jam in the printer"]),
        "owner": ("me", ["Принтер не печатает"]),
        "q": ("ПРИНТЕР", ["Принтер не печатает"]),
    }
    for name, (value, found) in wanted.items():
        assert titles(await grace.press(page, "Show", **{name: value})) == found

    assert "No article is like this" in (await grace.get("/authoring?state=retired&first=x")).said


async def test_what_is_due_to_be_looked_through_is_found(
    grace: Walker, site: Furnished, clock: Clock
) -> None:
    later = site.desk.now() + timedelta(hours=1)
    await write_article(site.desk, SYSTEM, title="Holidays of 2026", body="…", review_at=later)
    assert titles(await grace.get("/authoring?due=yes")) == []
    clock.advance(timedelta(hours=2))

    assert titles(await grace.get("/authoring?due=yes")) == ["Holidays of 2026"]


async def test_an_article_is_written_seen_before_it_is_kept_and_published(root: Walker) -> None:
    said = {"title": "Drucker wählen", "body": "## Zuerst\n\n<b>Nein</b> **ja**", "section": "Büro"}
    page = await root.press(await root.get("/authoring/new"), "Preview", **said, language="de")
    assert page.status == 200
    assert "Preview: nothing is kept yet" in page.said
    assert "&lt;b&gt;Nein&lt;/b&gt; <strong>ja</strong>" in page.text
    assert not await Article.filter(title="Drucker wählen").exists()
    assert (page.value("title"), page.value("language")) == ("Drucker wählen", "de")

    page = await root.press(page, "Keep as a draft", tags="Papier, Drucker")
    article = await Article.get(title="Drucker wählen")
    assert (article.locale, article.section, article.tags) == ("de", "Büro", ["Papier", "Drucker"])
    assert page.address == f"/authoring/{article.id}"

    page = await root.press(page, "Publish")
    assert "Published" in page.said
    assert "ja" in (await root.follow(page, "Read it as everybody does")).said
    page = await root.press(page, "Retire")
    await article.refresh_from_db()
    assert article.state is ArticleState.RETIRED


async def test_a_form_with_a_mistake_is_shown_again_with_all_that_was_typed(root: Walker) -> None:
    page = await root.press(
        await root.get("/authoring/new"), "Keep as a draft", body="Text", audience="organization"
    )
    assert page.status == 422
    assert "Give it a title." in page.said
    page = await root.press(page, "Keep as a draft", title="Ours", audience="organization")
    assert "Name an organization for its own articles, and only then." in page.said
    assert page.value("body") == "Text"


async def test_who_comes_second_keeps_the_text_and_sees_the_other(
    grace: Walker, root: Walker, site: Furnished
) -> None:
    article = site.articles["vpn-drops"]
    edit = f"/authoring/{article.id}/edit"
    first, second = await grace.get(edit), await root.get(edit)
    await grace.press(first, "Keep as a new version", body="Restart the client twice.")
    looked = await root.press(second, "Preview", body="Call the desk.")

    refused = await root.press(looked, "Keep as a new version")

    assert refused.status == 422
    assert "Somebody else kept a newer version in the meantime." in refused.said
    assert "What changed since you began" in refused.said
    assert "Restart the client twice." in refused.said
    assert refused.value("body") == "Call the desk."
    await root.press(refused, "Keep as a new version")
    await article.refresh_from_db()
    assert (article.version, article.body) == (3, "Call the desk.")
    assert await ArticleVersion.filter(article_id=article.id).count() == 3


async def test_an_incident_resolver_writes_but_does_not_publish(
    grace: Walker, site: Furnished
) -> None:
    page = await grace.press(
        await grace.get("/authoring/new"), "Keep as a draft", title="New badge", body="Ask Ada."
    )
    assert "Publish" not in [label for form in page.forms for label, _, _ in form.buttons]
    article = await Article.get(title="New badge")
    refused = await grace.post(
        f"/authoring/{article.id}/publish", f"_form={page.value('_form')}".encode()
    )
    assert refused.status == 422
    assert "You may not do this." in refused.said

    page = await grace.press(page, "Ask for a review")
    assert "To be reviewed" in page.said


async def test_a_long_text_of_many_bytes_is_kept(root: Walker, site: Furnished) -> None:
    article = site.articles["clear-a-paper-jam"]
    text = "紙詰まり" * 50_000
    await root.press(
        await root.get(f"/authoring/{article.id}/edit"), "Keep as a new version", body=text
    )
    await article.refresh_from_db()
    assert article.body == text


async def test_authors_read_what_a_reader_missed(
    ada: Walker, grace: Walker, site: Furnished
) -> None:
    page = await ada.press(await ada.get("/articles/vpn-drops"), "No, I still need help")
    await ada.press(page, "Tell the author", missing="Where is the shield?")
    read = await grace.get("/articles/vpn-drops")

    page = await grace.follow(read, "For authors")

    assert page.address == f"/authoring/{site.articles['vpn-drops'].id}"
    assert "What readers missed Where is the shield?" in page.said
    assert "0 said yes, 1 no" in page.said
    assert "Lovelace" not in page.said

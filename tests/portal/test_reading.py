"""Home, search and articles."""

from urllib.parse import quote

import pytest

from foredesk.knowledge.models import Article, ArticleRating, Deflection, Search
from foredesk.knowledge.publish import publish_article, retire_article
from foredesk.knowledge.write import write_article
from foredesk.people.viewer import SYSTEM
from portal.app import create
from tests.portal.furnished import Furnished
from tests.portal.walker import Walker


async def test_the_first_page_offers_a_search_what_is_asked_most_and_subjects(
    visitor: Walker,
) -> None:
    page = await visitor.get("/")

    assert page.status == 200
    assert ("Reset your password", "/articles/reset-your-password") in page.links
    assert ("Network", "/search?section=Network") in page.links
    assert "2 articles" in page.said
    assert "My open requests" not in page.said


async def test_german_visitors_see_german_articles_first(site: Furnished) -> None:
    page = await Walker(create(site.desk), language="de").get("/")

    assert "Die VPN-Verbindung bricht ab" in page.said
    assert "Reset your password" not in page.said


async def test_what_others_open_comes_first(visitor: Walker, site: Furnished) -> None:
    await visitor.follow(
        await visitor.get("/search?q=paper+jam"), "Clear a paper jam in the printer"
    )

    page = await visitor.get("/")

    articles = [label for label, address in page.links if address.startswith("/articles/")]
    assert articles[0] == "Clear a paper jam in the printer"


@pytest.mark.parametrize(
    "address",
    [
        "/search",
        "/search?q=",
        "/search?q=%00%ff%ED%A0%80",
        "/search?q=" + "x" * 5000,
        "/search?q=%22%5B%28*%3F&first=-1",
        "/search?q=vpn&first=99999999999999999999",
        "/search?q=vpn&first=%D9%A1",
        "/search?q=vpn&section=%00&language=xx",
        "/search?section=Nothing",
        "/ask?subject=%00&search=nonsense",
        "/articles/vpn-drops?search=nonsense",
        "/articles/vpn-drops?search=00000000-0000-0000-0000-000000000000",
        "/requests?state=nonsense",
    ],
)
async def test_no_address_is_too_strange(ada: Walker, address: str) -> None:
    assert (await ada.get(address)).status == 200


async def test_a_filter_narrows_and_can_be_removed(visitor: Walker) -> None:
    results = await visitor.get("/search?q=printer")
    only = await visitor.follow(results, "Only: Printing (1)")
    all_again = await visitor.follow(only, "Remove the filter: Printing ×")

    assert "Clear a paper jam" in only.said
    assert "VPN keeps dropping" not in only.said
    assert "VPN keeps dropping" in all_again.said


async def test_other_languages_are_offered_and_answer_where_ones_own_has_nothing(
    visitor: Walker,
) -> None:
    results = await visitor.get("/search?q=vpn")
    german = await visitor.follow(results, "Deutsch (1)")
    none = await visitor.get("/search?q=Verbindung")

    assert "Die VPN-Verbindung bricht ab" not in results.said
    assert "Die VPN-Verbindung bricht ab" in german.said
    assert "VPN keeps dropping" not in german.said
    assert "English (2)" in german.said
    assert "Nothing in your language answers this. These are in another: Deutsch." in none.said


async def test_a_subject_lists_its_articles(visitor: Walker) -> None:
    page = await visitor.get("/search?section=Network")

    assert "2 articles on this subject" in page.said
    assert ("VPN keeps dropping", "/articles/vpn-drops") in page.links


async def test_what_a_person_typed_is_shown_as_text(visitor: Walker) -> None:
    page = await visitor.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22")

    assert "<script>alert" not in page.text
    assert page.value("q") == '<script>alert(1)</script>"'


async def test_typing_on_is_one_search(visitor: Walker) -> None:
    for words in ("v", "vp", "vpn", "vpn dr"):
        await visitor.get(f"/search?q={words.replace(' ', '+')}")

    assert [found.text for found in await Search.all()] == ["vpn dr"]


async def test_an_article_that_is_gone_is_not_found(visitor: Walker, site: Furnished) -> None:
    article = site.articles["vpn-drops"]
    await retire_article(site.desk, SYSTEM, article_id=article.id)

    for slug in ("vpn-drops", "never-was", "%00", "x" * 3000):
        page = await visitor.get(f"/articles/{slug}")

        assert page.status == 404
        assert "We could not find that page" in page.said


async def test_a_vote_can_be_changed_and_counts_once(visitor: Walker) -> None:
    article = await visitor.get("/articles/vpn-drops")

    yes = await visitor.press(article, "Yes")
    no = await visitor.press(yes, "It did not after all")

    assert "What was missing?" in no.said
    assert [rating.helpful for rating in await ArticleRating.all()] == [False]


async def test_a_vote_is_yes_or_no(visitor: Walker) -> None:
    article = await visitor.get("/articles/vpn-drops")
    token = dict(article.form("Yes").fields)["_form"]

    again = await visitor.post(
        "/articles/vpn-drops/feedback", f"_form={token}&helped=perhaps".encode()
    )

    assert "Did this answer your question?" in again.said
    assert not await ArticleRating.exists()


async def test_a_comment_that_is_too_long_is_shown_again(visitor: Walker) -> None:
    no = await visitor.press(await visitor.get("/articles/vpn-drops"), "No, I still need help")

    again = await visitor.press(no, "Tell the author", missing="x" * 2001)

    assert again.status == 422
    assert "Use at most 2,000 characters." in again.said
    assert again.value("missing") == "x" * 2001


async def test_somebody_elses_search_is_no_deflection(visitor: Walker, site: Furnished) -> None:
    await Walker(create(site.desk)).get("/search?q=vpn")
    search = await Search.get()

    page = await visitor.get(f"/articles/vpn-drops?search={search.id}")
    await visitor.press(page, "Yes")

    assert not await Deflection.exists()
    assert await ArticleRating.all().count() == 1


async def test_agents_articles_are_for_agents(visitor: Walker, grace: Walker) -> None:
    await Article.filter(slug="vpn-drops").update(audience="agents")

    assert (await visitor.get("/articles/vpn-drops")).status == 404
    assert (await grace.get("/articles/vpn-drops")).status == 200


async def test_an_article_may_have_an_address_in_any_script(
    visitor: Walker, site: Furnished
) -> None:
    draft = await write_article(site.desk, SYSTEM, title="Größe: принтер 打印", body="Text.")
    await publish_article(site.desk, SYSTEM, article_id=draft.id)

    page = await visitor.get(f"/articles/{quote(draft.slug)}")
    thanked = await visitor.press(page, "Yes")
    german = await visitor.press(thanked, "Deutsch")

    assert draft.slug == "grösse-принтер-打印"
    assert "Good to know. Thank you!" in thanked.said
    assert "Gut zu wissen. Danke!" in german.said

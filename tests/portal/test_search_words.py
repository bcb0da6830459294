"""Words of the search and golden queries, kept by pages that need no JavaScript."""

import pytest

from foredesk.catalog.models import ServiceKind
from foredesk.catalog.offer import offer_service
from foredesk.knowledge.article_services import name_services
from foredesk.knowledge.search_models import GoldenQuery, GoldenRun, WordList
from foredesk.people.viewer import SYSTEM
from foredesk.tickets.record import record_ticket
from tests.portal.conftest import signed_in
from tests.portal.furnished import Furnished
from tests.portal.walker import Walker

WORDS = "/authoring/words?organization=&language=en"


@pytest.fixture
async def root(site: Furnished) -> Walker:
    return await signed_in(site, "root@acme.example")


async def test_nobody_else_learns_of_the_pages(ada: Walker, grace: Walker) -> None:
    for address in ("/authoring/words", "/authoring/golden"):
        assert (await ada.get(address)).status == 404
    assert (await grace.get("/authoring/words")).status == 404
    page = await grace.get("/authoring/golden")
    assert page.status == 200
    assert "Add a question" not in page.said


async def test_words_are_kept_and_found_by(root: Walker, ada: Walker) -> None:
    assert "No article answers this yet" in (await ada.get("/search?q=tunnel")).said
    page = await root.get(WORDS)

    kept = await root.press(
        page, "Use these words", synonyms="vpn, tunnel\n\ncover, lid", stopWords="acme, please"
    )

    assert kept.value("synonyms") == "vpn, tunnel\ncover, lid"
    assert "VPN keeps dropping" in (await ada.get("/search?q=tunnel")).said
    lists = await root.get("/authoring/words")
    assert "Everybody, English" in lists.said
    assert "2 groups · 2 words that say nothing" in lists.said

    again = await root.press(page, "Use these words", synonyms="a, b", stopWords="")
    assert "Somebody else changed these words in the meantime." in again.said
    assert again.value("synonyms") == "a, b"
    single = await root.press(kept, "Use these words", synonyms="alone", stopWords="")
    assert "Each group needs at least two different words." in single.said
    assert (await WordList.get()).synonyms == [["vpn", "tunnel"], ["cover", "lid"]]


async def test_a_binding_question_stops_words_and_the_page_says_which(root: Walker) -> None:
    page = await root.get("/authoring/golden?text=drops+today&language=en")
    assert page.value("text") == "drops today"
    missing = await root.press(page, "Keep this question", articleId="nowhere")
    assert "There is no article at this address." in missing.said
    golden = await root.press(
        page, "Keep this question", articleId="/articles/vpn-drops", within="1", binding="yes"
    )
    assert "1 question" in golden.said
    assert "must be 1 or better" in golden.said
    query = await GoldenQuery.get()
    assert (query.text, query.locale) == ("drops today", "en")
    assert (query.within, query.is_binding, query.rank) == (1, True, 1)

    refused = await root.press(
        await root.get(WORDS), "Use these words", synonyms="", stopWords="drops"
    )
    assert refused.status == 422
    assert "would lose their answer" in refused.said
    assert "“drops today” → VPN keeps dropping: place 1 → not found" in refused.said
    assert not await WordList.exists()
    await root.press(await root.get("/authoring/golden"), "Ask them all now")
    assert await GoldenRun.filter(occasion="by_hand").count() == 1
    warned = await root.press(await root.get("/authoring/golden"), "Only warn")
    assert "Warns" in warned.said
    gone = await root.press(warned, "Remove")
    assert "None yet." in gone.said


async def test_a_request_brings_its_words_along(root: Walker, site: Furnished) -> None:
    ticket = await record_ticket(site.desk, site.ada, subject="Tunnel is shaky")
    page = await root.get(f"/authoring/golden?ticket={ticket.number}")
    assert page.value("text") == ticket.subject
    await root.press(page, "Keep this question", articleId="vpn-drops")

    query = await GoldenQuery.get()
    assert (query.ticket_id, query.organization_id) == (ticket.id, site.acme.id)
    assert (await root.get("/authoring/golden?ticket=999999")).status == 404


async def test_a_search_is_narrowed_to_a_service(
    ada: Walker, visitor: Walker, site: Furnished
) -> None:
    service = await offer_service(
        site.desk,
        SYSTEM,
        key="remote",
        name="Remote access",
        description="From anywhere",
        kind=ServiceKind.TECHNICAL,
    )
    article = site.articles["connect-to-the-vpn"]
    await name_services(site.desk, SYSTEM, article_id=article.id, service_ids=[service.id])
    await site.desk.knowledge.catch_up()

    narrowed = await ada.follow(await ada.get("/search?q=vpn"), "About: Remote access (1)")

    assert "Connect to the VPN for the first time" in narrowed.said
    assert "VPN keeps dropping" not in narrowed.said
    assert "Remove the filter: Remote access" in narrowed.said
    assert "Remote access" not in (await visitor.get("/search?q=vpn")).said

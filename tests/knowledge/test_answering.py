from dataclasses import replace
from datetime import timedelta

import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput
from foredesk.hooks import ArticleSuggestion, HitFacts, SearchFacts, Synonym
from foredesk.identity import new_id
from foredesk.knowledge.answering import FoundArticles, search_articles, suggest_articles
from foredesk.knowledge.deflection import record_deflection
from foredesk.knowledge.models import Audience, DeflectionOutcome, Search, SearchChannel
from foredesk.knowledge.publish import retire_article
from foredesk.people.viewer import ANONYMOUS, SYSTEM
from search_index import WhooshIndex
from tests.clock import NOW, Clock
from tests.knowledge.desks import advised, publish, publish_for
from tests.people import make_agent, make_organization, make_requester


def titles(found: FoundArticles) -> list[str]:
    return [hit.article.title for hit in found.hits]


async def test_a_visitor_finds_what_answers_and_the_search_is_noted(
    searchable: Desk, index: WhooshIndex
) -> None:
    printer = await publish(searchable, "The printer is offline", "Switch it off and on again.")
    await publish(searchable, "Reset a password", "Ask for a link.")
    await index.catch_up()

    found = await search_articles(searchable, ANONYMOUS, text=" printer\noffline ", visitor="v1")

    assert titles(found) == ["The printer is offline"]
    assert found.total == 1
    search = await Search.get(id=found.search_id)
    assert (search.text, search.locale, search.visitor) == ("printer offline", "en", "v1")
    assert search.channel is SearchChannel.SEARCH
    assert search.results == [str(printer.id)]
    assert search.created_at == NOW
    assert search.shown


async def test_nobody_finds_what_they_may_not_read(searchable: Desk, index: WhooshIndex) -> None:
    acme, other = await make_organization(searchable), await make_organization(searchable)
    await publish(searchable, "Printer for all")
    await publish_for(searchable, acme.id, "Printer of Acme")
    await publish_for(searchable, other.id, "Printer of the other")
    await publish(searchable, "Printer for agents", audience=Audience.AGENTS)
    await index.catch_up()

    async def found_by(viewer: object) -> set[str]:
        return set(titles(await search_articles(searchable, viewer, text="printer")))  # type: ignore[arg-type]

    assert await found_by(ANONYMOUS) == {"Printer for all"}
    ada = await make_requester(searchable, acme)
    assert await found_by(ada) == {"Printer for all", "Printer of Acme"}
    grace = await make_agent(searchable, acme)
    assert await found_by(grace) == {"Printer for all", "Printer of Acme", "Printer for agents"}


async def test_a_hit_of_an_index_that_is_behind_is_not_shown(
    searchable: Desk, index: WhooshIndex
) -> None:
    article = await publish(searchable, "Printer")
    await index.catch_up()
    await retire_article(searchable, SYSTEM, article_id=article.id)

    found = await search_articles(searchable, ANONYMOUS, text="printer", visitor="v1")

    assert found.hits == ()
    assert (await Search.get(id=found.search_id)).results == []


@pytest.mark.parametrize("text", ["", " \n ", "\x00", "\ud800"])
async def test_nothing_asked_is_nothing_found_and_nothing_noted(
    searchable: Desk, text: str
) -> None:
    assert await search_articles(searchable, ANONYMOUS, text=text) == FoundArticles()
    assert await suggest_articles(searchable, ANONYMOUS, subject=text) == FoundArticles()
    assert not await Search.exists()


async def test_any_text_is_answered_and_kept_at_its_first_200_characters(
    searchable: Desk,
) -> None:
    found = await search_articles(searchable, ANONYMOUS, text="a\x00b " + "ы" * 100_000)

    assert (await Search.get(id=found.search_id)).text == "a b " + "ы" * 196


async def test_what_cannot_be_a_visitors_token_is_refused(searchable: Desk) -> None:
    for visitor in ("x" * 65, "a\x00b"):
        with pytest.raises(InvalidInput):
            await search_articles(searchable, ANONYMOUS, text="a", visitor=visitor)

    assert not await Search.exists()


async def test_typing_on_is_one_search_until_something_came_of_it(
    searchable: Desk, clock: Clock, index: WhooshIndex
) -> None:
    printer = await publish(searchable, "Printer")
    await index.catch_up()

    async def typed(text: str, visitor: str = "v1", prefix: bool = True) -> object:
        found = await search_articles(
            searchable, ANONYMOUS, text=text, visitor=visitor, prefix=prefix
        )
        return found.search_id

    first = await typed("pri")
    assert await typed("Printer off") == first
    assert await typed("printer", prefix=False) == first
    assert await typed("printer", visitor="v2") != first
    assert await typed("vpn") != first

    again = await typed("printer")
    await record_deflection(
        searchable,
        ANONYMOUS,
        search_id=again,  # type: ignore[arg-type]
        article_id=printer.id,
        outcome=DeflectionOutcome.OPENED,
        visitor="v1",
    )
    later = await typed("printer")
    assert later != again
    clock.advance(timedelta(minutes=3))
    assert await typed("printer") != later


async def test_visitors_without_a_token_are_strangers_to_each_other(searchable: Desk) -> None:
    first = await search_articles(searchable, ANONYMOUS, text="printer")
    second = await search_articles(searchable, ANONYMOUS, text="printer")

    assert first.search_id != second.search_id


async def test_plugins_change_what_is_searched_for(searchable: Desk, index: WhooshIndex) -> None:
    await publish(searchable, "Virtual private network")
    await publish(searchable, "Television")
    await index.catch_up()
    desk, hooks = advised(
        searchable,
        rewrite_query=lambda asked: replace(asked, text="virtual network"),
        expand_terms=(Synonym("network", ("television",)),),
    )

    found = await search_articles(desk, ANONYMOUS, text="VPN", visitor="v1")

    assert titles(found) == ["Virtual private network", "Television"]
    assert (await Search.get(id=found.search_id)).text == "VPN"
    assert dict(hooks.asked)["expand_terms"] == {"terms": ("virtual", "network")}
    assert dict(hooks.asked)["rewrite_query"] == {"value": SearchFacts("VPN", "en", "search")}


async def test_a_plugin_that_leaves_no_words_is_not_listened_to(
    searchable: Desk, index: WhooshIndex
) -> None:
    await publish(searchable, "Printer")
    await index.catch_up()
    for nonsense in (lambda asked: replace(asked, text=" "), lambda asked: None):
        desk, _ = advised(searchable, rewrite_query=nonsense)

        assert titles(await search_articles(desk, ANONYMOUS, text="printer")) == ["Printer"]


async def test_a_plugin_may_reorder_and_hide_but_never_add(
    searchable: Desk, index: WhooshIndex
) -> None:
    acme = await make_organization(searchable)
    for title in ("Printer one", "Printer two", "Printer three"):
        await publish(searchable, title)
    secret = await publish_for(searchable, acme.id, "Printer secret")
    await index.catch_up()
    before = titles(await search_articles(searchable, ANONYMOUS, text="printer"))

    async def ranked_by(rerank: object) -> list[str]:
        desk, _ = advised(searchable, rerank_results=rerank)
        return titles(await search_articles(desk, ANONYMOUS, text="printer"))

    assert await ranked_by(lambda hits: hits[::-1]) == before[::-1]
    assert await ranked_by(lambda hits: hits[:1]) == before[:1]
    assert await ranked_by(lambda hits: (*hits, HitFacts(secret.id))) == before
    assert await ranked_by(lambda hits: (*hits, hits[0])) == before
    assert await ranked_by(lambda hits: (*hits, "nonsense")) == before


async def test_suggestions_put_confident_plugins_first_and_drop_what_may_not_be_read(
    searchable: Desk, index: WhooshIndex
) -> None:
    acme = await make_organization(searchable)
    found_by_words = await publish(searchable, "Printer offline", "Switch it on.")
    sure = await publish(searchable, "Sure <b>", "Sure & short.")
    unsure = await publish(searchable, "Unsure")
    secret = await publish_for(searchable, acme.id, "Secret")
    await index.catch_up()
    desk, hooks = advised(
        searchable,
        suggest_articles=(
            ArticleSuggestion(unsure.id, 0.2, "a guess"),
            ArticleSuggestion(secret.id, 1.0, "secret"),
            ArticleSuggestion(new_id(), 0.9, "gone"),
            ArticleSuggestion(sure.id, 0.8, "it says so"),
            ArticleSuggestion(found_by_words.id, 0.3, "twice"),
        ),
    )

    found = await suggest_articles(
        desk, ANONYMOUS, subject="Printer", details="It is offline.", visitor="v1"
    )

    assert titles(found) == ["Sure <b>", "Printer offline", "Unsure"]
    assert [hit.explanation for hit in found.hits] == ["it says so", "", "a guess"]
    assert found.hits[0].excerpt == "Sure &amp; short."
    search = await Search.get(id=found.search_id)
    assert search.channel is SearchChannel.ASK_FORM
    assert search.text == "Printer It is offline."
    assert search.results == [str(hit.article.id) for hit in found.hits]
    assert dict(hooks.asked)["suggest_articles"]["draft"].details == "It is offline."


async def test_a_page_is_never_longer_than_it_may_be(searchable: Desk, index: WhooshIndex) -> None:
    for number in range(4):
        await publish(searchable, f"Printer {number}")
    await index.catch_up()

    async def page(limit: int, offset: int) -> list[str]:
        found = await search_articles(
            searchable, ANONYMOUS, text="printer", limit=limit, offset=offset
        )
        assert found.total == 4
        return titles(found)

    assert sorted([*await page(2, 0), *await page(2, 2)]) == [f"Printer {n}" for n in range(4)]
    assert len(await page(10**9, -5)) == 4
    assert await page(2, 100) == []
    assert await page(-1, 0) == []


async def test_a_question_is_answered_in_the_language_it_is_asked_in(
    searchable: Desk, index: WhooshIndex
) -> None:
    english = await publish(searchable, "Printer", "Printer words.")
    await publish(
        searchable, "Drucker", "Drucker und Printer.", locale="de", translation_of=english.id
    )
    await index.catch_up()

    found = await search_articles(searchable, ANONYMOUS, text="Drucker", locale="de")

    assert titles(found) == ["Drucker"]
    assert (await Search.get(id=found.search_id)).locale == "de"

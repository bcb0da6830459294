"""What every engine behind the port must do. Subclass it and give a `make_index` fixture."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from foredesk.ports import (
    ArticleFeed,
    FacetCount,
    Facets,
    IndexDocument,
    KnowledgeIndex,
    Reader,
    SearchQuery,
    SearchWords,
)
from tests.search_index.feed import MemoryFeed, article, article_id

MakeIndex = Callable[[ArticleFeed], KnowledgeIndex]

PRINTER = article("printer", "Printer does not print", "Check the cable. Then print a test page.")
VPN = article("vpn", "Connect to the network from home", "Start the tunnel. It asks for a code.")


async def found(index: KnowledgeIndex, text: str, locale: str = "en", **more: object) -> list:
    result = await index.search(SearchQuery(text, locale, **more))  # type: ignore[arg-type]
    return [hit.article_id for hit in result.hits]


class KnowledgeIndexContract:
    async def test_finds_an_article_by_words_of_its_title(self, make_index: MakeIndex) -> None:
        index = make_index(MemoryFeed(PRINTER, VPN))
        await index.catch_up()
        assert (await found(index, "my printer will not print"))[0] == PRINTER.article_id

    async def test_finds_an_article_by_words_of_its_body(self, make_index: MakeIndex) -> None:
        index = make_index(MemoryFeed(PRINTER, VPN))
        await index.catch_up()
        assert await found(index, "tunnels") == [VPN.article_id]

    async def test_finds_an_article_by_a_past_question(self, make_index: MakeIndex) -> None:
        asked = article("vpn", "Remote access", asked_as=("cannot reach the intranet",))
        index = make_index(MemoryFeed(PRINTER, asked))
        await index.catch_up()
        assert await found(index, "intranet unreachable") == [VPN.article_id]

    async def test_the_article_whose_title_is_asked_is_first(self, make_index: MakeIndex) -> None:
        others = [article(str(i), f"Install on {i}", "install " * 9) for i in range(9)]
        named = article("named", "How to install", "One page says it all.", locale="en")
        index = make_index(MemoryFeed(*others, named))
        await index.catch_up()
        assert (await found(index, "how to INSTALL?"))[0] == named.article_id

    async def test_a_title_of_nothing_but_stop_words_is_found(self, make_index: MakeIndex) -> None:
        about = article("about", "Über uns", "Seit 1999.", locale="de")
        index = make_index(MemoryFeed(about, article("de", "Drucker", locale="de")))
        await index.catch_up()
        assert await found(index, "über uns", "de") == [about.article_id]
        assert await found(index, "uns", "de") == []

    async def test_finds_nothing_before_anything_was_published(self, make_index: MakeIndex) -> None:
        index = make_index(MemoryFeed())
        assert await index.catch_up() == 0
        assert await found(index, "printer") == []

    async def test_a_hit_carries_revision_score_and_excerpt(self, make_index: MakeIndex) -> None:
        index = make_index(MemoryFeed(VPN, PRINTER))
        await index.catch_up()
        (hit,) = (await index.search(SearchQuery("cable", "en"))).hits
        assert (hit.article_id, hit.revision) == (PRINTER.article_id, 2)
        assert hit.score > 0
        assert hit.excerpt == "Check the <mark>cable</mark>. Then print a test page."

    async def test_a_change_shows_when_catch_up_returns(self, make_index: MakeIndex) -> None:
        feed = MemoryFeed(PRINTER)
        index = make_index(feed)
        await index.catch_up()
        feed.publish(article("printer", "Scanner", "Put the sheet on the glass."))
        assert await index.catch_up() == 2
        assert await found(index, "printer") == []
        assert await found(index, "scanner") == [PRINTER.article_id]

    async def test_a_removed_article_is_gone_when_catch_up_returns(
        self, make_index: MakeIndex
    ) -> None:
        feed = MemoryFeed(PRINTER, VPN)
        index = make_index(feed)
        await index.catch_up()
        feed.remove("printer")
        await index.catch_up()
        assert await found(index, "printer cable") == []
        assert index.status()["documents"] == 1

    async def test_an_article_that_changes_language_is_found_in_one_only(
        self, make_index: MakeIndex
    ) -> None:
        feed = MemoryFeed(PRINTER, VPN)
        index = make_index(feed)
        await index.catch_up()
        feed.publish(article("printer", "Drucker druckt nicht", locale="de"))
        await index.catch_up()
        assert await found(index, "printer") == []
        assert await found(index, "Drucker", "de") == [PRINTER.article_id]
        assert index.status()["documents"] == 2

    async def test_an_organizations_article_is_found_by_its_readers_only(
        self, make_index: MakeIndex
    ) -> None:
        ours, theirs = uuid4(), uuid4()
        index = make_index(
            MemoryFeed(
                _for_organization("ours", ours), _for_organization("theirs", theirs), PRINTER
            )
        )
        await index.catch_up()
        own = Reader(organization_ids=frozenset({ours}))
        both = Reader(organization_ids=frozenset({ours, theirs}), is_agent=True)
        assert await found(index, "badge", reader=own) == [article_id("ours")]
        assert set(await found(index, "badge", reader=both)) == {
            article_id("ours"),
            article_id("theirs"),
        }
        assert await found(index, "badge") == []

    async def test_a_teams_article_is_found_by_its_members_only(
        self, make_index: MakeIndex
    ) -> None:
        ours, theirs = uuid4(), uuid4()
        index = make_index(
            MemoryFeed(article("badge", "Badge", audience="group", team_id=ours), PRINTER)
        )
        await index.catch_up()
        member = Reader(team_ids=frozenset({ours}))
        agent = Reader(frozenset({ours}), is_agent=True, team_ids=frozenset({theirs}))
        assert await found(index, "badge", reader=member) == [article_id("badge")]
        assert await found(index, "badge", reader=agent) == []
        assert await found(index, "badge") == []

    async def test_agents_articles_are_found_by_agents_only(self, make_index: MakeIndex) -> None:
        inside = article("inside", "Escalation badge numbers", audience="agents")
        index = make_index(MemoryFeed(inside, PRINTER))
        await index.catch_up()
        assert await found(index, "badge") == []
        assert await found(index, "badge", reader=Reader(is_agent=True)) == [inside.article_id]

    async def test_an_unknown_audience_is_found_by_nobody(self, make_index: MakeIndex) -> None:
        odd = article("odd", "Odd badge", audience="friends")
        index = make_index(MemoryFeed(odd))
        await index.catch_up()
        assert await found(index, "badge", reader=Reader(is_agent=True)) == []

    async def test_what_a_reader_may_not_find_is_not_counted_and_takes_no_place(
        self, make_index: MakeIndex
    ) -> None:
        hidden = [_agents_badge(f"hidden {i}") for i in range(20)]
        index = make_index(MemoryFeed(*hidden, article("seen", "Lost things", "a badge maybe")))
        await index.catch_up()
        result = await index.search(SearchQuery("badge", "en", limit=5))
        assert [hit.article_id for hit in result.hits] == [article_id("seen")]
        assert result.total == 1

    async def test_a_section_narrows_the_search(self, make_index: MakeIndex) -> None:
        index = make_index(
            MemoryFeed(
                article("office", "Order a badge", section="office"),
                article("it", "Badge reader is broken", section="it"),
            )
        )
        await index.catch_up()
        assert await found(index, "badge", section="it") == [article_id("it")]
        assert await found(index, "badge", section="elsewhere") == []

    async def test_pages_join_to_the_whole_ranking(self, make_index: MakeIndex) -> None:
        index = make_index(MemoryFeed(*(article(str(i), "Badge", "badge " * i) for i in range(25))))
        await index.catch_up()
        whole = await found(index, "badge", limit=25)
        pages = [await found(index, "badge", limit=10, offset=offset) for offset in (0, 10, 20)]
        assert [*pages[0], *pages[1], *pages[2]] == whole
        assert len(set(whole)) == 25

    @pytest.mark.parametrize(("limit", "offset"), [(0, 0), (-1, 0), (10, 99), (10, -5)])
    async def test_odd_pages_are_answered(
        self, make_index: MakeIndex, limit: int, offset: int
    ) -> None:
        index = make_index(MemoryFeed(PRINTER))
        await index.catch_up()
        result = await index.search(SearchQuery("printer", "en", limit=limit, offset=offset))
        assert result.total == 1
        assert len(result.hits) == (1 if limit == 10 and offset < 1 else 0)

    async def test_another_language_answers_when_ones_own_has_nothing(
        self, make_index: MakeIndex
    ) -> None:
        index = make_index(MemoryFeed(article("ru", "Принтер не печатает", locale="ru"), VPN))
        await index.catch_up()
        assert await found(index, "принтер не печатает", "en") == [article_id("ru")]
        assert await found(index, "принтер", "ja") == [article_id("ru")]

    async def test_a_regional_locale_reads_its_language(self, make_index: MakeIndex) -> None:
        index = make_index(MemoryFeed(PRINTER, article("de", "Printer-Treiber", locale="de")))
        await index.catch_up()
        assert (await found(index, "printer", "en-GB")) == [PRINTER.article_id]

    async def test_the_very_locale_comes_before_its_language(self, make_index: MakeIndex) -> None:
        british = article("gb", "Printer of the London office", locale="en-GB")
        index = make_index(MemoryFeed(PRINTER, british))
        await index.catch_up()
        assert await found(index, "printer", "en-GB") == [british.article_id]
        assert await found(index, "cable", "en-GB") == [PRINTER.article_id]

    async def test_given_synonyms_find_more_but_rank_lower(self, make_index: MakeIndex) -> None:
        index = make_index(MemoryFeed(PRINTER, article("mfp", "Bizhub is jammed")))
        await index.catch_up()
        synonyms = (("printer", "bizhub", 0.5),)
        assert await found(index, "printer") == [PRINTER.article_id]
        both = await found(index, "printer", synonyms=synonyms)
        assert both == [PRINTER.article_id, article_id("mfp")]

    async def test_words_of_an_organization_find_more_and_its_stop_words_nothing(
        self, make_index: MakeIndex
    ) -> None:
        mfp = article("mfp", "Bizhub is jammed")
        rtb = article("rtb", "Return to base", "Badges of visitors")
        index = make_index(MemoryFeed(PRINTER, mfp, rtb))
        await index.catch_up()
        words = (
            SearchWords("en", (("printer", "bizhub"), ("visitor badge", "RTB form four")), ("my",)),
            SearchWords("de", (("printer", "return"),), ("printer",)),
        )
        assert await found(index, "printer", words=words) == [PRINTER.article_id, mfp.article_id]
        assert await found(index, "bizhubs", words=words) == [mfp.article_id, PRINTER.article_id]
        stop = (SearchWords("en", (), ("printer", "Bizhub")),)
        assert await found(index, "printer jammed", words=stop) == [mfp.article_id]
        assert await found(index, "printer", words=stop) == [PRINTER.article_id]

    async def test_several_words_stand_for_several(self, make_index: MakeIndex) -> None:
        leave = article("leave", "Out of office", "An automatic reply while you are away.")
        index = make_index(MemoryFeed(PRINTER, leave))
        await index.catch_up()
        words = (SearchWords("en", (("jury duty letter", "automatic reply"),)),)
        assert await found(index, "jury duty letter", words=words) == [leave.article_id]
        assert await found(index, "jury duty") == []
        assert await found(index, "jury duty", words=words) == []

    async def test_a_word_that_somebody_put_in_is_not_misspelled(
        self, make_index: MakeIndex
    ) -> None:
        titles = ("Printer one", "Printer two")
        index = make_index(MemoryFeed(*(article(title, title) for title in titles)))
        await index.catch_up()
        words = (SearchWords("en", (("prinker", "one"),)),)
        plain = await index.search(SearchQuery("prinker", "en"))
        known = await index.search(SearchQuery("prinker", "en", words=words))
        assert (plain.did_you_mean, known.did_you_mean) == ("printer", None)

    async def test_a_language_and_a_service_narrow_the_search(self, make_index: MakeIndex) -> None:
        mail, phone = uuid4(), uuid4()
        index = make_index(
            MemoryFeed(
                article("a", "Badge reader", service_ids=(mail,)),
                article("b", "Badge lost", service_ids=(phone, mail)),
                article("c", "Badge verloren", locale="de"),
                article("d", "Badge in Wien", locale="de-AT"),
            )
        )
        await index.catch_up()
        assert await found(index, "badge", service=phone) == [article_id("b")]
        assert await found(index, "badge", service=uuid4()) == []
        assert await found(index, "badge", "en", language="de") == [article_id("c")]
        assert await found(index, "badge", "en", language="de-AT") == [article_id("d")]
        assert await found(index, "badge", "en", language="fr") == []

    async def test_facets_count_what_each_choice_would_find(self, make_index: MakeIndex) -> None:
        mail, ours = uuid4(), uuid4()
        index = make_index(
            MemoryFeed(
                article("a", "Badge reader", section="it", service_ids=(mail,)),
                article("b", "Badge lost", section="office"),
                article("c", "Badge found", section="office", service_ids=(mail, ours)),
                article("d", "Badge verloren", locale="de", section="Büro"),
                article("e", "Badge of agents", section="secret", audience="agents"),
                article("f", "Printer", section="it"),
            )
        )
        await index.catch_up()

        async def facets(**more: object) -> Facets:
            query = SearchQuery("badge", "en", facets=True, **more)  # type: ignore[arg-type]
            return (await index.search(query)).facets

        assert await facets() == Facets(
            (FacetCount("office", 2), FacetCount("it", 1)),
            (FacetCount("en", 3), FacetCount("de", 1)),
            (FacetCount(str(mail), 2), FacetCount(str(ours), 1)),
        )
        assert await facets(section="office", limit=0) == Facets(
            (FacetCount("office", 2), FacetCount("it", 1)),
            (FacetCount("en", 2),),
            tuple(FacetCount(str(id), 1) for id in sorted((mail, ours), key=str)),
        )
        assert (await facets(language="de")).sections == (FacetCount("Büro", 1),)
        assert (await facets(service=uuid4())).languages == ()
        unasked = await index.search(SearchQuery("badge", "en"))
        assert unasked.facets == Facets()

    async def test_an_unfinished_word_finds_what_it_may_become(self, make_index: MakeIndex) -> None:
        index = make_index(MemoryFeed(PRINTER, VPN))
        await index.catch_up()
        assert await found(index, "prin", prefix=True) == [PRINTER.article_id]
        assert await found(index, "prin") == []

    async def test_a_rebuild_shows_the_same(self, make_index: MakeIndex) -> None:
        feed = MemoryFeed(PRINTER, VPN)
        index = make_index(feed)
        await index.catch_up()
        before = await found(index, "printer network home")
        assert await index.rebuild() == 2
        assert await found(index, "printer network home") == before


def _for_organization(name: str, organization_id: object) -> IndexDocument:
    return article(name, f"Badge {name}", audience="organization", organization_id=organization_id)


def _agents_badge(name: str) -> IndexDocument:
    return article(name, "Badge badge", audience="agents")

"""Knowledge with the real plugin host and the real index."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from foredesk.desk import Desk
from foredesk.hooks import (
    ArticleFacts,
    ArticleSuggestion,
    DeflectionFacts,
    DocumentFacts,
    DraftFacts,
    HitFacts,
    RatingFacts,
    SearchedFacts,
    SearchFacts,
    Synonym,
)
from foredesk.knowledge.answering import search_articles, suggest_articles
from foredesk.knowledge.deflection import record_deflection
from foredesk.knowledge.events import deliver_knowledge_event
from foredesk.knowledge.feed import ArticleFeed
from foredesk.knowledge.feedback import rate_article
from foredesk.knowledge.models import DeflectionOutcome
from foredesk.people.viewer import ANONYMOUS
from foredesk.ports import JobContext
from search_index import WhooshIndex
from tests.clock import NOW
from tests.knowledge.desks import publish
from tests.plugins.made import host_with, made
from tests.quiet_parts import QuietJobs


def with_plugins(desk: Desk, *plugins: Any) -> Desk:
    return replace(desk, hooks=host_with(*plugins))


async def test_every_hook_around_searching_is_called(searchable: Desk, index: WhooshIndex) -> None:
    for title in ("Virtual network", "Network cable", "Television"):
        await publish(searchable, title)
    last = await publish(searchable, "Something else")
    await index.catch_up()

    def rewrite_query(value: SearchFacts) -> SearchFacts:
        return replace(value, text=value.text.replace("LAN", "network"))

    def expand_terms(terms: Sequence[str]) -> Sequence[Synonym]:
        return [Synonym("network", ("television",))] if "network" in terms else []

    def rerank_results(value: tuple[HitFacts, ...]) -> tuple[HitFacts, ...]:
        return tuple(sorted(value, key=lambda hit: hit.title, reverse=True))

    def suggest(draft: DraftFacts) -> Sequence[ArticleSuggestion]:
        return [ArticleSuggestion(last.id, 0.9, f"for {draft.subject}")]

    desk = with_plugins(
        searchable,
        made(
            "all",
            rewrite_query=rewrite_query,
            expand_terms=expand_terms,
            rerank_results=rerank_results,
            suggest_articles=suggest,
        ),
    )

    found = await search_articles(desk, ANONYMOUS, text="LAN")
    offered = await suggest_articles(desk, ANONYMOUS, subject="LAN")

    assert [hit.article.title for hit in found.hits] == [
        "Virtual network",
        "Television",
        "Network cable",
    ]
    assert offered.hits[0].article == last
    assert offered.hits[0].explanation == "for LAN"


async def test_a_bad_plugin_spoils_no_search(searchable: Desk, index: WhooshIndex) -> None:
    await publish(searchable, "Printer")
    await index.catch_up()

    def nonsense() -> object:
        return 42

    def hangs() -> None:
        time.sleep(0.5)

    for bad in (lambda: 1 / 0, nonsense, hangs):
        desk = with_plugins(
            searchable,
            made(
                "bad",
                rewrite_query=bad,
                expand_terms=bad,
                rerank_results=bad,
                suggest_articles=bad,
            ),
        )

        found = await search_articles(desk, ANONYMOUS, text="printer")
        offered = await suggest_articles(desk, ANONYMOUS, subject="printer")

        assert [hit.article.title for hit in found.hits] == ["Printer"]
        assert [hit.article.title for hit in offered.hits] == ["Printer"]


async def test_plugins_hear_what_readers_did(searchable: Desk) -> None:
    heard: list[object] = []

    def on_deflected(deflection: DeflectionFacts) -> None:
        heard.append((deflection.outcome, deflection.text))

    def on_article_rated(article: ArticleFacts, rating: RatingFacts) -> None:
        heard.append((article.title, rating.helpful))

    desk = with_plugins(
        searchable, made("ears", on_deflected=on_deflected, on_article_rated=on_article_rated)
    )
    article = await publish(desk, "T")
    found = await search_articles(desk, ANONYMOUS, text="how", visitor="v")
    assert found.search_id is not None
    await record_deflection(
        desk,
        ANONYMOUS,
        search_id=found.search_id,
        article_id=article.id,
        outcome=DeflectionOutcome.SOLVED,
        visitor="v",
    )
    await rate_article(desk, ANONYMOUS, article_id=article.id, helpful=True, visitor="v")

    assert isinstance(desk.jobs, QuietJobs)
    for _, payload, _, _ in desk.jobs.enqueued:
        await deliver_knowledge_event(desk, payload, JobContext("key", 0, NOW))

    assert heard == [("solved", "how"), ("T", True)]


async def test_plugins_add_words_by_which_articles_are_found(
    searchable: Desk, tmp_path: Path
) -> None:
    def enrich_document(value: DocumentFacts) -> DocumentFacts:
        return replace(value, title="Other", tags=(*value.tags, "XK4711"), asked_as=("whirring",))

    host = host_with(made("parts", enrich_document=enrich_document))
    index = WhooshIndex(ArticleFeed(host), tmp_path / "enriched")
    desk = replace(searchable, knowledge=index)
    article = await publish(desk, "Fan")
    await index.catch_up()

    for words in ("xk4711", "whirring", "fan"):
        found = await search_articles(desk, ANONYMOUS, text=words)
        assert [hit.article.id for hit in found.hits] == [article.id]
    assert (await search_articles(desk, ANONYMOUS, text="other")).total == 0
    await article.refresh_from_db()
    assert article.tags == []
    index.close()


async def test_a_plugin_that_spoils_a_document_leaves_it_as_it_was(
    searchable: Desk, tmp_path: Path
) -> None:
    bad = (
        lambda value: 1 / 0,
        lambda value: replace(value, article_id=UUID(int=1), tags=("stolen",)),
        lambda value: replace(value, tags=("stolen", 42)),
        lambda value: 42,
    )
    await publish(searchable, "Fan")
    for number, spoil in enumerate(bad):
        host = host_with(made("bad", enrich_document=lambda value, spoil=spoil: spoil(value)))
        index = WhooshIndex(ArticleFeed(host), tmp_path / f"spoiled-{number}")
        await index.catch_up()
        desk = replace(searchable, knowledge=index)
        assert (await search_articles(desk, ANONYMOUS, text="fan")).total == 1
        assert (await search_articles(desk, ANONYMOUS, text="stolen")).total == 0
        index.close()


async def test_plugins_hear_of_a_search_once_with_its_last_words(
    searchable: Desk, index: WhooshIndex
) -> None:
    heard: list[SearchedFacts] = []

    def on_search(search: SearchedFacts) -> None:
        heard.append(search)

    desk = with_plugins(searchable, made("ears", on_search=on_search))
    article = await publish(desk, "Printer jam")
    await index.catch_up()
    for words in ("prin", "printer", "printer jam"):
        await search_articles(desk, ANONYMOUS, text=words, visitor="v", prefix=True)

    assert isinstance(desk.jobs, QuietJobs)
    ((_, payload, _, delay),) = desk.jobs.enqueued
    assert delay == timedelta(minutes=2)
    await deliver_knowledge_event(desk, payload, JobContext("key", 0, NOW))

    (search,) = heard
    assert (search.text, search.total, search.article_ids) == ("printer jam", 1, (article.id,))
    assert (search.at, search.locale, search.channel) == (NOW, "en", "search")

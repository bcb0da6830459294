import csv
from datetime import timedelta
from io import StringIO

import pytest

from foredesk.knowledge.answering import search_articles
from foredesk.knowledge.deflection import open_article
from portal.app import create
from tests.clock import Clock
from tests.portal.conftest import signed_in
from tests.portal.furnished import Furnished
from tests.portal.walker import Walker


@pytest.fixture
async def looked_up(site: Furnished, clock: Clock) -> Furnished:
    """Ada looked for two things, opened the VPN's article, and eight days went by."""
    found = await search_articles(site.desk, site.ada, text="vpn drops")
    await open_article(site.desk, site.ada, slug="vpn-drops", search_id=found.search_id)
    await search_articles(site.desk, site.ada, text="zeppelin hangar")
    clock.advance(timedelta(days=8))
    return site


@pytest.fixture
async def root(looked_up: Furnished) -> Walker:
    return await signed_in(looked_up, "root@acme.example")


async def test_managers_read_what_came_of_the_searches(root: Walker) -> None:
    page = await root.get("/answers")

    assert page.status == 200
    assert "2 searches." in page.said
    assert "1 of 2" in page.said
    assert page.said.count("not enough data") > 10
    assert "VPN keeps dropping" in page.said
    assert 'href="/answers"' in (await root.get("/measures")).text


async def test_the_figures_can_be_fetched_of_what_is_chosen(root: Walker) -> None:
    async def searches(query: str) -> list[str]:
        answer = await root.client.get(f"/answers.csv?{query}")
        lines = csv.DictReader(StringIO(answer.text.removeprefix("\ufeff")))
        return [line["count"] for line in lines if line["figure"] == "searches"]

    assert await searches("") == ["2", "2", "1", "1"]
    assert await searches("channel=ask_form") == ["0"]
    assert await searches("language=de") == ["0"]
    assert (await root.get("/answers?from=yesterday")).status == 422


async def test_nobody_else_knows_of_it(looked_up: Furnished) -> None:
    for email in ("ada@acme.example", "grace@acme.example"):
        walker = await signed_in(looked_up, email)

        assert (await walker.get("/answers")).status == 404
        assert 'href="/answers"' not in (await walker.get("/measures")).text


async def test_an_administrator_starts_and_ends_the_experiment(
    root: Walker, looked_up: Furnished
) -> None:
    page = await root.get("/answers/experiment")
    assert "It is off until you start it." in page.said
    assert "2,237" in page.said

    refused = await root.press(page, "Start", smallestEffect="many")
    assert refused.status == 422
    assert "Give a whole number of percent." in refused.said
    running = await root.press(page, "Start", holdoutPercent="50")
    assert "Not enough data. 887 more started forms are needed, of 887." in running.said
    held_out = []
    for _ in range(12):
        form = await Walker(create(looked_up.desk)).get("/ask?subject=paper+jam")
        assert 'name="suggested"' in form.text
        assert "No article on this yet" not in form.said
        held_out.append("Clear a paper jam" not in form.said)
    assert 0 < sum(held_out) < 12
    ended = await root.press(running, "End it: show suggestions to everybody")

    assert "suggestions were kept back from 50 % of the people" in ended.said
    grace = await signed_in(looked_up, "grace@acme.example")
    assert (await grace.get("/answers/experiment")).status == 404


async def test_what_is_missing_leads_to_what_can_be_done(
    root: Walker, looked_up: Furnished, clock: Clock
) -> None:
    page = await root.get("/answers/missing")
    assert "zeppelin hangar" in page.said
    assert "/authoring/golden?text=zeppelin%20hangar&amp;language=en" in page.text
    table = await root.client.get("/answers/missing.csv")
    assert "query,zeppelin hangar,en,1,1,1,0," in table.text
    grace = await signed_in(looked_up, "grace@acme.example")
    assert (await grace.get("/answers/missing")).status == 404
    assert "Every article is in good order." in (await grace.get("/answers/articles")).said

    clock.advance(timedelta(days=360))

    grace = await signed_in(looked_up, "grace@acme.example")
    assert "nobody has changed it for a year" in (await grace.get("/answers/articles")).said
    assert "reset-your-password" in (await grace.client.get("/answers/articles.csv")).text
    ada = await signed_in(looked_up, "ada@acme.example")
    assert (await ada.get("/answers/articles")).status == 404

import csv
from datetime import timedelta
from io import StringIO

import pytest

from foredesk.knowledge.answering import search_articles
from foredesk.knowledge.deflection import open_article
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

"""No stale hit, and no file left open, over many generations."""

import asyncio
from pathlib import Path

import pytest
from whoosh.index import open_dir
from whoosh.searching import Searcher

from foredesk.ports import SearchQuery
from search_index import WhooshIndex
from search_index.store import Store
from search_index.whoosh_engine import WHOOSH
from tests.search_index.contract import PRINTER, VPN, MakeIndex, found
from tests.search_index.feed import MemoryFeed, article


async def test_an_old_version_is_never_found_over_many_generations(make_index: MakeIndex) -> None:
    """Fails when a generation is made by `Searcher.refresh()`, which the next test shows."""
    feed = MemoryFeed(*(article(f"a{i}", f"Badge word{i}x0") for i in range(6)))
    index = make_index(feed)
    await index.catch_up()
    for version in range(1, 31):
        name = f"a{version % 6}"
        feed.publish(article(name, f"Badge {name}v{version}"))
        if version % 5 == 0:
            feed.remove(f"a{(version + 1) % 6}")
        await index.catch_up()
        result = await index.search(SearchQuery("badge", "en", limit=100))
        current = {(one.article_id, one.revision) for one in feed.found.values()}
        assert {(hit.article_id, hit.revision) for hit in result.hits} == current
        assert len(result.hits) == len(current)


async def test_refresh_would_bring_stale_hits(make_index: MakeIndex, directory: Path) -> None:
    """If this fails, Whoosh has mended `refresh()`; we have no need of it all the same."""
    feed = MemoryFeed(PRINTER, VPN)
    index = make_index(feed)
    await index.catch_up()
    store = Store.current(directory, WHOOSH)
    assert store
    searcher = open_dir(str(store.path / "locale-en")).searcher()
    feed.remove("printer")
    feed.publish(article("vpn", "Something else"))
    await index.catch_up()
    refreshed = searcher.refresh()
    stale = {fields["id"] for fields in refreshed.documents()}
    refreshed.close()
    assert str(PRINTER.article_id) in stale


async def test_refresh_is_never_called(
    make_index: MakeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Searcher] = []
    monkeypatch.setattr(Searcher, "refresh", calls.append)
    feed = MemoryFeed(PRINTER)
    index = make_index(feed)
    await index.catch_up()
    feed.publish(VPN)
    await index.catch_up()
    assert await found(index, "network") == [VPN.article_id]
    assert calls == []


async def test_500_generations_need_no_more_than_20_descriptors(make_index: MakeIndex) -> None:
    feed = MemoryFeed(*(article(f"a{i}", f"Badge {i}") for i in range(10)))
    index = make_index(feed)
    await index.catch_up()
    before = _descriptors()
    most = 0
    for number in range(500):
        feed.publish(article(f"a{number % 10}", f"Badge {number}"))
        await index.catch_up()
        await found(index, "badge")
        most = max(most, _descriptors() - before)
    assert index.status()["generation"] == 501
    assert most <= 20


def _descriptors() -> int:
    return sum(1 for _ in Path("/dev/fd").iterdir())


async def test_a_search_under_way_keeps_its_generation_open(make_index: MakeIndex) -> None:
    feed = MemoryFeed(PRINTER)
    index = make_index(feed)
    assert isinstance(index, WhooshIndex)
    await index.catch_up()
    with index._generations.use() as generations:
        for number in range(3):
            feed.publish(article("printer", f"Scanner {number}"))
            await index.catch_up()
        old = generations["en"]
        assert old.text(0).article_id == PRINTER.article_id
        assert not old._searcher.is_closed
    assert old._searcher.is_closed


async def test_searches_and_changes_at_once_never_fail_or_show_a_removed_article(
    make_index: MakeIndex, caplog: pytest.LogCaptureFixture
) -> None:
    feed = MemoryFeed(*(article(f"a{i}", f"Badge {i}") for i in range(20)))
    index = make_index(feed)
    await index.catch_up()
    removed: set[object] = set()

    async def search() -> None:
        for _ in range(100):
            gone = set(removed)
            assert not gone & set(await found(index, "badge code", limit=50))

    async def change() -> None:
        for number in range(15):
            feed.remove(f"a{number}")
            feed.publish(article(f"b{number}", f"Code {number}"))
            await index.catch_up()
            removed.add(article(f"a{number}", "").article_id)

    await asyncio.gather(search(), search(), search(), change())
    assert caplog.records == []

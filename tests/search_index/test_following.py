import asyncio
import contextlib
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import pytest

from foredesk.ports import ArticleChange, IndexDocument, SearchQuery
from search_index import WhooshIndex, follower
from search_index.follower import IndexInUse
from search_index.store import Store, writing
from search_index.whoosh_engine import WHOOSH
from tests.search_index.contract import PRINTER, VPN, MakeIndex, found
from tests.search_index.feed import MemoryFeed, article


async def test_another_process_sees_what_one_wrote(make_index: MakeIndex) -> None:
    feed = MemoryFeed(PRINTER)
    first, second = make_index(feed), make_index(feed)
    await first.catch_up()
    await second.catch_up()
    feed.publish(VPN)
    feed.remove("printer")
    await first.catch_up()
    read_before = len(feed.asked_for)
    assert await second.catch_up() == 3
    assert len(feed.asked_for) == read_before
    assert await found(second, "network") == [VPN.article_id]
    assert await found(second, "printer") == []


async def test_two_that_follow_at_once_write_every_change_once(make_index: MakeIndex) -> None:
    feed = MemoryFeed(PRINTER)
    indexes = [make_index(feed) for _ in range(4)]
    await asyncio.gather(*(index.catch_up() for index in indexes))
    for number in range(20):
        feed.publish(article(f"a{number}", f"Badge number{number}"))
        assert {await index.catch_up() for index in indexes} == {len(feed.log)}
    await asyncio.gather(*(index.catch_up() for index in indexes))
    for index in indexes:
        assert len(await found(index, "badge", limit=50)) == 20
        assert index.status()["documents"] == 21


async def test_catch_up_and_rebuild_wait_for_another_process_that_writes(
    make_index: MakeIndex, directory: Path
) -> None:
    index = make_index(MemoryFeed(PRINTER))
    with writing(directory):
        waiting = asyncio.create_task(index.catch_up())
        rebuilding = asyncio.create_task(make_index(MemoryFeed(PRINTER)).rebuild())
        await asyncio.sleep(0.1)
        assert not waiting.done()
        assert not rebuilding.done()
    assert await waiting == 1
    assert await rebuilding == 1
    assert await found(index, "printer") == [PRINTER.article_id]


async def test_patience_ends_when_nobody_gives_up_the_lock(
    make_index: MakeIndex, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "PATIENCE_SECONDS", 0.05)
    index = make_index(MemoryFeed(PRINTER))
    with writing(directory):
        assert await index.catch_up() == 0
        with pytest.raises(IndexInUse):
            await index.rebuild()
    assert await index.catch_up() == 1


async def test_a_long_backlog_is_taken_in_batches(make_index: MakeIndex) -> None:
    feed = MemoryFeed(PRINTER)
    index = make_index(feed)
    await index.catch_up()
    for number in range(450):
        feed.publish(article(f"a{number % 300}", f"Badge version{number}"))
    assert await index.catch_up() == 451
    assert index.status()["documents"] == 301
    assert await found(index, "version0 version149") == []
    assert len(await found(index, "version449 version299")) == 2


async def test_run_follows_and_wake_makes_it_quick(make_index: MakeIndex) -> None:
    feed = MemoryFeed(PRINTER)
    index = make_index(feed)
    assert isinstance(index, WhooshIndex)
    following = asyncio.create_task(index.run())
    await _until(lambda: index.status()["revision"] == 1)
    feed.publish(VPN)
    index.wake()
    await _until(lambda: index.status()["revision"] == 2, seconds=0.4)
    feed.remove("printer")
    await _until(lambda: index.status()["revision"] == 3)
    assert await found(index, "printer") == []
    following.cancel()
    with pytest.raises(asyncio.CancelledError):
        await following


async def test_run_outlasts_a_database_that_is_away(
    make_index: MakeIndex, caplog: pytest.LogCaptureFixture
) -> None:
    feed = _AwayFeed(PRINTER)
    feed.away = True
    index = make_index(feed)
    assert isinstance(index, WhooshIndex)
    following = asyncio.create_task(index.run())
    await _until(lambda: "could not follow the feed" in caplog.text)
    feed.away = False
    await _until(lambda: index.status()["revision"] == 1)
    following.cancel()
    assert await found(index, "printer") == [PRINTER.article_id]


async def test_a_feed_that_fails_leaves_the_index_as_it_was(make_index: MakeIndex) -> None:
    feed = _AwayFeed(PRINTER)
    index = make_index(feed)
    await index.catch_up()
    before = index.status()
    feed.away = True
    feed.publish(VPN)
    with pytest.raises(ConnectionError):
        await index.catch_up()
    with pytest.raises(ConnectionError):
        await index.rebuild()
    assert index.status() == before
    feed.away = False
    assert await index.catch_up() == 2


async def test_a_cancelled_writer_ends_its_work_before_the_next_begins(
    make_index: MakeIndex, directory: Path, caplog: pytest.LogCaptureFixture
) -> None:
    feed = MemoryFeed(PRINTER)
    index = make_index(feed)
    await index.catch_up()
    store = Store.current(directory, WHOOSH)
    for number in range(20):
        feed.publish(article(f"a{number}", f"Badge {number}", "many words " * 500))
        writing = asyncio.create_task(index.catch_up())
        await asyncio.sleep(number * 0.002)
        writing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await writing
    assert await index.catch_up() == 21
    assert len(await found(index, "badge", limit=50)) == 20
    now = Store.current(directory, WHOOSH)
    assert store
    assert now
    assert now.path == store.path
    assert caplog.records == []


async def test_searches_do_not_run_on_the_event_loop(make_index: MakeIndex) -> None:
    index = make_index(MemoryFeed(PRINTER))
    await index.catch_up()
    searching = asyncio.ensure_future(index.search(SearchQuery("printer", "en")))
    turns = 0
    while not searching.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 1


class _AwayFeed(MemoryFeed):
    away = False

    async def latest_revision(self) -> int:
        if self.away:
            raise ConnectionError("the database is away")
        return await super().latest_revision()

    async def changes_after(self, revision: int, *, limit: int) -> Sequence[ArticleChange]:
        if self.away:
            raise ConnectionError("the database is away")
        return await super().changes_after(revision, limit=limit)

    async def documents(self, article_ids: Sequence[UUID]) -> Sequence[IndexDocument]:
        if self.away:
            raise ConnectionError("the database is away")
        return await super().documents(article_ids)


async def _until(condition: object, seconds: float = 5.0) -> None:
    assert callable(condition)
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)

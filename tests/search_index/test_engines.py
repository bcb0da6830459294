"""The engine is a setting, a change of it is a rebuild, and the doctor says when it is due."""

import asyncio
import sys
from pathlib import Path

import pytest

from foredesk.ports import SearchQuery
from search_index import advice
from search_index.advice import advice_on_engine
from search_index.engines import EngineMissing, index_on
from search_index.index import LocalIndex, WhooshIndex
from tests.search_index.contract import PRINTER, VPN, MakeIndex, found
from tests.search_index.feed import MemoryFeed, article

ASKED = [("printer", "en"), ("?*", "de")]


async def test_another_engine_builds_its_own_index_in_place_of_the_other(directory: Path) -> None:
    feed = MemoryFeed(PRINTER, VPN)
    for name in ("whoosh", "tantivy", "whoosh"):
        index = index_on(name, feed, directory)
        await index.catch_up()
        assert await found(index, "printer") == [PRINTER.article_id]
        assert index.status()["engine"] == name
        index.close()
        assert len(_files(directory, "v*-*")) == 1


def test_an_engine_that_is_not_installed_is_named(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "search_index.tantivy_engine", raising=False)
    monkeypatch.delitem(sys.modules, "search_index.tantivy_generation", raising=False)
    monkeypatch.setitem(sys.modules, "tantivy", None)

    with pytest.raises(EngineMissing, match=r"foredesk\[tantivy\]"):
        index_on("tantivy", MemoryFeed(), directory)


async def test_few_articles_and_quick_searches_need_no_advice(make_index: MakeIndex) -> None:
    index = make_index(MemoryFeed(PRINTER))
    await index.catch_up()
    assert isinstance(index, WhooshIndex)
    assert await advice_on_engine(index, []) is None
    assert await advice_on_engine(index, ASKED) is None


@pytest.mark.parametrize("limit", ["MANY_ARTICLES", "SLOW_MS"])
async def test_many_articles_or_slow_searches_call_for_another_engine(
    directory: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(advice, limit, 0)
    feed = MemoryFeed(PRINTER)
    for name, is_due in (("whoosh", True), ("tantivy", False)):
        index = index_on(name, feed, directory)
        await index.catch_up()
        told = await advice_on_engine(index, ASKED)
        assert ("set search_engine to tantivy" in (told or "")) is is_due
        index.close()


class TestTantivy:
    """What the contract cannot say, because it is about files."""

    @pytest.fixture
    def index(self, directory: Path) -> LocalIndex:
        return index_on("tantivy", MemoryFeed(PRINTER, VPN), directory)

    async def test_a_damaged_file_is_built_anew(self, index: LocalIndex, directory: Path) -> None:
        await index.catch_up()
        index.close()
        (file, *_) = _files(directory, "*.idx")
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 0xFF
        file.write_bytes(data)
        healed = index_on("tantivy", MemoryFeed(PRINTER, VPN), directory)
        assert await healed.heal() == 0
        assert await found(healed, "printer") == [PRINTER.article_id]
        assert not file.exists()

    async def test_what_is_missing_and_what_is_old_is_written_anew(self, directory: Path) -> None:
        feed = MemoryFeed(PRINTER, VPN)
        index = index_on("tantivy", feed, directory)
        await index.catch_up()
        feed.found.pop(PRINTER.article_id)
        feed.found[VPN.article_id] = article("vpn", "Tunnel", revision=3)
        assert await index.heal() == 2
        assert await found(index, "printer") == []
        assert await found(index, "tunnel") == [VPN.article_id]

    async def test_many_generations_keep_no_files(self, directory: Path) -> None:
        feed = MemoryFeed(PRINTER)
        index = index_on("tantivy", feed, directory)
        await index.catch_up()
        before = _descriptors()
        for number in range(30):
            feed.publish(article("printer", f"Printer {number}"))
            await index.catch_up()
            (hit,) = (await index.search(SearchQuery("printer", "en"))).hits
            assert hit.revision == number + 2
        assert _descriptors() <= before + 20
        assert len(_files(directory, "*.idx")) <= 2

    async def test_a_panic_of_the_engine_is_a_search_without_hits(
        self, index: LocalIndex, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await index.catch_up()

        class PanicException(BaseException):
            pass

        def panics(*_: object) -> None:
            raise PanicException("a slice is out of range")

        generation = next(iter(index._generations._current.values()))
        monkeypatch.setattr(generation, "_searcher", type("Broken", (), {"search": panics})())
        assert await asyncio.wait_for(found(index, "printer"), 5) == []


def _descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _files(directory: Path, pattern: str) -> list[Path]:
    return list(directory.rglob(pattern))

import shutil
from pathlib import Path

import pytest

from search_index import WhooshIndex
from search_index.store import Store
from search_index.whoosh_engine import WHOOSH
from tests.search_index.contract import PRINTER, VPN, MakeIndex, found
from tests.search_index.feed import MemoryFeed, article


@pytest.fixture
async def feed(make_index: MakeIndex) -> MemoryFeed:
    """A feed whose articles are in an index on disk."""
    feed = MemoryFeed(PRINTER, VPN, article("de", "Drucker druckt nicht", locale="de"))
    await make_index(feed).catch_up()
    return feed


async def test_a_restart_reads_the_index_that_is_there(
    feed: MemoryFeed, make_index: MakeIndex, directory: Path
) -> None:
    before = _files(directory)
    index = make_index(feed)
    assert await index.catch_up() == 3
    assert feed.asked_for == []
    assert _files(directory) == before
    assert await found(index, "printer") == [PRINTER.article_id]


async def test_a_deleted_directory_is_built_anew(
    feed: MemoryFeed, make_index: MakeIndex, directory: Path
) -> None:
    shutil.rmtree(directory)
    await _heals(make_index(feed))


async def test_a_directory_deleted_under_a_running_index_is_built_anew(
    feed: MemoryFeed, make_index: MakeIndex, directory: Path
) -> None:
    index = make_index(feed)
    await index.catch_up()
    shutil.rmtree(directory)
    assert await found(index, "printer") == [PRINTER.article_id]
    await _heals(index)
    assert Store.current(directory, WHOOSH)


@pytest.mark.parametrize("damage", [b"", b"damaged", None])
async def test_any_damaged_or_missing_file_is_noticed_and_built_anew(
    feed: MemoryFeed, make_index: MakeIndex, directory: Path, damage: bytes | None
) -> None:
    for name in [file.relative_to(directory) for file in _files(directory)]:
        store = Store.current(directory, WHOOSH)
        assert store
        named = str(name).replace(name.parts[0], store.path.name) if name.parent.name else name
        file = _same_kind(directory, directory / named)
        if damage is None:
            file.unlink()
        else:
            file.write_bytes(damage)
        await _heals(make_index(feed))


async def test_a_flipped_byte_is_noticed(
    feed: MemoryFeed, make_index: MakeIndex, directory: Path
) -> None:
    (segment,) = [file for file in _files(directory) if file.match("locale-en/*.seg")]
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 0xFF
    segment.write_bytes(data)
    before = Store.current(directory, WHOOSH)
    await _heals(make_index(feed))
    now = Store.current(directory, WHOOSH)
    assert before
    assert now
    assert now.path != before.path


async def test_an_index_of_another_schema_version_is_built_anew(
    feed: MemoryFeed, make_index: MakeIndex, directory: Path
) -> None:
    store = Store.current(directory, WHOOSH)
    assert store
    older = store.path.with_name("v0-" + store.path.name.partition("-")[2])
    store.path.rename(older)
    (directory / "current").write_text(older.name)
    await _heals(make_index(feed))
    assert not older.exists()


async def test_a_database_that_went_back_in_time_is_followed(
    feed: MemoryFeed, make_index: MakeIndex
) -> None:
    feed.log.pop()
    feed.found.popitem()
    index = make_index(feed)
    assert await index.catch_up() == 2
    assert index.status()["documents"] == 2
    assert await found(index, "Drucker", "de") == []


async def test_heal_mends_what_differs_from_the_database(
    feed: MemoryFeed, make_index: MakeIndex
) -> None:
    index = make_index(feed)
    assert isinstance(index, WhooshIndex)
    assert await index.heal() == 0
    missing = article("missing", "Badge is lost", revision=7)
    other = article("vpn", "Tunnel is closed", revision=9)
    feed.found |= {missing.article_id: missing, other.article_id: other}
    del feed.found[PRINTER.article_id]
    assert await index.heal() == 3
    assert await found(index, "badge") == [missing.article_id]
    assert await found(index, "tunnel closed") == [VPN.article_id]
    assert await found(index, "printer") == []
    assert await index.heal() == 0


async def test_a_rebuild_leaves_one_store_behind(
    feed: MemoryFeed, make_index: MakeIndex, directory: Path
) -> None:
    index, other = make_index(feed), make_index(feed)
    await other.catch_up()
    (directory / "v1-0123456789abcdef").mkdir()
    assert await index.rebuild() == 3
    assert len(_stores(directory)) == 1
    assert await found(other, "printer") == [PRINTER.article_id]
    feed.remove("printer")
    assert await other.catch_up() == 4
    assert await found(other, "printer") == []


async def _heals(index: object) -> None:
    assert isinstance(index, WhooshIndex)
    assert await index.catch_up() == 3
    assert index.status()["documents"] == 3
    assert await found(index, "printer") == [PRINTER.article_id]
    assert len(await found(index, "Drucker", "de")) == 1


def _stores(directory: Path) -> list[Path]:
    return [path for path in directory.iterdir() if path.is_dir()]


def _files(directory: Path) -> list[Path]:
    return sorted(
        path for path in directory.rglob("*") if path.is_file() and "LOCK" not in path.name
    )


def _same_kind(directory: Path, file: Path) -> Path:
    """Segments have random names: the one of the same folder and suffix."""
    if file.exists():
        return file
    return next(file.parent.glob(f"*{file.suffix}"))

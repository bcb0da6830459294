"""kill -9 while writing: nothing is unreadable, and nothing acknowledged is lost.

`FOREDESK_TEST_KILLS=60` makes it sixty kills.
"""

import asyncio
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from foredesk.ports import SearchQuery
from search_index import WhooshIndex
from search_index.store import Store
from search_index.whoosh_engine import WHOOSH
from tests.search_index.follow_until_killed import feed_at

KILLS = int(os.environ.get("FOREDESK_TEST_KILLS", "6"))


async def test_kills_at_any_moment_lose_nothing(directory: Path) -> None:
    chance = random.Random(20260302)
    revision = 1
    for _ in range(KILLS):
        follower = _start(directory, revision)
        first = _read(follower)
        await asyncio.sleep(chance.uniform(0.0, 0.4))
        follower.kill()
        output, errors = follower.communicate()
        assert follower.returncode == -9, errors
        revision = max([first, *map(int, output.split())])
        await _is_whole(directory, revision)


@pytest.mark.parametrize("point", ["before-index-commit", "after-index-commit"])
@pytest.mark.parametrize("count", [1, 2, 5])
async def test_a_death_around_a_commit_loses_nothing(
    directory: Path, point: str, count: int
) -> None:
    follower = _start(directory, 1, FOREDESK_FAULT=f"{point}:{count}")
    output, errors = follower.communicate(timeout=60)
    assert follower.returncode == -9, errors
    await _is_whole(directory, max([0, *map(int, output.split())]))


def _start(directory: Path, revision: int, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.search_index.follow_until_killed", directory, str(revision)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


def _read(follower: "subprocess.Popen[str]") -> int:
    """The first line, byte by byte so that nothing behind it is lost to `communicate`."""
    assert follower.stdout
    line = b""
    while (byte := os.read(follower.stdout.fileno(), 1)) not in (b"\n", b""):
        line += byte
    return int(line or 0)


async def _is_whole(directory: Path, acknowledged: int) -> None:
    """What was acknowledged is on disk as it stands; what came after follows from the feed."""
    store = Store.current(directory, WHOOSH)
    assert store or not acknowledged
    if store:
        store.check()
        assert store.revision >= acknowledged
    feed = feed_at(acknowledged + 2)
    index = WhooshIndex(feed, directory)
    assert await index.catch_up() == acknowledged + 2
    assert index.status()["documents"] == len(feed.found)
    assert await index.heal() == 0
    for locale in ("en", "de"):
        result = await index.search(SearchQuery("badge", locale, limit=100))
        expected = {one.article_id for one in feed.found.values() if one.locale == locale}
        answered_by_another_language = not expected
        assert answered_by_another_language or {hit.article_id for hit in result.hits} == expected
    index.close()

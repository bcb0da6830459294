"""The benchmark of the index's faults sees what is wrong, and a short run finds nothing."""

from uuid import UUID

import pytest

from benchmarks.changing_feed import LOCALES, ChangingFeed
from benchmarks.index_faults import Faults, report
from search_index.engines import ENGINES

ONE, TWO, THREE = UUID(int=1), UUID(int=2), UUID(int=3)


def test_what_is_missing_is_lost_and_what_is_old_or_removed_is_stale() -> None:
    faults = Faults()

    faults.compare({ONE: 4, TWO: 1}, {ONE: 4, TWO: 2, THREE: 3})
    faults.compare({THREE: 3}, {})

    assert (faults.lost, faults.stale) == (1, 2)


def test_the_feed_is_the_same_each_time_and_its_articles_move_and_go() -> None:
    feed = ChangingFeed(300)

    assert feed.found == ChangingFeed(300).found
    assert len(feed.found) < 40
    assert {one.locale for one in feed.found.values()} == set(LOCALES)
    assert sum(len(feed.expected(locale)) for locale in LOCALES) == len(feed.found)


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_writer_that_is_killed_leaves_nothing_wrong(engine: str) -> None:
    figures = await report(kills=2, seed=1, engine=engine)

    assert (figures["lost"], figures["unreadable"], figures["stale"]) == (0, 0, 0)
    assert figures["changes"] >= 4

"""Indexes over feeds in memory, closed at the end of the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from foredesk.ports import ArticleFeed
from search_index import WhooshIndex
from tests.search_index.contract import MakeIndex


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def make_index(directory: Path) -> Iterator[MakeIndex]:
    """All indexes of one test share the directory, as the processes of one machine do."""
    made: list[WhooshIndex] = []

    def make(feed: ArticleFeed) -> WhooshIndex:
        made.append(WhooshIndex(feed, directory))
        return made[-1]

    yield make
    for index in made:
        index.close()

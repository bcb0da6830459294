"""Every engine does the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from foredesk.ports import ArticleFeed
from search_index.engines import index_on
from search_index.index import LocalIndex
from tests.search_index.contract import KnowledgeIndexContract, MakeIndex


class TestWhooshIndex(KnowledgeIndexContract):
    """`make_index` of conftest.py makes a WhooshIndex."""


class TestTantivyIndex(KnowledgeIndexContract):
    @pytest.fixture
    def make_index(self, directory: Path) -> Iterator[MakeIndex]:
        made: list[LocalIndex] = []

        def make(feed: ArticleFeed) -> LocalIndex:
            made.append(index_on("tantivy", feed, directory))
            return made[-1]

        yield make
        for index in made:
            index.close()

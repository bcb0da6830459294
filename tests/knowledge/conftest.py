"""A desk with the real index, which a test brings up to date when it likes."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from foredesk.desk import Desk
from foredesk.knowledge.feed import ArticleFeed
from search_index import WhooshIndex


@pytest.fixture
async def index(database: str, tmp_path: Path) -> AsyncIterator[WhooshIndex]:
    index = WhooshIndex(ArticleFeed(), tmp_path / "index")
    yield index
    index.close()


@pytest.fixture
def searchable(desk: Desk, index: WhooshIndex) -> Desk:
    return replace(desk, knowledge=index)

"""Any text is answered, quickly and without an exception.

`FOREDESK_TEST_FUZZ=10000` makes it ten thousand examples.
"""

import asyncio
import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foredesk.ports import SearchQuery, SearchResult
from search_index.engines import ENGINES, index_on
from search_index.index import LocalIndex
from tests.search_index.feed import MemoryFeed, article
from tests.search_index.test_languages import ARTICLES

EXAMPLES = int(os.environ.get("FOREDESK_TEST_FUZZ", "250"))
SECONDS = 0.05

WORDS = [
    "printer",
    "password",
    "вход",
    "パスワード",
    "Drucker",
    "چاپگر",
    "AND",
    "OR",
    "NOT",
    "title:x",
    "?*",
    "*:*",
    "[a",
    "TO",
    "b]",
    '"',
]
TEXT = (
    st.text(max_size=200)
    | st.text(st.characters(), max_size=200)
    | st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=30).map(" ".join)
    | st.text("?*~^\"'()[]{}:\\/+-&|!<>\x00\n\ud800 aé", max_size=200)
).map(lambda text: text[:200])


@pytest.fixture(scope="module", params=ENGINES)
def thousand(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LocalIndex]:
    """An index of a thousand articles in many languages."""
    filled = [
        article(
            f"filler {i}",
            f"How to fix error {i} of printer {i % 40}",
            f"Restart device {i}. Then open settings page {i % 90} and save. " * 5,
            asked_as=(f"device {i} is broken",),
        )
        for i in range(1000 - len(ARTICLES))
    ]
    folder: Path = tmp_path_factory.mktemp("fuzz")
    index = index_on(request.param, MemoryFeed(*filled, *ARTICLES), folder / "index")
    asyncio.run(index.catch_up())
    yield index
    index.close()


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    text=TEXT,
    locale=st.sampled_from(["en", "de", "ja", "fa", "xx", ""]),
    prefix=st.booleans(),
    synonyms=st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9), st.floats()), max_size=2),
)
def test_any_text_is_answered_in_time_and_without_an_exception(
    thousand: LocalIndex,
    caplog: pytest.LogCaptureFixture,
    text: str,
    locale: str,
    prefix: bool,
    synonyms: list[tuple[str, str, float]],
) -> None:
    query = SearchQuery(text, locale, prefix=prefix, synonyms=tuple(synonyms))
    result, seconds = min((_timed(thousand, query) for _ in range(2)), key=lambda pair: pair[1])
    assert isinstance(result, SearchResult)
    assert seconds < SECONDS
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def _timed(index: LocalIndex, query: SearchQuery) -> tuple[SearchResult, float]:
    started = time.process_time()
    result = asyncio.run(index.search(query))
    return result, time.process_time() - started

"""Ranking by impacts against stock Whoosh, which is the oracle."""

import threading
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query
from whoosh.filedb.filestore import RamStorage

from search_index.impact import ImpactCache
from search_index.query import Part
from search_index.schema import entry, schema
from search_index.whoosh_generation import WEIGHTING
from tests.search_index.feed import article

WORDS = [
    "printer",
    "paper",
    "jam",
    "scanner",
    "cable",
    "network",
    "badge",
    "code",
    "screen",
    "mail",
    "user",
    "file",
]
TEXT = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
DOCUMENT = st.tuples(TEXT, TEXT, st.lists(TEXT, max_size=2).map(tuple))
PARTS = st.lists(
    st.builds(
        Part,
        st.sampled_from(["title", "all", "asked_as"]),
        st.sampled_from([*WORDS, "unknown"]),
        st.floats(0.1, 2.0),
    ),
    max_size=12,
    unique_by=lambda part: part[:2],
)
COMMITS = st.lists(
    st.tuples(st.lists(DOCUMENT, max_size=8), st.lists(st.integers(0, 30), max_size=3)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(commits=COMMITS, parts=PARTS)
def test_the_ten_best_have_stock_whooshs_scores(commits: list[Any], parts: list[Part]) -> None:
    with _index(commits).searcher(weighting=WEIGHTING) as searcher:
        best, total = ImpactCache(searcher, threading.RLock()).rank(parts, None, 10)
        terms = [query.Term(field, term, boost=weight) for field, term, weight in parts]
        stock = searcher.search(query.Or(terms), limit=10)
        assert [score for _, score in best] == pytest.approx([hit.score for hit in stock])
        assert total == len(stock)
        in_stock = {hit.docnum: hit.score for hit in searcher.search(query.Or(terms), limit=None)}
        assert dict(best) == pytest.approx({number: in_stock[number] for number, _ in best})


@settings(max_examples=40, deadline=None)
@given(
    commits=COMMITS,
    parts=PARTS,
    allowed=st.lists(st.booleans(), min_size=40, max_size=40).map(bytes),
)
def test_a_set_of_documents_narrows_the_ranking_and_changes_no_score(
    commits: list[Any], parts: list[Part], allowed: bytes
) -> None:
    with _index(commits).searcher(weighting=WEIGHTING) as searcher:
        cache = ImpactCache(searcher, threading.RLock())
        whole, _ = cache.rank(parts, None, 1000)
        narrowed, total = cache.rank(parts, allowed, 5)
    expected = [(number, score) for number, score in whole if allowed[number]]
    assert narrowed == expected[:5]
    assert total == len(expected)


def test_equal_scores_keep_the_order_of_documents() -> None:
    index = _index([([("badge", "", ())] * 30, [])])
    with index.searcher(weighting=WEIGHTING) as searcher:
        cache = ImpactCache(searcher, threading.RLock())
        best, _ = cache.rank([Part("title", "badg", 1.0)], None, 10)
    assert [number for number, _ in best] == list(range(10))
    assert all(first[1] == second[1] for first, second in pairwise(best))


def _index(commits: list[Any]) -> Any:
    """Documents are numbered from 0; each commit deletes some of those before it."""
    index = RamStorage().create_index(schema())
    number = 0
    for documents, deleted in commits:
        writer = index.writer()
        for name in deleted:
            writer.delete_by_term("id", str(article(str(name), "").article_id))
        for title, body, asked in documents:
            writer.add_document(**entry(article(str(number), title, body, asked_as=asked)))
            number += 1
        writer.commit(merge=number % 2 == 0)
    return index

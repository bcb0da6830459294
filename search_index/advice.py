"""When another engine is due."""

import time
from collections.abc import Iterable

from foredesk.ports import Reader, SearchQuery
from search_index.index import LocalIndex

MANY_ARTICLES = 50_000
SLOW_MS = 50.0
"""CPU of the slowest twentieth of searches: with four people at once, each waits for the others."""


async def advice_on_engine(index: LocalIndex, asked: Iterable[tuple[str, str]]) -> str | None:
    """What to tell who runs the desk; None while the engine is good enough.

    `asked` are texts that people searched for lately, each with its locale.
    """
    status = index.status()
    if status["engine"] != "whoosh":
        return None
    articles = int(status["documents"])
    slowest = _slowest_twentieth([await _milliseconds(index, *one) for one in asked])
    if articles < MANY_ARTICLES and slowest < SLOW_MS:
        return None
    return (
        f"The knowledge index has {articles} articles, and of 20 searches one takes "
        f"{slowest:.0f} ms or more: another engine is due. Run: pip install 'foredesk[tantivy]', "
        "and set search_engine to tantivy."
    )


async def _milliseconds(index: LocalIndex, text: str, locale: str) -> float:
    """The second time: what an index reads once is not what people wait for."""
    query = SearchQuery(text, locale, Reader())
    await index.search(query)
    began = time.process_time()
    await index.search(query)
    return (time.process_time() - began) * 1000


def _slowest_twentieth(milliseconds: list[float]) -> float:
    ordered = sorted(milliseconds)
    return ordered[int(len(ordered) * 0.95)] if ordered else 0.0

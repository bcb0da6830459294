"""How well the product's own search finds the right article.

    python -m benchmarks.relevance ARTICLES QUERIES [--field text|long] [--engine tantivy]

ARTICLES has a line of JSON each with id, title, body and keywords (past questions that the article
answered, one per line); QUERIES has id, text or long, and rel (the right articles). Both may be
gzipped. Prints one line of JSON.
"""

import argparse
import asyncio
import gzip
import json
import math
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from foredesk.ports import ArticleChange, IndexDocument, SearchQuery
from search_index.engines import ENGINES, index_on

Row = Mapping[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the relevance of the knowledge search.")
    parser.add_argument("articles", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--field", choices=("text", "long"), default="text")
    parser.add_argument("--locale", default="en")
    parser.add_argument("--engine", choices=ENGINES, default="whoosh")
    asked = parser.parse_args()
    print(json.dumps(asyncio.run(report(asked))))


async def report(asked: argparse.Namespace) -> dict[str, Any]:
    articles, queries = read_rows(asked.articles), read_rows(asked.queries)
    given = (queries, asked.field, asked.locale, asked.engine)
    figures = await measure(articles, *given)
    bare = [{**article, "keywords": ""} for article in articles]
    without = await measure(bare, *given)
    return {
        **figures,
        "articles": len(articles),
        "queries": len(queries),
        "without_asked_as": without,
    }


async def measure(
    articles: Sequence[Row], queries: Sequence[Row], field: str, locale: str, engine: str = "whoosh"
) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        index = index_on(engine, Articles(articles, locale), Path(folder) / "index")
        await index.catch_up()
        names = {article_id(row["id"]): row["id"] for row in articles}
        runs, milliseconds = [], []
        for query in queries:
            asked = SearchQuery(query.get(field) or query["text"], locale)
            started = time.perf_counter()
            result = await index.search(asked)
            milliseconds.append((time.perf_counter() - started) * 1000)
            runs.append([names[hit.article_id] for hit in result.hits])
        index.close()
    right = [set(query["rel"]) for query in queries]
    return {
        "ndcg10": round(mean(map(ndcg, runs, right)), 4),
        "recall5": round(mean(map(recall, runs, right)), 4),
        "p50_ms": round(percentile(milliseconds, 0.5), 3),
        "p99_ms": round(percentile(milliseconds, 0.99), 3),
    }


def ndcg(found: Sequence[str], right: set[str]) -> float:
    """Normalized discounted cumulative gain of the first ten."""
    gain = sum(1 / math.log2(i + 2) for i, name in enumerate(found[:10]) if name in right)
    ideal = sum(1 / math.log2(i + 2) for i in range(min(10, len(right))))
    return gain / ideal if ideal else 0.0


def recall(found: Sequence[str], right: set[str]) -> float:
    """The right ones among the first five, of as many as fit there."""
    return len(right.intersection(found[:5])) / min(5, len(right)) if right else 0.0


def mean(values: Any) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


def read_rows(path: Path) -> list[Row]:
    data = path.read_bytes()
    lines = (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).split(b"\n")
    return [json.loads(line) for line in lines if line.strip()]


def article_id(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


class Articles:
    """A feed of articles that never change."""

    def __init__(self, rows: Sequence[Row], locale: str) -> None:
        self._documents = [document(row, i + 1, locale) for i, row in enumerate(rows)]

    async def latest_revision(self) -> int:
        return len(self._documents)

    async def changes_after(self, revision: int, *, limit: int) -> Sequence[ArticleChange]:
        newer = self._documents[revision : revision + limit]
        return [ArticleChange(one.revision, one.article_id) for one in newer]

    async def documents(self, article_ids: Sequence[UUID]) -> Sequence[IndexDocument]:
        return [one for one in self._documents if one.article_id in set(article_ids)]

    async def every_document(self) -> AsyncIterator[Sequence[IndexDocument]]:
        for i in range(0, len(self._documents), 200):
            yield self._documents[i : i + 200]


def document(row: Row, revision: int, locale: str) -> IndexDocument:
    return IndexDocument(
        article_id=article_id(row["id"]),
        revision=revision,
        locale=locale,
        audience="public",
        organization_id=None,
        section="",
        tags=(),
        title=row["title"],
        headings=(),
        body=row["body"],
        asked_as=past_questions(row.get("keywords") or ""),
    )


def past_questions(keywords: str | Sequence[str]) -> tuple[str, ...]:
    lines = keywords.splitlines() if isinstance(keywords, str) else keywords
    return tuple(line.strip() for line in lines if line.strip())


if __name__ == "__main__":
    main()

"""The baseline of `benchmarks.relevance`: Whoosh out of the box, words joined by OR.

    python -m benchmarks.plain_whoosh ARTICLES QUERIES [--field text|long]

Title, body and past questions in one field, the standard analyzer, no tuning.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whoosh import analysis, fields, query
from whoosh.filedb import filestore

from benchmarks.relevance import Row, mean, ndcg, read_rows, recall

# Untyped.
whoosh_analysis: Any = analysis
whoosh_filestore: Any = filestore
whoosh_query: Any = query

ANALYZER = whoosh_analysis.StandardAnalyzer()


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the relevance of untuned Whoosh.")
    parser.add_argument("articles", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--field", choices=("text", "long"), default="text")
    asked = parser.parse_args()
    articles, queries = read_rows(asked.articles), read_rows(asked.queries)
    print(json.dumps(measure(articles, queries, asked.field)))


def measure(articles: Sequence[Row], queries: Sequence[Row], field: str) -> dict[str, float]:
    index = plain_index(articles)
    with index.searcher() as searcher:
        runs = [plain_search(searcher, row.get(field) or row["text"]) for row in queries]
    right = [set(row["rel"]) for row in queries]
    return {
        "ndcg10": round(mean(map(ndcg, runs, right)), 4),
        "recall5": round(mean(map(recall, runs, right)), 4),
    }


def plain_index(articles: Sequence[Row]) -> Any:
    index = whoosh_filestore.RamStorage().create_index(
        fields.Schema(id=fields.ID(stored=True), text=fields.TEXT(analyzer=ANALYZER))
    )
    writer = index.writer()
    for row in articles:
        text = "\n".join((row["title"], row["body"], row.get("keywords") or ""))
        writer.add_document(id=row["id"], text=text)
    writer.commit()
    return index


def plain_search(searcher: Any, text: str) -> list[str]:
    terms = {token.text for token in ANALYZER(text)}
    asked = whoosh_query.Or([whoosh_query.Term("text", term) for term in sorted(terms)])
    return [hit["id"] for hit in searcher.search(asked, limit=10)]


if __name__ == "__main__":
    main()

"""How fast the knowledge search is, and what its index costs.

    python -m benchmarks.search_speed ARTICLES QUERIES [--articles N]

ARTICLES has a line of JSON each with id, title and body, QUERIES has text; both may be gzipped.
Milliseconds are CPU time of the process. Prints one line of JSON.
"""

import argparse
import asyncio
import json
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.relevance import Articles, percentile, read_rows
from foredesk.ports import SearchQuery
from search_index import WhooshIndex


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the speed of the knowledge search.")
    parser.add_argument("articles_file", metavar="ARTICLES", type=Path)
    parser.add_argument("queries", metavar="QUERIES", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    print(json.dumps(asyncio.run(report(parser.parse_args()))))


async def report(asked: argparse.Namespace) -> dict[str, Any]:
    rows = read_rows(asked.articles_file)[: asked.articles]
    texts = [row["text"] for row in read_rows(asked.queries)]
    with tempfile.TemporaryDirectory() as folder:
        index = WhooshIndex(Articles(rows, "en"), Path(folder) / "index")
        rebuild = await timed(index.rebuild())
        first = await timed(index.search(SearchQuery(texts[0], "en")))
        for text in texts:
            await index.search(SearchQuery(text, "en"))
        warm = [await timed(index.search(SearchQuery(text, "en"))) for text in texts]
        typed = [
            await timed(index.search(SearchQuery(text[:12], "en", prefix=True))) for text in texts
        ]
        index.close()
    return {
        "articles": len(rows),
        "rebuild_s": round(rebuild / 1000, 2),
        "first_query_ms": round(first, 1),
        "p50_ms": round(percentile(warm, 0.5), 3),
        "p99_ms": round(percentile(warm, 0.99), 3),
        "prefix_p50_ms": round(percentile(typed, 0.5), 3),
        "prefix_p99_ms": round(percentile(typed, 0.99), 3),
    }


async def timed(work: Any) -> float:
    started = time.process_time()
    await work
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    main()

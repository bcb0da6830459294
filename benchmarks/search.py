"""How fast the knowledge search is, beside stock Whoosh, SQLite's FTS5 and tantivy.

    python -m benchmarks.search --docs 10000 [--queries 1000] [--data FOLDER] [--no-http]

FOLDER has `questions_10k.jsonl.gz` and `search_queries.jsonl.gz` and is `../shared/data/load` if
left out; more documents than it has are the same ones again. All engines answer the same questions
in one run, after all of them were asked once. Prints one line of JSON:

- `engines`: for each (`ours` on Whoosh, `ours_on_tantivy`, and the others) `p50_ms` and `p99_ms` in
  CPU time of the process, `wall_p50_ms` and `wall_p99_ms` by the clock, and `build_s` of CPU. Ours
  are called through their port, with excerpts, did you mean, audiences and a thread; the others
  give the identifiers of the ten best;
- the same of ours at the top, with `first_query_ms` of a generation and what is asked while typing;
- `http_p95_ms`: suggestions of a real server (GraphQL) to `http_clients` who ask without a pause;
  `http_cpu_ms` is what one takes of the server's CPU.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.relevance import Articles, Row, percentile, read_rows
from benchmarks.search_engines import PEERS
from benchmarks.suggestions_over_http import measure_suggestions
from foredesk.ports import SearchQuery
from search_index.engines import index_on

LOAD = Path(__file__).parents[2] / "shared" / "data" / "load"
FIRST_QUERIES = 20
CLIENTS = 4

Ask = Callable[[str], Awaitable[Any]]
Figures = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measure the speed of the knowledge search.")
    parser.add_argument("--docs", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=1_000)
    parser.add_argument("--data", metavar="FOLDER", type=Path, default=LOAD)
    parser.add_argument("--no-http", dest="http", action="store_false")
    parser.add_argument("--seconds", type=float, default=20.0, help="of suggestions over HTTP")
    asked = parser.parse_args(arguments)
    print(json.dumps(report(asked)))


def report(asked: argparse.Namespace) -> Figures:
    articles = repeated(read_rows(asked.data / "questions_10k.jsonl.gz"), asked.docs)
    queries = read_rows(asked.data / "search_queries.jsonl.gz")[: asked.queries]
    texts = [row["text"] for row in queries]
    with tempfile.TemporaryDirectory() as folder:
        ours = asyncio.run(measure_ours("whoosh", articles, texts, Path(folder)))
        second = asyncio.run(measure_ours("tantivy", articles, texts, Path(folder)))
        engines = {"ours": _compared(ours), "ours_on_tantivy": _compared(second)}
        for name in PEERS:
            engines[name] = asyncio.run(measure_peer(name, articles, texts, Path(folder)))
    figures: Figures = {"docs": len(articles), "queries": len(texts), **ours, "engines": engines}
    if asked.http:
        figures |= measure_suggestions(articles, texts, clients=CLIENTS, seconds=asked.seconds)
    return figures


def repeated(articles: Sequence[Row], number: int) -> list[Row]:
    """So many articles; where there are not enough, the same texts under other names."""
    return [
        {**articles[i % len(articles)], "id": f"{articles[i % len(articles)]['id']}-{i}"}
        for i in range(number)
    ]


def _compared(ours: Figures) -> Figures:
    """What all engines are compared by."""
    names = ("p50_ms", "p99_ms", "wall_p50_ms", "wall_p99_ms", "build_s")
    return {name: ours[name] for name in names}


async def measure_ours(
    engine: str, articles: Sequence[Row], texts: Sequence[str], folder: Path
) -> Figures:
    feed = Articles(articles, "en")
    index = index_on(engine, feed, folder / "index")
    began = time.process_time()
    await index.rebuild()
    built = time.process_time() - began
    index.close()
    first = [await _first(engine, feed, folder, text) for text in texts[:FIRST_QUERIES]]
    index = index_on(engine, feed, folder / "index")
    await index.catch_up()
    whole = await timed(lambda text: index.search(SearchQuery(text, "en")), texts)
    typing = await timed(
        lambda text: index.search(SearchQuery(text[:12], "en", prefix=True)), texts
    )
    index.close()
    return {
        **whole,
        "build_s": round(built, 2),
        "first_query_ms": round(percentile(first, 0.5), 1),
        "typing_p50_ms": typing["p50_ms"],
        "typing_p99_ms": typing["p99_ms"],
    }


async def _first(engine: str, feed: Articles, folder: Path, text: str) -> float:
    """CPU milliseconds of the first question to a generation."""
    index = index_on(engine, feed, folder / "index")
    await index.catch_up()
    began = time.process_time()
    await index.search(SearchQuery(text, "en"))
    took = time.process_time() - began
    index.close()
    return took * 1000


async def measure_peer(
    name: str, articles: Sequence[Row], texts: Sequence[str], folder: Path
) -> Figures:
    began = time.process_time()
    with PEERS[name](articles, folder) as search:
        built = time.process_time() - began

        async def ask(text: str) -> list[str]:
            return search(text)

        return {**await timed(ask, texts), "build_s": round(built, 2)}


async def timed(ask: Ask, texts: Sequence[str]) -> Figures:
    """Of the second time that each is asked, in milliseconds."""
    for text in texts:
        await ask(text)
    cpu, wall = [], []
    for text in texts:
        began, cpu_began = time.perf_counter(), time.process_time()
        await ask(text)
        cpu.append((time.process_time() - cpu_began) * 1000)
        wall.append((time.perf_counter() - began) * 1000)
    return {
        "p50_ms": round(percentile(cpu, 0.5), 3),
        "p99_ms": round(percentile(cpu, 0.99), 3),
        "wall_p50_ms": round(percentile(wall, 0.5), 3),
        "wall_p99_ms": round(percentile(wall, 0.99), 3),
    }


if __name__ == "__main__":
    main()

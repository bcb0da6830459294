"""Suggestions of a real server over HTTP, while several people type."""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from uuid import UUID

import orjson

from benchmarks.graphql.generator import run
from benchmarks.relevance import Row, article_id
from benchmarks.server_process import ServerProcess, serving
from foredesk.composition import open_desk
from foredesk.database.migrate import migrate
from foredesk.knowledge.bring_in import ArticleSource, bring_in_articles
from foredesk.people.viewer import SYSTEM
from foredesk.settings import Settings

BATCH = 50
PATIENCE = 600.0
WARM_SECONDS = 3.0
SUGGEST = """query ($draft: TicketDraft!, $visitor: String!) {
  suggestArticles(draft: $draft, visitor: $visitor) {
    searchId suggestions { score excerptHtml article { id title } }
  }
}"""
NO_LIMITS = {"FOREDESK_API_RATE": "0", "FOREDESK_API_RATE_ANONYMOUS": "0"}


def measure_suggestions(
    articles: Sequence[Row], texts: Sequence[str], *, clients: int, seconds: float
) -> dict[str, Any]:
    """Milliseconds from the question to the whole answer; each client asks on at once.

    Raises RuntimeError when an answer is refused.
    """
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        asyncio.run(_fill(data_dir, articles))
        with serving(ServerProcess(data_dir, environ=NO_LIMITS)) as server:
            _wait_for_index(server.address, len(articles))
            asked = {"requests": requests(texts, server.port), "port": server.port}
            course = asked | {"connections": clients}
            asyncio.run(run(course | {"seconds": WARM_SECONDS}))
            used = server.cpu_seconds()
            answer = asyncio.run(run(course | {"seconds": seconds}))
            used = server.cpu_seconds() - used
    if answer["failed"]:
        raise RuntimeError(answer["first_failure"])
    return {
        "http_p50_ms": round(answer["p50_ms"], 2),
        "http_p95_ms": round(answer["p95_ms"], 2),
        "http_p99_ms": round(answer["p99_ms"], 2),
        "http_cpu_ms": round(used * 1000 / answer["count"], 2),
        "http_clients": clients,
        "http_per_second": round(answer["count"] / answer["seconds"], 1),
    }


def requests(texts: Sequence[str], port: int) -> list[str]:
    """What visitors send while they type a subject: its beginning, more of it, all."""
    typed = []
    for number, text in enumerate(texts):
        for end in (12, 30, 200):
            draft = {"subject": text[:end]}
            asked = {"draft": draft, "visitor": f"visitor-of-the-benchmark-{number:08}"}
            body = orjson.dumps({"query": SUGGEST, "variables": asked}).decode()
            typed.append(_request(body, port))
    return typed


def _request(body: str, port: int) -> str:
    return (
        f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
        f"Accept: application/json\r\nContent-Length: {len(body.encode())}\r\n\r\n{body}"
    )


async def _fill(data_dir: Path, articles: Sequence[Row]) -> None:
    settings = Settings(data_dir=data_dir, log_level="WARNING")
    await migrate(settings.database)
    async with open_desk(settings) as parts:
        for first in range(0, len(articles), BATCH):
            batch = [_source(row) for row in articles[first : first + BATCH]]
            await bring_in_articles(parts.desk, SYSTEM, batch)


def _source(row: Row) -> ArticleSource:
    id: UUID = article_id(row["id"])
    return ArticleSource(
        path=f"load/{row['id']}.md",
        digest=str(id),
        slug=f"question-{row['id']}",
        locale="en",
        translation_group=id,
        title=row["title"][:200],
        body=row["body"],
    )


def _wait_for_index(address: str, articles: int) -> None:
    """Until all but the few that could not be taken in are found."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with urlopen(f"{address}/readyz", timeout=30) as answer:
            if orjson.loads(answer.read())["index"]["documents"] >= articles * 0.99:
                return
        time.sleep(0.5)
    raise RuntimeError("the index did not follow")

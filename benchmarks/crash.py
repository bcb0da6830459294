"""Kill the server again and again under load, and look for what it acknowledged.

python -m benchmarks.crash --kills 20 [--database postgresql://…/name]

Prints one JSON line; every loss must be 0. The PostgreSQL database is emptied first.
"""

import argparse
import asyncio
import os
import random
import signal
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import orjson

from benchmarks.converged import Losses, look_for_losses, seconds_to_converge
from benchmarks.server_process import ServerProcess
from benchmarks.small_desk import CREATE, SmallDesk, ask, empty_postgres, make_small_desk

CLIENTS = 8
PATIENCE = 60
ACKNOWLEDGED_AT_LEAST = 3_000
RESOLVED_SHARE = 0.1
RESOLVE = """mutation ($input: ResolveTicketInput!) {
  resolveTicket(input: $input) { ticket { id } errors { ... on UserError { code message } } }
}"""


@dataclass(slots=True)
class Acknowledged:
    """What the server said it had done: numbers of tickets, and who has to find which article."""

    created: set[int] = field(default_factory=set)
    resolved: dict[str, str] = field(default_factory=dict)
    grown: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, number: int) -> None:
        self.created.add(number)
        self.grown.set()

    async def reaches(self, count: int) -> None:
        while len(self.created) < count:
            self.grown.clear()
            await self.grown.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", default=os.environ.get("FOREDESK_DATABASE_URL", ""))
    given = parser.parse_args()
    print(orjson.dumps(measure(given.kills, given.seed, given.database)).decode())


def measure(kills: int, seed: int, database_url: str) -> dict[str, Any]:
    chance, acknowledged = random.Random(seed), Acknowledged()
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        small = asyncio.run(_prepare(data_dir, database_url))
        server = ServerProcess(data_dir, database_url=database_url)
        for kill in range(kills):
            server.start()
            wanted = ACKNOWLEDGED_AT_LEAST * (kill + 1) // kills
            asyncio.run(_load_until_killed(server, small, acknowledged, wanted, chance))
        server.start()
        converged = asyncio.run(seconds_to_converge(server.address))
        losses = asyncio.run(_losses(server, data_dir, database_url, small, acknowledged))
    return {
        "database": "postgresql" if database_url.startswith("postgres") else "sqlite",
        "kills": kills,
        "seed": seed,
        "acknowledged": len(acknowledged.created),
        "resolved": len(acknowledged.resolved),
        "lost": losses.lost,
        "half_written": losses.half_written,
        "index_missing": losses.index_missing,
        "jobs_lost": losses.jobs_lost,
        "seconds_to_converge": converged,
    }


async def _prepare(data_dir: Path, database_url: str) -> SmallDesk:
    if database_url.startswith("postgres"):
        await empty_postgres(database_url)
    return await make_small_desk(data_dir, database_url)


async def _load_until_killed(
    server: ServerProcess,
    small: SmallDesk,
    acknowledged: Acknowledged,
    wanted: int,
    chance: random.Random,
) -> None:
    """Load it until enough is acknowledged, then kill it at a random moment under full load.

    Every other time its workers alone are killed before, and it has to start others.
    """
    acknowledged.grown = asyncio.Event()
    clients = [
        asyncio.create_task(_client(server, small, acknowledged, chance)) for _ in range(CLIENTS)
    ]
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await acknowledged.reaches(wanted)
    if chance.random() < 0.5:
        for worker in server.workers():
            os.kill(worker, signal.SIGKILL)
    await asyncio.sleep(chance.random())
    server.kill()
    await asyncio.gather(*clients)


async def _client(
    server: ServerProcess, small: SmallDesk, acknowledged: Acknowledged, chance: random.Random
) -> None:
    """Create, and resolve some, until the server is gone."""
    async with httpx.AsyncClient(base_url=server.address, timeout=20) as http:
        while True:
            word = "".join(chance.choices("bcdfghklmnprstvz", k=12))
            try:
                data = await ask(
                    http, small.requester_token, CREATE, {"input": {"subject": f"Broken {word}"}}
                )
                ticket = data["createTicket"]["ticket"]
                acknowledged.add(ticket["number"])
                if chance.random() < RESOLVED_SHARE:
                    slug = chance.choice(small.article_slugs)
                    await _resolve(http, small, ticket["id"], slug)
                    acknowledged.resolved[word] = slug
            except httpx.HTTPError:
                return


async def _resolve(http: httpx.AsyncClient, small: SmallDesk, ticket_id: str, slug: str) -> None:
    article = await ask(http, small.agent_token, ARTICLE, {"slug": slug})
    given = {
        "ticketId": ticket_id,
        "resolution": "Restarted.",
        "articleIds": [article["article"]["id"]],
    }
    data = await ask(http, small.agent_token, RESOLVE, {"input": given})
    if data["resolveTicket"]["errors"]:
        raise RuntimeError(data["resolveTicket"]["errors"])


ARTICLE = "query ($slug: String!) { article(by: {slug: $slug}) { id } }"


async def _losses(
    server: ServerProcess,
    data_dir: Path,
    database_url: str,
    small: SmallDesk,
    acknowledged: Acknowledged,
) -> Losses:
    """Search while the server runs, then stop it and read the database."""
    async with httpx.AsyncClient(base_url=server.address, timeout=20) as http:
        unfound = [
            word
            for word, slug in acknowledged.resolved.items()
            if not await _is_found(http, small, word, slug)
        ]
    server.stop()
    found = await look_for_losses(data_dir, database_url, acknowledged.created)
    return Losses(found.lost, found.half_written, len(unfound), found.jobs_lost)


async def _is_found(http: httpx.AsyncClient, small: SmallDesk, word: str, slug: str) -> bool:
    """A resolved request taught its article its words: they must find it now."""
    query = "query ($q: String!) { searchArticles(query: $q, first: 3) { nodes { slug } } }"
    data = await ask(http, small.requester_token, query, {"q": word})
    return slug in [node["slug"] for node in data["searchArticles"]["nodes"]]


if __name__ == "__main__":
    main()

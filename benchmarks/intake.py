"""How many requests a real server takes in, and whether it keeps every one it acknowledged.

python -m benchmarks.intake --clients 16 --seconds 10 [--database postgresql://…/name]

Prints one JSON line. The PostgreSQL database is emptied first.
"""

import argparse
import asyncio
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
import orjson

from benchmarks.server_process import ServerProcess, serving
from benchmarks.small_desk import CREATE, SmallDesk, ask, empty_postgres, make_small_desk
from foredesk.database import connect, disconnect
from foredesk.settings import Settings
from foredesk.tickets.models import Ticket


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--database", default=os.environ.get("FOREDESK_DATABASE_URL", ""))
    given = parser.parse_args()
    print(orjson.dumps(measure(given.clients, given.seconds, given.database)).decode())


def measure(clients: int, seconds: float, database_url: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        small = asyncio.run(_prepare(data_dir, database_url))
        with serving(ServerProcess(data_dir, database_url=database_url)) as server:
            took, errors, elapsed = asyncio.run(_load(server.address, small, clients, seconds))
        stored = asyncio.run(_stored(data_dir, database_url))
    took.sort()
    return {
        "database": "postgresql" if database_url.startswith("postgres") else "sqlite",
        "clients": clients,
        "seconds": round(elapsed, 1),
        "acknowledged": len(took),
        "stored": stored,
        "rps": round(len(took) / elapsed, 1),
        "p50_ms": round(took[len(took) // 2] * 1000, 1) if took else None,
        "p99_ms": round(took[int(len(took) * 0.99)] * 1000, 1) if took else None,
        "errors": errors,
    }


async def _prepare(data_dir: Path, database_url: str) -> SmallDesk:
    if database_url.startswith("postgres"):
        await empty_postgres(database_url)
    return await make_small_desk(data_dir, database_url)


async def _load(
    address: str, small: SmallDesk, clients: int, seconds: float
) -> tuple[list[float], int, float]:
    took: list[float] = []
    errors = 0
    began = time.monotonic()

    async def client(number: int) -> None:
        nonlocal errors
        async with httpx.AsyncClient(base_url=address, timeout=30) as http:
            count = 0
            while time.monotonic() - began < seconds:
                count += 1
                subject = f"Printer {number} jams for the {count}th time"
                asked = time.monotonic()
                try:
                    data = await ask(
                        http, small.requester_token, CREATE, {"input": {"subject": subject}}
                    )
                    assert data["createTicket"]["ticket"], data
                    took.append(time.monotonic() - asked)
                except (RuntimeError, httpx.HTTPError, AssertionError):
                    errors += 1

    await asyncio.gather(*(client(number) for number in range(clients)))
    return took, errors, time.monotonic() - began


async def _stored(data_dir: Path, database_url: str) -> int:
    await connect(Settings(data_dir=data_dir, database_url=database_url).database)
    try:
        return await Ticket.all().count()
    finally:
        await disconnect()


if __name__ == "__main__":
    main()

"""How many requests a real server takes in, and whether it keeps every one it acknowledged.

python -m benchmarks.intake --clients 16 --seconds 10 [--database postgresql://…/name]

Prints one JSON line. The PostgreSQL database is emptied first. `cpu_ms` is what the server needs
for a request with all that follows from it; `record_cpu_ms` and `follow_up_cpu_ms` are what the use
case and its jobs need of it, without HTTP and GraphQL. Rates depend on what else the machine does;
compare them only within one run.
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Mapping
from pathlib import Path
from typing import Any

import httpx
import orjson

from benchmarks.converged import seconds_to_converge
from benchmarks.server_process import ServerProcess, serving
from benchmarks.small_desk import CREATE, SmallDesk, ask, empty_postgres, make_small_desk
from foredesk import background
from foredesk.channels.transports import transport_for
from foredesk.composition import open_desk
from foredesk.database import connect, disconnect
from foredesk.jobs import Handler, PgQueuerJobs
from foredesk.people.models import Person
from foredesk.people.viewer import viewer_of
from foredesk.settings import Settings
from foredesk.tickets.models import Ticket
from foredesk.tickets.record import record_ticket

WARM = 40
WITHIN = 480
"""Tickets that are recorded within this process."""


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
            before = server.cpu_seconds()
            took, errors, elapsed = asyncio.run(_load(server.address, small, clients, seconds))
            asyncio.run(seconds_to_converge(server.address))
            used = server.cpu_seconds() - before
        stored = asyncio.run(_stored(data_dir, database_url))
        within = asyncio.run(_within(data_dir, database_url, clients))
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
        "cpu_ms": round(used / max(1, len(took)) * 1000, 2),
        **within,
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


async def _within(data_dir: Path, database_url: str, clients: int) -> dict[str, float]:
    """The use case alone, then its jobs alone, in this process."""
    settings = Settings(data_dir=data_dir, database_url=database_url, log_level="WARNING")
    async with open_desk(settings) as parts:
        desk, viewer = parts.desk, await viewer_of(await Person.get(email="ada@acme.example"))
        handlers = background.handlers(desk, transport_for(settings, desk.now))

        async def record(count: int) -> None:
            for number in range(count):
                await record_ticket(desk, viewer, subject=f"Printer {number} jams", channel="api")

        await record(WARM)
        await parts.jobs.run_until_idle(handlers)
        share = WITHIN // clients
        recorded = await _cpu_ms(asyncio.gather(*[record(share) for _ in range(clients)]))
        followed = await _cpu_ms(_worked_off(parts.jobs, handlers))
    tickets = share * clients
    return {
        "record_cpu_ms": round(recorded / tickets, 2),
        "follow_up_cpu_ms": round(followed / tickets, 2),
    }


async def _cpu_ms(work: Awaitable[object]) -> float:
    before = time.process_time()
    await work
    return (time.process_time() - before) * 1000


async def _worked_off(jobs: PgQueuerJobs, handlers: Mapping[str, Handler]) -> None:
    worker = asyncio.create_task(jobs.run(handlers))
    while True:
        if not any((await jobs.counts()).values()):
            break
        await asyncio.sleep(0.05)
    await jobs.stop()
    await worker


async def _stored(data_dir: Path, database_url: str) -> int:
    await connect(Settings(data_dir=data_dir, database_url=database_url).database)
    try:
        return await Ticket.all().count()
    finally:
        await disconnect()


if __name__ == "__main__":
    main()

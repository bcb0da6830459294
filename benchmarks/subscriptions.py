"""How soon a thousand people who watch a ticket are told of what happens to it.

python -m benchmarks.subscriptions --sockets 1000 --events 5 [--database postgresql://…/name]

Everybody is a person of their own with a token of their own, on a socket of their own, and may see
the ticket because it is of their organization; two of the events' people are among them. Times are
from sending the mutation (so before its commit) to the last socket's receipt. Once as it is, and
once with sharing off, each on a server of its own. Prints one JSON line; a PostgreSQL database is
emptied first.
"""

import argparse
import asyncio
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.server_process import ServerProcess, serving
from benchmarks.small_desk import ask, empty_postgres
from foredesk.composition import open_desk
from foredesk.database.migrate import migrate
from foredesk.desk import Desk
from foredesk.people.enroll import enroll_person, form_team, register_organization
from foredesk.people.models import Organization, RequestVisibility, Team
from foredesk.people.roles import Role, Scope
from foredesk.people.tokens import issue_token
from foredesk.people.viewer import SYSTEM
from foredesk.settings import Settings

TOLD_SECONDS = 60
WATCH = """subscription Watch($id: ID!) { ticketChanged(id: $id) {
  ticket { id number subject state version updatedAt requester { name } assignee { name } }
  events { __typename sequence occurredAt actor { name } ... on ReplyAdded { body } } } }"""
CREATE = """mutation { createTicket(input: {subject: "VPN drops"}) {
  ticket { id } errors { __typename } } }"""
REPLY = """mutation Reply($id: ID!) { addReply(input: {ticketId: $id, body: "We are at it"}) {
  errors { __typename } } }"""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Tokens: of an agent, and of everybody who watches."""

    agent: str
    watchers: list[str]


@dataclass(frozen=True, slots=True)
class Measured:
    last_ms: list[float]
    median_ms: list[float]
    cpu_ms: float
    kib_per_socket: float


async def measure(sockets: int, events: int, database_url: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="foredesk-subscriptions-") as folder:
        data_dir = Path(folder)
        if database_url:
            await empty_postgres(database_url)
        crowd = await _crowd(data_dir, database_url, sockets)
        told = {}
        for name, command in (("shared", "foredesk"), ("unshared", "benchmarks.unshared")):
            server = ServerProcess(
                data_dir,
                database_url=database_url,
                environ={"FOREDESK_API_RATE": "0"},
                command=(sys.executable, "-m", command, "serve"),
            )
            with serving(server):
                told[name] = await _round(server, crowd, events)
    return _summary(sockets, events, database_url, told)


async def _round(server: ServerProcess, crowd: Crowd, events: int) -> Measured:
    async with httpx.AsyncClient(base_url=server.address, timeout=TOLD_SECONDS) as http:
        created = await ask(http, crowd.watchers[0], CREATE, {})
        id = created["createTicket"]["ticket"]["id"]
        before = server.resident_kib()
        async with _watching(server, crowd.watchers, id) as sockets:
            grown = server.resident_kib() - before
            used = server.cpu_seconds()
            times = [await _event(http, crowd.agent, id, sockets) for _ in range(events)]
            used = server.cpu_seconds() - used
    return Measured(
        [max(each) * 1000 for each in times],
        [statistics.median(each) * 1000 for each in times],
        used / events * 1000,
        grown / len(crowd.watchers),
    )


async def _event(
    http: httpx.AsyncClient, agent: str, id: str, sockets: list[ClientConnection]
) -> list[float]:
    """Seconds until each socket has it."""
    began = time.perf_counter()

    async def told(socket: ClientConnection) -> float:
        said = await asyncio.wait_for(socket.recv(decode=False), TOLD_SECONDS)
        seconds = time.perf_counter() - began
        assert b"We are at it" in said, said
        return seconds

    waiting = [asyncio.ensure_future(told(socket)) for socket in sockets]
    await asyncio.sleep(0)
    await ask(http, agent, REPLY, {"id": id})
    return await asyncio.gather(*waiting)


@asynccontextmanager
async def _watching(
    server: ServerProcess, tokens: list[str], id: str
) -> AsyncIterator[list[ClientConnection]]:
    url = server.address.replace("http", "ws") + "/graphql"
    async with AsyncExitStack() as stack:
        sockets = []
        for token in tokens:
            socket = await stack.enter_async_context(
                connect(
                    url,
                    subprotocols=[Subprotocol("graphql-transport-ws")],
                    ping_interval=None,
                    compression=None,
                )
            )
            await _subscribe(socket, token, id)
            sockets.append(socket)
        yield sockets


async def _subscribe(socket: ClientConnection, token: str, id: str) -> None:
    await socket.send(
        orjson.dumps({"type": "connection_init", "payload": {"token": token}}), text=True
    )
    assert b"connection_ack" in await socket.recv(decode=False)
    payload = {"query": WATCH, "variables": {"id": id}}
    message = {"id": "1", "type": "subscribe", "payload": payload}
    await socket.send(orjson.dumps(message), text=True)
    assert b'"next"' in await socket.recv(decode=False)


async def _crowd(data_dir: Path, database_url: str, sockets: int) -> Crowd:
    settings = Settings(data_dir=data_dir, database_url=database_url, log_level="WARNING")
    await migrate(settings.database)
    async with open_desk(settings) as parts:
        desk = parts.desk
        acme = await register_organization(
            desk,
            SYSTEM,
            slug="acme",
            name="Acme",
            request_visibility=RequestVisibility.ORGANIZATION,
        )
        team = await form_team(desk, SYSTEM, key="desk", name="Desk", serves=[acme])
        agent = await _token(desk, acme, "Grace", [Role.INCIDENT_RESOLVER], [team])
        return Crowd(
            agent, [await _token(desk, acme, f"Person {number}") for number in range(sockets)]
        )


async def _token(
    desk: Desk,
    organization: Organization,
    name: str,
    roles: list[Role] | None = None,
    teams: list[Team] | None = None,
) -> str:
    person = await enroll_person(
        desk,
        SYSTEM,
        organization=organization,
        name=name,
        email=f"{name.lower().replace(' ', '')}@acme.example",
        roles=roles or [],
        teams=teams or [],
    )
    end = desk.now() + timedelta(days=1)
    issued = await issue_token(
        desk, SYSTEM, person=person, name="Measurement", scopes=list(Scope), expires_at=end
    )
    return issued.secret


def _summary(
    sockets: int, events: int, database_url: str, told: dict[str, Measured]
) -> dict[str, Any]:
    parts = {
        name: {
            "last_ms": round(statistics.median(one.last_ms), 1),
            "worst_ms": round(max(one.last_ms), 1),
            "median_ms": round(statistics.median(one.median_ms), 1),
            "server_cpu_ms": round(one.cpu_ms, 1),
            "kib_per_socket": round(one.kib_per_socket, 1),
        }
        for name, one in told.items()
    }
    times = parts["unshared"]["last_ms"] / parts["shared"]["last_ms"]
    database = "postgresql" if database_url else "sqlite"
    return {
        "sockets": sockets,
        "events": events,
        "database": database,
        **parts,
        "times_faster": round(times, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sockets", type=int, default=1000)
    parser.add_argument("--events", type=int, default=5)
    parser.add_argument("--database", default="", help="a PostgreSQL URL; SQLite without")
    asked = parser.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    print(orjson.dumps(asyncio.run(measure(asked.sockets, asked.events, asked.database))).decode())


if __name__ == "__main__":
    main()

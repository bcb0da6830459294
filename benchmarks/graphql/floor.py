"""The floor: the same answers by hand, on uvicorn and asyncpg, with nothing in between.

python -m benchmarks.graphql.floor --database postgresql://…/name --port 8001

It takes the requests that the API takes and looks at the operation's name and variables alone. What
its one caller may see was worked out when it started.
"""

import argparse
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import orjson
import uvicorn
import uvloop

import api.schema  # noqa: F401  # names the enums before a type is made that uses them
from api.identifiers import global_id
from api.tickets.events import TYPES
from benchmarks.graphql import floor_sql
from benchmarks.graphql.dataset.foundation import TOKEN
from benchmarks.graphql.floor_write import CREATE, values_of
from foredesk.identity import new_id

DETAIL = floor_sql.detail({kind.value: one.__name__ for kind, one in TYPES.items()})
FIRST_PAGE = floor_sql.queue(is_continued=False)
NEXT_PAGE = floor_sql.queue(is_continued=True)
TOTAL = floor_sql.total()


@dataclass(frozen=True, slots=True)
class Caller:
    """Constants of the policy, in the order in which the SQL names them."""

    person_id: UUID
    serves: list[UUID]
    organizations: list[UUID]
    peers: list[UUID]
    teams: list[UUID]
    organization_id: UUID
    agreement_version_id: UUID

    @property
    def constants(self) -> tuple[Any, ...]:
        return self.person_id, self.serves, self.organizations, self.peers, self.teams


class Floor:
    """The ASGI application."""

    def __init__(self, pool: Any, caller: Caller) -> None:
        self._pool, self._caller = pool, caller
        self._handlers: dict[str, Callable[[dict[str, Any]], Awaitable[bytes]]] = {
            "Detail": self._detail,
            "Queue": self._queue,
            "QueueWithTotal": self._queue_with_total,
            "Create": self._create,
        }

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        asked = orjson.loads(body)
        answer = await self._handlers[asked["operationName"]](asked["variables"])
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(answer)),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    async def _detail(self, given: dict[str, Any]) -> bytes:
        row = await self._fetch("fetchval", DETAIL, _key(given["id"]))
        return b'{"data":{"ticket":%s}}' % (row.encode() if row else b"null")

    async def _queue(self, given: dict[str, Any]) -> bytes:
        return b'{"data":{"tickets":{%s}}}' % await self._page(given)

    async def _queue_with_total(self, given: dict[str, Any]) -> bytes:
        page = await self._page(given)
        caller = self._caller
        async with self._pool.acquire() as connection:
            count = await connection.fetchval(
                TOTAL, caller.person_id, caller.serves, *_conditions(given)
            )
        return b'{"data":{"tickets":{%s,"totalCount":%d}}}' % (page, count)

    async def _page(self, given: dict[str, Any]) -> bytes:
        if after := given.get("after"):
            _, opened_at, id = orjson.loads(urlsafe_b64decode(after + "=" * (-len(after) % 4)))
            place = datetime.fromisoformat(opened_at), UUID(hex=id)
            rows = await self._fetch("fetch", NEXT_PAGE, *_conditions(given), *place)
        else:
            rows = await self._fetch("fetch", FIRST_PAGE, *_conditions(given))
        shown = rows[:50]
        place_of_last = _cursor(shown[-1]) if shown else b"null"
        return b'"nodes":[%s],"pageInfo":{"hasNextPage":%s,"endCursor":%s}' % (
            ",".join([row[0] for row in shown]).encode(),
            b"true" if len(rows) > 50 else b"false",
            place_of_last,
        )

    async def _create(self, given: dict[str, Any]) -> bytes:
        id, now = new_id(), datetime.now(UTC)
        caller = self._caller
        values = values_of(
            id,
            given["input"],
            now,
            person_id=caller.person_id,
            organization_id=caller.organization_id,
            agreement_version_id=caller.agreement_version_id,
        )
        async with self._pool.acquire() as connection:
            number = await connection.fetchval(CREATE, *values)
        ticket = {
            "id": global_id("Ticket", id),
            "number": number,
            "subject": given["input"]["subject"],
            "state": "OPEN",
            "priority": "NORMAL",
            "openedAt": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
        return orjson.dumps({"data": {"createTicket": {"ticket": ticket, "errors": []}}})

    async def _fetch(self, how: str, statement: str, *values: Any) -> Any:
        async with self._pool.acquire() as connection:
            return await getattr(connection, how)(statement, *self._caller.constants, *values)


def _conditions(given: dict[str, Any]) -> tuple[UUID | None, list[str]]:
    """Of the one team that the benchmark asks for: then an index gives the order, too."""
    team = _key(given["teams"][0]) if given["teams"] else None
    return team, [state.lower() for state in given["states"]]


def _key(id: str) -> UUID:
    return UUID(bytes=urlsafe_b64decode(id + "=" * (-len(id) % 4))[-16:])


def _cursor(row: Any) -> bytes:
    place = orjson.dumps(["-opened_at", row[1].isoformat(), row[2].hex])
    return b'"%s"' % urlsafe_b64encode(place).rstrip(b"=")


async def read_caller(connection: Any, token: str) -> Caller:
    public_id = token.split("_")[1]
    person = await connection.fetchrow(
        "SELECT p.id, p.organization_id FROM api_token t JOIN person p ON p.id = t.person_id "
        "WHERE t.public_id = $1",
        public_id,
    )
    own = person["organization_id"]
    members = "SELECT team_id FROM team_member WHERE person_id = $1"
    teams = await _ids(connection, members, person["id"])
    served = "SELECT DISTINCT organization_id FROM team_customer WHERE team_id = ANY($1)"
    serves = await _ids(connection, served, teams)
    serving = "SELECT DISTINCT team_id FROM team_customer WHERE organization_id = ANY($1)"
    peers = await _ids(connection, serving, [own])
    shown = await _ids(connection, serving, [own, *serves])
    agreement = await connection.fetchval("SELECT id FROM agreement_version LIMIT 1")
    return Caller(
        person["id"], serves, [own, *serves], [*peers, *teams], [*shown, *teams], own, agreement
    )


async def _ids(connection: Any, statement: str, value: Any) -> list[UUID]:
    return [row[0] for row in await connection.fetch(statement, value)]


async def serve(database: str, port: int) -> None:
    settings = {"timezone": "UTC", "jit": "off"}
    async with asyncpg.create_pool(
        database, min_size=10, max_size=10, server_settings=settings, reset=_no_reset
    ) as pool:
        async with pool.acquire() as connection:
            caller = await read_caller(connection, TOKEN)
        config = uvicorn.Config(
            Floor(pool, caller), port=port, log_level="warning", access_log=False, lifespan="off"
        )
        await uvicorn.Server(config).serve()


async def _no_reset(_connection: Any) -> None:
    """As ours: a pool that asks the server to forget the session costs a round trip."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True)
    parser.add_argument("--port", type=int, required=True)
    given = parser.parse_args()
    uvloop.run(serve(given.database, given.port))


if __name__ == "__main__":
    main()

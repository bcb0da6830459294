"""No echo: a client is not told of what it did itself, through whichever process it did it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from api.identifiers import global_id
from api.of_client import OfClient
from foredesk.live import Hub, PostgresHub
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import Ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_reply
from tests.api.asking import Api, api_of
from tests.api.watchers import Watcher, served, watching
from tests.api.world import World

WATCH = """subscription Watch($id: ID!, $after: Int) { ticketChanged(id: $id, afterEvent: $after) {
  ticket { version } events { sequence ... on ReplyAdded { body } } } }"""
REPLY = """mutation Reply($id: ID!, $body: String!) {
  addReply(input: {ticketId: $id, body: $body}) { errors { __typename } } }"""


async def reply(api: Api, viewer: Viewer, ticket: Ticket, body: str, client: str = "") -> None:
    headers = {"authorization": f"Bearer {viewer.person_id}"}
    if client:
        headers["foredesk-client-id"] = client
    variables = {"id": global_id("Ticket", ticket.id), "body": body}
    asked = {"query": REPLY, "variables": variables}
    answer = await api.http.post("/graphql", json=asked, headers=headers)
    assert answer.json()["data"]["addReply"]["errors"] == []


async def bodies(watcher: Watcher) -> list[str]:
    return [event["body"] for event in (await watcher.told())["events"]]


async def test_it_is_spared_its_own_over_http_and_told_of_others(world: World, api: Api) -> None:
    ada, grace = world.acme.ada, world.acme.grace
    ticket = await record_ticket(world.desk, ada, subject="Help")
    id = global_id("Ticket", ticket.id)
    async with (
        served(api) as address,
        watching(address, grace, WATCH, client="tab-1", id=id) as own,
        watching(address, grace, WATCH, client="tab-2", id=id) as other,
        watching(address, grace, WATCH, id=id) as nameless,
    ):
        for watcher in (own, other, nameless):
            await watcher.told()
        await reply(api, grace, ticket, "Mine", "tab-1")
        await reply(api, ada, ticket, "Theirs")
        told = [await bodies(own)]
        told += [await bodies(other) + await bodies(other)]
        told += [await bodies(nameless) + await bodies(nameless)]

    assert told == [["Theirs"], ["Mine", "Theirs"], ["Mine", "Theirs"]]


async def test_it_is_spared_what_it_did_on_the_same_socket(world: World, api: Api) -> None:
    grace = world.acme.grace
    ticket = await record_ticket(world.desk, world.acme.ada, subject="Help")
    id = global_id("Ticket", ticket.id)
    async with (
        served(api) as address,
        watching(address, grace, WATCH, client="tab-1", id=id) as own,
        watching(address, grace, WATCH, client="tab-2", id=id) as other,
    ):
        await own.told()
        await other.told()
        asked = {"query": REPLY, "variables": {"id": id, "body": "Mine"}}
        await own.socket.send(json.dumps({"id": "2", "type": "subscribe", "payload": asked}))
        said = [await own.message(), await own.message()]
        assert await bodies(other) == ["Mine"]
        assert await own.is_told_nothing()

    assert [(one["id"], one["type"]) for one in said] == [("2", "next"), ("2", "complete")]


async def test_coming_back_it_is_told_all_that_it_does_not_know(world: World, api: Api) -> None:
    grace = world.acme.grace
    ticket = await record_ticket(world.desk, world.acme.ada, subject="Help")
    id = global_id("Ticket", ticket.id)
    await reply(api, grace, ticket, "Mine", "tab-1")

    async with served(api) as address:
        known = ticket.version
        async with watching(address, grace, WATCH, client="tab-1", id=id, after=known) as own:
            assert await bodies(own) == ["Mine"]


async def test_what_lies_between_is_never_lost_for_the_sake_of_silence(
    world: World, api: Api
) -> None:
    """A notice of others was lost: the client's own comes, and says that something is before it."""
    ada, grace, live = world.acme.ada, world.acme.grace, world.desk.live
    ticket = await record_ticket(world.desk, ada, subject="Help")
    id = global_id("Ticket", ticket.id)
    silent = replace(world.desk, live=Hub())
    async with (
        served(api) as address,
        watching(address, grace, WATCH, client="tab-1", id=id) as own,
    ):
        await own.told()
        await add_reply(silent, ada, ticket_id=ticket.id, body="Unheard")
        mine = replace(world.desk, live=OfClient(live, "tab-1"))
        await add_reply(mine, grace, ticket_id=ticket.id, body="Mine")
        told = await bodies(own)

    assert told == ["Unheard", "Mine"]


async def test_more_than_a_hundred_missed_events_all_come(world: World, api: Api) -> None:
    ada = world.acme.ada
    ticket = await record_ticket(world.desk, ada, subject="Help")
    for number in range(105):
        await add_reply(world.desk, ada, ticket_id=ticket.id, body=str(number))
    id = global_id("Ticket", ticket.id)
    async with (
        served(api) as address,
        watching(address, ada, WATCH, id=id, after=ticket.version) as own,
    ):
        told = await bodies(own), await bodies(own)

    assert [len(part) for part in told] == [100, 5]
    assert [*told[0], *told[1]] == [str(number) for number in range(105)]


@asynccontextmanager
async def processes(world: World) -> AsyncIterator[tuple[Api, Api]]:
    """The API twice, with a hub of its own each, as two processes have it."""
    hubs = PostgresHub(), PostgresHub()
    connected = [hub.listen("connected") for hub in hubs]
    tasks = [asyncio.create_task(hub.run()) for hub in hubs]
    for listener in connected:
        await asyncio.wait_for(anext(listener), 5)
    desks = [replace(world.desk, live=hub) for hub in hubs]
    try:
        async with api_of(desks[0]) as first, api_of(desks[1]) as second:
            yield first, second
    finally:
        for hub in hubs:
            await hub.stop()
        await asyncio.gather(*tasks)


async def test_it_is_the_same_in_another_process(world: World, postgres_only: str) -> None:
    ada, grace = world.acme.ada, world.acme.grace
    ticket = await record_ticket(world.desk, ada, subject="Help")
    id = global_id("Ticket", ticket.id)
    known: dict[str, Any] = {"id": id}
    async with (
        processes(world) as (here, there),
        served(there) as address,
        watching(address, grace, WATCH, client="tab-1", **known) as own,
        watching(address, grace, WATCH, client="tab-2", **known) as other,
    ):
        await own.told()
        await other.told()
        for number in range(3):
            await reply(here, grace, ticket, f"Mine {number}", "tab-1")
            await reply(here, ada, ticket, f"Theirs {number}")
        told = [await bodies(own) for _ in range(3)]
        all_told = [await bodies(other) for _ in range(6)]

    assert told == [["Theirs 0"], ["Theirs 1"], ["Theirs 2"]]
    assert [body for bodies_ in all_told for body in bodies_] == [
        f"{whose} {number}" for number in range(3) for whose in ("Mine", "Theirs")
    ]

"""`ticketChanged`: a first value, then every change, for as long as the ticket may be seen."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from api.identifiers import global_id
from foredesk.people.models import RoleGrant
from foredesk.people.viewer import Viewer
from foredesk.ports import Notice
from foredesk.tickets.models import Ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_internal_note, add_reply
from tests.api.asking import Api
from tests.api.serving import serving
from tests.api.world import World

WATCH = """subscription Watch($id: ID!, $after: Int) { ticketChanged(id: $id, afterEvent: $after) {
  ticket { version state } events { __typename sequence ... on ReplyAdded { body } } } }"""


@asynccontextmanager
async def watching(
    api: Api, viewer: Viewer | None, ticket: Ticket, after: int | None = None
) -> AsyncIterator[ClientConnection]:
    async with serving(api.app) as address:
        url = address.replace("http", "ws") + "/graphql"
        async with connect(url, subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
            token = {"token": str(viewer.person_id)} if viewer else {}
            await socket.send(json.dumps({"type": "connection_init", "payload": token}))
            variables = {"id": global_id("Ticket", ticket.id), "after": after}
            payload = {"query": WATCH, "variables": variables}
            await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))
            assert await heard(socket) == {"type": "connection_ack"}
            yield socket


async def heard(socket: ClientConnection) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(await asyncio.wait_for(socket.recv(), 5))
    return message


async def change(socket: ClientConnection) -> dict[str, Any]:
    message = await heard(socket)
    assert message["type"] == "next", message
    changed: dict[str, Any] = message["payload"]["data"]["ticketChanged"]
    return changed


async def test_the_first_value_comes_at_once_and_then_every_change(world: World, api: Api) -> None:
    ada, grace = world.acme.ada, world.acme.grace
    ticket = await record_ticket(world.desk, ada, subject="Help")
    other = await record_ticket(world.desk, ada, subject="Other")
    async with watching(api, ada, ticket) as socket:
        first = await change(socket)
        await add_reply(world.desk, grace, ticket_id=other.id, body="Not this one")
        await add_reply(world.desk, grace, ticket_id=ticket.id, body="Hello")
        second = await change(socket)
        await api.act(ada, "addReply", "ticket { id }",
                      ticketId=global_id("Ticket", ticket.id), body="Yes")  # fmt: skip
        third = await change(socket)

    assert first == {"ticket": {"version": ticket.version, "state": "OPEN"}, "events": []}
    assert second["events"] == [
        {"__typename": "ReplyAdded", "sequence": ticket.version + 1, "body": "Hello"}
    ]
    assert third["ticket"]["version"] == ticket.version + 2
    assert [event["body"] for event in third["events"]] == ["Yes"]


async def test_who_comes_back_is_told_what_they_missed(world: World, api: Api) -> None:
    ada, grace = world.acme.ada, world.acme.grace
    ticket = await record_ticket(world.desk, ada, subject="Help")
    for body in ("One", "Two", "Three"):
        await add_reply(world.desk, grace, ticket_id=ticket.id, body=body)

    async with watching(api, ada, ticket, after=ticket.version + 1) as socket:
        first = await change(socket)

    assert [event["body"] for event in first["events"]] == ["Two", "Three"]


async def test_a_lost_notice_is_made_up_for(world: World, api: Api) -> None:
    ada = world.acme.ada
    ticket = await record_ticket(world.desk, ada, subject="Help")
    async with watching(api, ada, ticket) as socket:
        await change(socket)
        await Ticket.filter(id=ticket.id).update(version=ticket.version + 1)
        world.desk.live._deliver(Notice("ticket", "", 0, "resync"))  # type: ignore[attr-defined]
        second = await change(socket)

    assert second["ticket"]["version"] == ticket.version + 1


async def test_a_requester_hears_that_something_happened_but_nothing_internal(
    world: World, api: Api
) -> None:
    ticket = await record_ticket(world.desk, world.acme.ada, subject="Help")
    async with watching(api, world.acme.ada, ticket) as socket:
        await change(socket)
        await add_internal_note(world.desk, world.acme.grace, ticket_id=ticket.id, body="Hm")
        second = await change(socket)

    assert second["events"] == []


async def test_a_ticket_that_is_not_to_be_seen_ends_at_once(world: World, api: Api) -> None:
    ticket = await record_ticket(world.desk, world.acme.ada, subject="Help")
    for viewer in (world.acme.bob, world.globex.grace, None):
        async with watching(api, viewer, ticket) as socket:
            assert await heard(socket) == {"type": "complete", "id": "1"}


async def test_whoever_may_no_longer_see_it_hears_no_more(world: World, api: Api) -> None:
    ada, grace = world.acme.ada, world.acme.grace
    ticket = await record_ticket(world.desk, ada, subject="Help")
    async with watching(api, grace, ticket) as socket:
        await change(socket)
        await RoleGrant.filter(person_id=grace.person_id).delete()
        await add_reply(world.desk, ada, ticket_id=ticket.id, body="Secret by now")

        assert await heard(socket) == {"type": "complete", "id": "1"}

"""graphql-transport-ws, with clients that behave and with clients that do not."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin, Subprotocol

from api.admission import Caller
from api.places import Places
from tests.api.serving import serving
from tests.api.toy import Stage, Toy
from tests.clock import NOW

INIT = {"type": "connection_init"}
KNOWN = {"type": "connection_init", "payload": {"token": "known"}}


@asynccontextmanager
async def opened(
    toy: Toy | None = None, protocols: tuple[str, ...] = ("graphql-transport-ws",), **options: Any
) -> AsyncIterator[ClientConnection]:
    async with serving((toy or Toy()).app()) as address:
        url = address.replace("http", "ws") + "/graphql"
        names = [Subprotocol(protocol) for protocol in protocols]
        async with connect(url, subprotocols=names or None, max_size=2**22, **options) as socket:
            yield socket


def subscribe(id: str, query: str, **payload: Any) -> dict[str, Any]:
    return {"id": id, "type": "subscribe", "payload": {"query": query, **payload}}


async def talk(socket: ClientConnection, *messages: Any) -> None:
    for message in messages:
        await socket.send(message if isinstance(message, str | bytes) else json.dumps(message))


async def heard(socket: ClientConnection, count: int) -> list[dict[str, Any]]:
    return [json.loads(await asyncio.wait_for(socket.recv(), 5)) for _ in range(count)]


async def closing(socket: ClientConnection) -> int:
    """Read until the server closes."""
    with pytest.raises(ConnectionClosed):
        async with asyncio.timeout(5):
            while True:
                await socket.recv()
    assert socket.close_code is not None
    return socket.close_code


async def test_a_subscription_a_query_and_a_mutation_are_answered() -> None:
    async with opened() as socket:
        await talk(socket, KNOWN, subscribe("s", "subscription { count(target: 2) }"))
        assert [message["type"] for message in await heard(socket, 4)] == [
            "connection_ack",
            "next",
            "next",
            "complete",
        ]
        await talk(socket, subscribe("q", "{ hello }"))
        assert await heard(socket, 2) == [
            {
                "type": "next",
                "id": "q",
                "payload": {
                    "data": {"hello": "Hello, Ada"},
                    "extensions": {"cost": {"requested": 0, "limit": 2000}},
                },
            },
            {"type": "complete", "id": "q"},
        ]
        await talk(socket, subscribe("m", "mutation { bump }"))
        assert (await heard(socket, 2))[0]["payload"]["data"] == {"bump": 1}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ nope }", "GRAPHQL_VALIDATION_FAILED"),
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ("query($x: String!) { echo(text: $x) }", "BAD_USER_INPUT"),
        ("subscription($x: Int!) { count(target: $x) }", "BAD_USER_INPUT"),
    ],
)
async def test_a_refused_operation_ends_alone(query: str, code: str) -> None:
    async with opened() as socket:
        await talk(socket, INIT, subscribe("1", query))
        _, error = await heard(socket, 2)
        await talk(socket, subscribe("1", "{ hello }"))
        answered, _ = await heard(socket, 2)

    assert (error["type"], error["id"]) == ("error", "1")
    assert error["payload"][0]["extensions"]["code"] == code
    assert answered["type"] == "next"


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        (["nope"], 4400),
        ([b"\x00\x01"], 4400),
        (["[]"], 4400),
        (["1"], 4400),
        (["null"], 4400),
        (["[" * 3000], 4400),
        (['{"type": "ping", "payload": {"a": ' + "[" * 400 + "]" * 400 + "}}"], 4400),
        ([{"type": "x"}], 4400),
        ([{"type": 1}], 4400),
        ([{}], 4400),
        ([{"type": "connection_init", "payload": []}], 4400),
        ([INIT, {"type": "subscribe", "id": "1"}], 4400),
        ([INIT, {"type": "subscribe", "id": 1, "payload": {"query": "{hello}"}}], 4400),
        ([INIT, {"type": "subscribe", "id": "", "payload": {"query": "{hello}"}}], 4400),
        ([INIT, {"type": "subscribe", "id": "x" * 129, "payload": {"query": "{hello}"}}], 4400),
        ([INIT, {"type": "subscribe", "id": "1", "payload": {"query": 1}}], 4400),
        ([INIT, {"type": "subscribe", "id": "1", "payload": {"query": None}}], 4400),
        ([INIT, subscribe("1", "{ hello }", variables=[1])], 4400),
        ([INIT, subscribe("1", "{ hello }", operationName=7)], 4400),
        ([INIT, {"type": "complete"}], 4400),
        ([INIT, {"type": "complete", "id": 5}], 4400),
        ([subscribe("1", "{ hello }")], 4401),
        ([INIT, INIT], 4429),
        (
            [INIT, subscribe("1", "subscription { forever }"), subscribe("1", "{ hello }")],
            4409,
        ),
        ([{"type": "connection_init", "payload": {"token": "unknown"}}], 4403),
        ([INIT, json.dumps(subscribe("1", "{ hello }", variables={"x": "é" * 140_000}))], 1009),
    ],
)
async def test_what_the_protocol_forbids_closes_the_socket_with_its_code(
    messages: list[Any], code: int
) -> None:
    async with opened() as socket:
        await talk(socket, *messages)

        assert await closing(socket) == code


@pytest.mark.parametrize(
    "messages",
    [
        [{"type": "connection_init", "payload": None}],
        [{"type": "ping"}, INIT],
        [{"type": "pong", "payload": {"x": 1}}, INIT],
        [INIT, {"type": "complete", "id": "unknown"}],
        [{"type": "connection_init", "payload": {"token": 7, "other": True}}],
    ],
)
async def test_what_the_protocol_allows_keeps_it_open(messages: list[Any]) -> None:
    async with opened() as socket:
        await talk(socket, *messages, subscribe("1", "{ hello }"))
        types: list[str] = []
        while "complete" not in types:
            types += [message["type"] for message in await heard(socket, 1)]

    assert types[-3:] == ["connection_ack", "next", "complete"]


@pytest.mark.parametrize("protocols", [(), ("foo",), ("graphql-ws",)])
async def test_other_protocols_are_not_spoken(protocols: tuple[str, ...]) -> None:
    async with serving(Toy().app()) as address:
        url = address.replace("http", "ws") + "/graphql"
        names = [Subprotocol(protocol) for protocol in protocols]
        async with connect(url, subprotocols=names or None) as socket:
            assert await closing(socket) == 4406


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_pages_of_other_origins_are_kept_out(origin: str) -> None:
    async with serving(Toy().app()) as address:
        with pytest.raises(InvalidStatus) as refused:
            async with connect(address.replace("http", "ws") + "/graphql", origin=Origin(origin)):
                raise AssertionError("let in")

    assert refused.value.response.status_code == 403


async def test_our_own_pages_and_named_origins_are_let_in() -> None:
    async with serving(Toy().app()) as address:
        url = address.replace("http", "ws") + "/graphql"
        for origin in (address, "https://partner.example"):
            names = [Subprotocol("graphql-transport-ws")]
            async with connect(url, origin=Origin(origin), subprotocols=names) as socket:
                await talk(socket, INIT)
                assert await heard(socket, 1) == [{"type": "connection_ack"}]


async def test_who_does_not_start_in_time_is_dropped() -> None:
    async with opened(Toy(init_seconds=0.1)) as socket:
        await talk(socket, {"type": "ping"})

        assert await closing(socket) == 4408


async def test_the_socket_closes_when_the_token_ends() -> None:
    toy = Toy(tokens={"short": NOW + timedelta(seconds=0.3)})
    async with opened(toy) as socket:
        await talk(
            socket,
            {"type": "connection_init", "payload": {"authorization": "Bearer short"}},
            subscribe("1", "subscription { forever }"),
        )

        assert await closing(socket) == 4403
    await asyncio.sleep(0.05)
    assert Stage.open == 0


async def test_a_token_that_is_taken_away_starts_no_more_operations() -> None:
    toy = Toy()
    async with opened(toy) as socket:
        await talk(socket, KNOWN)
        await heard(socket, 1)
        toy.tokens.clear()
        await talk(socket, subscribe("1", "{ hello }"))

        assert await closing(socket) == 4403


async def test_a_hundred_operations_run_at_once_and_no_more() -> None:
    async with opened() as socket:
        await talk(socket, INIT)
        await talk(*[socket, *[subscribe(str(n), "subscription { forever }") for n in range(100)]])
        await heard(socket, 101)
        await talk(socket, subscribe("one more", "{ hello }"))
        (error,) = await heard(socket, 1)
        await talk(socket, {"id": "7", "type": "complete"})
        await asyncio.sleep(0.05)
        await talk(socket, subscribe("one more", "{ hello }"))
        answered, _ = await heard(socket, 2)

    assert error["type"] == "error"
    assert error["payload"][0]["extensions"]["code"] == "OPERATION_TOO_LARGE"
    assert answered["type"] == "next"
    await asyncio.sleep(0.1)
    assert Stage.open == 0


async def test_operations_on_one_socket_share_no_context() -> None:
    async with opened() as socket:
        await talk(socket, INIT, subscribe("1", "{ reads }"), subscribe("2", "{ reads }"))
        messages = await heard(socket, 5)

    values = [message["payload"]["data"] for message in messages if message["type"] == "next"]
    assert values == [{"reads": 1}, {"reads": 1}]


async def test_a_bug_in_a_stream_is_masked() -> None:
    async with opened() as socket:
        await talk(socket, INIT, subscribe("1", "subscription { breaks }"))
        messages = await heard(socket, 3)

    assert [message["type"] for message in messages] == ["connection_ack", "next", "error"]
    assert messages[-1]["payload"][0]["extensions"]["code"] == "INTERNAL"
    assert "hunter2" not in json.dumps(messages)


@pytest.mark.parametrize("fails_at", ["the start", "an operation"])
async def test_a_failure_while_looking_who_it_is_closes_the_socket_and_is_logged(
    fails_at: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    toy = Toy()

    async def admit(self: Toy, *asked: Any) -> Caller:
        if fails_at == "the start" or Stage.open:
            raise OSError("password=hunter2")
        return Caller()

    monkeypatch.setattr(Toy, "admit", admit)
    async with opened(toy) as socket:
        await talk(socket, INIT, subscribe("1", "subscription { forever }"))
        if fails_at == "an operation":
            await heard(socket, 2)
            await talk(socket, subscribe("2", "{ hello }"))
        assert await closing(socket) == 1011
        reason = socket.close_reason or ""
    await asyncio.sleep(0.05)

    (record,) = [record for record in caplog.records if record.name == "foredesk.api"]
    assert record.__dict__["error_id"] in reason
    assert "hunter2" not in reason
    assert Stage.open == 0


async def test_a_socket_without_operations_is_closed_after_a_while() -> None:
    async with opened(Toy(idle_seconds=0.2)) as socket:
        await talk(socket, KNOWN, subscribe("1", "{ hello }"), {"type": "ping"})

        assert await closing(socket) == 1000


async def test_a_socket_with_an_operation_is_not_idle() -> None:
    async with opened(Toy(idle_seconds=0.1)) as socket:
        await talk(socket, INIT, subscribe("1", "subscription { forever }"))
        await heard(socket, 2)
        await asyncio.sleep(0.4)
        await talk(socket, {"type": "ping"})
        assert (await heard(socket, 1))[0]["type"] == "pong"
        await talk(socket, {"id": "1", "type": "complete"})

        assert await closing(socket) == 1000


async def test_nobody_in_particular_holds_only_so_many_sockets() -> None:
    places = Places(2)
    toy = Toy(places=places)
    async with serving(toy.app()) as address:
        url = address.replace("http", "ws") + "/graphql"
        names = [Subprotocol("graphql-transport-ws")]
        async with (
            connect(url, subprotocols=names) as first,
            connect(url, subprotocols=names) as second,
        ):
            await talk(first, INIT)
            await heard(first, 1)
            async with connect(url, subprotocols=names) as third:
                assert await closing(third) == 4429
            # Whoever has said who they are makes room.
            await talk(second, KNOWN)
            await heard(second, 1)
            async with connect(url, subprotocols=names) as fourth:
                await talk(fourth, INIT)
                assert (await heard(fourth, 1))[0]["type"] == "connection_ack"
        async with asyncio.timeout(5):
            while places.taken("127.0.0.1"):
                await asyncio.sleep(0.01)


async def test_a_client_is_not_told_of_what_it_caused() -> None:
    async with opened() as socket:
        named = {"type": "connection_init", "payload": {"clientId": "tab-1"}}
        await talk(socket, named, subscribe("1", "subscription { origins { by } }"))
        messages = await heard(socket, 5)

    told = [one["payload"]["data"]["origins"]["by"] for one in messages if one["type"] == "next"]
    assert told == ["", "tab-2", ""]
    assert messages[-1]["type"] == "complete"


async def test_a_client_outside_of_a_browser_may_name_itself_in_a_header() -> None:
    headers = {"foredesk-client-id": "tab-2"}
    async with opened(additional_headers=headers) as socket:
        await talk(socket, INIT, subscribe("1", "subscription { origins { by } }"))
        messages = await heard(socket, 5)
    async with opened(additional_headers={"foredesk-client-id": "a b"}) as socket:
        await talk(socket, INIT)
        assert await closing(socket) == 4400

    told = [one["payload"]["data"]["origins"]["by"] for one in messages if one["type"] == "next"]
    assert told == ["", "tab-1", ""]


async def test_whoever_reads_too_slowly_slows_down_nobody_else() -> None:
    async with serving(Toy().app()) as address:
        url = address.replace("http", "ws") + "/graphql"
        names = [Subprotocol("graphql-transport-ws")]
        async with (
            connect(url, subprotocols=names, max_queue=1) as slow,
            connect(url, subprotocols=names) as quick,
        ):
            await talk(slow, INIT, subscribe("1", "subscription { count(target: 1000000) }"))
            await talk(quick, INIT, subscribe("1", "{ hello }"))
            assert [one["type"] for one in await heard(quick, 3)] == [
                "connection_ack",
                "next",
                "complete",
            ]

"""Server-sent events: for subscriptions, and for clients that take nothing else."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest

from api.http.events import EventStream, accepts_events
from api.operations.answer import Answer
from api.places import Places
from tests.api.serving import serving
from tests.api.toy import Stage, Toy
from tests.clock import NOW

EVENTS = {"accept": "text/event-stream"}
URQL = {"accept": "application/graphql-response+json, application/json, text/event-stream, */*"}


@asynccontextmanager
async def talking(toy: Toy | None = None) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        serving((toy or Toy()).app()) as address,
        httpx.AsyncClient(base_url=address, timeout=5) as http,
    ):
        yield http


async def asked(
    http: httpx.AsyncClient, query: str, **headers: str
) -> tuple[httpx.Response, list[tuple[str, Any]]]:
    """The response, and its events until it ends."""
    answer = await http.post("/graphql", json={"query": query}, headers={**EVENTS, **headers})
    return answer, list(events_in(answer.text))


def events_in(text: str) -> Any:
    for block in text.split("\n\n"):
        lines = dict(line.split(":", 1) for line in block.splitlines() if line[:1] not in ("", ":"))
        if "event" in lines:
            data = lines.get("data", "").strip()
            yield lines["event"].strip(), json.loads(data) if data else None


async def test_a_subscription_is_a_stream_of_events_that_completes() -> None:
    async with talking() as http:
        answer, events = await asked(http, "subscription { count(target: 2) }")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store, no-transform"
    assert [(kind, data and data["data"]) for kind, data in events] == [
        ("next", {"count": 1}),
        ("next", {"count": 2}),
        ("complete", None),
    ]


@pytest.mark.parametrize("query", ["{ hello }", "mutation { bump }"])
async def test_urql_lists_events_but_gets_json_for_what_is_no_subscription(query: str) -> None:
    async with talking() as http:
        answer = await http.post("/graphql", json={"query": query}, headers=URQL)

    assert answer.headers["content-type"].startswith("application/graphql-response+json")
    assert list(answer.json()["data"].values()) in (["Hello, stranger"], [1])


async def test_urql_gets_events_for_a_subscription() -> None:
    async with talking() as http:
        _, events = await asked(http, "subscription { count(target: 1) }", **URQL)

    assert [kind for kind, _ in events] == ["next", "complete"]


async def test_whoever_takes_nothing_but_events_gets_a_query_as_one() -> None:
    async with talking() as http:
        _, events = await asked(http, "{ hello }")
        _, refused = await asked(http, "{ nope }")

    assert events[0][1]["data"] == {"hello": "Hello, stranger"}
    assert [kind for kind, _ in events] == ["next", "complete"]
    assert refused[0][1]["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert [kind for kind, _ in refused] == ["next", "complete"]


async def test_a_subscription_without_a_stream_is_refused_with_what_it_needs() -> None:
    async with talking() as http:
        body = {"query": "subscription { count(target: 1) }"}
        for accept in ("application/json", "*/*", "application/json, text/event-stream;q=0"):
            answer = await http.post("/graphql", json=body, headers={"accept": accept})

            assert answer.status_code == 400
            assert "text/event-stream" in answer.json()["errors"][0]["message"]


async def test_a_token_that_opens_nothing_is_401_and_no_stream() -> None:
    async with talking() as http:
        answer, _ = await asked(http, "subscription { forever }", authorization="Bearer nope")

    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("application/json")


async def test_the_stream_ends_when_the_client_leaves() -> None:
    async with talking() as http:
        body = {"query": "subscription { forever }"}
        async with http.stream("POST", "/graphql", json=body, headers=EVENTS) as answer:
            async for line in answer.aiter_lines():
                if line.startswith("event: next"):
                    break
            assert Stage.open == 1
        async with asyncio.timeout(5):
            while Stage.open:
                await asyncio.sleep(0.01)


async def test_the_stream_ends_without_completing_when_the_token_does() -> None:
    toy = Toy(tokens={"short": NOW + timedelta(seconds=0.3)})
    async with talking(toy) as http:
        _, events = await asked(http, "subscription { forever }", authorization="Bearer short")

    assert [kind for kind, _ in events] == ["next"]
    assert Stage.open == 0


async def test_a_bug_in_a_stream_is_masked() -> None:
    async with talking() as http:
        answer, events = await asked(http, "subscription { breaks }")

    assert [kind for kind, _ in events] == ["next", "next", "complete"]
    assert events[1][1]["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert "hunter2" not in answer.text


async def test_a_client_is_not_told_of_what_it_caused() -> None:
    async with talking() as http:
        headers = {"foredesk-client-id": "tab-1"}
        _, events = await asked(http, "subscription { origins { by } }", **headers)

    told = [data["data"]["origins"]["by"] for kind, data in events if kind == "next"]
    assert told == ["", "tab-2", ""]


@pytest.mark.parametrize("id", [b"\xc3\xa9", b"a b", b"x" * 65, b'"tab"'])
async def test_a_client_id_that_is_none_is_refused(id: bytes) -> None:
    async with talking() as http:
        headers = {b"foredesk-client-id": id}
        answer = await http.post("/graphql", json={"query": "{ hello }"}, headers=headers)

    assert answer.status_code == 400
    assert "Foredesk-Client-Id" in answer.json()["errors"][0]["message"]


async def test_anonymous_streams_are_counted_by_address() -> None:
    places = Places(1)
    async with talking(Toy(places=places)) as http:
        body = {"query": "subscription { forever }"}
        async with http.stream("POST", "/graphql", json=body, headers=EVENTS) as answer:
            assert answer.status_code == 200
            refused, _ = await asked(http, "subscription { forever }")
            signed_in = http.stream(
                "POST", "/graphql", json=body, headers={**EVENTS, "authorization": "Bearer known"}
            )
            async with signed_in as other:
                assert other.status_code == 200
        async with asyncio.timeout(5):
            while places.taken("127.0.0.1"):
                await asyncio.sleep(0.01)

    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "60"


async def test_a_silent_stream_is_kept_alive() -> None:
    async def silent() -> Any:
        await asyncio.sleep(0.25)
        yield Answer(data={"late": True})

    sent: list[bytes] = []

    async def send(message: Any) -> None:
        sent.append(message.get("body", b""))

    async def receive() -> Any:
        await asyncio.Event().wait()

    await EventStream(silent(), keep_alive=0.05)({}, receive, send)

    assert sent.count(b":\n\n") >= 4
    assert sent[-2:] == [
        b'event: next\ndata: {"data":{"late":true}}\n\n',
        b"event: complete\ndata:\n\n",
    ]


async def test_a_server_that_closes_ends_the_stream_and_completes_nothing() -> None:
    async def endless() -> Any:
        yield Answer(data={"first": True})
        await asyncio.Event().wait()

    sent: list[dict[str, Any]] = []
    closing = asyncio.Event()

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        await asyncio.Event().wait()

    asyncio.get_running_loop().call_later(0.05, closing.set)
    async with asyncio.timeout(5):
        await EventStream(endless(), closing=closing)({}, receive, send)

    assert b"first" in sent[-2]["body"]
    assert sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}


@pytest.mark.parametrize(
    ("accept", "takes"),
    [
        (None, False),
        ("", False),
        ("*/*", False),
        ("text/*", False),
        ("text/event-stream", True),
        ("Text/Event-Stream; charset=utf-8", True),
        ("application/json, text/event-stream;q=0.1", True),
        ("text/event-stream;q=0", False),
        ("text/event-stream; q=0.0", False),
    ],
)
def test_events_are_taken_where_they_are_named(accept: str | None, takes: bool) -> None:
    assert accepts_events(accept) is takes

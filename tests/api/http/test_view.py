"""What an HTTP request must look like, and the status of each answer."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.http.negotiation import GRAPHQL, JSON
from api.http.read import LARGEST_BODY
from api.rates import Rates
from tests.api.toy import Toy
from tests.clock import NOW

HELLO = {"query": "{ hello }"}
PREFLIGHT = {"graphql-require-preflight": "1"}


def client(toy: Toy) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(toy.app())
    return httpx.AsyncClient(transport=transport, base_url="http://desk.example")


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client(Toy()) as open_client:
        yield open_client


async def test_a_query_is_answered(http: httpx.AsyncClient) -> None:
    answer = await http.post("/graphql", json={"query": "{ hello }"})

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["data"] == {"hello": "Hello, stranger"}


async def test_a_refused_operation_is_400_in_the_media_type_of_graphql_and_200_in_json(
    http: httpx.AsyncClient,
) -> None:
    for media, status in ((GRAPHQL, 400), (JSON, 200)):
        answer = await http.post("/graphql", json={"query": "{"}, headers={"accept": media})

        assert answer.status_code == status
        assert answer.headers["content-type"].startswith(media)
        assert "data" not in answer.json()


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"method": "PUT"}, 405),
        ({"method": "DELETE"}, 405),
        ({"method": "OPTIONS"}, 405),
        ({"method": "POST", "json": HELLO, "headers": {"accept": "text/html"}}, 406),
        ({"method": "POST", "data": {"query": "{ hello }"}}, 415),
        ({"method": "POST", "files": {"query": b"{ hello }"}}, 415),
        ({"method": "POST", "content": b'{"query":"{ hello }"}'}, 415),
        (
            {
                "method": "POST",
                "content": b"{}",
                "headers": {"content-type": "application/json; charset=latin-1"},
            },
            415,
        ),
        (
            {
                "method": "POST",
                "content": b"{}",
                "headers": {"content-type": "application/json", "content-encoding": "gzip"},
            },
            415,
        ),
        ({"method": "GET", "params": {"query": "{ hello }"}}, 400),
        ({"method": "GET", "headers": PREFLIGHT}, 400),
        ({"method": "GET", "params": HELLO | {"variables": "["}, "headers": PREFLIGHT}, 400),
        ({"method": "GET", "params": {"query": "mutation { bump }"}, "headers": PREFLIGHT}, 405),
        ({"method": "GET", "params": {"query": "{ hello }"}, "headers": PREFLIGHT}, 200),
        ({"method": "POST", "json": {"query": "subscription { count(target: 1) }"}}, 400),
        ({"method": "POST", "json": [{"query": "{ hello }"}]}, 400),
        ({"method": "POST", "json": {"query": "mutation { bump }"}}, 200),
    ],
)  # fmt: skip
async def test_every_kind_of_request_has_its_status(
    http: httpx.AsyncClient, request_: dict[str, Any], status: int
) -> None:
    answer = await http.request(url="/graphql", **request_)

    assert answer.status_code == status
    assert answer.headers["content-type"].startswith(JSON)
    if status != 200:
        assert "data" not in answer.json()
        assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_405_says_what_is_allowed(http: httpx.AsyncClient) -> None:
    by_put = await http.put("/graphql")
    mutation = await http.get("/graphql", params={"query": "mutation { bump }"}, headers=PREFLIGHT)

    assert by_put.headers["allow"] == "GET, POST"
    assert mutation.headers["allow"] == "POST"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"1",
        b'"x"',
        b"[]",
        b"NaN",
        b'{"query": "\xff\xfe"}',
        b'{"query": "\\ud800"}',
        b'{"query": 1}',
        b'{"query": ["{ hello }"]}',
        b'{"query": "{ hello }", "variables": 1}',
        b'{"query": "{ hello }", "operationName": {}}',
        b'{"query": "{ hello }", "extensions": []}',
        b"[" * 5000,
    ],
)
async def test_a_body_that_is_no_request_is_refused(http: httpx.AsyncClient, body: bytes) -> None:
    answer = await http.post("/graphql", content=body, headers={"content-type": "application/json"})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize(("size", "status"), [(LARGEST_BODY, 200), (LARGEST_BODY + 1, 413)])
async def test_a_body_of_256_kib_is_taken_and_one_byte_more_is_not(
    http: httpx.AsyncClient, size: int, status: int
) -> None:
    start, end = b'{"query":"{ hello }","extensions":{"x":"', b'"}}'
    body = start + b"x" * (size - len(start) - len(end)) + end

    answer = await http.post("/graphql", content=body, headers={"content-type": "application/json"})

    assert answer.status_code == status
    if status == 413:
        assert answer.json()["errors"][0]["extensions"]["code"] == "OPERATION_TOO_LARGE"


async def test_a_body_without_an_end_is_cut_off(http: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(10_000):
            yield b"x" * 1024

    answer = await http.post(
        "/graphql", content=endless(), headers={"content-type": "application/json"}
    )

    assert answer.status_code == 413


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(body=st.binary(max_size=200))
async def test_no_body_whatever_breaks_the_server(http: httpx.AsyncClient, body: bytes) -> None:
    answer = await http.post("/graphql", content=body, headers={"content-type": "application/json"})

    assert answer.status_code == 400


@pytest.mark.parametrize("token", ["unknown", "expired", ""])
async def test_a_token_that_opens_nothing_is_401(token: str) -> None:
    toy = Toy(tokens={"expired": NOW - timedelta(seconds=1)})
    async with client(toy) as http:
        answer = await http.post(
            "/graphql", json={"query": "{ hello }"}, headers={"authorization": f"Bearer {token}"}
        )

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_introspection_is_for_those_with_a_token(http: httpx.AsyncClient) -> None:
    asked = {"query": "{ __schema { queryType { name } } }"}

    anonymous = await http.post("/graphql", json=asked)
    known = await http.post("/graphql", json=asked, headers={"authorization": "Bearer known"})

    assert anonymous.json()["errors"][0]["extensions"]["code"] == "INTROSPECTION_DISABLED"
    assert known.json()["data"] == {"__schema": {"queryType": {"name": "Query"}}}


async def test_the_ide_is_shown_in_development_only(http: httpx.AsyncClient) -> None:
    async with client(Toy(open_to_all=True)) as open_to_all:
        shown = await open_to_all.get("/graphql", headers={"accept": "text/html,*/*;q=0.8"})
    refused = await http.get("/graphql", headers={"accept": "text/html,*/*;q=0.8"})

    assert shown.status_code == 200
    assert shown.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    assert refused.status_code == 400


async def test_what_nobody_asks_in_vain_is_not_free_as_events_or_by_get_either() -> None:
    for request in (
        {"json": {"query": "{"}, "headers": {"accept": "text/event-stream"}},
        {"json": {"query": "{ nothing }"}},
        {"method": "GET", "params": {"query": "{"}, "headers": PREFLIGHT},
    ):
        async with client(Toy(rates=Rates(0, 1, clock=lambda: 0.0))) as http:
            asked: dict[str, Any] = {"method": "POST", "url": "/graphql", **request}
            first, second = await http.request(**asked), await http.request(**asked)

        assert (first.status_code, second.status_code) == (200, 429)
        assert int(second.headers["retry-after"]) == 1

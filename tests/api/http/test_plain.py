"""The plain case is answered as the view would answer it; everything else is left to the view."""

from dataclasses import dataclass
from typing import Any

import httpx
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.admitted import Admitted
from api.http.negotiation import GRAPHQL, JSON
from api.http.plain import PlainRequests
from api.http.read import LARGEST_BODY
from api.http.view import GraphQLView
from api.operations.limits import Limits
from api.rates import Rates
from tests.api.toy import Toy

USUAL = {"content-type": "application/json", "authorization": "Bearer known"}
HELLO = b'{"query": "{ hello }"}'
MEDIA = st.sampled_from([JSON, GRAPHQL, "*/*", "text/html", "text/event-stream", "a;q=x, */*"])
BODIES = st.one_of(
    st.binary(max_size=40),
    st.recursive(st.none() | st.booleans() | st.text(), lambda inner: st.lists(inner)).map(
        orjson.dumps
    ),
    st.fixed_dictionaries(
        {},
        optional={
            "query": st.sampled_from(
                [
                    "{ hello }",
                    "mutation { bump }",
                    "query ($text: String!) { echo(text: $text) }",
                    "query A { hello } query B { thing { name } }",
                    "subscription { count(target: 1) }",
                    "{ missing }",
                    "{ __schema { queryType { name } } }",
                    "{",
                    "{ nothing }",
                    "",
                ]
            )
            | st.none()
            | st.integers(-(2**63), 2**63),
            "operationName": st.sampled_from(["A", "B", "C", "", None, 1]),
            "variables": st.sampled_from([{"text": "a"}, {"text": 1}, {}, None, [], "x"]),
            "extensions": st.sampled_from([{}, None, {"a": 1}, 1]),
        },
    ).map(orjson.dumps),
)


@dataclass
class Both:
    """The same toy with the plain case before it, and without. `left` counts what was left over."""

    app: PlainRequests
    plain: httpx.AsyncClient
    view: httpx.AsyncClient
    left: int = 0

    async def ask(self, method: str = "POST", **request: Any) -> httpx.Response:
        """Raises AssertionError when the two answer differently."""
        expected = await self.view.request(method, "/graphql", **request)
        answer = await self.plain.request(method, "/graphql", **request)
        assert answer.status_code == expected.status_code
        assert answer.content == expected.content
        assert dict(answer.headers) == dict(expected.headers)
        return answer

    async def was_plain(self, method: str = "POST", **request: Any) -> bool:
        before = self.left
        await self.ask(method, **request)
        return self.left == before


async def both(toy: Toy) -> Both:
    """Of a caller who was just admitted."""
    (view,) = [
        route.endpoint
        for route in toy.app().routes
        if isinstance(route, Route) and isinstance(route.endpoint, GraphQLView)
    ]
    admitted = Admitted(toy.admit, toy.clock)

    async def leave(scope: Scope, receive: Receive, send: Send) -> None:
        made.left += 1
        await view(scope, receive, send)

    app = PlainRequests(view, admitted, leave)
    made = Both(app, _client(app), _client(view))
    await admitted(None, USUAL["authorization"])  # type: ignore[arg-type]  # the toy looks at none
    return made


def _client(app: Any) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://desk.example",
        headers={"accept": "*/*"},
    )


async def test_json_by_post_with_a_token_that_was_just_used_is_plain() -> None:
    asked = await both(Toy())

    assert await asked.was_plain(content=HELLO, headers=USUAL)
    answer = await asked.ask(content=HELLO, headers=USUAL)

    assert answer.json()["data"] == {"hello": "Hello, Ada"}
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "unusual",
    [
        {"content-type": "text/plain"},
        {"content-type": "application/json; charset=latin-1"},
        {"content-encoding": "gzip"},
        {"origin": "https://partner.example"},
        {"authorization": "Bearer unknown"},
        {"authorization": ""},
        {"accept": "text/html"},
        {"accept": "text/event-stream"},
        {"foredesk-client-id": "tab-1"},
        {"foredesk-client-id": "no id at all"},
    ],
)
async def test_what_is_unusual_is_left_to_the_view(unusual: dict[str, str]) -> None:
    asked = await both(Toy())

    assert not await asked.was_plain(content=HELLO, headers={**USUAL, **unusual})


async def test_a_header_that_comes_twice_is_left_to_the_view() -> None:
    asked = await both(Toy())
    twice = [*USUAL.items(), ("accept", JSON), ("accept", GRAPHQL)]

    assert not await asked.was_plain(content=HELLO, headers=twice)


@pytest.mark.parametrize("method", ["GET", "PUT", "OPTIONS", "HEAD"])
async def test_other_methods_are_left_to_the_view(method: str) -> None:
    asked = await both(Toy())

    assert not await asked.was_plain(method, headers=USUAL)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"query": 1}',
        b'{"query": "{ hello }", "variables": []}',
        b'"' + b"x" * LARGEST_BODY + b'"',
        b'{"query": "subscription { count(target: 1) }"}',
    ],
)
async def test_a_body_that_is_no_operation_to_answer_is_left_to_the_view(body: bytes) -> None:
    asked = await both(Toy())

    assert not await asked.was_plain(content=body, headers=USUAL)


async def test_a_body_may_come_in_pieces() -> None:
    asked = await both(Toy())

    async def pieces() -> Any:
        yield HELLO[:5]
        yield HELLO[5:]

    answer = await asked.plain.post("/graphql", content=pieces(), headers=USUAL)

    assert answer.json()["data"] == {"hello": "Hello, Ada"}
    assert asked.left == 0


async def test_a_client_that_leaves_before_its_body_is_there_gets_nothing() -> None:
    asked = await both(Toy())
    messages = iter(
        [
            {"type": "http.request", "body": HELLO[:5], "more_body": True},
            {"type": "http.disconnect"},
        ]
    )
    sent: list[Any] = []

    async def receive() -> Any:
        return next(messages)

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(name.encode(), value.encode()) for name, value in USUAL.items()]
    scope = {"type": "http", "method": "POST", "path": "/graphql", "headers": headers}
    await asked.app(scope, receive, send)

    assert sent == []
    assert asked.left == 1


@pytest.mark.parametrize("accept", [JSON, GRAPHQL])
@pytest.mark.parametrize("query", ["{", "{ nothing }", "{ missing }", "mutation { bump }"])
async def test_refusals_and_errors_have_the_view_s_status(query: str, accept: str) -> None:
    for follows_draft in (False, True):
        asked = await both(Toy(follows_draft=follows_draft))
        body = orjson.dumps({"query": query})

        assert await asked.was_plain(content=body, headers={**USUAL, "accept": accept})


async def test_a_mistake_of_ours_is_masked_and_nothing_is_done_twice() -> None:
    asked = await both(Toy())
    body = orjson.dumps({"query": "{ boom }"})

    answer = await asked.plain.post("/graphql", content=body, headers=USUAL)

    assert answer.status_code == 200
    assert answer.json()["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert "hunter2" not in answer.text
    assert asked.left == 0


async def test_the_rate_is_spent_once_and_its_end_told_as_the_view_tells_it() -> None:
    toy = Toy(rates=Rates(1, 1, clock=lambda: 0.0))
    asked = await both(toy)

    answers = [await asked.plain.post("/graphql", content=HELLO, headers=USUAL) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert answers[0].headers["ratelimit"] == '"cost";r=9;t=1'
    assert answers[-1].headers["retry-after"] == "1"
    assert asked.left == 0
    told = await asked.ask(content=HELLO, headers=USUAL)
    assert told.json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"


@pytest.mark.parametrize("headers", [USUAL, {**USUAL, "foredesk-client-id": "tab-1"}])
@pytest.mark.parametrize(
    "refused", ["{", "{ nothing }", "{ things(first: 5000) { nodes { name } } }"]
)
async def test_refused_operations_are_not_free(refused: str, headers: dict[str, str]) -> None:
    asked = await both(Toy(rates=Rates(2, 2, clock=lambda: 0.0), limits=Limits(cost=3)))
    body = orjson.dumps({"query": refused})

    answers = [await asked.plain.post("/graphql", content=body, headers=headers) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0].headers["ratelimit"] == '"cost";r=10;t=5'
    assert answers[2].json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"


async def test_limits_hold() -> None:
    asked = await both(Toy(limits=Limits(cost=3)))
    body = orjson.dumps({"query": "{ things(first: 50) { nodes { name } } }"})

    assert await asked.was_plain(content=body, headers=USUAL)
    answer = await asked.ask(content=body, headers=USUAL)
    assert answer.json()["errors"][0]["extensions"]["code"] == "COST_LIMIT_EXCEEDED"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    body=BODIES,
    accept=MEDIA,
    token=st.sampled_from(["Bearer known", "Bearer x", "bearer known"]),
)
async def test_whatever_is_sent_is_answered_as_the_view_answers_it(
    body: bytes, accept: str, token: str
) -> None:
    asked = await both(Toy())

    await asked.ask(content=body, headers={**USUAL, "accept": accept, "authorization": token})

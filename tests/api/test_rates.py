from dataclasses import replace
from typing import Any
from uuid import uuid4

import httpx
import pytest
from graphql import OperationType, parse
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import HTTPConnection

from api.admission import Caller
from api.app import routes
from api.operations.prepare import Prepared
from api.operations.request import OperationRequest
from api.rates import ANONYMOUS_WRITE, REFUSED, Allowance, RateLimited, Rates
from foredesk.desk import Desk
from foredesk.people.viewer import ANONYMOUS

NOBODY = Caller()
QUERY = "{ viewer { name } }"


def somebody() -> Caller:
    return Caller(replace(ANONYMOUS, person_id=uuid4()))


def at(host: str = "192.0.2.1") -> HTTPConnection:
    return HTTPConnection({"type": "http", "client": (host, 1), "headers": []})


def costing(cost: int, kind: OperationType = OperationType.QUERY) -> Prepared:
    return Prepared(parse(QUERY), OperationRequest(QUERY), kind, cost)


class Ticks:
    """A clock in seconds that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_ten_seconds_worth_and_fills_again_with_time() -> None:
    ticks = Ticks()
    rates, ada = Rates(100, 10, clock=ticks), somebody()

    assert rates.spend(at(), ada, costing(1000)) == Allowance(remaining=0, rate=100)
    with pytest.raises(RateLimited) as limited:
        rates.spend(at(), ada, costing(250))
    assert limited.value.seconds == 3
    assert limited.value.headers() == {
        "retry-after": "3",
        "ratelimit-policy": '"cost";q=1000;w=10',
        "ratelimit": '"cost";r=0;t=10',
    }

    ticks.now += 2.5
    rates.spend(at(), ada, costing(250))
    ticks.now += 1.5
    assert rates.spend(at(), ada, costing(50)) == Allowance(remaining=100, rate=100)


def test_everybody_has_a_bucket_of_their_own() -> None:
    rates, ada, bob = Rates(100, 10), somebody(), somebody()

    for caller, host in ((ada, "a"), (bob, "a")):
        rates.spend(at(host), caller, costing(1000))
    for host in ("a", "b"):
        rates.spend(at(host), NOBODY, costing(100))
        with pytest.raises(RateLimited):
            rates.spend(at(host), NOBODY, costing(50))


def test_what_nobody_writes_costs_more_than_it_reads() -> None:
    rates = Rates(0, 40, clock=Ticks())

    for _ in range(400 // (ANONYMOUS_WRITE + 1)):
        rates.spend(at(), NOBODY, costing(1, OperationType.MUTATION))
    with pytest.raises(RateLimited):
        rates.spend(at(), NOBODY, costing(1, OperationType.MUTATION))


def test_no_rate_is_no_limit_and_a_dear_operation_runs_on_a_full_bucket() -> None:
    unlimited, small, ada = Rates(0, 0), Rates(10, 10, clock=Ticks()), somebody()

    for _ in range(1000):
        assert unlimited.spend(at(), ada, costing(2000)) is None
    small.spend(at(), ada, costing(2000))
    with pytest.raises(RateLimited):
        small.spend(at(), ada, costing(1))


def test_a_refused_operation_costs_too_and_whoever_has_nothing_left_is_not_even_read() -> None:
    ticks = Ticks()
    rates, ada = Rates(4, 0, clock=ticks), somebody()

    for left in (30, 20, 10, 0):
        rates.require(at(), ada)
        assert rates.refuse(at(), ada) == Allowance(remaining=left, rate=4)
    with pytest.raises(RateLimited) as limited:
        rates.require(at(), ada)
    assert limited.value.seconds == 1

    ticks.now += 0.25
    rates.require(at(), ada)
    rates.refuse(at(), ada)
    ticks.now += REFUSED / 4 - 0.25
    with pytest.raises(RateLimited):
        rates.require(at(), ada)


def test_asking_for_more_than_is_left_is_not_free_either() -> None:
    rates, ada = Rates(10, 0, clock=Ticks()), somebody()

    rates.spend(at(), ada, costing(50))
    with pytest.raises(RateLimited) as limited:
        rates.spend(at(), ada, costing(60))
    assert limited.value.left == Allowance(remaining=50 - REFUSED, rate=10)
    assert limited.value.seconds == 2


@given(st.lists(st.tuples(st.integers(1, 300), st.floats(0, 20)), max_size=60))
def test_nobody_ever_spends_more_than_the_burst_and_the_rate_allow(
    steps: list[tuple[int, float]],
) -> None:
    ticks, spent = Ticks(), 0
    rates, ada = Rates(50, 0, clock=ticks), somebody()

    for cost, pause in steps:
        ticks.now += pause
        try:
            rates.spend(at(), ada, costing(cost))
            spent += cost
        except RateLimited:
            continue

    assert spent <= 50 * 10 + 50 * ticks.now + 1e-6


async def test_too_much_is_answered_with_429_and_how_long_to_wait(desk: Desk) -> None:
    settings = replace(desk.settings, api_rate_anonymous=1)
    transport = httpx.ASGITransport(Starlette(routes=routes(lambda: desk, settings)))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.example") as client:
        answers = [await client.post("/graphql", json={"query": QUERY}) for _ in range(30)]

    assert answers[0].status_code == 200
    assert answers[0].json()["extensions"]["cost"] == {
        "requested": 1, "limit": 2000, "remaining": 9, "restoreRate": 1
    }  # fmt: skip
    assert answers[0].headers["ratelimit"] == '"cost";r=9;t=1'
    assert answers[0].headers["ratelimit-policy"] == '"cost";q=10;w=10'
    last = answers[-1]
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) >= 1
    assert last.headers["ratelimit"].startswith('"cost";r=0;t=')
    assert last.json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"


@pytest.mark.parametrize(
    ("status", "request_of"),
    [
        (400, {"content": b"{", "headers": {"content-type": "application/json"}}),
        (415, {"content": b"{}", "headers": {"content-type": "text/plain"}}),
        (401, {"json": {"query": QUERY}, "headers": {"authorization": "Bearer fd_no_token"}}),
    ],
)
async def test_what_never_comes_to_an_operation_is_not_free(
    desk: Desk, status: int, request_of: dict[str, Any]
) -> None:
    settings = replace(desk.settings, api_rate_anonymous=REFUSED)
    transport = httpx.ASGITransport(Starlette(routes=routes(lambda: desk, settings)))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.example") as client:
        answers = [await client.post("/graphql", **request_of) for _ in range(30)]

    assert answers[0].status_code == status
    assert {answer.status_code for answer in answers} == {status, 429}
    assert int(answers[-1].headers["retry-after"]) >= 1

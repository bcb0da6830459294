"""What attackers try first: every class of graphql-cop, bombs and floods, against production."""

import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import HTTPConnection

from api.admission import Caller
from api.app import routes
from api.operations.limits import Limits
from api.operations.prepare import Preparer, Refused
from api.operations.request import OperationRequest
from api.schema import SDL, schema
from foredesk.identity import new_id
from foredesk.people.viewer import ANONYMOUS
from foredesk.settings import Settings
from tests.api.bare import bare_desk

JSON = {"content-type": "application/json"}


TOKEN = {"authorization": "Bearer fd_any"}
VIEWER = replace(ANONYMOUS, person_id=new_id(), name="Ada")


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """The API in production, without a database: whoever has a token is Ada."""
    desk = bare_desk(Settings(environment="production"))
    app = Starlette(routes=routes(lambda: desk, desk.settings, admit=admit))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.example") as client:
        yield client


async def admit(connection: HTTPConnection, authorization: str | None) -> Caller:
    return Caller(VIEWER) if authorization else Caller()


async def sent(
    http: httpx.AsyncClient, query: str, headers: dict[str, str] | None = None, **more: Any
) -> dict[str, Any]:
    response = await http.post("/graphql", json={"query": query, **more}, headers=headers)
    assert response.headers["content-type"].startswith("application/")
    answer: dict[str, Any] = response.json()
    return answer


def refusal(answer: dict[str, Any]) -> tuple[str, Any]:
    """Code and metric of the one error of a refused operation."""
    assert "data" not in answer
    [error] = answer["errors"]
    return error["extensions"]["code"], error["extensions"].get("metric")


# The classes of graphql-cop: denial of service


async def test_alias_overloading(http: httpx.AsyncClient) -> None:
    aliases = " ".join(f"alias{number}: __typename" for number in range(101))
    answer = await sent(http, f"query cop {{ {aliases} }}")
    assert refusal(answer) == ("OPERATION_TOO_LARGE", "aliases")


async def test_array_based_batches(http: httpx.AsyncClient) -> None:
    batch = [{"query": "query cop { __typename }"}] * 10
    response = await http.post("/graphql", json=batch)
    assert response.status_code == 400
    assert refusal(response.json()) == ("BAD_USER_INPUT", None)


async def test_directive_overloading(http: httpx.AsyncClient) -> None:
    unknown = await sent(http, f"query cop {{ __typename {'@aa' * 10} }}")
    assert len(unknown["errors"]) <= Limits().errors + 1
    known = await sent(http, f"query cop {{ __typename {'@skip(if: false)' * 51} }}")
    assert refusal(known) == ("OPERATION_TOO_LARGE", "directives")


async def test_duplicate_fields(http: httpx.AsyncClient) -> None:
    answer = await sent(http, f"query cop {{ {'__typename ' * 500} }}")
    assert refusal(answer)[0] == "OPERATION_TOO_LARGE"


async def test_circular_introspection(http: httpx.AsyncClient) -> None:
    deep = await sent(
        http, f"query cop {{ __schema {{ types {{ {nested('fields', 8)} }} }} }}", TOKEN
    )
    assert refusal(deep) == ("OPERATION_TOO_LARGE", "depth")
    wide = await sent(
        http, f"query cop {{ __schema {{ types {{ {nested('fields', 3)} }} }} }}", TOKEN
    )
    assert refusal(wide) == ("GRAPHQL_VALIDATION_FAILED", None)
    assert wide["errors"][0]["message"] == "Maximum introspection depth exceeded"


def nested(field: str, levels: int) -> str:
    return f"{field} {{ type {{ {nested(field, levels - 1)} }} }}" if levels else "name"


# The classes of graphql-cop: what is told


async def test_introspection(http: httpx.AsyncClient) -> None:
    query = "query cop { __schema { types { name } } }"
    assert refusal(await sent(http, query)) == ("INTROSPECTION_DISABLED", None)
    through = 'query cop { ...f } fragment f on Query { __type(name: "Query") { name } }'
    assert refusal(await sent(http, through)) == ("INTROSPECTION_DISABLED", None)
    assert "data" in await sent(http, query, TOKEN)
    assert (await sent(http, "{ __typename }"))["data"] == {"__typename": "Query"}
    published = await http.get("/graphql/schema.graphql")
    assert published.text == SDL.read_text("utf-8")


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("query cop { __schema { directive } }", {}),
        ("query cop { tickt { id } }", {}),
        ("query cop { ticket(bi: {}) { id } }", {}),
        ("query cop { ticket(by: {numbr: 1}) { id } }", {}),
        ("query cop { node(id: 1) { ... on Tickt { id } } }", {}),
        ("query cop { tickets(filter: {states: [OPN]}) { totalCount } }", {}),
        ("query cop($f: TicketFilter) { tickets(filter: $f) { totalCount } }",
         {"f": {"stats": ["OPEN"]}}),
        ("query cop($f: TicketFilter) { tickets(filter: $f) { totalCount } }",
         {"f": {"states": ["OPN"]}}),
    ],
)  # fmt: skip
async def test_field_suggestions(
    http: httpx.AsyncClient, query: str, variables: dict[str, Any]
) -> None:
    answer = await sent(http, query, TOKEN, variables=variables)
    assert answer["errors"]
    assert "did you mean" not in str(answer).casefold()


@pytest.mark.parametrize(
    "path", ["/graphql", "/graphql/", "/graphiql", "/playground", "/console", "/graphql/ide/ide.js"]
)
async def test_an_ide(http: httpx.AsyncClient, path: str) -> None:
    response = await http.get(path, headers={"accept": "text/html"})
    assert response.status_code in (307, 400, 404, 406)
    assert "<html" not in response.text.casefold()


async def test_tracing(http: httpx.AsyncClient) -> None:
    asked = {"x-apollo-tracing": "1", "apollo-federation-include-trace": "ftv1"}
    answer = await sent(http, "query cop { __typename }", asked)
    assert set(answer["extensions"]) == {"cost"}


async def test_unhandled_errors(http: httpx.AsyncClient) -> None:
    for query in ("qwerty cop { abc }", "query cop { abc }", "query cop($x: Nope) { __typename }"):
        for error in (await sent(http, query))["errors"]:
            assert set(error) <= {"message", "locations", "extensions"}
            assert set(error["extensions"]) == {"code"}


async def test_a_fault_of_ours_shows_its_id_and_nothing_else(
    http: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("api.people.visible_teams", broken)
    answer = await sent(http, "query cop { viewer { teams { name } } }", TOKEN)

    [error] = answer["errors"]
    assert error["message"] == "Something went wrong on our side."
    assert error["extensions"]["code"] == "INTERNAL"
    [logged] = [record for record in caplog.records if hasattr(record, "error_id")]
    assert logged.error_id == error["extensions"]["errorId"]
    assert "hunter2" not in str(answer)


def broken(*_: Any) -> Any:
    raise RuntimeError("postgres://desk:hunter2@db")


# The classes of graphql-cop: forged requests of other sites


async def test_get_as_a_query(http: httpx.AsyncClient) -> None:
    response = await http.get("/graphql", params={"query": "query cop { __typename }"})
    assert response.status_code == 400
    assert "Preflight" in response.json()["errors"][0]["message"]


async def test_get_as_a_mutation(http: httpx.AsyncClient) -> None:
    asked = {"query": "mutation cop { __typename }"}
    assert (await http.get("/graphql", params=asked)).status_code == 400
    forged = await http.get("/graphql", params=asked, headers={"graphql-require-preflight": "1"})
    assert forged.status_code == 405


@pytest.mark.parametrize(
    "media",
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", ""],
)
async def test_post_as_a_form(http: httpx.AsyncClient, media: str) -> None:
    """What a page of another site can make a browser send without asking us first."""
    for body in (b"query=query%20cop%20%7B__typename%7D", b'{"query": "query cop { __typename }"}'):
        response = await http.post("/graphql", content=body, headers={"content-type": media})
        assert response.status_code == 415


# Bombs and floods


def doubling(fragments: int) -> str:
    links = [f"fragment f{n} on Viewer {{ ...f{n + 1} ...f{n + 1} }}" for n in range(fragments)]
    return " ".join(["{ viewer { ...f0 } }", *links, f"fragment f{fragments} on Viewer {{ name }}"])


@pytest.mark.parametrize(
    ("query", "metric"),
    [
        (doubling(30), "fields"),
        ("{ viewer { " + "organization { " * 14 + "name" + " }" * 16, "depth"),
        ("{ nodes(ids: [" + '"x" ' * 101 + "]) { id } }", "list_length"),
        ("{ viewer { " + "name " * 51 + "} }", "same_name"),
        ("query(" + " ".join(f"$v{n}: Int" for n in range(600)) + ") { __typename }", "tokens"),
    ],
)
async def test_a_bomb_is_refused_before_it_runs(
    http: httpx.AsyncClient, query: str, metric: str
) -> None:
    answer = await sent(http, query)
    assert (
        "data" in answer if metric is None else refusal(answer) == ("OPERATION_TOO_LARGE", metric)
    )


@pytest.mark.parametrize("count", [101, 50_000])
async def test_a_list_of_fifty_thousand_values_is_never_looked_at(
    http: httpx.AsyncClient, count: int
) -> None:
    query = "query cop($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    answer = await sent(http, query, TOKEN, variables={"ids": [""] * count})
    assert refusal(answer) == ("OPERATION_TOO_LARGE", "list_length")


async def test_nested_variables_are_counted_however_they_are_put(http: httpx.AsyncClient) -> None:
    query = "query cop($f: TicketFilter) { tickets(filter: $f) { totalCount } }"
    wide = {f"x{number}": {"y": number} for number in range(1_500)}
    answer = await sent(http, query, TOKEN, variables={"f": wide})
    assert refusal(answer) == ("OPERATION_TOO_LARGE", "values")
    deep = '{"x": ' * 900 + "1" + "}" * 900
    body = f'{{"query": "{query}", "variables": {{"f": {deep}}}}}'.encode()
    response = await http.post("/graphql", content=body, headers={**TOKEN, **JSON})
    assert refusal(response.json()) == ("OPERATION_TOO_LARGE", "depth")


async def test_text_nested_without_end_is_refused_and_breaks_nothing(
    http: httpx.AsyncClient,
) -> None:
    for query in (
        "{ viewer " * 5_000 + "{ name }" + " }" * 5_000,
        "{ " + "... { " * 600 + "viewer { name }" + " }" * 601,
        "{ tickets(filter: {states: " + "[" * 700 + "]" * 700 + "}) { totalCount } }",
        "query($x: " + "[" * 900 + "Int" + "]" * 900 + ") { __typename }",
    ):
        code, _ = refusal(await sent(http, query))
        assert code in ("OPERATION_TOO_LARGE", "GRAPHQL_PARSE_FAILED")
    response = await http.post("/graphql", content=b"[" * 100_000, headers={**TOKEN, **JSON})
    assert refusal(response.json()) == ("BAD_USER_INPUT", None)


# Work, counted in calls of functions: no clock is fast enough to be trusted

PREPARER = Preparer(schema, Limits(), hide_suggestions=True)


def work(query: str, variables: dict[str, Any] | None = None) -> int:
    """Calls of Python functions until the operation is ready, or refused."""
    with counted() as calls:
        try:
            request = OperationRequest(query, None, variables or {})
            PREPARER.prepare(request, may_introspect=True)
        except Refused:
            pass
    return calls()


@contextmanager
def counted() -> Iterator[Callable[[], int]]:
    calls = 0

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield lambda: calls
    finally:
        sys.setprofile(before)


GROWING: dict[str, Callable[[int], str]] = {
    "fields": lambda n: "{ viewer { " + " ".join(f"x{i}" for i in range(n)) + " } }",
    "the same field": lambda n: "{ viewer { " + "name " * n + "} }",
    "aliases": lambda n: "{ " + " ".join(f"x{i}: viewer {{ name }}" for i in range(n)) + " }",
    "doubling fragments": doubling,
    "fragments side by side": lambda n: (
        "{ viewer { " + " ".join(f"...f{i}" for i in range(n)) + " } } "
        + " ".join(f"fragment f{i} on Viewer {{ name }}" for i in range(n))
    ),
    "nested fragments": lambda n: "{ viewer { " + "... { " * n + "name" + " }" * n + " } }",
    "directives": lambda n: "{ viewer { name " + "@skip(if: false) " * n + "} }",
    "literals": lambda n: '{ nodes(ids: [' + '"x" ' * n + "]) { id } }",
    "operations": lambda n: " ".join(f"query q{i} {{ __typename }}" for i in range(n)),
}  # fmt: skip


@pytest.mark.parametrize("name", GROWING)
def test_twice_as_much_is_at_most_twice_the_work(name: str) -> None:
    once, twice = work(GROWING[name](120)), work(GROWING[name](240))
    assert twice < 2.3 * once + 500, (once, twice)


def test_twice_as_many_values_are_at_most_twice_the_work() -> None:
    query = "query($f: TicketFilter) { tickets(filter: $f) { totalCount } }"
    once, twice = (
        work(query, {"f": {f"x{i}": [{"y": i}] for i in range(count)}}) for count in (200, 400)
    )
    assert twice < 2.3 * once + 500, (once, twice)


@pytest.mark.parametrize(
    "query",
    [
        "{ viewer { " + "name locale timeZone " * 50 + "} }",
        "{ " + "viewer { " * 1 + "organization { " + "name slug " * 50 + "} } }",
        "{ " + "tickets { " * 20 + "totalCount" + " }" * 21,
        "{ " + ("tickets { " + "nodes { " * 5 + "number " + "} " * 5 + "} ") * 5 + "}",
        "{ tickets { nodes { " + "requester { organization { name slug } } " * 30 + "} } }",
        "{ tickets { " + ("nodes { " + "requester { name } " * 11 + "} ") * 11 + "} }",
    ],
)
def test_the_worst_that_keeps_the_limits_is_bounded(query: str) -> None:
    assert work(query) < 500_000

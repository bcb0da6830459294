"""Trusted documents: published operations, called by their id."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from api.app import operations_of
from api.documents import problems_of, trusted_documents
from api.operations.trusted import Trust, TrustedDocuments, UnusableManifest, read_manifest
from foredesk.settings import Settings, SettingsError
from tests.api.serving import serving
from tests.api.toy import Toy

HELLO = "query Hello { hello }"
COUNT = "subscription Count($to: Int!) { count(target: $to) }"
BUMP = "mutation Bump { bump }"
TEXTS = {hashlib.sha256(text.encode()).hexdigest(): text for text in (HELLO, COUNT, BUMP)}
IDS = {text: id for id, text in TEXTS.items()}
PREFLIGHT = {"graphql-require-preflight": "1"}


def toy(mode: Trust) -> Toy:
    return Toy(trusted=TrustedDocuments(TEXTS, mode))


def client(mode: Trust) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(toy(mode).app())
    return httpx.AsyncClient(transport=transport, base_url="http://desk.example")


def by_id(id: str) -> dict[str, Any]:
    return {"documentId": id}


def by_hash(id: str) -> dict[str, Any]:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": id}}}


def code(answer: httpx.Response) -> str | None:
    errors = answer.json().get("errors")
    return errors[0]["extensions"]["code"] if errors else None


@pytest.mark.parametrize("named", [by_id, by_hash])
@pytest.mark.parametrize("mode", [Trust.OPTIONAL, Trust.ONLY])
async def test_a_published_operation_is_called_by_its_id(mode: Trust, named: Any) -> None:
    async with client(mode) as http:
        posted = await http.post("/graphql", json=named(IDS[HELLO]))
        texts = {
            key: v if isinstance(v, str) else json.dumps(v) for key, v in named(IDS[HELLO]).items()
        }
        got = await http.get("/graphql", params=texts, headers=PREFLIGHT)
        changed = await http.post("/graphql", json=named(IDS[BUMP]))
        by_get = await http.get("/graphql", params={"documentId": IDS[BUMP]}, headers=PREFLIGHT)

    assert posted.json()["data"] == got.json()["data"] == {"hello": "Hello, stranger"}
    assert changed.json()["data"] == {"bump": 1}
    assert by_get.status_code == 405


@pytest.mark.parametrize("named", [by_id, by_hash])
@pytest.mark.parametrize("mode", list(Trust))
async def test_an_unknown_id_is_not_found_and_not_registered(mode: Trust, named: Any) -> None:
    text = '{ echo(text: "new") }'
    id = hashlib.sha256(text.encode()).hexdigest()
    async with client(mode) as http:
        before = await http.post("/graphql", json=named(id))
        await http.post("/graphql", json={**named(id), "query": text})
        after = await http.post("/graphql", json=named(id))

    for answer in (before, after):
        assert code(answer) == "PERSISTED_QUERY_NOT_FOUND"
        assert answer.json()["errors"][0]["message"] == "PersistedQueryNotFound"


async def test_what_is_not_published_runs_only_where_it_may() -> None:
    asked = {"query": "{ __typename }"}
    for mode, expected in ((Trust.OPTIONAL, None), (Trust.ONLY, "UNTRUSTED_DOCUMENT")):
        async with client(mode) as http:
            assert code(await http.post("/graphql", json=asked)) == expected
            # A published id does not vouch for another text.
            assert (
                code(await http.post("/graphql", json={**asked, **by_id(IDS[HELLO])})) == expected
            )
            assert code(await http.post("/graphql", json={"query": HELLO})) is None


async def test_a_manifest_counts_for_nothing_where_it_is_off() -> None:
    async with client(Trust.OFF) as http:
        assert (
            code(await http.post("/graphql", json=by_id(IDS[HELLO]))) == "PERSISTED_QUERY_NOT_FOUND"
        )
        assert code(await http.post("/graphql", json={"query": HELLO})) is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"documentId": 7},
        {"documentId": ""},
        {"extensions": {"persistedQuery": {"sha256Hash": 7}}},
        {"extensions": {"persistedQuery": "x"}},
        {"extensions": {"persistedQuery": {}}},
        {"query": None},
        {"query": 7, "documentId": "x"},
    ],
)
async def test_a_request_that_names_nothing_is_malformed(body: Mapping[str, Any]) -> None:
    async with client(Trust.ONLY) as http:
        answer = await http.post("/graphql", json=body)

    assert (answer.status_code, code(answer)) == (400, "BAD_USER_INPUT")


async def test_over_a_socket_and_as_events_it_is_the_same() -> None:
    async with serving(toy(Trust.ONLY).app()) as address:
        async with httpx.AsyncClient(base_url=address) as http:
            body = {"documentId": IDS[COUNT], "variables": {"to": 2}}
            streamed = await http.post(
                "/graphql", json=body, headers={"accept": "text/event-stream"}
            )
        names = [Subprotocol("graphql-transport-ws")]
        async with connect(
            address.replace("http", "ws") + "/graphql", subprotocols=names
        ) as socket:
            await socket.send(json.dumps({"type": "connection_init"}))
            await socket.recv()
            payloads = [
                {**by_hash(IDS[COUNT]), "variables": {"to": 1}},
                {**by_id("unknown")},
                {"query": "{ __typename }"},
            ]
            said = []
            for number, payload in enumerate(payloads):
                message = {"type": "subscribe", "id": str(number), "payload": payload}
                await socket.send(json.dumps(message))
                said.append(json.loads(await socket.recv()))
                if number == 0:
                    await socket.recv()

    assert streamed.text.count("event: next") == 2
    assert said[0]["payload"]["data"] == {"count": 1}
    assert [one["payload"][0]["extensions"]["code"] for one in said[1:]] == [
        "PERSISTED_QUERY_NOT_FOUND",
        "UNTRUSTED_DOCUMENT",
    ]


def test_manifests_are_read_in_every_format(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps({"a1": HELLO, "b2": BUMP}))
    assert read_manifest(file) == {"a1": HELLO, "b2": BUMP}

    operation = {"id": "a1", "name": "Hello", "type": "query", "body": HELLO}
    manifest = {"format": "apollo-persisted-query-manifest", "version": 1}
    file.write_text(json.dumps({**manifest, "operations": [operation]}))
    assert read_manifest(file) == {"a1": HELLO}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"a": 1}',
        '{"a": null}',
        '{"format": "apollo-persisted-query-manifest", "version": 2, "operations": []}',
        '{"format": "apollo-persisted-query-manifest", "version": 1}',
        '{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": 1}]}',
        '{"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id": "a"}]}',
    ],
)
def test_a_file_that_is_no_manifest_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "manifest.json"
    file.write_text(content)

    with pytest.raises(UnusableManifest, match=r"manifest\.json"):
        read_manifest(file)


def test_a_document_that_would_not_run_is_named(tmp_path: Path) -> None:
    texts = {
        "h1": "query Good { viewer { name } }",
        "h2": "query Typo { viewer { nmae } }",
        "h3": "{",
        "h4": "query Wide { tickets(first: 99) { nodes { events(first: 99) { nodes { id } } } } }",
        "h5": "query One { viewer { name } } query Two { viewer { name } }",
        "h6": "fragment OnlyThis on Ticket { id }",
    }
    problems = list(problems_of(texts))

    assert [problem.partition(":")[0] for problem in problems] == [
        "Typo (h2)",
        "a document without a name (h3)",
        "Wide (h4)",
        "a document without a name (h6)",
    ]
    assert "Cannot query field 'nmae'" in problems[0]


def test_the_server_does_not_start_on_documents_that_would_not_run(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    settings = Settings(trusted_documents="only", trusted_documents_file=str(file))

    with pytest.raises(SettingsError, match="No such file"):
        trusted_documents(settings)
    file.write_text(json.dumps({"h2": "query Typo { viewer { nmae } }"}))
    with pytest.raises(SettingsError, match=r"Typo \(h2\)"):
        operations_of(settings)
    with pytest.raises(SettingsError, match="set trusted_documents_file"):
        operations_of(Settings(trusted_documents="optional"))

    file.write_text(json.dumps({"h1": "query Good { viewer { name } }"}))
    assert operations_of(settings).trusted.mode is Trust.ONLY

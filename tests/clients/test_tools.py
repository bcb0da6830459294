"""What reads our schema to write code: it finds it as it needs it."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from gql import Client, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport
from gql.transport.websockets import WebsocketsTransport
from graphql import parse, validate

from api.export import RELEASED
from api.identifiers import global_id
from api.schema import SDL, schema
from tests.api.asking import api_of
from tests.api.changes import breaks
from tests.api.world import World
from tests.clients.running import HERE, node, run, tool

TODAY = datetime.now(UTC).date()
RELAY = {
    "src": "./src",
    "schema": "./schema.graphql",
    "language": "javascript",
    "persistConfig": {"file": "./queries.json", "algorithm": "SHA256"},
}


async def generated(folder: Path) -> Path:
    """What codegen makes of our operations, beside the code that uses it."""
    for name in ("codegen.mjs", "tsconfig.json", "use.ts"):
        shutil.copy(HERE / name, folder)
    shutil.copytree(HERE / "documents", folder / "documents")
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    await run("node", "codegen.mjs", str(SDL), "generated", folder=folder)
    return folder


async def test_codegen_makes_types_that_the_strict_compiler_holds_front_ends_to(
    tmp_path: Path,
) -> None:
    folder = await generated(tmp_path)

    assert await tool("tsc", "-p", ".", folder=folder) == ""


async def test_a_manifest_of_codegen_is_all_that_a_closed_desk_takes(
    furnished: World, tmp_path: Path
) -> None:
    folder = await generated(tmp_path)
    manifest = folder / "generated/persisted-documents.json"
    texts: dict[str, str] = json.loads(manifest.read_text("utf-8"))
    page = next(key for key, text in texts.items() if "query TicketPage" in text)
    settings = replace(
        furnished.desk.settings, trusted_documents="only", trusted_documents_file=str(manifest)
    )
    async with api_of(replace(furnished.desk, settings=settings)) as api:
        token = {"authorization": f"Bearer {furnished.acme.grace.person_id}"}

        async def said(**asked: Any) -> Any:
            response = await api.http.post("/graphql", json=asked, headers=token)
            return response.json()

        known = await said(documentId=page, variables={"filter": {"states": ["OPEN"]}})
        other = await said(query="{ viewer { name } }")
        unknown = await said(documentId="sha256:0")

    numbers = [ticket["number"] for ticket in known["data"]["tickets"]["nodes"]]
    assert len(texts) == 5
    assert numbers == sorted(numbers, reverse=True) != []
    assert other["errors"][0]["extensions"]["code"] == "UNTRUSTED_DOCUMENT"
    assert unknown["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"


async def test_relay_compiles_pages_that_go_on_and_fragments_that_refetch_themselves(
    tmp_path: Path,
) -> None:
    shutil.copytree(HERE / "relay", tmp_path / "src")
    shutil.copy(SDL, tmp_path / "schema.graphql")
    (tmp_path / "relay.config.json").write_text(json.dumps(RELAY), "utf-8")
    (tmp_path / "queries.json").write_text("{}", "utf-8")

    await tool("relay-compiler", "relay.config.json", folder=tmp_path)

    made = {file.name for file in (tmp_path / "src/__generated__").iterdir()}
    operations = json.loads((tmp_path / "queries.json").read_text("utf-8")).values()
    assert made == {
        "TicketsQuery.graphql.js",
        "TicketsNextQuery.graphql.js",
        "TicketsRowQuery.graphql.js",
        "Tickets_list.graphql.js",
        "Tickets_row.graphql.js",
        "TicketsReplyMutation.graphql.js",
        "TicketsChangedSubscription.graphql.js",
    }
    assert len(operations) == 5
    for text in operations:
        assert validate(schema._schema, parse(text)) == []


async def test_the_server_says_of_itself_what_the_committed_schema_says(
    furnished: World, address: str
) -> None:
    token = str(furnished.acme.grace.person_id)

    assert await node("inspect.mjs", str(SDL), address, token) == []


async def test_graphql_inspector_and_our_own_rule_agree_on_what_breaks_since_the_release() -> None:
    found = await node("inspect.mjs", str(RELEASED), str(SDL))
    breaking = [change for change in found if change["level"] == "BREAKING"]

    ours = breaks(RELEASED.read_text("utf-8"), SDL.read_text("utf-8"), TODAY)
    assert bool(breaking) is bool(ours), breaking


async def test_graphql_inspector_sees_what_is_taken_away(tmp_path: Path) -> None:
    less = tmp_path / "less.graphql"
    field = '  """Number of times it was reopened"""\n  reopenCount: Int!\n'
    less.write_text(SDL.read_text("utf-8").replace(field, ""), "utf-8")

    (change,) = await node("inspect.mjs", str(SDL), str(less))
    assert (change["type"], change["path"], change["level"]) == (
        "FIELD_REMOVED",
        "Ticket.reopenCount",
        "BREAKING",
    )


async def test_gql_for_python_asks_acts_and_watches(furnished: World, address: str) -> None:
    token = str(furnished.acme.grace.person_id)
    headers = {"Authorization": f"Bearer {token}", "Foredesk-Client-Id": "gql"}
    ticket_id = global_id("Ticket", furnished.acme.tickets["busy"].id)
    ask = gql("query Ticket($id: ID!) { ticket(by: { id: $id }) { number state } }")
    reply = gql(
        "mutation Reply($input: AddReplyInput!) { addReply(input: $input) "
        "{ ticket { number } errors { __typename ... on UserError { code path } } } }"
    )
    watch = gql(
        "subscription Watch($id: ID!) { ticketChanged(id: $id) "
        "{ events { __typename ... on ReplyAdded { body } } } }"
    )
    socket = WebsocketsTransport(
        address.replace("http", "ws"),
        init_payload={"token": token, "clientId": "gql-socket"},
        subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL],
    )

    async with (
        Client(transport=HTTPXAsyncTransport(address, headers=headers)) as client,
        Client(transport=socket) as watcher,
    ):
        ask.variable_values = watch.variable_values = {"id": ticket_id}
        read = await client.execute(ask)
        events = watcher.subscribe(watch)
        first = await anext(events)
        reply.variable_values = {"input": {"ticketId": ticket_id, "body": "From Python"}}
        acted = await client.execute(reply)
        second = await anext(events)
        reply.variable_values = {"input": {"ticketId": ticket_id, "body": " "}}
        refused = await client.execute(reply)
        with pytest.raises(TransportQueryError, match="first must be 1 to 100"):
            await client.execute(gql("{ tickets(first: 0) { totalCount } }"))
        await events.aclose()

    assert read == {"ticket": {"number": 1, "state": "OPEN"}}
    assert first == {"ticketChanged": {"events": []}}
    assert acted == {"addReply": {"ticket": {"number": 1}, "errors": []}}
    assert second["ticketChanged"]["events"] == [
        {"__typename": "ReplyAdded", "body": "From Python"}
    ]
    assert refused["addReply"]["errors"] == [
        {"__typename": "InvalidInput", "code": "INVALID_INPUT", "path": ["body"]}
    ]

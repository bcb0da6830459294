"""What other people's tools say about the API, when there is Node to run them."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from api.app import routes
from foredesk.settings import Settings
from tests.api.bare import bare_desk
from tests.api.serving import serving
from tests.api.toy import Stage, Toy

DESK = bare_desk(Settings())
"""In development."""

HERE = Path(__file__).parent / "audits"
NODE = shutil.which("node")


async def test_all_61_audits_of_graphql_over_http_pass() -> None:
    app = Starlette(routes=routes(lambda: DESK, DESK.settings))
    async with serving(app) as address:
        headers = {"graphql-require-preflight": "1"}
        said = await run("graphql_http.mjs", f"{address}/graphql", json.dumps(headers))

    assert said == {"ok": 61, "failed": []}


async def test_the_graphql_ws_client_gets_what_it_asks_for() -> None:
    async with serving(Toy().app()) as address:
        said = await run("graphql_ws.mjs", f"{address.replace('http', 'ws')}/graphql")

    assert said.pop("pongs") > 0
    assert said == {
        "subscription": [{"count": 1}, {"count": 2}, {"count": 3}],
        "query": [{"hello": "Hello, Ada"}],
        "mutation": [{"bump": 1}],
        "invalid": [{"refused": ["GRAPHQL_VALIDATION_FAILED"]}],
        "broken": [{"refused": ["GRAPHQL_PARSE_FAILED"]}],
        "concurrent": [1, 2, 3, 4, 5],
    }


async def test_the_graphql_sse_client_gets_what_it_asks_for() -> None:
    async with serving(Toy().app()) as address:
        said = await run("graphql_sse.mjs", f"{address}/graphql")
        async with asyncio.timeout(5):
            while Stage.open:
                await asyncio.sleep(0.01)

    assert said == {
        "subscription": [{"count": 1}, {"count": 2}, {"count": 3}],
        "query": [{"hello": "Hello, stranger"}],
        "mutation": [{"bump": 1}],
        "invalid": [["GRAPHQL_VALIDATION_FAILED"]],
        "concurrent": [1, 2, 3],
        "named": [{"origins": {"by": by}} for by in ("", "tab-2", "")],
        "single": ["refused: Server responded with 405: Method Not Allowed"],
    }


async def test_at_the_edge_of_the_protocol_every_socket_ends_with_its_code_and_none_breaks(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with serving(Toy().app()) as address:
        said = await run("graphql_ws_raw.mjs", f"{address.replace('http', 'ws')}/graphql")

    ack = ["connection_ack"]
    counted = said.pop("duplicate id")
    assert counted[0] == 4409
    assert set(counted[1]) <= {"connection_ack", "next"}
    assert said == {
        "no subprotocol": [4406, [], []],
        "unknown subprotocol": [4406, [], []],
        "legacy graphql-ws": [4406, [], []],
        "not json": [4400, [], []],
        "unknown type": [4400, [], []],
        "subscribe before init": [4401, [], []],
        "double init": [4429, ack, []],
        "init payload null": ["open", ack, []],
        "init payload array": [4400, [], []],
        "init client id not a word": [4400, [], []],
        "subscribe without payload": [4400, ack, []],
        "json array message": [4400, ack, []],
        "json number message": [4400, ack, []],
        "json null": [4400, ack, []],
        "binary message": [4400, ack, []],
        "id not string": [4400, ack, []],
        "query not string": [4400, ack, []],
        "variables list": [4400, ack, []],
        "query null": [4400, ack, []],
        "query invalid": ["open", [*ack, "error"], []],
        "document unknown": ["open", [*ack, "error"], []],
        "ping before init": ["open", ["pong"], []],
        "complete unknown id": ["open", ack, []],
        "too large": [1009, ack, []],
        "cross origin": [1006, [], ["Unexpected server response: 403"]],
        "same origin": ["open", ack, []],
    }
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def run(script: str, *arguments: str) -> Any:
    assert NODE is not None
    process = await asyncio.create_subprocess_exec(
        NODE, str(HERE / script), *arguments, cwd=HERE, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await asyncio.wait_for(process.communicate(), 60)
    return json.loads(printed)

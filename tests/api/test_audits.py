"""What other people's tools say about the API, when there is Node to run them."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from api.app import routes
from foredesk.settings import Settings
from tests.api.bare import bare_desk
from tests.api.serving import serving
from tests.api.toy import Toy

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


async def run(script: str, *arguments: str) -> Any:
    assert NODE is not None
    process = await asyncio.create_subprocess_exec(
        NODE, str(HERE / script), *arguments, cwd=HERE, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await asyncio.wait_for(process.communicate(), 60)
    return json.loads(printed)

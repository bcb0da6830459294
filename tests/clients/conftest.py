"""The clients run in Node, against a real server of a furnished desk."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.api.asking import Api, api_of
from tests.api.conftest import furnished, world
from tests.api.serving import serving
from tests.api.world import World

__all__ = ["furnished", "world"]

NODE = Path(__file__).parent / "node"
HAS_NODE = shutil.which("node") and (NODE / "node_modules").exists()

collect_ignore = [] if HAS_NODE else ["test_clients.py", "test_tools.py", "test_web_client.py"]


def pytest_report_header() -> str:
    if HAS_NODE:
        return "clients: with Apollo, urql, Relay and codegen in Node"
    return "clients: WITHOUT the clients in Node; they need Node and `make setup-dev`"


@pytest.fixture
async def api(furnished: World) -> AsyncIterator[Api]:
    async with api_of(furnished.desk) as asked:
        yield asked


@pytest.fixture
async def address(api: Api) -> AsyncIterator[str]:
    async with serving(api.app) as served:
        yield f"{served}/graphql"

"""Fixtures of the API's tests."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from foredesk.desk import Desk
from tests.api.asking import Api, api_of
from tests.api.world import World, furnish, make_world
from tests.clock import Clock

HERE = Path(__file__).parent
PACKAGES = [HERE / "audits/node_modules", HERE / "lint/node_modules"]
HAS_NODE = shutil.which("node") and all(folder.exists() for folder in PACKAGES)

collect_ignore = [] if HAS_NODE else ["test_audits.py", "test_lint.py"]


def pytest_report_header() -> str:
    if HAS_NODE:
        return "api: with the audits in Node"
    return "api: WITHOUT the audits; they need Node and `make setup-dev`"


@pytest.fixture
async def world(desk: Desk, tmp_path: Path) -> AsyncIterator[World]:
    made = await make_world(desk, tmp_path)
    yield made
    await made.close()


@pytest.fixture
async def api(world: World) -> AsyncIterator[Api]:
    async with api_of(world.desk) as asked:
        yield asked


@pytest.fixture
async def furnished(world: World, clock: Clock) -> World:
    await furnish(world, clock)
    return world

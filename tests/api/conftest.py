"""Fixtures of the API's tests."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from foredesk.desk import Desk
from tests.api.asking import Api, api_of
from tests.api.world import World, furnish, make_world, world_desk
from tests.clock import Clock
from tests.snapshots import Snapshot, take, with_desk, without_desk

HERE = Path(__file__).parent
PACKAGES = [HERE / "audits/node_modules", HERE / "lint/node_modules"]
HAS_NODE = shutil.which("node") and all(folder.exists() for folder in PACKAGES)

collect_ignore = [] if HAS_NODE else ["test_audits.py", "test_lint.py"]


def pytest_report_header() -> str:
    if HAS_NODE:
        return "api: with the audits in Node"
    return "api: WITHOUT the audits; they need Node and `make setup-dev`"


@pytest.fixture
async def world(
    desk: Desk,
    clock: Clock,
    tmp_path: Path,
    database_kind: str,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[World]:
    is_furnished = "furnished" in request.fixturenames
    key = (database_kind, is_furnished)
    if known := SNAPSHOTS.get(key):
        made = await known.restore(desk, clock, tmp_path)
        made = with_desk(made, await world_desk(desk, tmp_path))
        await made.desk.knowledge.catch_up()
    else:
        made = await make_world(await world_desk(desk, tmp_path))
        if is_furnished:
            await furnish(made, clock)
        folder = tmp_path_factory.mktemp("world") / "kept"
        kept = without_desk(made)
        SNAPSHOTS[key] = await take(kept, desk, clock, tmp_path / "index", folder)
    yield made
    await made.close()


SNAPSHOTS: dict[tuple[str, bool], Snapshot[World]] = {}


@pytest.fixture
async def api(world: World) -> AsyncIterator[Api]:
    async with api_of(world.desk) as asked:
        yield asked


@pytest.fixture
async def furnished(world: World) -> World:
    """The world with tickets in it; `world` knows when it is asked for."""
    return world

"""One furnished world for all operations of a module."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from foredesk.database import connect, disconnect
from tests.api.differential.stage import Stage, make_stage
from tests.clock import Clock
from tests.databases import FAST_SQLITE, empty_all_tables, run
from tests.desks import make_desk


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as made:
        yield made


@pytest.fixture(scope="module")
def stage(
    database_kind: str,
    runner: asyncio.Runner,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("differential")
    url = _database(database_kind, request, folder)

    async def enter() -> Stage:
        await connect(url)
        clock = Clock()
        return await make_stage(make_desk(url, clock, folder), clock, folder)

    async def leave(stage: Stage) -> None:
        await stage.world.close()
        await disconnect()

    made = runner.run(enter())
    yield made
    runner.run(leave(made))


def _database(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    if kind == "postgres":
        url: str = request.getfixturevalue("postgres_url")
        run(empty_all_tables(url))
        return url
    path = folder / "foredesk.sqlite3"
    shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}{FAST_SQLITE}"

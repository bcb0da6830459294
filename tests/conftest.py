"""Every test that touches the database runs on SQLite, and on PostgreSQL when there is one."""

import functools
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from foredesk.database import connect, disconnect
from foredesk.desk import Desk
from tests.clock import Clock
from tests.databases import (
    FAST_SQLITE,
    SERVER,
    drop_leftovers,
    empty_all_tables,
    make_sqlite,
    postgres_database,
    postgres_is_reachable,
    run,
)
from tests.desks import make_desk


@functools.cache
def is_postgres_there() -> bool:
    return postgres_is_reachable()


def pytest_report_header() -> str:
    return databases()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Once more at the end, where a quiet run shows it too."""
    if not is_postgres_there():
        terminalreporter.write_line(databases(), yellow=True)


def databases() -> str:
    if is_postgres_there():
        return f"databases: SQLite and PostgreSQL ({SERVER})"
    return (
        f"databases: SQLite ONLY. No PostgreSQL answers at {SERVER}; set FOREDESK_TEST_POSTGRES "
        "to run every database test there too."
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `postgres_only` has nothing to say about SQLite."""
    if "database_kind" in metafunc.fixturenames:
        kinds = ["sqlite", "postgres"] if is_postgres_there() else ["sqlite"]
        if "postgres_only" in metafunc.fixturenames:
            kinds.remove("sqlite")
        metafunc.parametrize("database_kind", kinds, scope="session")


@pytest.fixture(scope="session")
def postgres_only(database_kind: str) -> str:
    return database_kind


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    make_sqlite(path)
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """This process's own PostgreSQL database with the whole schema."""
    drop_leftovers()
    with postgres_database(os.environ.get("PYTEST_XDIST_WORKER", "main")) as url:
        yield url


@pytest.fixture
def database_url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The URL of a database with the whole schema and no rows; nothing is connected to it yet."""
    if database_kind == "postgres":
        url: str = request.getfixturevalue("postgres_url")
        run(empty_all_tables(url))
        return url
    template: Path = request.getfixturevalue("sqlite_template")
    path = tmp_path / "foredesk.sqlite3"
    shutil.copyfile(template, path)
    return f"sqlite:///{path}{FAST_SQLITE}"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """An empty, connected database; its value is the URL."""
    await connect(database_url)
    try:
        yield database_url
    finally:
        await disconnect()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(database: str, clock: Clock, tmp_path: Path) -> Desk:
    """A desk on the test's database. Its parts beyond the domain only keep what they are given."""
    return make_desk(database, clock, tmp_path)

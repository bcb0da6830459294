"""Opening the database: which URLs, one process per SQLite file, nothing left behind."""

import asyncio
import shutil
import sys
from pathlib import Path

import pytest
from tortoise.exceptions import ConfigurationError

from foredesk.database import DatabaseError, DatabaseInUse, connect, disconnect
from foredesk.database.connect import database_config, sqlite_path
from foredesk.database.models import Counter

MODULES = ("foredesk.database.models",)


def test_three_slashes_begin_a_relative_path_and_four_an_absolute_one() -> None:
    assert sqlite_path("sqlite:///var/desk.sqlite3") == Path("var/desk.sqlite3")
    assert sqlite_path("sqlite:////srv/a%20b/desk.sqlite3?readers=4") == Path(
        "/srv/a b/desk.sqlite3"
    )


def test_a_postgres_url_names_everything() -> None:
    config = database_config("postgresql://us%40er:p%3Aw@db.example:5433/desk?maxsize=20")

    credentials = config["connections"]["default"]["credentials"]
    assert credentials["user"] == "us@er"
    assert credentials["password"] == "p:w"
    assert (credentials["host"], credentials["port"]) == ("db.example", 5433)
    assert (credentials["database"], credentials["maxsize"]) == ("desk", "20")


@pytest.mark.parametrize(
    "url", ["", "mysql://a/b", "sqlite://a", "sqlite:///:memory:", "postgresql://host"]
)
def test_another_url_is_refused(url: str) -> None:
    with pytest.raises(DatabaseError):
        database_config(url)


async def test_a_process_has_one_database_at_a_time(database: str) -> None:
    with pytest.raises(DatabaseError, match="already has a database open"):
        await connect(database)


async def test_after_disconnect_another_database_can_be_opened(tmp_path: Path) -> None:
    for name in ("a", "b"):
        await connect(f"sqlite:///{tmp_path / name}", modules=MODULES)
        await disconnect()
    await disconnect()


async def test_a_database_that_cannot_be_opened_leaves_the_process_free(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        await connect(f"sqlite:///{tmp_path / 'a'}", modules=("foredesk.nothing",))

    await connect(f"sqlite:///{tmp_path / 'a'}", modules=MODULES)
    await disconnect()


async def test_what_is_no_database_is_said_by_name_and_leaves_the_process_free(
    tmp_path: Path,
) -> None:
    file = tmp_path / "letter.txt"
    await asyncio.to_thread(file.write_text, "Dear Sir or Madam, " * 100)
    with pytest.raises(DatabaseError, match=r"letter\.txt cannot be opened"):
        await connect(f"sqlite:///{file}")

    await connect(f"sqlite:///{tmp_path / 'desk.sqlite3'}")
    await disconnect()


@pytest.mark.parametrize("place", ["127.0.0.1:1/desk", "127.0.0.1:5432/fd_there_is_no_such"])
async def test_a_server_that_does_not_answer_is_said_without_the_password(place: str) -> None:
    with pytest.raises(DatabaseError) as refusal:
        await connect(f"postgresql://postgres:secret@{place}")

    assert str(refusal.value).startswith(f"The database {place} cannot be opened: ")
    assert "secret" not in str(refusal.value)


OPEN_AND_WAIT = """
import asyncio, sys
from foredesk.database import connect
async def main():
    await connect(sys.argv[1], modules=("foredesk.database.models",))
    print("open", flush=True)
    sys.stdin.read()
asyncio.run(main())
"""


async def test_a_second_process_is_refused_and_told_what_to_do(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'desk.sqlite3'}"
    first = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", OPEN_AND_WAIT, url),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert first.stdout is not None
    assert await first.stdout.readline() == b"open\n"

    with pytest.raises(DatabaseInUse) as refusal:
        await connect(url, modules=MODULES)
    first.kill()
    await first.wait()

    assert str(refusal.value) == (
        f"{tmp_path / 'desk.sqlite3'} is open in process {first.pid}. SQLite data belongs to one "
        "Foredesk process at a time: stop that one first, or set FOREDESK_DATABASE_URL to "
        "PostgreSQL, which several can share."
    )
    await connect(url, modules=MODULES)
    await disconnect()


async def test_models_follow_the_database_that_is_open(
    sqlite_template: Path, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        path = tmp_path / name
        shutil.copyfile(sqlite_template, path)
        await connect(f"sqlite:///{path}", modules=MODULES)
        await Counter.create(name=name, value=1)
        assert await Counter.all().values_list("name", flat=True) == [name]
        await disconnect()

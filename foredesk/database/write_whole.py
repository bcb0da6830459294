"""Write the schema after all migrations as SQL, from databases that went through every step."""

import re
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import asyncpg

from foredesk.database.migrate import migrate

FOLDER = Path(__file__).parent / "schema"
STEPS = Path(__file__).parents[1] / "migrations"
NEWEST = max(path.stem for path in STEPS.glob("0*.py"))
_KEPT = "name NOT LIKE 'sqlite_%' AND name <> 'tortoise_migrations'"


async def write_whole(server: str) -> None:
    """`server` is a PostgreSQL server on which a database may be made; pg_dump must be there."""
    FOLDER.joinpath("sqlite.sql").write_text(await sqlite_script(), "utf-8")
    FOLDER.joinpath("postgres.sql").write_text(await postgres_script(server), "utf-8")


async def sqlite_script() -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "steps.sqlite3"
        await migrate(f"sqlite:///{path}", NEWEST)
        with closing(sqlite3.connect(path)) as opened:
            found = opened.execute(
                f"SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND {_KEPT} "
                "AND tbl_name <> 'tortoise_migrations' ORDER BY type DESC, rowid"
            )
            return "".join(f"{sql};\n\n" for (sql,) in found.fetchall())


async def postgres_script(server: str) -> str:
    name = "fd_whole_schema"
    administration = await asyncpg.connect(f"{server}/postgres")
    try:
        await administration.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await administration.execute(f"CREATE DATABASE {name}")
        await migrate(f"{server}/{name}", NEWEST)
        return _script(_dumped(f"{server}/{name}"))
    finally:
        await administration.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await administration.close()


def _dumped(url: str) -> str:
    options = ["--schema-only", "--no-owner", "--no-privileges"]
    options.append("--exclude-table=tortoise_migrations*")
    return subprocess.run(
        ["pg_dump", *options, url], check=True, capture_output=True, text=True
    ).stdout


def _script(dump: str) -> str:
    """Without what only sets up the session of whoever restores the dump, and for the schema that
    the connection is in, whatever its name.
    """
    dump = dump.replace("public.", "")
    lines = [line for line in dump.splitlines() if not line.startswith(_OF_THE_SESSION)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


_OF_THE_SESSION = ("--", "\\", "SET ", "SELECT pg_catalog.set_config")

"""The database that is measured: one that is given, or one of our own that is gone afterwards."""

import asyncio
import getpass
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from benchmarks.server_process import free_port

LOCAL = "postgresql://postgres@127.0.0.1:5432"
NAME = "foredesk_benchmark"
DEBIAN = Path("/usr/lib/postgresql")


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """The URL of a server: the one on this machine, or else one that is started for us."""
    if _is_listening(5432):
        yield LOCAL
        return
    data, port = folder / "postgresql", free_port()
    _run(_program("initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    control = _program("pg_ctl")
    _run(
        control, "-D", str(data), "-l", str(folder / "postgresql.log"), "-w", "-o", options, "start"
    )
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}"
    finally:
        _run(control, "-D", str(data), "-m", "immediate", "stop")


async def is_loaded(database: str) -> bool:
    """Whether a desk of some size was left there by an earlier run."""
    try:
        connection = await asyncpg.connect(database)
    except asyncpg.InvalidCatalogNameError:
        return False
    try:
        return bool(await connection.fetchval("SELECT to_regclass('ticket')")) and bool(
            await connection.fetchval("SELECT exists(SELECT FROM ticket)")
        )
    finally:
        await connection.close()


async def drop(database: str) -> None:
    server, _, name = database.rpartition("/")
    connection = await asyncpg.connect(f"{server}/postgres")
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    finally:
        await connection.close()


async def end_jobs(database: str) -> None:
    """Forget the jobs that new tickets lead to, once those that run have ended."""
    connection = await asyncpg.connect(database)
    try:
        for _ in range(100):
            await connection.execute("DELETE FROM pgqueuer WHERE status = 'queued'")
            if not await connection.fetchval("SELECT exists(SELECT FROM pgqueuer)"):
                return
            await asyncio.sleep(0.1)
    finally:
        await connection.close()


def _is_listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _program(name: str) -> str:
    """From the PATH, or where Debian keeps it."""
    if found := shutil.which(name):
        return found
    there = sorted(DEBIAN.glob(f"*/bin/{name}"))
    if not there:
        raise SystemExit("PostgreSQL is not installed here; give a --database.")
    return str(there[-1])


def _run(*command: str) -> None:
    """PostgreSQL does not run as root: then as the user that Debian made for it."""
    as_postgres = ["runuser", "-u", "postgres", "--"] if getpass.getuser() == "root" else []
    subprocess.run([*as_postgres, *command], check=True, stdout=subprocess.DEVNULL, cwd=os.sep)

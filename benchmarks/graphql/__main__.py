"""python -m benchmarks.graphql: see the package."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import orjson

from benchmarks.graphql import contenders, postgraphile
from benchmarks.graphql.contenders import Contender
from benchmarks.graphql.database import NAME, drop, end_jobs, is_loaded, postgres_server
from benchmarks.graphql.dataset.foundation import TOKEN
from benchmarks.graphql.dataset.load import load_desk
from benchmarks.graphql.dataset.scale import Scale
from benchmarks.graphql.floor import Caller, read_caller
from benchmarks.graphql.measure import Bench
from benchmarks.graphql.operations import Operation
from benchmarks.graphql.report import figures, table
from benchmarks.graphql.requests import Choice, choose
from benchmarks.small_desk import empty_postgres

READS = frozenset({Operation.Q1, Operation.Q2, Operation.Q3})


def main() -> None:
    given = _arguments().parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as open_things:
        folder = Path(name)
        folder.chmod(0o777)  # PostgreSQL may run as another user
        database = open_things.enter_context(_database(folder, given))
        if not given.load_only:
            print(orjson.dumps(measure(database, folder, given)).decode())


def measure(database: str, folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    operations = [Operation(name) for name in given.only.split(",")]
    with ExitStack() as running:
        servers = _servers(database, folder, given)
        for server in servers:
            running.callback(server.stop)
            server.start()
        bench = Bench(
            servers,
            _choices(servers, given.tickets),
            tidy=lambda: asyncio.run(end_jobs(database)),
            say=_say,
        )
        for operation in operations:
            bench.compare(operation)
        _say("All servers answer the same.")
        for operation in operations:
            bench.warm(operation, given.warm_seconds)
        samples = bench.rounds(operations, given.rounds, given.seconds)
    _say(table(samples))
    return figures(samples)


@contextmanager
def _database(folder: Path, given: argparse.Namespace) -> Iterator[str]:
    """Loaded. One that was loaded before is taken as it is, and kept."""
    with ExitStack() as server:
        database = given.database or f"{server.enter_context(postgres_server(folder))}/{NAME}"
        was_there = not given.load_only and asyncio.run(is_loaded(database))
        if not was_there:
            _say(f"Loading {given.tickets} tickets")
            asyncio.run(empty_postgres(database))
            asyncio.run(load_desk(database, Scale.of(given.tickets)))
        try:
            yield database
        finally:
            if not (was_there or given.keep or given.load_only):
                asyncio.run(drop(database))


def _servers(database: str, folder: Path, given: argparse.Namespace) -> list[Contender]:
    caller = asyncio.run(_prepared(database))
    makers: dict[str, Callable[[], Contender | None]] = {
        "ours": lambda: contenders.ours(database, folder),
        "plain": lambda: contenders.ours(database, folder, name="plain", plans="off"),
        "floor": lambda: contenders.floor(database, folder),
        "postgraphile": lambda: contenders.postgraphile_server(database, folder, caller),
        "sqlite": lambda: _on_sqlite(folder, given.tickets),
    }
    wanted = [*given.servers.split(","), *(["sqlite"] if given.sqlite else [])]
    made = {name: makers[name]() for name in wanted}
    if "postgraphile" in made and made["postgraphile"] is None:
        _say("PostGraphile is not here (it needs npm): of_postgraphile will be null.")
    return [server for server in made.values() if server]


async def _prepared(database: str) -> Caller:
    connection = await asyncpg.connect(database)
    try:
        caller = await read_caller(connection, TOKEN)
        await connection.execute(postgraphile.schema_for(caller))
        return caller
    finally:
        await connection.close()


def _on_sqlite(folder: Path, tickets: int) -> Contender:
    _say(f"Loading {tickets} tickets into SQLite")
    database = f"sqlite:///{folder / 'desk.sqlite3'}"
    asyncio.run(load_desk(database, Scale.of(tickets)))
    return contenders.ours(database, folder, name="sqlite", operations=READS)


def _choices(servers: list[Contender], tickets: int) -> dict[str, Choice]:
    common = choose(servers[0], tickets)
    return {
        server.name: choose(server, tickets) if server.name == "sqlite" else common
        for server in servers
    }


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.graphql", description=__doc__)
    add = parser.add_argument
    add("--database", default="", help="postgresql://…/name; loaded first unless it was already")
    add("--tickets", type=int, default=100_000, help="and ten times as many events")
    add("--only", default="Q1,Q2,Q3,M1", help="operations, separated by commas")
    add("--servers", default="ours,plain,floor,postgraphile", help="ours first")
    add("--rounds", type=int, default=5)
    add("--seconds", type=float, default=3, help="for each server and operation in a round")
    add("--warm-seconds", type=float, default=2, help="slices until the rate is steady")
    add("--sqlite", action="store_true", help="measure the reads on SQLite as well")
    add("--keep", action="store_true", help="keep the database")
    add("--load-only", action="store_true", help="load the database anew, and keep it")
    return parser


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

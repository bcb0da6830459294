"""Why we have engines of our own: what Tortoise's lose or how they hang, and that ours do not.

`FOREDESK_FUZZ_ROUNDS` sets the rounds of the cancellation fuzz; releases run 600.
"""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from foredesk.database.connect import database_config
from tests.databases import empty_postgres_database

ROUNDS = int(os.environ.get("FOREDESK_FUZZ_ROUNDS", "150"))
UNTIL_STOCK_HANGS = 600
OURS = {"sqlite": "foredesk.database.sqlite", "postgres": "foredesk.database.postgres"}
STOCK = {"sqlite": "tortoise.backends.sqlite", "postgres": "tortoise.backends.asyncpg"}


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Mapping[str, Any]:
    credentials = {"file_path": str(tmp_path / "trial.sqlite3")}
    result_of("prepare", OURS["sqlite"], credentials)
    return credentials


@pytest.fixture
def postgres(postgres_only: str) -> Iterator[Mapping[str, Any]]:
    with empty_postgres_database("trial") as url:
        given = database_config(url)["connections"]["default"]["credentials"]
        names = ("host", "port", "user", "password", "database")
        credentials = {name: given[name] for name in names}
        result_of("prepare", OURS["postgres"], credentials)
        yield credentials


def start(
    trial: str, engine: str, credentials: Mapping[str, Any], rounds: int = 0
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.database.engine_trials"),
            *(trial, engine, json.dumps(credentials), str(rounds)),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process: subprocess.Popen[str]) -> Any:
    out, err = process.communicate(timeout=60)
    assert out, err
    return json.loads(out.splitlines()[-1])


def result_of(trial: str, engine: str, credentials: Mapping[str, Any], rounds: int = 0) -> Any:
    return finished(start(trial, engine, credentials, rounds))


def contention(engine: str, credentials: Mapping[str, Any]) -> tuple[int, int, int]:
    processes = [start("contend", engine, credentials, 60) for _ in range(3)]
    results = [finished(process) for process in processes]
    with sqlite3.connect(credentials["file_path"]) as connection:
        (value,) = connection.execute("SELECT value FROM number").fetchone()
    return value, sum(one["done"] for one in results), sum(one["errors"] for one in results)


def test_stock_fails_when_processes_read_then_write(sqlite_file: Mapping[str, Any]) -> None:
    value, done, errors = contention(STOCK["sqlite"], sqlite_file)

    assert errors > 0
    assert value == done == 180 - errors


def test_ours_lets_processes_read_then_write(sqlite_file: Mapping[str, Any]) -> None:
    assert contention(OURS["sqlite"], sqlite_file) == (180, 180, 0)


def test_stock_hangs_on_cancellation_in_sqlite(sqlite_file: Mapping[str, Any]) -> None:
    result = result_of("cancel", STOCK["sqlite"], sqlite_file, UNTIL_STOCK_HANGS)

    assert result["stuck_in_round"] is not None


def test_ours_neither_hangs_nor_loses_on_cancellation_in_sqlite(
    sqlite_file: Mapping[str, Any],
) -> None:
    result = result_of("cancel", OURS["sqlite"], sqlite_file, ROUNDS)

    assert result["stuck_in_round"] is None
    assert result["lost"] == 0
    assert result["acked"] >= ROUNDS / 2


def test_stock_hangs_on_cancellation_in_postgres(postgres: Mapping[str, Any]) -> None:
    result = result_of("cancel", STOCK["postgres"], postgres, UNTIL_STOCK_HANGS)

    assert result["stuck_in_round"] is not None


def test_ours_neither_hangs_nor_loses_on_cancellation_in_postgres(
    postgres: Mapping[str, Any],
) -> None:
    result = result_of("cancel", OURS["postgres"], postgres, ROUNDS)

    assert result["stuck_in_round"] is None
    assert result["lost"] == 0
    assert result["acked"] >= ROUNDS / 2


def test_stock_acknowledges_and_loses_what_a_late_task_writes(
    sqlite_file: Mapping[str, Any],
) -> None:
    result = result_of("late_task", STOCK["sqlite"], sqlite_file)

    assert result == {"acknowledged": True, "stored": 0}


def test_ours_refuses_a_late_task(sqlite_file: Mapping[str, Any]) -> None:
    result = result_of("late_task", OURS["sqlite"], sqlite_file)

    assert result == {"acknowledged": False, "stored": 0}


def acknowledged_rows(credentials: Mapping[str, Any]) -> int:
    with sqlite3.connect(credentials["file_path"]) as connection:
        query = "SELECT count(*) FROM row WHERE tag LIKE 'acknowledged%'"
        return int(connection.execute(query).fetchone()[0])


def test_stock_loses_acknowledged_rows_after_a_cancelled_bulk_write(
    sqlite_file: Mapping[str, Any],
) -> None:
    result = result_of("cancelled_bulk", STOCK["sqlite"], sqlite_file, 300)

    assert result == {"left_open": True, "acknowledged": 5}
    assert acknowledged_rows(sqlite_file) == 0


def test_ours_keeps_acknowledged_rows_after_cancelled_bulk_writes(
    sqlite_file: Mapping[str, Any],
) -> None:
    result = result_of("cancelled_bulk", OURS["sqlite"], sqlite_file, 100)

    assert result == {"left_open": False, "acknowledged": 5}
    assert acknowledged_rows(sqlite_file) == 5


def test_stock_hides_what_is_written_after_a_failed_commit(
    sqlite_file: Mapping[str, Any],
) -> None:
    result = result_of("failed_commit", STOCK["sqlite"], sqlite_file)

    assert result == {"refused": True, "left_open": True, "visible": 0}


def test_ours_rolls_a_failed_commit_back(sqlite_file: Mapping[str, Any]) -> None:
    result = result_of("failed_commit", OURS["sqlite"], sqlite_file)

    assert result == {"refused": True, "left_open": False, "visible": 1}

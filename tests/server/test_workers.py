"""Worker processes are kept alive while the server lives, and end with it."""

import asyncio
import os
import sys
import time
from pathlib import Path

import pytest

from foredesk.settings import Settings
from foredesk.workers import Patience, Workers

QUICK = Patience(silence=0.4, ending=0.5, first_pause=0.05, longest_pause=0.1)
OBEDIENT = "sys.stdin.read(); say('ended')"
BEATING = """
def beat():
    while True:
        print('alive', flush=True)
        time.sleep(0.1)
threading.Thread(target=beat, daemon=True).start()
"""


def workers(folder: Path, script: str, *, count: int = 1, patience: Patience = QUICK) -> Workers:
    """Their command is a script that says what it does by files in the folder."""
    beginning = f"""
import os, pathlib, sys, threading, time
def say(word): pathlib.Path({str(folder)!r}, word + '-' + str(os.getpid())).touch()
say('began')
"""
    settings = Settings(data_dir=folder, worker_processes=count, host="::1", port=8111)
    command = (sys.executable, "-c", beginning + script)
    return Workers(settings, command=command, patience=patience)


def said(folder: Path, word: str) -> list[int]:
    """By which processes."""
    return sorted(int(file.name.partition("-")[2]) for file in folder.glob(f"{word}-*"))


async def until_said(folder: Path, word: str, count: int = 1, seconds: float = 10) -> list[int]:
    async with asyncio.timeout(seconds):
        while len(said(folder, word)) < count:
            await asyncio.sleep(0.02)
    return said(folder, word)


async def test_as_many_as_were_asked_for_run_and_all_end_by_themselves(tmp_path: Path) -> None:
    async with workers(tmp_path, BEATING + OBEDIENT, count=2).at_work():
        began = await until_said(tmp_path, "began", 2)
        await asyncio.sleep(0.3)

    assert said(tmp_path, "began") == said(tmp_path, "ended") == began


async def test_none_runs_where_none_is_wanted(tmp_path: Path) -> None:
    async with workers(tmp_path, OBEDIENT, count=0).at_work():
        await asyncio.sleep(0.2)

    assert said(tmp_path, "began") == []


async def test_one_that_ended_is_started_anew(tmp_path: Path) -> None:
    async with workers(tmp_path, "sys.exit(3)").at_work():
        await until_said(tmp_path, "began", 3)


async def test_one_that_is_silent_is_killed_and_started_anew(tmp_path: Path) -> None:
    async with workers(tmp_path, "time.sleep(60)").at_work():
        first, _ = await until_said(tmp_path, "began", 2)

        assert not is_there(first)


async def test_one_that_says_something_now_and_then_is_left_alone(tmp_path: Path) -> None:
    async with workers(tmp_path, BEATING + OBEDIENT).at_work():
        await until_said(tmp_path, "began")
        await asyncio.sleep(3 * QUICK.silence)

    assert len(said(tmp_path, "began")) == 1


async def test_one_that_does_not_end_is_killed(tmp_path: Path) -> None:
    async with workers(tmp_path, BEATING + "time.sleep(60)").at_work():
        (worker,) = await until_said(tmp_path, "began")
        began = time.monotonic()

    assert time.monotonic() - began < 10
    assert not is_there(worker)


async def test_one_that_can_not_be_started_is_tried_again_and_holds_nobody_up(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    command = (str(tmp_path / "missing"),)
    async with Workers(Settings(data_dir=tmp_path), command=command, patience=QUICK).at_work():
        await asyncio.sleep(0.2)

    assert caplog.text.count("could not be started") >= 2


async def test_the_longer_it_does_not_live_the_longer_is_the_pause(tmp_path: Path) -> None:
    patient = Patience(first_pause=0.1, longest_pause=60)
    async with workers(tmp_path, "sys.exit(3)", patience=patient).at_work():
        await until_said(tmp_path, "began", 1)
        await asyncio.sleep(1.5)

    assert 2 <= len(said(tmp_path, "began")) <= 4


async def test_they_make_links_and_find_modules_as_the_server_does(tmp_path: Path) -> None:
    script = "say(os.environ['FOREDESK_HOST'] + '_' + os.environ['FOREDESK_PORT'])\nimport foredesk"
    async with workers(tmp_path, script + "\n" + BEATING + OBEDIENT).at_work():
        await until_said(tmp_path, "::1_8111")
        await asyncio.sleep(0.2)

    assert len(said(tmp_path, "ended")) == 1


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True

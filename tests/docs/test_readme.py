"""The first command of the README, run as a newcomer runs it."""

import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from benchmarks.server_process import free_port

ROOT = Path(__file__).parents[2]
PATIENCE = 420
pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed"),
]


class MakeRun:
    """`make run PORT=…` with its data in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._log = folder / f"make-run-{self.port}.log"
        environ = {**os.environ, "FOREDESK_DATA_DIR": str(folder / "data")}
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                ["make", "run", f"PORT={self.port}"],
                cwd=ROOT,
                env=environ,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def output(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def page(self, path: str) -> str:
        """The page, as soon as the server answers."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:
                    text: str = answer.read().decode()
                    return text
            except OSError:
                assert self._process.poll() is None, self.output
                assert time.monotonic() < until, self.output
                time.sleep(0.2)

    def stop(self) -> None:
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait(60)


def test_make_run_serves_a_demo_and_starts_again_without_loading_it(tmp_path: Path) -> None:
    first = MakeRun(tmp_path)
    try:
        assert "VPN" in first.page("/search?q=vpn")
        assert f"http://127.0.0.1:{first.port}/graphql" in first.output
        people = re.findall(r"^\s+\S+@\S+\.example\s+(demo-\S+)", first.output, re.MULTILINE)
        assert len(people) >= 8
    finally:
        first.stop()

    second = MakeRun(tmp_path)
    try:
        assert "VPN" in second.page("/search?q=vpn")
        assert "Six months" not in second.output
    finally:
        second.stop()

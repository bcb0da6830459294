"""A real server in a process of its own, to be measured, killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

START_SECONDS = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class ServerProcess:
    """`foredesk serve` on a data folder, with its log beside it.

    `kill` is SIGKILL for it and its workers, as if the machine had lost its power.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        database_url: str = "",
        port: int = 0,
        environ: Mapping[str, str] | None = None,
        command: tuple[str, ...] = (sys.executable, "-m", "foredesk", "serve"),
    ) -> None:
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = data_dir / "server.log"
        self._data_dir = data_dir
        self._command = command
        self._environ = {
            **{name: value for name, value in os.environ.items() if "FOREDESK_" not in name},
            "FOREDESK_DATA_DIR": str(data_dir),
            "FOREDESK_DATABASE_URL": database_url,
            "FOREDESK_PORT": str(self.port),
            "FOREDESK_LOG_LEVEL": "WARNING",
            "PYTHONUNBUFFERED": "1",
            **(environ or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it and wait until it is ready; returns the seconds that took."""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._data_dir,
                env=self._environ,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        while not self.is_ready():
            if self._process.poll() is not None or time.monotonic() - began > START_SECONDS:
                raise RuntimeError(f"the server did not start:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.05)
        return time.monotonic() - began

    def is_ready(self) -> bool:
        try:
            with urlopen(f"{self.address}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    @property
    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def process_id(self) -> int:
        assert self._process is not None
        return self._process.pid

    def cpu_seconds(self) -> float:
        """What it and its workers have used so far, of their own and of the system."""
        return sum(map(_cpu_seconds, [self.process_id, *self.workers()]))

    def workers(self) -> list[int]:
        """The processes that it has started."""
        listed = Path(f"/proc/{self.process_id}/task/{self.process_id}/children").read_text()
        return [int(worker) for worker in listed.split()]

    def resident_kib(self) -> int:
        """Memory that it holds now."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        (line,) = [line for line in status.splitlines() if line.startswith("VmRSS")]
        return int(line.split()[1])

    def kill(self) -> None:
        os.killpg(self.process_id, signal.SIGKILL)
        self.wait()

    def stop(self) -> int:
        """SIGTERM, and wait for a graceful end; returns the exit code."""
        return self._end(signal.SIGTERM)

    def wait(self, seconds: float = 30) -> int:
        """Wait for it to end by itself; returns the exit code."""
        assert self._process is not None
        return self._process.wait(seconds)

    def _end(self, how: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(how)
        return self._process.wait(40)


def _cpu_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(server: ServerProcess) -> Iterator[ServerProcess]:
    """The server, started; stopped at the end, whatever happens."""
    server.start()
    try:
        yield server
    finally:
        if server.is_alive:
            server.stop()

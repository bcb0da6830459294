"""Contenders: the servers that are compared, each a process of its own."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import orjson

from benchmarks.graphql import postgraphile
from benchmarks.graphql.dataset.foundation import TOKEN
from benchmarks.graphql.floor import Caller
from benchmarks.graphql.operations import NAMES, TEXTS, Operation
from benchmarks.server_process import free_port

NODE_FOLDER = Path(__file__).parent / "node"
START_SECONDS = 180
Variables = Callable[[dict[str, Any]], dict[str, Any]]


class Contender:
    """A server, and how the benchmark's operations are put to it."""

    def __init__(
        self,
        name: str,
        command: list[str],
        port: int,
        folder: Path,
        *,
        environ: dict[str, str] | None = None,
        texts: dict[Operation, str] = TEXTS,
        variables: Variables = dict,
        operations: frozenset[Operation] = frozenset(Operation),
    ) -> None:
        self.name = name
        self.operations = operations
        self.port = port
        self._command = command
        self._log = folder / f"{name}.log"
        self._environ = os.environ | (environ or {})
        self._texts = texts
        self._variables = variables
        self._http = httpx.Client(timeout=60)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Raises RuntimeError when it does not answer."""
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command,
                env=self._environ,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        began = time.monotonic()
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() - began > START_SECONDS:
                raise RuntimeError(f"{self.name} did not start:\n{self._log.read_text()[-3000:]}")
            time.sleep(0.1)

    def stop(self) -> None:
        if self._process is not None:
            self.resume()
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()

    def pause(self) -> None:
        """What it and its workers do by themselves is not to disturb the others."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def cpu_seconds(self) -> float:
        assert self._process is not None
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def ask(self, operation: Operation, given: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self._post(self._body(operation, given)).json()
        return found

    def data(self, query: str) -> dict[str, Any]:
        """Of a query of one's own, of a server of ours."""
        answer = self._post(orjson.dumps({"query": query})).json()
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"]
        return found

    def request(self, operation: Operation, given: dict[str, Any]) -> str:
        """As it goes over the wire."""
        body = self._body(operation, given)
        return (
            "POST /graphql HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{self.port}\r\n"
            f"Authorization: Bearer {TOKEN}\r\n"
            "Accept: application/json\r\n"
            "Content-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ) + body.decode()

    def _body(self, operation: Operation, given: dict[str, Any]) -> bytes:
        return orjson.dumps(
            {
                "query": self._texts[operation],
                "operationName": NAMES[operation],
                "variables": self._variables(given),
            }
        )

    def _answers(self) -> bool:
        try:
            body = self._body(Operation.Q2, {"teams": [], "states": []})
            return self._post(body).status_code == 200
        except httpx.HTTPError:
            return False

    def _post(self, body: bytes) -> httpx.Response:
        return self._http.post(
            f"http://127.0.0.1:{self.port}/graphql",
            content=body,
            headers={"content-type": "application/json", "authorization": f"Bearer {TOKEN}"},
        )

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, number)


def ours(
    database: str,
    folder: Path,
    *,
    name: str = "ours",
    plans: str = "full",
    operations: frozenset[Operation] = frozenset(Operation),
) -> Contender:
    port = free_port()
    data_dir = folder / name
    data_dir.mkdir()
    return Contender(
        name,
        [sys.executable, "-m", "foredesk", "serve"],
        port,
        folder,
        environ={
            "FOREDESK_DATA_DIR": str(data_dir),
            "FOREDESK_DATABASE_URL": database,
            "FOREDESK_PORT": str(port),
            "FOREDESK_API_RATE": "0",
            "FOREDESK_LOG_LEVEL": "WARNING",
            "FOREDESK_GRAPHQL_PLANS": plans,
        },
        operations=operations,
    )


def floor(database: str, folder: Path) -> Contender:
    port = free_port()
    module = [sys.executable, "-m", "benchmarks.graphql.floor"]
    return Contender("floor", [*module, "--database", database, "--port", str(port)], port, folder)


def postgraphile_server(database: str, folder: Path, caller: Caller) -> Contender | None:
    """None where Node is not there, or its packages can't be had."""
    node = _node()
    if node is None:
        return None
    port = free_port()
    return Contender(
        "postgraphile",
        [str(node), str(NODE_FOLDER / "server.mjs"), database, str(port)],
        port,
        folder,
        environ={"NODE_ENV": "production"},
        texts=postgraphile.TEXTS,
        variables=lambda given: postgraphile.variables(given, caller),
    )


def _node() -> Path | None:
    """PostGraphile 5 needs Node 22, which its packages bring along."""
    binary = NODE_FOLDER / "node_modules/node/bin/node"
    if not binary.exists() and (npm := shutil.which("npm")):
        subprocess.run(
            [npm, "ci", "--silent", "--no-audit", "--no-fund"],
            cwd=NODE_FOLDER,
            stdout=subprocess.DEVNULL,
            check=False,
        )
    return binary if binary.exists() else None

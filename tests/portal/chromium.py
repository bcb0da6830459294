"""Chromium against a real server process."""

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

from tests.portal.furnished import PASSWORD

AXE = Path(__file__).parent / "node" / "node_modules" / "axe-core" / "axe.min.js"
ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class Server:
    address: str
    requests: dict[str, int]
    survey: str


@dataclass(slots=True)
class Chromium:
    """A browser, and what any of its pages had to complain about."""

    browser: Browser
    server: Server
    complaints: list[str] = field(default_factory=list)
    known: dict[str, StorageState] = field(default_factory=dict)
    """Cookies of those who have signed in."""

    @contextmanager
    def page(self, who: str = "", **options: object) -> Iterator[Page]:
        """A page of a new visitor, signed in if `who` is given."""
        settings = {"viewport": {"width": 1280, "height": 900}, "base_url": self.server.address}
        if who in self.known:
            settings["storage_state"] = self.known[who]
        context: BrowserContext = self.browser.new_context(**(settings | options))
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("console", lambda said: self.complaints.append(f"{page.url}: {said.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        try:
            if who and who not in self.known:
                sign_in(page, who)
                self.known[who] = context.storage_state()
            yield page
        finally:
            context.close()


def sign_in(page: Page, who: str) -> None:
    page.goto("/sign-in")
    page.fill("#email", f"{who}@acme.example")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/")


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    port = _free_port()
    command = [sys.executable, "-m", "tests.portal.server", str(folder), str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            told = json.loads(process.stdout.readline())
            survey = told.pop("survey")
            yield Server(f"http://127.0.0.1:{port}", told, survey)
        finally:
            process.terminate()
            process.wait(timeout=20)


@contextmanager
def driving(server: Server) -> Iterator[Chromium]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=path, args=options)
        yield Chromium(browser, server)
        browser.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port

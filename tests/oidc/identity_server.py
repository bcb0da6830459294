"""A real OpenID Connect server (npm's certified oidc-provider), and browsers that sign in there."""

import json
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

NODE = Path(__file__).parent / "node"
HAS_NODE = bool(shutil.which("node")) and (NODE / "node_modules").exists()
API = "https://desk.example/api"
"""The audience of its access tokens."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def identity_server(*callbacks: str, port: int | None = None) -> Iterator[str]:
    """Its issuer. People come back to these addresses, less their `/callback`."""
    if not HAS_NODE:
        pytest.skip("the identity server needs Node and `npm ci` in tests/oidc/node")
    command = ["node", "server.mjs", str(port or free_port()), *callbacks]
    with subprocess.Popen(
        command, cwd=NODE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout
            yield json.loads(process.stdout.readline())["issuer"]
        finally:
            process.terminate()
            process.wait(timeout=20)


async def signed_in_there(
    address: str, who: str, back: str, browser: httpx.AsyncClient | None = None
) -> str:
    """Where the server sends a browser back to once they have signed in and agreed."""
    async with browser or httpx.AsyncClient() as browser:
        for _ in range(12):
            if address.startswith(back):
                return address
            response = await browser.get(address)
            while not response.is_redirect:
                action, prompt = _form(response.text)
                typed = {"prompt": prompt, "login": who, "password": "any"}
                response = await browser.post(urljoin(address, action), data=typed)
            address = urljoin(str(response.url), response.headers["location"])
    raise AssertionError(f"never came back from {address}")


def _form(page: str) -> tuple[str, str]:
    action = re.search(r'<form[^>]*action="([^"]+)"', page)
    prompt = re.search(r'name="prompt" value="(\w+)"', page)
    assert action, page
    assert prompt, page
    return unescape(action[1]), prompt[1]

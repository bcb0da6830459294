"""Fixtures of the tests of OpenID Connect."""

from collections.abc import Iterator

import pytest

from tests.oidc.identity_server import HAS_NODE, identity_server

CALLBACK = "http://desk.example/sign-in/with/acme"


def pytest_report_header() -> str:
    if HAS_NODE:
        return "oidc: with a real OpenID Connect server in Node"
    return "oidc: WITHOUT a real server; it needs Node and `npm ci` in tests/oidc/node"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Of a real server that the desk at http://desk.example is known to as `desk`."""
    with identity_server(CALLBACK) as issuer:
        yield issuer

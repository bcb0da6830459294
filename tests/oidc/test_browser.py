"""The whole way in a real browser: portal, identity server, portal, and out of both."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.oidc.identity_server import free_port, identity_server
from tests.portal.chromium import ROOT, Chromium, Server, driving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    port, folder = free_port(), tmp_path_factory.mktemp("oidc")
    address = f"http://127.0.0.1:{port}"
    with identity_server(f"{address}/sign-in/with/acme") as issuer:
        command = [sys.executable, "-m", "tests.oidc.portal_server", str(folder), str(port), issuer]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
            try:
                with driving(Server(address, {}, "")) as chromium:
                    yield chromium
            finally:
                process.terminate()
                process.wait(timeout=20)


def sign_in_there(page: Page, who: str) -> None:
    page.fill("[name=login]", who)
    page.fill("[name=password]", "any")
    page.click("button[type=submit]")
    page.click("button[type=submit]")


def test_somebody_new_signs_in_comes_back_and_signs_out_of_both(chromium: Chromium) -> None:
    with chromium.page() as page:
        page.goto("/requests")
        expect(page.locator("#password")).to_have_count(0)
        page.click("text=Sign in with Acme")
        sign_in_there(page, "ada")
        page.wait_for_url("**/requests")
        expect(page.locator("header")).to_contain_text("Ada Lovelace")

        page.goto("/account")
        expect(page.locator("main")).to_contain_text("ada@acme.example")
        expect(page.locator("main")).to_contain_text("Acme")

        page.click("text=Sign out")
        expect(page.locator("h1")).to_have_text("You are signed out")
        page.click("text=Sign out of Acme as well")
        page.click("text=Yes, sign me out")
        page.wait_for_url("**/")
        expect(page.locator("header")).to_contain_text("Sign in")

        page.goto("/sign-in")
        page.click("text=Sign in with Acme")
        expect(page.locator("[name=login]")).to_be_visible()


def test_a_request_that_was_typed_before_signing_in_is_not_lost(chromium: Chromium) -> None:
    with chromium.page() as page:
        page.goto("/ask")
        page.fill("#subject", "My screen is dark")
        page.click("text=Send to the help desk")
        with page.context.expect_page() as opened:
            page.click("text=Sign in with Acme")
        sign_in_there(opened.value, "alan")
        opened.value.wait_for_url("**/")
        page.click("text=I am signed in: send it")
        page.click("text=Send it now")

        page.wait_for_url("**/requests/*")
        expect(page.locator("h1")).to_have_text("My screen is dark")


def test_saying_no_there_leads_back_to_the_sign_in_page(chromium: Chromium) -> None:
    with chromium.page() as page:
        page.goto("/sign-in/with/acme")
        page.click("text=Cancel")
        expect(page.locator("h1")).to_have_text("You are not signed in")
        expect(page.locator("main")).to_contain_text("did not sign you in")
        page.click("text=Back to the sign-in page")
        expect(page.locator("h1")).to_have_text("Sign in")


def test_nothing_on_the_way_was_refused_by_the_browser(chromium: Chromium) -> None:
    ours = [said for said in chromium.complaints if "Content Security Policy" in said]

    assert [said for said in ours if said.startswith(chromium.server.address)] == []

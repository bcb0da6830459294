"""The same story through the portal, in Chromium, against a real server process."""

import re
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.server_process import ServerProcess, serving
from examples.story.plugin import install_plugin
from examples.story.stage import PASSWORD, set_stage
from foredesk.settings import Settings
from tests.databases import run

CHROMIUM = shutil.which("chromium") or ""
PATIENCE = 30
QUESTION = "shared drives gone on my phone hotspot"
ARTICLE = "Connect to the company network from home"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.process,
    pytest.mark.skipif(not CHROMIUM, reason="Debian's chromium is not installed"),
]


@contextmanager
def visitor(browser: Browser, address: str, name: str = "") -> Iterator[Page]:
    """A browser window of one person, signed in if named."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    page = context.new_page()
    if name:
        page.goto("/sign-in")
        page.fill("#email", f"{name}@acme.example")
        page.fill("#password", PASSWORD)
        page.click("main button")
        page.wait_for_url("**/")
    yield page
    context.close()


def first_result(page: Page, words: str) -> str:
    page.goto(f"/search?q={words}")
    return page.locator("#results h3 a").first.inner_text()


def survey_link(data_dir: Path) -> str:
    """The link in the invitation, as soon as it lies in the outbox."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with sqlite3.connect(data_dir / "foredesk.sqlite3") as database:
            for (text,) in database.execute("SELECT text FROM outbox_mail"):
                if found := re.search(r"/survey/[\w-]+", text):
                    return found[0]
        time.sleep(0.2)
    raise AssertionError("no invitation went out")


def test_the_story_comes_true_in_a_browser(tmp_path: Path) -> None:
    run(set_stage(Settings(data_dir=tmp_path)))
    server = ServerProcess(tmp_path, environ=install_plugin(tmp_path))
    with serving(server), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        ada_is_answered(browser, server.address)
        number = ben_asks(browser, server.address)
        grace_starts(browser, server.address, number)
        ben_answers_back(browser, server.address, number)
        grace_resolves(browser, server.address, number)
        ben_confirms(browser, server.address, number)
        ben_answers_the_survey(browser, server.address, survey_link(tmp_path))
        the_article_is_found(browser, server.address)
        browser.close()


def ada_is_answered(browser: Browser, address: str) -> None:
    with visitor(browser, address) as page:
        page.goto("/")
        page.locator("#q").press_sequentially("forgot my password")
        page.locator("#results h3 a", has_text="Reset a forgotten password").click()
        page.get_by_role("button", name="Yes", exact=True).click()
        page.get_by_text("Good to know. Thank you!").first.wait_for()


def ben_asks(browser: Browser, address: str) -> str:
    """He searches in vain, sees suggestions while typing, and files the request."""
    with visitor(browser, address, "ben") as page:
        assert first_result(page, QUESTION) != ARTICLE
        page.goto("/ask")
        page.locator("#subject").press_sequentially(f"VPN tunnel: {QUESTION}")
        page.locator("#suggestions h3 a", has_text=ARTICLE).wait_for()
        assert page.locator("#suggestions").get_by_role("button").count() >= 1
        page.get_by_label("I cannot work").check()
        page.get_by_role("button", name="Send to the help desk").click()
        page.wait_for_url("**/requests/*")
        page.get_by_text("We answer by").first.wait_for()
        return page.url.split("?")[0].rpartition("/")[2]


def grace_starts(browser: Browser, address: str, number: str) -> None:
    """She sees the plugin's reason, takes it, replies, says when, and asks back."""
    with visitor(browser, address, "grace") as page:
        page.goto("/board")
        page.click(f"a[href='/board/{number}']")
        main = page.locator("main")
        assert "vpn-categorizer" in main.inner_text()
        assert "network" in main.inner_text()
        page.get_by_role("button", name="Take it myself").click()
        page.get_by_text("Grace is looking after it").first.wait_for()

        page.fill("textarea#body", "I am looking at the gateway now.")
        page.get_by_role("button", name="Send reply").click()
        page.get_by_text("I am looking at the gateway now.").first.wait_for()

        at = datetime.now(UTC).astimezone(ZoneInfo("UTC")) + timedelta(hours=2)
        page.fill("#at", at.strftime("%Y-%m-%dT%H:%M"))
        page.get_by_role("button", name="Promise it").click()
        page.get_by_text("Expected to be solved by").first.wait_for()

        page.fill("textarea#body", "Which provider is the hotspot?")
        page.get_by_label("I need an answer to this first").check()
        page.get_by_role("button", name="Send reply").click()
        page.get_by_text("Which provider is the hotspot?").first.wait_for()


def ben_answers_back(browser: Browser, address: str, number: str) -> None:
    with visitor(browser, address, "ben") as page:
        page.goto(f"/requests/{number}")
        assert "Which provider is the hotspot?" in page.locator("main").inner_text()
        assert "vpn-categorizer" not in page.locator("main").inner_text()
        page.fill("textarea#body", "Northcell.")
        page.get_by_role("button", name="Send message").click()
        page.get_by_text("Northcell.").first.wait_for()


def grace_resolves(browser: Browser, address: str, number: str) -> None:
    with visitor(browser, address, "grace") as page:
        page.goto(f"/board/{number}")
        form = page.locator(f"form[action='/board/{number}/resolve']")
        form.locator("textarea").fill("The saved profile was old. Adding it again helped.")
        form.get_by_label(ARTICLE).check()
        form.get_by_role("button", name="Resolve").click()
        page.get_by_text("The saved profile was old.").first.wait_for()


def ben_confirms(browser: Browser, address: str, number: str) -> None:
    with visitor(browser, address, "ben") as page:
        page.goto(f"/requests/{number}")
        page.get_by_role("button", name="Yes, it is solved").click()
        page.locator(".badge", has_text="Closed").wait_for()


def ben_answers_the_survey(browser: Browser, address: str, link: str) -> None:
    """From the mail, without signing in."""
    with visitor(browser, address) as page:
        page.goto(link)
        page.locator("input[name$=satisfaction][value='5']").check(force=True)
        page.fill("textarea[name$=-liked]", "Quick, and in words I understand.")
        page.get_by_role("button", name="Send my answers").click()
        page.get_by_text("Thank you for your answers").first.wait_for()


def the_article_is_found(browser: Browser, address: str) -> None:
    with visitor(browser, address) as page:
        until = time.monotonic() + PATIENCE
        while first_result(page, QUESTION) != ARTICLE:
            assert time.monotonic() < until, "the article did not learn the question"
            time.sleep(0.5)

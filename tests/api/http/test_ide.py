"""The IDE in Chromium: it runs what people type, and loads nothing from outside."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Page, Request, async_playwright
from starlette.applications import Starlette
from starlette.routing import Route

from api.http.ide import ide_file
from tests.api.serving import serving
from tests.api.toy import Toy

pytestmark = pytest.mark.browser


@asynccontextmanager
async def ide() -> AsyncIterator[tuple[Page, list[str], list[str]]]:
    """The page, the addresses it asked for, and what went wrong in it."""
    app = Starlette(
        routes=[*Toy(open_to_all=True).app().routes, Route("/graphql/ide/{name}", ide_file)]
    )
    asked: list[str] = []
    problems: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    async with serving(app) as address, async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = await browser.new_page()
        page.on("request", note)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console",
            lambda said: problems.append(said.text) if said.type in ("error", "warning") else None,
        )
        await page.goto(f"{address}/graphql")
        await page.get_by_text("All types").wait_for()
        yield page, [url.removeprefix(address) for url in asked], problems
        await browser.close()
        assert {url for url in asked if not url.startswith(address)} == set()


async def type_query(page: Page, query: str) -> None:
    await page.get_by_label("Query", exact=True).fill(query)


async def answer(page: Page, wait_for: str) -> str:
    await page.locator("#status").get_by_text(wait_for).wait_for()
    return await page.locator("#answer").inner_text()


async def test_a_query_runs_by_keyboard_alone() -> None:
    async with ide() as (page, _, problems):
        await page.get_by_label("Query", exact=True).focus()
        await page.keyboard.press("Control+A")
        await page.keyboard.type("query Q($t: String!) { echo(text: $t) }")
        await page.keyboard.press("Tab")
        await page.keyboard.type('{"t": "héllo"}')
        await page.keyboard.press("Tab")
        await page.keyboard.type("known")
        await page.keyboard.press("Control+Enter")

        assert '"echo": "héllo"' in await answer(page, "Status 200")
        assert problems == []


async def test_the_token_is_used_and_errors_are_shown() -> None:
    async with ide() as (page, _, _problems):
        await page.get_by_label("API token").fill("known")
        await type_query(page, "{ hello }")
        await page.get_by_role("button", name="Run").click()
        assert "Hello, Ada" in await answer(page, "Status 200")

        await page.get_by_label("API token").fill("unknown")
        await page.get_by_role("button", name="Run").click()
        assert "UNAUTHENTICATED" in await answer(page, "Status 401")

        await page.get_by_label("Variables").fill("{")
        await page.get_by_role("button", name="Run").click()
        assert await answer(page, "not JSON") == ""


async def test_a_subscription_shows_its_events_and_can_be_stopped() -> None:
    async with ide() as (page, _, problems):
        await type_query(page, "subscription { count(target: 3) }")
        await page.get_by_role("button", name="Run").click()
        assert '"count": 3' in await answer(page, "Complete after 3 event(s)")

        await type_query(page, "subscription { forever }")
        await page.get_by_role("button", name="Run").click()
        await answer(page, "Event 1")
        await page.get_by_role("button", name="Stop").click()
        await answer(page, "Stopped")
        assert problems == []


async def test_the_schema_can_be_walked_and_searched() -> None:
    async with ide() as (page, _, _problems):
        docs = page.get_by_role("navigation", name="Schema")
        await docs.get_by_role("button", name="Query", exact=True).press("Enter")
        await docs.get_by_role("heading", name="object Query").wait_for()
        await docs.get_by_role("button", name="Thing!", exact=True).click()
        await docs.get_by_role("heading", name="object Thing").wait_for()
        await docs.get_by_label("Find a type or field").fill("bump")

        assert await docs.get_by_role("button", name="Mutation.bump").count() == 1


async def test_fields_that_fit_are_offered_and_taken() -> None:
    async with ide() as (page, _, _problems):
        query = page.get_by_label("Query", exact=True)
        await query.fill("{ thing { na")
        await query.press("End")
        await query.press("Control+Space")
        await page.get_by_role("option", name="name").wait_for()
        await query.press("Enter")

        assert await query.input_value() == "{ thing { name"


async def test_what_ran_can_be_taken_from_the_history() -> None:
    async with ide() as (page, _, _problems):
        for query in ("{ hello }", "{ boom }"):
            await type_query(page, query)
            await page.get_by_role("button", name="Run").click()
            await answer(page, "Status 200")
        await page.get_by_label("History").select_option(label="{ hello }")

        assert await page.get_by_label("Query", exact=True).input_value() == "{ hello }"

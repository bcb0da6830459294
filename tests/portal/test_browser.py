"""The portal in a real browser: with keys alone, without JavaScript, and as light as promised."""

import pytest
from playwright.sync_api import Page, expect

from tests.portal.chromium import Chromium

pytestmark = pytest.mark.browser

FOCUS = """() => {
  const style = getComputedStyle(document.activeElement);
  return document.activeElement === document.body
    || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 3)
    || document.activeElement.matches('main')
    || getComputedStyle(document.activeElement.nextElementSibling ?? document.body)
         .outlineStyle !== 'none';
}"""

HERE = "({id: document.activeElement.id, text: document.activeElement.innerText})"


def test_results_come_while_typing_and_the_live_region_stays(chromium: Chromium) -> None:
    with chromium.page() as page:
        page.goto("/")
        count = page.query_selector("#count")
        assert count
        page.evaluate(
            """() => { window.changes = 0; new MutationObserver(() => window.changes++).observe(
                document.querySelector('#count'), {childList: true, characterData: true,
                subtree: true}) }"""
        )

        expect(page.locator("#q")).to_be_focused()
        page.keyboard.type("vpn drops", delay=30)
        expect(page.locator("#count")).to_have_text("2 articles may answer this")
        page.wait_for_url("**/search?q=vpn+drops")

        assert count.evaluate("node => node === document.querySelector('#count')")
        assert page.evaluate("window.changes") <= 2
        assert page.evaluate("document.activeElement.id") == "q"


def test_a_search_can_be_walked_by_keys_alone(chromium: Chromium) -> None:
    with chromium.page() as page:
        page.goto("/articles/reset-your-password")
        page.keyboard.press("Control+k")
        page.wait_for_url("**/")
        expect(page.locator("#q")).to_be_focused()
        page.keyboard.type("vpn drops")
        page.wait_for_url("**/search?q=vpn+drops")
        expect(page.locator(".htmx-request")).to_have_count(0)
        expect(page.locator("#results h3 a")).to_have_count(2)

        for key, text in (
            ("ArrowDown", "VPN keeps dropping"),
            ("ArrowDown", "Connect to the VPN for the first time"),
            ("ArrowDown", "Connect to the VPN for the first time"),
            ("ArrowUp", "VPN keeps dropping"),
        ):
            page.keyboard.press(key)
            assert page.evaluate("document.activeElement.textContent") == text
            assert page.evaluate(FOCUS)
        page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.id") == "q"

        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/articles/vpn-drops?search=*")
        page.go_back()
        expect(page.locator("#q")).to_have_value("vpn drops")
        expect(page.locator("#results h3 a").first).to_have_text("VPN keeps dropping")


def test_escape_clears_the_search(chromium: Chromium) -> None:
    with chromium.page() as page:
        page.goto("/search?q=vpn")
        expect(page.locator("#q")).to_be_focused()
        page.keyboard.press("Escape")

        expect(page.locator("#q")).to_have_value("")
        expect(page.locator("#hits")).to_have_count(0)


def test_a_request_is_asked_for_by_keys_alone(chromium: Chromium) -> None:
    with chromium.page("bob") as page:
        page.goto("/")
        tab_to(page, "Ask for help")
        page.keyboard.press("Enter")
        page.wait_for_url("**/ask")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        page.keyboard.press("Enter")
        tab_to(page, "", id="subject")
        page.keyboard.type("The projector is dark")
        tab_to(page, "", id="details")
        page.keyboard.type("Since noon.")
        tab_to(page, "Send to the help desk")
        page.keyboard.press("Enter")

        page.wait_for_url("**/requests/*")
        expect(page.locator(".note").first).to_contain_text("We answer by 14:00 today.")


def test_an_error_takes_the_focus_and_leads_to_its_field(chromium: Chromium) -> None:
    with chromium.page("bob") as page:
        page.goto("/ask")
        page.click("text=Send to the help desk")

        assert page.title() == "Error: Ask for help – Help desk"
        assert page.evaluate("document.activeElement.className") == "errors"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "subject"


def test_suggestions_move_nothing_and_one_can_be_the_answer(chromium: Chromium) -> None:
    with chromium.page("bob") as page:
        page.goto("/ask")
        before = page.locator("#details").bounding_box()
        page.locator("#subject").press_sequentially("printer jam", delay=20)
        expect(page.locator("#suggested-count")).to_have_text("2 articles may answer it")

        assert page.locator("#details").bounding_box() == before
        page.click("text=This answered it >> nth=0")
        page.wait_for_url("**/answered")


def test_enter_in_the_subject_sends_the_form_and_not_a_suggestion(chromium: Chromium) -> None:
    with chromium.page("bob") as page:
        page.goto("/ask?subject=printer+jam")
        page.press("#subject", "Enter")

        page.wait_for_url("**/requests/*")


def test_everything_works_without_javascript(chromium: Chromium) -> None:
    with chromium.page(java_script_enabled=False) as page:
        page.goto("/")
        page.fill("#q", "vpn drops")
        page.press("#q", "Enter")
        page.click("text=VPN keeps dropping")
        page.click("text='Yes'")
        expect(page.locator("#feedback")).to_contain_text("Good to know. Thank you!")

        page.goto("/search?q=dark+projector")
        page.click("#still >> text=Ask for help")
        page.check("text=I cannot work")
        page.click("text=Send to the help desk")
        page.fill("#email", "bob@acme.example")
        page.fill("#password", "a long enough password")
        page.click("text=Sign in and send")
        expect(page.locator("h1")).to_have_text("dark projector")
        page.fill("#body", "Any news?")
        page.click("text=Send message")
        expect(page.locator(".timeline")).to_contain_text("You wrote")
        page.click("text=Sign out")
        expect(page.locator("header")).to_contain_text("Sign in")


def test_a_double_click_sends_once(chromium: Chromium) -> None:
    with chromium.page("bob") as page:
        page.goto("/ask")
        page.fill("#subject", "Only once, please")
        page.dblclick("text=Send to the help desk")
        page.wait_for_url("**/requests/*")
        page.goto("/requests")

        expect(page.locator("text=Only once, please")).to_have_count(1)


def test_a_first_visit_weighs_at_most_25_kb_and_a_further_page_5(chromium: Chromium) -> None:
    with chromium.page() as page:
        loaded = watch_bytes(page)
        page.goto("/", wait_until="networkidle")
        first = dict(loaded)
        loaded.clear()
        page.goto("/search?q=vpn", wait_until="networkidle")

        assert len(first) <= 4, first
        assert sum(first.values()) <= 25_000, first
        assert sum(loaded.values()) <= 5_000, loaded


def test_no_page_has_anything_to_say_on_the_console(chromium: Chromium) -> None:
    requests = chromium.server.requests
    chromium.complaints.clear()
    for who, addresses in (
        ("", ["/", "/search?q=vpn", "/articles/vpn-drops", "/ask?subject=vpn", "/sign-in"]),
        ("ada", ["/requests", *(f"/requests/{number}" for number in requests.values())]),
        ("grace", ["/board", f"/board/{requests['running']}"]),
    ):
        with chromium.page(who) as page:
            for address in addresses:
                page.goto(address, wait_until="networkidle")
                if page.locator("#q").count():
                    page.fill("#q", "printer")
                    page.wait_for_timeout(400)

    assert chromium.complaints == []


def test_an_article_prints_alone(chromium: Chromium) -> None:
    with chromium.page() as page:
        page.goto("/articles/vpn-drops")
        page.emulate_media(media="print")

        for hidden in ("header.bar", "footer", "#feedback", ".skip"):
            expect(page.locator(hidden)).to_be_hidden()
        expect(page.locator("article")).to_be_visible()


def test_a_server_in_trouble_takes_no_results_away(chromium: Chromium) -> None:
    with chromium.page() as page:
        page.goto("/search?q=vpn")
        page.route("**/search?q=*", lambda route: route.fulfill(status=500, body="<h1>Oops</h1>"))
        page.fill("#q", "vpn drops")
        page.wait_for_timeout(500)
        assert page.locator("#hits li").count() == 2

        page.unroute("**/search?q=*")
        page.fill("#q", "password")
        expect(page.locator("#results h3 a").first).to_have_text("Reset your password")


def tab_to(page: Page, text: str, *, id: str = "") -> None:
    """Press Tab until the focus is there; it can be seen at every stop."""
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS), page.evaluate("document.activeElement.outerHTML")
        here = page.evaluate(
            "[document.activeElement.textContent.trim(), document.activeElement.id]"
        )
        if here[1] == id if id else here[0] == text:
            return
    raise AssertionError(f"Tab never came to {text or id}")


def watch_bytes(page: Page) -> dict[str, float]:
    """Bytes on the wire by address, as Chromium counts them."""
    session = page.context.new_cdp_session(page)
    addresses: dict[str, str] = {}
    loaded: dict[str, float] = {}
    session.send("Network.enable")
    session.on(
        "Network.requestWillBeSent",
        lambda event: addresses.update({event["requestId"]: event["request"]["url"]}),
    )

    def finished(event: dict[str, object]) -> None:
        address = addresses.get(str(event["requestId"]), "")
        if address.startswith("http"):
            loaded[address] = float(str(event["encodedDataLength"]))

    session.on("Network.loadingFinished", finished)
    return loaded

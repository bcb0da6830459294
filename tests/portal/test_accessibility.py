"""What a machine can check of WCAG 2.2 AA: axe-core on every page, reflow, and text spacing."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.portal.chromium import AXE, Chromium, Server

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets.push(sheet);
}"""
Step = Callable[[Page, Server], object]


def at(address: str) -> Step:
    return lambda page, server: page.goto(
        address.format(survey=server.survey, **{k: str(v) for k, v in server.requests.items()})
    )


def blank_request(page: Page, server: Server) -> None:
    page.goto("/ask")
    page.click("text=Send to the help desk")


def blank_message(page: Page, server: Server) -> None:
    page.goto(f"/requests/{server.requests['running']}")
    page.click("text=Send message")


def blank_resolution(page: Page, server: Server) -> None:
    page.goto(f"/board/{server.requests['new']}")
    page.click("button:text-is('Resolve')")


def inserted_article(page: Page, server: Server) -> None:
    page.goto(f"/board/{server.requests['running']}")
    page.fill("#find", "vpn")
    page.click("button:text-is('Find')")
    page.click("button:text-is('Insert') >> nth=0")


def unfounded_flag(page: Page, server: Server) -> None:
    page.goto(f"/board/{server.requests['resolved']}")
    page.click("text=Write an article from this ticket")
    page.click("text=Say what an article was worth")
    page.check("[name=use][value=flagged]")
    page.click("text=Keep this")


def kept_question(page: Page, server: Server) -> None:
    page.goto("/authoring/golden?text=vpn+drops")
    page.fill("#articleId", "/articles/vpn-drops")
    page.click("text=Keep this question")
    page.click("text=Ask them all now")


def kept_words(page: Page, server: Server) -> None:
    page.goto("/authoring/words?organization=&language=en")
    page.fill("#synonyms", "bizhub, laser printer")
    page.click("text=Use these words")


def single_word(page: Page, server: Server) -> None:
    page.goto("/authoring/words?organization=&language=en")
    page.fill("#synonyms", "alone")
    page.click("text=Use these words")


def blank_refusal(page: Page, server: Server) -> None:
    page.goto(f"/requests/{server.requests['outage']}/report")
    page.click("summary")
    page.click("text=Send it back")


def half_an_action(page: Page, server: Server) -> None:
    page.goto(f"/board/{server.requests['outage']}/report")
    page.fill("#what-1", "Something")
    page.click("text=Keep as a new version")


def nothing_ticked(page: Page, server: Server) -> None:
    page.goto("/board")
    page.click("text=Do something with all that are ticked")
    page.click("text=Take them all myself")


def blank_survey(page: Page, server: Server) -> None:
    page.goto(f"/survey/{server.survey}")
    page.click("text=Send my answers")


def wrong_password(page: Page, server: Server) -> None:
    page.goto("/sign-in?next=/ask")
    page.fill("#email", "nobody@acme.example")
    page.fill("#password", "wrong")
    page.click("main button")


def unsigned_request(page: Page, server: Server) -> None:
    page.goto("/ask?subject=Kept")
    page.click("text=Send to the help desk")


def stale_form(page: Page, server: Server) -> None:
    page.goto("/articles/reset-your-password")
    page.evaluate("document.querySelector('#feedback [name=_form]').value = 'stale'")
    page.click("text=No, I still need help")


def no_vote(page: Page, server: Server) -> None:
    page.goto("/articles/reset-your-password")
    page.click("text=No, I still need help")


def blank_token(page: Page, server: Server) -> None:
    page.goto("/account/tokens")
    page.click("text=Create the token")


def new_token(page: Page, server: Server) -> None:
    page.goto("/account/tokens")
    page.fill("#name", "Robot")
    page.check("[name=scopes][value=read]")
    page.click("text=Create the token")


def new_service_account(page: Page, server: Server) -> None:
    page.goto("/service-accounts")
    page.fill("#name", "Monitoring")
    page.click("text=Create the service account")
    page.wait_for_url("**/service-accounts/*")
    new_token_here(page)
    page.click("text=I have copied it")


def new_token_here(page: Page) -> None:
    page.fill("#name", "Alerts")
    page.check("[name=scopes][value=tickets]")
    page.click("text=Create the token")


def blank_service_account(page: Page, server: Server) -> None:
    page.goto("/service-accounts")
    page.click("text=Create the service account")


def blank_person(page: Page, server: Server) -> None:
    page.goto("/people")
    page.click("main button:has-text('Take in')")


def blank_absence(page: Page, server: Server) -> None:
    page.goto("/absence")
    page.click("main form[action='/absence'] button")


OUTING = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20260313
SUMMARY:Works outing
END:VEVENT
END:VCALENDAR
"""


def first_of(address: str) -> Step:
    def step(page: Page, server: Server) -> None:
        page.goto(address)
        page.click(f"main .row-title a[href^='{address}/']")

    return step


def one_of(address: str, name: str) -> Step:
    def step(page: Page, server: Server) -> None:
        page.goto(address)
        page.click(f"main a:has-text('{name}')")

    return step


def part_of_article(title: str, part: str) -> Step:
    def step(page: Page, server: Server) -> None:
        one_of("/authoring", title)(page, server)
        page.goto(f"{page.url}/{part}")

    return step


def past_plan(page: Page, server: Server) -> None:
    part_of_article("VPN keeps", "care")(page, server)
    page.fill("#retireAt", "2020-01-01T10:00")
    page.click("text=Plan it")


def holidays(page: Page, server: Server) -> None:
    one_of("/agreements", "Office")(page, server)
    page.goto(f"{page.url}/holidays?country=DE&region=BE&category=catholic&year=2027")


def imported_days(page: Page, server: Server) -> None:
    one_of("/agreements", "Office")(page, server)
    page.fill("#text", OUTING)
    page.click("text=Show the days")


def compared_file(page: Page, server: Server) -> None:
    first_of("/agreements")(page, server)
    text = page.input_value("#text")
    page.fill("#text", text.replace("target: 4h", "target: 3h"))
    page.click("text=Show what it changes")


def blank_file(page: Page, server: Server) -> None:
    page.goto("/agreements")
    page.click("text=Show what it changes")


def blank_calendar(page: Page, server: Server) -> None:
    page.goto("/calendars/new")
    page.click("text=Make the calendar")


def blank_article(page: Page, server: Server) -> None:
    page.goto("/authoring/new")
    page.click("text=Keep as a draft")


def previewed_article(page: Page, server: Server) -> None:
    one_of("/authoring", "VPN keeps")(page, server)
    page.click("main a.button:has-text('Edit')")
    page.click("text=Preview")


def overtaken_article(page: Page, server: Server) -> None:
    one_of("/authoring", "VPN keeps")(page, server)
    page.click("main a.button:has-text('Edit')")
    page.evaluate("document.querySelector('[name=version]').value = '99'")
    page.click("text=Keep as a new version")


PAGES: dict[str, tuple[str, Step]] = {
    "home": ("", at("/")),
    "results": ("", at("/search?q=vpn+printer")),
    "no result": ("", at("/search?q=" + quote("プロジェクター"))),
    "filtered": ("", at("/search?q=vpn&section=Network&language=de")),
    "subject": ("", at("/search?section=Network")),
    "article": ("", at("/articles/vpn-drops")),
    "article, no": ("", no_vote),
    "ask": ("", at("/ask")),
    "ask, suggestions": ("", at("/ask?subject=printer+jam")),
    "ask, sign in": ("", unsigned_request),
    "answered": ("", at("/answered")),
    "sign in": ("", at("/sign-in")),
    "sign in, wrong": ("", wrong_password),
    "send again": ("", stale_form),
    "survey": ("", at("/survey/{survey}")),
    "survey, blank": ("", blank_survey),
    "not found": ("", at("/nowhere")),
    "home, signed in": ("ada", at("/")),
    "ask, blank": ("ada", blank_request),
    "requests": ("ada", at("/requests")),
    "requests, closed": ("ada", at("/requests?state=closed")),
    "requests, none": ("bob", at("/requests")),
    "request, new": ("ada", at("/requests/{new}")),
    "request, running": ("ada", at("/requests/{running}")),
    "request, waiting": ("ada", at("/requests/{waiting}")),
    "request, resolved": ("ada", at("/requests/{resolved}")),
    "request, closed": ("ada", at("/requests/{closed}")),
    "request, late": ("ada", at("/requests/{late}")),
    "request, blank": ("ada", blank_message),
    "request, outage": ("ada", at("/requests/{outage}")),
    "report": ("ada", at("/requests/{outage}/report")),
    "report, blank": ("ada", blank_refusal),
    "report, at work": ("grace", at("/board/{outage}/report")),
    "report, half an action": ("grace", half_an_action),
    "report, none": ("grace", at("/board/{running}/report")),
    "promised times": ("grace", at("/estimates")),
    "work, outage": ("grace", at("/board/{outage}")),
    "board": ("grace", at("/board")),
    "board, nothing ticked": ("grace", nothing_ticked),
    "board, none": ("grace", at("/board?show=nothing&show=mine")),
    "work": ("grace", at("/board/{running}")),
    "work, blank": ("grace", blank_resolution),
    "work, article": ("grace", inserted_article),
    "work, flag": ("grace", unfounded_flag),
    "outbox": ("root", at("/outbox")),
    "answers": ("root", at("/answers")),
    "answers, missing": ("root", at("/answers/missing")),
    "answers, articles": ("grace", at("/answers/articles")),
    "answers, experiment": ("root", at("/answers/experiment")),
    "account": ("bob", at("/account")),
    "tokens": ("bob", at("/account/tokens")),
    "tokens, blank": ("bob", blank_token),
    "token made": ("bob", new_token),
    "service account": ("root", new_service_account),
    "service accounts": ("root", at("/service-accounts")),
    "service accounts, blank": ("root", blank_service_account),
    "not signed in": ("", at("/sign-in/with/acme")),
    "people": ("root", at("/people")),
    "people, blank": ("root", blank_person),
    "person": ("root", one_of("/people", "Ada Lovelace")),
    "teams": ("root", at("/teams")),
    "team": ("root", first_of("/teams")),
    "companies": ("root", at("/organizations")),
    "company": ("root", first_of("/organizations")),
    "agreements": ("root", at("/agreements")),
    "agreements, blank": ("root", blank_file),
    "agreement": ("root", first_of("/agreements")),
    "agreement, compared": ("root", compared_file),
    "calendar": ("root", one_of("/agreements", "Office")),
    "calendar, blank": ("root", blank_calendar),
    "holidays": ("root", holidays),
    "days of a file": ("root", imported_days),
    "articles": ("grace", at("/authoring")),
    "article, new and blank": ("grace", blank_article),
    "article, previewed": ("grace", previewed_article),
    "article, overtaken": ("grace", overtaken_article),
    "article, proposed anew": ("root", one_of("/authoring", "paper jam")),
    "article, behind": ("grace", one_of("/authoring", "Zum ersten Mal")),
    "article, versions": ("grace", part_of_article("Connect to", "versions")),
    "article, dates": ("root", past_plan),
    "articles to review": ("grace", at("/authoring/review")),
    "articles to translate": ("grace", at("/authoring/translations?language=de")),
    "who publishes": ("root", at("/authoring/rules")),
    "test questions": ("root", kept_question),
    "words of the search": ("root", kept_words),
    "words of the search, one alone": ("root", single_word),
    "results, in another language": ("", at("/search?q=Verbindung")),
    "absence": ("grace", at("/absence")),
    "absence, blank": ("grace", blank_absence),
}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_light_dark_wide_and_narrow(name: str, chromium: Chromium) -> None:
    who, step = PAGES[name]
    with chromium.page(who) as page:
        step(page, chromium.server)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)
                assert _violations(page) == [], f"{name} {theme} {width}"
        _check_reflow(page)


@pytest.mark.parametrize("name", ["home", "ask, suggestions", "request, resolved", "survey"])
def test_axe_finds_nothing_in_german(name: str, chromium: Chromium) -> None:
    who, step = PAGES[name]
    with chromium.page(who, locale="de-DE") as page:
        step(page, chromium.server)
        page.click("text=Deutsch")
        page.evaluate(AXE.read_text(encoding="utf-8"))

        assert page.get_attribute("html", "lang") == "de"
        assert _violations(page) == []


@pytest.mark.parametrize("name", ["home", "results", "ask", "request, running", "board", "work"])
def test_right_to_left_nothing_sticks_out(name: str, chromium: Chromium) -> None:
    who, step = PAGES[name]
    with chromium.page(who) as page:
        step(page, chromium.server)
        page.evaluate("document.documentElement.dir = 'rtl'")
        page.evaluate(AXE.read_text(encoding="utf-8"))

        assert _violations(page) == []
        _check_reflow(page)


def _violations(page: Page) -> list[str]:
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS
    )
    return [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def _check_reflow(page: Page) -> None:
    """Nothing to scroll sideways at 320 px, even with the spacing of WCAG 1.4.12."""
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate(SPACING)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

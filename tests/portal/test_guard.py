from dataclasses import replace
from urllib.parse import urlencode

import pytest

from foredesk.people.models import Session
from foredesk.tickets.models import Ticket
from portal.app import create
from portal.forms import BODY_LIMIT
from tests.portal.furnished import PASSWORD, Furnished
from tests.portal.walker import Walker

SEND = "Send to the help desk"


async def token_of(walker: Walker) -> str:
    return dict((await walker.get("/ask")).form(SEND).fields)["_form"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://desk.example"},
    ],
)
async def test_another_sites_form_is_refused_even_with_a_token(
    ada: Walker, headers: dict[str, str]
) -> None:
    body = urlencode({"_form": await token_of(ada), "subject": "Evil"}).encode()

    refused = await ada.post("/ask", body, **headers)

    assert refused.status == 403
    assert "This page is not open to you" in refused.said
    assert not await Ticket.exists()


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://desk.example:81", "http://["]
)
async def test_a_browser_that_names_only_an_origin_is_checked_by_that(
    ada: Walker, origin: str
) -> None:
    body = urlencode({"_form": await token_of(ada), "subject": "Evil"}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin}

    refused = await ada.client.post("/ask", content=body, headers=headers)

    assert refused.status_code == 403
    assert not await Ticket.exists()


@pytest.mark.parametrize("token", ["", "wrong", "a.b", "é.ü", "." * 1000])
async def test_a_form_with_a_stale_token_is_kept_and_can_be_sent_again(
    ada: Walker, token: str
) -> None:
    body = urlencode({"_form": token, "subject": "Kept", "key": "k"}).encode()

    kept = await ada.post("/ask", body)
    sent = await ada.press(kept, "Send it now")

    assert kept.status == 403
    assert "Nothing was lost and nothing was sent." in kept.said
    assert sent.address == "/requests/1"
    assert (await Ticket.get()).subject == "Kept"


async def test_the_token_of_another_browser_is_no_use(ada: Walker, site: Furnished) -> None:
    other = Walker(create(site.desk))
    body = urlencode({"_form": await token_of(other), "subject": "Evil"}).encode()

    assert (await ada.post("/ask", body)).status == 403
    assert not await Ticket.exists()


async def test_a_session_that_ended_asks_to_sign_in_and_keeps_the_form(ada: Walker) -> None:
    form = await ada.get("/ask")
    await Session.all().delete()

    kept = await ada.press(form, SEND, subject="Kept")
    waiting = await ada.press(kept, "Send it now")
    sent = await ada.press(
        waiting, "Sign in and send", _email="ada@acme.example", _password=PASSWORD
    )

    assert (kept.status, waiting.status) == (403, 401)
    assert sent.address == "/requests/1"


async def test_a_body_beyond_the_limit_is_refused_unread(ada: Walker) -> None:
    refused = await ada.post("/ask", b"subject=" + b"x" * BODY_LIMIT)

    assert refused.status == 413
    assert "That is too much at once" in refused.said


@pytest.mark.parametrize(
    ("media_type", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("application/x-www-form-urlencoded", b"&".join([b"a=b"] * 300), 400),
        ("application/x-www-form-urlencoded", b"a%00=b", 400),
    ],
)
async def test_what_no_form_of_ours_sends_gets_a_page_that_says_so(
    ada: Walker, media_type: str, body: bytes, status: int
) -> None:
    refused = await ada.post("/ask", body, **{"Content-Type": media_type})

    assert refused.status == status
    assert "We could not read that" in refused.said


async def test_cookies_are_out_of_reach_of_scripts_and_other_sites(visitor: Walker) -> None:
    await visitor.sign_in("ada@acme.example", PASSWORD)

    response = await visitor.client.get("/")

    assert response.status_code == 200
    cookies = {cookie.name: cookie for cookie in visitor.client.cookies.jar}
    assert set(cookies) == {"visitor", "session"}
    for cookie in cookies.values():
        assert cookie.has_nonstandard_attr("HttpOnly")
        assert cookie.get_nonstandard_attr("SameSite") == "lax"


async def test_over_https_cookies_are_secure_and_bound_to_the_host(site: Furnished) -> None:
    settings = replace(site.desk.settings, public_url="https://desk.example")
    desk = replace(site.desk, settings=settings)
    walker = Walker(create(desk), base="https://desk.example")

    page = await walker.sign_in("ada@acme.example", PASSWORD)

    assert "Sign out" in page.said
    assert page.headers["strict-transport-security"] == "max-age=31536000"
    cookies = {cookie.name: cookie for cookie in walker.client.cookies.jar}
    assert set(cookies) == {"__Host-visitor", "__Host-session"}
    assert all(cookie.secure for cookie in cookies.values())


async def test_every_answer_carries_the_policy_of_its_content(visitor: Walker) -> None:
    for address in ("/", "/nowhere", "/static/nothing.css", "/requests"):
        response = await visitor.client.get(address)

        policy = response.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "same-origin"


async def test_no_page_holds_inline_script_or_style(ada: Walker, grace: Walker) -> None:
    await ada.press(await ada.get("/ask"), SEND, subject="One")
    pages = [await ada.get(a) for a in ("/", "/search?q=vpn", "/ask", "/requests", "/requests/1")]
    pages += [await grace.get(a) for a in ("/board", "/board/1")]

    for page in pages:
        assert "<script>" not in page.text
        assert "<style" not in page.text
        assert " style=" not in page.text
        assert " onclick=" not in page.text

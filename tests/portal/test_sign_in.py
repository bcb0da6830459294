from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest

from foredesk.people.models import Session
from foredesk.people.secrets import digest
from foredesk.people.throttle import PER_ACCOUNT
from foredesk.providers import read_providers
from portal.app import create
from portal.pages import is_own_address
from tests.portal.furnished import PASSWORD, Furnished
from tests.portal.walker import Walker


async def test_who_signs_in_comes_back_to_where_they_were_going(visitor: Walker) -> None:
    asked = await visitor.get("/requests?state=closed")

    there = await visitor.press(asked, "Sign in", _email="ada@acme.example", _password=PASSWORD)

    assert asked.address == "/sign-in?next=%2Frequests%3Fstate%3Dclosed"
    assert there.address == "/requests?state=closed"


async def test_signing_out_ends_the_session_on_the_server(ada: Walker) -> None:
    session = ada.client.cookies["session"]

    out = await ada.press(await ada.get("/"), "Sign out")
    ada.client.cookies.set("session", session, domain="desk.example")

    assert "Sign in" in out.said
    assert (await ada.get("/requests")).address.startswith("/sign-in")


async def test_signing_in_again_ends_the_session_before(ada: Walker) -> None:
    before = ada.client.cookies["session"]
    token = dict((await ada.get("/")).form("Sign out").fields)["_form"]
    fields = {"_form": token, "_email": "grace@acme.example", "_password": PASSWORD}

    await ada.post("/sign-in", urlencode(fields).encode())

    sessions = {row.token_hash: row.revoked_at for row in await Session.all()}
    assert sessions.pop(digest(before)) is not None
    assert list(sessions.values()) == [None]


async def test_a_wrong_password_says_so_and_keeps_the_address(visitor: Walker) -> None:
    page = await visitor.sign_in("ada@acme.example", "not the password")

    assert page.status == 422
    assert "This e-mail address and password do not go together." in page.said
    assert page.value("_email") == "ada@acme.example"
    assert "not the password" not in page.text


async def test_guessing_is_slowed_down(visitor: Walker) -> None:
    for _ in range(PER_ACCOUNT):
        await visitor.sign_in("nobody@acme.example", "guess")

    page = await visitor.sign_in("nobody@acme.example", "guess")

    assert page.status == 429
    assert "Too many attempts. Try again in 15 minutes." in page.said


def desk_with(site: Furnished, **settings: Any) -> Walker:
    acme = {
        "issuer": "http://127.0.0.1:9",
        "name": "Acme Login",
        "client_id": "desk",
        "organization": "acme",
        "email_domains": "acme.example",
    } | settings.pop("acme", {})
    changed = replace(site.desk.settings, oidc=read_providers({"acme": acme}), **settings)
    return Walker(create(replace(site.desk, settings=changed)))


async def test_people_of_a_provider_are_shown_to_its_button(site: Furnished) -> None:
    walker = desk_with(site, acme={"exclusive": True})

    page = await walker.sign_in("ada@acme.example", PASSWORD)
    other = await walker.sign_in("ada@elsewhere.example", PASSWORD)

    assert page.status == other.status == 422
    assert "Sign in with Acme Login: use its button." in page.said
    assert "do not go together" in other.said


async def test_without_passwords_there_is_no_field_for_one_and_none_is_taken(
    site: Furnished,
) -> None:
    walker = desk_with(site, password_sign_in="off")
    page = await walker.get("/sign-in")
    token = dict(page.forms[-1].fields)["_form"]
    fields = {"_form": token, "_email": "ada@acme.example", "_password": PASSWORD}

    refused = await walker.post("/sign-in", urlencode(fields).encode())

    assert 'type="password"' not in page.text
    assert ("Sign in with Acme Login", "/sign-in/with/acme") in page.links
    assert refused.status == 422
    assert "No passwords are used here." in refused.said
    assert not await Session.exists()


async def test_a_provider_that_does_not_answer_is_told_and_passwords_go_on(
    site: Furnished,
) -> None:
    walker = desk_with(site)

    page = await walker.get("/sign-in/with/acme?next=/requests")

    assert page.status == 502
    assert "Acme Login does not answer at the moment." in page.said
    assert "My requests" in (await walker.sign_in("ada@acme.example", PASSWORD)).said


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/sign-in/with/nobody", 404),
        ("/sign-in/with/nobody/callback?code=x&state=y", 404),
        ("/sign-in/with/acme/callback?code=x&state=y", 400),
        ("/sign-in/with/acme/callback?error=access_denied", 400),
        ("/sign-in/with/acme/callback", 400),
    ],
)
async def test_nobody_comes_back_who_never_left(site: Furnished, address: str, status: int) -> None:
    walker = desk_with(site)

    for cookie in ("", "acme", "acme..", "other.secret.", "...."):
        walker.client.cookies.set("handshake", cookie, domain="desk.example")
        assert (await walker.get(address)).status == status
    assert not await Session.exists()


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [
        ("/", True),
        ("/ask?subject=a%20b#c", True),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("https://evil.example", False),
        ("/\t/evil.example", False),
        ("", False),
    ],
)
def test_only_our_own_addresses_are_gone_back_to(address: str, is_ours: bool) -> None:
    assert is_own_address(address) is is_ours


async def test_the_session_of_nobody_is_no_session(visitor: Walker) -> None:
    for token in (b"", b"x" * 5000, b"%00", b"\xc3\xa9", b"\xff\x01"):
        headers = [(b"Cookie", b"session=" + token)]

        response = await visitor.client.get("/requests", headers=headers)

        assert response.url.path == "/sign-in"

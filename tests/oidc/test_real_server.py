"""Signing in by a certified OpenID Connect server: portal and API, step by step as browsers do."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import httpx
import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from foredesk.composition import Parts
from foredesk.desk import Desk
from foredesk.people.models import ExternalIdentity, Person, RoleGrant, Session
from foredesk.people.roles import Role
from foredesk.providers import read_providers
from foredesk.server import build_app
from foredesk.settings import Settings
from tests.oidc.identity_server import API, signed_in_there
from tests.people import make_organization, make_person
from tests.portal.walker import Page, Walker, _page

WHO = {"query": "{ viewer { name scopes } }"}


@pytest.fixture
def desk(desk: Desk, issuer: str) -> Desk:
    return with_provider(desk, issuer)


@pytest.fixture
async def visitor(desk: Desk) -> Walker:
    await make_organization(desk, "acme")
    walker = Walker(app_of(desk))
    walker.client.follow_redirects = False
    return walker


def app_of(desk: Desk) -> Any:
    nothing: Any = None
    return build_app(Parts(desk, nothing, nothing, nothing, nothing))


def with_provider(desk: Desk, issuer: str, **settings: object) -> Desk:
    """The desk, at the time of today, as a client of the provider."""
    table = {
        "issuer": issuer,
        "name": "Acme",
        "client_id": "desk",
        "client_secret": "a secret of the desk",
        "email_domains": "acme.example=acme",
        "roles_claim": "groups",
        "roles": "desk-agents=incident_resolver",
        "api_audiences": API,
    }
    providers = read_providers({"acme": table | settings})
    changed = replace(desk.settings, oidc=providers, public_url="http://desk.example")
    return replace(desk, settings=changed, now=lambda: datetime.now(UTC))


async def sign_in(visitor: Walker, who: str, *, next: str = "") -> Page:
    """Press the button, which is a link, sign in there, come back."""
    begin = "/sign-in/with/acme" + (f"?next={quote(next, safe='')}" if next else "")
    address = (await visitor.client.get(begin)).headers["location"]
    back = await signed_in_there(address, who, "http://desk.example/")
    return _page(await visitor.client.get(back))


async def test_somebody_new_signs_in_and_is_taken_in_with_their_roles(
    desk: Desk, visitor: Walker, issuer: str
) -> None:
    asked = await visitor.get("/sign-in?next=/requests")
    assert ("Sign in with Acme", "/sign-in/with/acme?next=/requests") in asked.links

    came = await sign_in(visitor, "alan", next="/requests")
    requests = await visitor.get("/requests")

    assert (came.status, came.headers["location"]) == (303, "/requests")
    assert "Alan Turing" in requests.said
    alan = await Person.get(email="alan@acme.example")
    identity = await ExternalIdentity.get()
    assert (identity.issuer, identity.subject, identity.person_id) == (issuer, "alan", alan.id)
    roles = await RoleGrant.filter(person_id=alan.id).values_list("role", flat=True)
    assert set(roles) == {Role.REQUESTER, Role.INCIDENT_RESOLVER}


async def test_who_comes_again_is_the_same_person(visitor: Walker, desk: Desk) -> None:
    await sign_in(visitor, "ada")
    await Person.filter(email="ada@acme.example").update(email="ada.king@acme.example")

    await sign_in(visitor, "ada")

    assert await Person.all().count() == 1
    assert await Session.filter(provider="acme").count() == 2
    assert await Session.filter(revoked_at=None).count() == 1


async def test_an_unverified_address_makes_nobody_its_owner(visitor: Walker, desk: Desk) -> None:
    await sign_in(visitor, "ada")
    visitor.client.cookies.clear()

    page = await sign_in(visitor, "mallory")

    assert page.status == 403
    assert "we do not know this account" in page.said
    assert not await ExternalIdentity.exists(subject="mallory")


async def test_people_of_another_domain_stay_outside(visitor: Walker) -> None:
    assert (await sign_in(visitor, "eve")).status == 403
    assert not await Person.exists()


async def test_a_deactivated_person_stays_outside(visitor: Walker, desk: Desk) -> None:
    await sign_in(visitor, "ada")
    await Person.all().update(is_active=False)
    visitor.client.cookies.clear()

    assert (await sign_in(visitor, "ada")).status == 403
    assert await Session.all().count() == 1


async def test_an_answer_counts_in_the_browser_that_asked_and_only_once(
    visitor: Walker, desk: Desk
) -> None:
    begun = await visitor.client.get("/sign-in/with/acme")
    back = await signed_in_there(begun.headers["location"], "ada", "http://desk.example/")

    elsewhere = _page(await Walker(app_of(desk)).client.get(back))
    tampered = _page(await Walker(app_of(desk)).client.get(back + "x"))
    here = await visitor.client.get(back)
    again = _page(await visitor.client.get(back))

    assert elsewhere.status == tampered.status == 400
    assert "begun in another browser" in elsewhere.said
    assert here.status_code == 303
    assert again.status == 400
    assert await Session.all().count() == 1


async def test_an_answer_that_says_it_is_of_another_provider_is_refused(visitor: Walker) -> None:
    begun = await visitor.client.get("/sign-in/with/acme")
    back = await signed_in_there(begun.headers["location"], "ada", "http://desk.example/")
    parts = parse_qs(urlsplit(back).query)
    assert parts["iss"]

    for issuer in ([], ["https://attacker.example"]):
        changed = urlencode(parts | {"iss": issuer}, doseq=True)
        visitor.client.cookies.update(begun.cookies)
        page = await visitor.client.get(f"/sign-in/with/acme/callback?{changed}")
        assert page.status_code == 400
    assert not await Session.exists()


async def test_signing_out_offers_to_sign_out_there_as_well(visitor: Walker, desk: Desk) -> None:
    await sign_in(visitor, "ada")
    kept = (await Session.get()).logout_hint

    out = await visitor.press(await visitor.get("/requests"), "Sign out")
    ((_, address),) = [link for link in out.links if link[0] == "Sign out of Acme as well"]
    asked = parse_qs(urlsplit(address).query)
    async with httpx.AsyncClient() as browser:
        there = await browser.get(address)

    assert "You are signed out of the help desk." in out.said
    assert "Ada" not in out.said
    assert asked["post_logout_redirect_uri"] == ["http://desk.example/"]
    assert asked["id_token_hint"][0] not in kept
    assert there.status_code == 200
    assert "/session/end/confirm" in there.text
    session = await Session.get()
    assert session.revoked_at is not None
    assert session.logout_hint == ""


async def test_the_api_takes_access_tokens_of_people_who_are_known(
    visitor: Walker, desk: Desk, issuer: str
) -> None:
    token = await access_token(issuer, "ada", "openid foredesk:tickets")
    reading = await access_token(issuer, "ada", "openid")
    visitor.client.cookies.clear()

    unknown = await ask(visitor, token)
    await sign_in(visitor, "ada")
    visitor.client.cookies.clear()
    known, reader = await ask(visitor, token), await ask(visitor, reading)
    await Person.all().update(is_active=False)
    left = await ask(visitor, token)

    assert unknown.status_code == left.status_code == 401
    assert known.json()["data"]["viewer"] == {"name": "Ada Lovelace", "scopes": ["TICKETS"]}
    assert reader.json()["data"]["viewer"]["scopes"] == ["READ"]


async def test_a_token_for_somebody_else_opens_nothing(
    visitor: Walker, desk: Desk, issuer: str
) -> None:
    await sign_in(visitor, "ada")
    visitor.client.cookies.clear()
    token = await access_token(issuer, "ada", "openid foredesk:read")
    other = with_provider(desk, issuer, api_audiences="https://other.example/api")
    none = with_provider(desk, issuer, api_audiences="")

    assert (await ask(visitor, token)).status_code == 200
    for elsewhere in (other, none):
        assert (await ask(Walker(app_of(elsewhere)), token)).status_code == 401
    for wrong in (token[:-4] + "AAAA", token + "x", ".".join(["e30", *token.split(".")[1:]])):
        assert (await ask(visitor, wrong)).status_code == 401


async def test_a_person_with_a_password_is_recognized_by_a_trusted_provider_only(
    desk: Desk, issuer: str
) -> None:
    acme = await make_organization(desk, "acme")
    ada = await make_person(desk, acme, name="Ada", email="ada@acme.example")
    walker = Walker(app_of(desk))
    walker.client.follow_redirects = False
    assert (await sign_in(walker, "ada")).status == 403

    trusting = Walker(app_of(with_provider(desk, issuer, link_by_email=True)))
    trusting.client.follow_redirects = False
    assert (await sign_in(trusting, "ada")).status == 303

    assert (await ExternalIdentity.get()).person_id == ada.id


async def ask(visitor: Walker, token: str) -> httpx.Response:
    headers = {"authorization": f"Bearer {token}"}
    return await visitor.client.post("/graphql", json=WHO, headers=headers)


async def access_token(issuer: str, who: str, scope: str) -> str:
    """As a front-end gets it, which has a client of its own at the provider."""
    verifier = secrets.token_urlsafe(32)
    asked = {
        "client_id": "app",
        "response_type": "code",
        "redirect_uri": "https://app.example/callback",
        "scope": scope,
        "resource": API,
        "code_challenge": create_s256_code_challenge(verifier),
        "code_challenge_method": "S256",
    }
    back = await signed_in_there(
        f"{issuer}/auth?{urlencode(asked)}", who, "https://app.example/callback"
    )
    sent = {
        "grant_type": "authorization_code",
        "client_id": "app",
        "code": parse_qs(urlsplit(back).query)["code"][0],
        "redirect_uri": "https://app.example/callback",
        "code_verifier": verifier,
        "resource": API,
    }
    async with httpx.AsyncClient() as client:
        answer = (await client.post(f"{issuer}/token", data=sent)).json()
    token: str = answer["access_token"]
    assert token.count(".") == 2, answer
    return token


def test_the_settings_name_it(desk: Desk) -> None:
    assert isinstance(desk.settings, Settings)
    assert [provider.label for provider in desk.settings.oidc] == ["Acme"]

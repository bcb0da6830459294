"""One's own account, tokens, and service accounts: what people see and press."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import httpx
import pytest
from starlette.applications import Starlette

from api.app import routes
from foredesk.people.models import ApiToken, Person, PersonKind, Session
from foredesk.people.sign_in import Device, start_session
from foredesk.people.tokens import viewer_of_token
from tests.clock import Clock
from tests.portal.conftest import signed_in
from tests.portal.furnished import Furnished
from tests.portal.walker import Page, Walker

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
async def root(site: Furnished) -> Walker:
    return await signed_in(site, "root@acme.example")


def secret_on(page: Page) -> str:
    found = re.search(r"fd_[^<\s]+", page.text)
    assert found, page.said
    return found[0]


async def test_a_token_is_made_shown_once_and_revoked(site: Furnished, ada: Walker) -> None:
    page = await ada.follow(await ada.get("/account"), "My API tokens")

    made = await ada.press(page, "Create the token", name="My script", scopes="read")
    secret = secret_on(made)
    listed = await ada.follow(made, "I have copied it")
    assert await viewer_of_token(site.desk, secret) is not None
    assert made.headers["cache-control"] == "no-store"
    assert secret not in listed.text
    assert "My script fd_" in listed.said
    assert "Read what I may read Ends on April 1, 2026 · Never used" in listed.said

    after = await ada.press(listed, "Revoke")
    assert "Revoked" in after.said
    assert "Ends on" not in after.said
    assert await viewer_of_token(site.desk, secret) is None


async def test_what_is_wrong_with_a_token_is_said_and_the_rest_kept(ada: Walker) -> None:
    page = await ada.get("/account/tokens")

    again = await ada.press(page, "Create the token", name="Mine", days="90")
    assert again.status == 422
    assert "Name at least one scope." in again.said
    assert again.value("name") == "Mine"
    assert again.value("days") == "90"
    for days in ("", "9999", "-1", "x"):
        refused = await ada.press(page, "Create the token", scopes="read", days=days)
        assert refused.status == 422
    assert not await ApiToken.exists()


async def test_nobody_revokes_the_token_of_another(
    site: Furnished, ada: Walker, root: Walker
) -> None:
    await ada.press(await ada.get("/account/tokens"), "Create the token", scopes="read")
    token = await ApiToken.get()
    await root.press(await root.get("/account/tokens"), "Create the token", scopes="read")

    page = await root.get("/account/tokens")
    fields = dict(page.form("Revoke").fields) | {"token": str(token.id)}
    for answer in (
        await root.post("/account/tokens/revoke", urlencode(fields).encode()),
        await root.post("/account/tokens/revoke", urlencode(fields | {"token": "x"}).encode()),
    ):
        assert answer.status == 404
    assert (await ApiToken.get(id=token.id)).revoked_at is None


async def test_one_signs_out_of_a_browser_from_another(site: Furnished, ada: Walker) -> None:
    person = await Person.get(email="ada@acme.example")
    elsewhere = await start_session(site.desk, person, Device("192.0.2.7", FIREFOX))
    page = await ada.get("/account")
    assert "Firefox, Linux" in page.said
    assert "192.0.2.7" in page.said
    assert page.said.count("This browser") == 1

    after = await ada.press(page, "Sign out there")

    assert "Firefox" not in after.said
    assert "Where you are signed in" in after.said
    assert (await Session.get(id=elsewhere.session.id)).revoked_at == site.desk.now()


async def test_one_signs_out_everywhere_else_at_once(site: Furnished, ada: Walker) -> None:
    person = await Person.get(email="ada@acme.example")
    for _ in range(3):
        await start_session(site.desk, person)
    bob = await start_session(site.desk, await Person.get(email="bob@acme.example"))

    after = await ada.press(await ada.get("/account"), "Sign out everywhere else")

    assert after.status == 200
    alive = await Session.filter(revoked_at=None)
    assert {session.person_id for session in alive} == {person.id, bob.session.person_id}
    assert len(alive) == 2


async def test_the_session_of_another_can_not_be_ended(site: Furnished, ada: Walker) -> None:
    bob = await start_session(site.desk, await Person.get(email="bob@acme.example"))
    form = dict((await ada.get("/account")).form("Sign out").fields)

    for session in (str(bob.session.id), "x", ""):
        fields = form | {"session": session}
        answer = await ada.post("/account/sessions", urlencode(fields).encode())
        assert answer.status == 200
    assert (await Session.get(id=bob.session.id)).revoked_at is None


async def test_a_service_account_is_made_given_a_token_and_ended(
    site: Furnished, root: Walker, clock: Clock
) -> None:
    page = await root.follow(await root.get("/account"), "Service accounts")
    one = await root.press(
        page,
        "Create the service account",
        name="Monitoring",
        roles="incident_resolver",
        organizationId=str(site.acme.id),
    )
    assert one.address.startswith("/service-accounts/")
    assert "Monitoring In use" in one.said
    assert "Incident resolver" in one.said

    made = await root.press(one, "Create the token", name="Alerts", scopes="tickets")
    secret = secret_on(made)
    app = Starlette(routes=routes(lambda: site.desk, site.desk.settings))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://desk.example"
    ) as http:
        headers = {"authorization": f"Bearer {secret}"}
        asked = {"query": "{ viewer { name } }"}
        known = await http.post("/graphql", json=asked, headers=headers)
        listed = await root.follow(made, "I have copied it")
        ended = await root.press(listed, "End it")
        gone = await http.post("/graphql", json=asked, headers=headers)

    assert known.json()["data"]["viewer"]["name"] == "Monitoring"
    assert gone.status_code == 401
    assert "Monitoring Ended" in ended.said
    assert "Revoked" in ended.said
    with pytest.raises(AssertionError, match="no button"):
        ended.form("Create the token")
    clock.advance(timedelta(minutes=1))
    assert "Monitoring Ended" in (await root.get("/service-accounts")).said


async def test_what_is_wrong_with_a_service_account_is_said(site: Furnished, root: Walker) -> None:
    page = await root.get("/service-accounts")

    blank = await root.press(page, "Create the service account", organizationId=str(site.acme.id))
    nowhere = await root.press(page, "Create the service account", name="X", organizationId="x")

    assert (blank.status, nowhere.status) == (422, 422)
    assert "Use 1 to 120 characters." in blank.said
    assert "There is no such thing" in nowhere.said
    assert nowhere.value("name") == "X"
    assert not await Person.exists(kind=PersonKind.SERVICE)


async def test_service_accounts_are_not_there_for_anybody_else(
    ada: Walker, grace: Walker, visitor: Walker
) -> None:
    for walker in (ada, grace):
        assert (await walker.get("/service-accounts")).status == 404
        assert (await walker.get("/service-accounts/x")).status == 404
    assert (await visitor.get("/service-accounts")).address.startswith("/sign-in")
    assert (await visitor.get("/account")).address.startswith("/sign-in")

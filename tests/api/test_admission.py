"""Who a request speaks for: API tokens, the portal's session, or nobody."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette

from api.admission import Origins
from api.app import routes
from foredesk.desk import Desk
from foredesk.people.models import Person, Session
from foredesk.people.roles import Role, Scope
from foredesk.people.sign_in import sign_out, start_session
from foredesk.people.tokens import issue_token, revoke_token
from foredesk.people.viewer import viewer_of
from tests.clock import Clock
from tests.people import make_organization, make_person, make_team

COOKIE = "session"
WHO = {"query": "{ viewer { name scopes } }"}


@pytest.fixture
async def grace(desk: Desk) -> Person:
    acme = await make_organization(desk, "acme")
    team = await make_team(desk, acme)
    return await make_person(desk, acme, Role.INCIDENT_RESOLVER, name="Grace", teams=[team])


@pytest.fixture
async def http(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    async with client(desk) as opened:
        yield opened


def client(desk: Desk) -> httpx.AsyncClient:
    app = Starlette(routes=routes(lambda: desk, desk.settings, session_cookie=COOKIE))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://desk.example")


async def token(desk: Desk, person: Person, scopes: Iterable[Scope] = (Scope.READ,)) -> str:
    viewer = await viewer_of(person)
    end = desk.now() + timedelta(hours=1)
    issued = await issue_token(
        desk, viewer, person=person, name="Test", scopes=scopes, expires_at=end
    )
    return issued.secret


async def test_a_token_speaks_for_its_person_until_it_ends_or_is_revoked(
    desk: Desk, clock: Clock, grace: Person, http: httpx.AsyncClient
) -> None:
    secret = await token(desk, grace)
    headers = {"authorization": f"Bearer {secret}"}
    known = await http.post("/graphql", json=WHO, headers=headers)
    assert known.json()["data"] == {"viewer": {"name": "Grace", "scopes": ["READ"]}}

    clock.advance(timedelta(hours=1))
    assert (await http.post("/graphql", json=WHO, headers=headers)).status_code == 401

    clock.advance(timedelta(hours=-1))
    assert (await http.post("/graphql", json=WHO, headers=headers)).status_code == 200
    await revoke_token(desk, await viewer_of(grace), token=await grace.api_tokens.all().get())  # type: ignore[attr-defined]
    assert (await http.post("/graphql", json=WHO, headers=headers)).status_code == 401


async def test_a_credential_that_opens_nothing_is_refused_and_never_taken_for_nobody(
    desk: Desk, grace: Person, http: httpx.AsyncClient
) -> None:
    secret = await token(desk, grace)
    for authorization in (
        "Bearer",
        "Bearer ",
        "Bearer fd_",
        "Bearer fd_x_y",
        f"Bearer {secret}x",
        f"Bearer {secret[:-1]}",
        f"Basic {secret}",
        secret,
        "Bearer " + "x" * 10_000,
    ):
        refused = await http.post("/graphql", json=WHO, headers={"authorization": authorization})
        assert refused.status_code == 401, authorization
        assert refused.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_token_for_reading_changes_nothing(
    desk: Desk, grace: Person, http: httpx.AsyncClient
) -> None:
    act = {
        "query": 'mutation { createTicket(input: {subject: "Help"}) { ticket { id } '
        "errors { __typename } } }"
    }
    read = {"authorization": f"Bearer {await token(desk, grace)}"}
    write = {"authorization": f"Bearer {await token(desk, grace, [Scope.TICKETS])}"}

    refused = await http.post("/graphql", json=act, headers=read)
    done = await http.post("/graphql", json=act, headers=write)

    assert refused.json()["data"]["createTicket"] == {
        "ticket": None,
        "errors": [{"__typename": "NotPermitted"}],
    }
    assert done.json()["data"]["createTicket"]["ticket"] is not None


async def test_the_portals_session_counts_on_our_own_pages_only(
    desk: Desk, clock: Clock, grace: Person, http: httpx.AsyncClient
) -> None:
    signed_in = await start_session(desk, grace)
    cookie = {"cookie": f"{COOKIE}={signed_in.token}"}

    async def name(**headers: str) -> object:
        answer = await http.post("/graphql", json=WHO, headers=cookie | headers)
        viewer = answer.json()["data"]["viewer"]
        return viewer and viewer["name"]

    assert await name() == "Grace"
    assert await name(origin="https://desk.example") == "Grace"
    assert await name(origin="https://evil.example") is None
    assert await name(origin="null") is None
    clock.advance(timedelta(hours=desk.settings.session_idle_hours, seconds=1))
    assert await name() is None
    clock.advance(timedelta(hours=-9))
    await sign_out(desk, await Session.get())
    assert await name() is None


def test_origins_are_our_own_and_those_the_settings_name() -> None:
    origins = Origins.named("https://one.example, https://two.example/", own="https://help.example")
    host = {"host": "desk.example"}

    assert origins.allow(host)
    ours = ("https://desk.example", "https://help.example")
    for origin in (*ours, "https://one.example", "https://two.example"):
        assert origins.allow({**host, "origin": origin})
    for origin in (
        "https://desk.example.evil.example",
        "https://one.example.evil",
        "null",
        "",
        "http://[",
    ):
        assert not origins.allow({**host, "origin": origin})


async def test_pages_of_named_origins_may_call_and_others_may_not(desk: Desk) -> None:
    named = replace(desk, settings=replace(desk.settings, allowed_origins="https://one.example"))
    asked = {
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
    }
    async with client(named) as http:
        allowed = await http.options("/graphql", headers={"origin": "https://one.example", **asked})
        answered = await http.post("/graphql", json=WHO, headers={"origin": "https://one.example"})
        refused = await http.options("/graphql", headers={"origin": "https://two.example", **asked})
    async with client(desk) as http:
        nobody = await http.options("/graphql", headers={"origin": "https://one.example", **asked})

    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == "https://one.example"
    assert answered.headers["access-control-allow-origin"] == "https://one.example"
    assert "access-control-allow-credentials" not in allowed.headers
    assert "access-control-allow-origin" not in refused.headers
    assert nobody.status_code == 405


async def test_production_hides_what_development_shows(desk: Desk) -> None:
    page = {"accept": "text/html"}
    introspection = {"query": "{ __schema { queryType { name } } }"}
    misspelled = {"query": "{ viewr { name } }"}
    production = replace(desk, settings=replace(desk.settings, environment="production"))

    async with client(desk) as http:
        assert (await http.get("/graphql", headers=page)).status_code == 200
        assert (await http.get("/graphql/ide/ide.js")).status_code == 200
        assert (await http.get("/graphql/ide/..%2Fview.py")).status_code == 404
        assert "data" in (await http.post("/graphql", json=introspection)).json()
    async with client(production) as http:
        assert (await http.get("/graphql", headers=page)).status_code == 406
        assert (await http.get("/graphql/ide/ide.js")).status_code == 404
        answer = (await http.post("/graphql", json=introspection)).json()
        assert answer["errors"][0]["extensions"]["code"] == "INTROSPECTION_DISABLED"
        answer = (await http.post("/graphql", json=misspelled)).json()
        assert "Did you mean" not in answer["errors"][0]["message"]
        schema = await http.get("/graphql/schema.graphql")
        assert schema.text.startswith("directive @oneOf")

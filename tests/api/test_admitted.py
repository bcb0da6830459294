"""Tokens are read once in a moment, and yet nobody keeps a right that was taken away."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette
from tortoise.connection import get_connection

from api.app import routes
from foredesk.desk import Desk
from foredesk.people.models import ApiToken, Organization, Person, RoleGrant, TeamMember
from foredesk.people.roles import Role, Scope
from foredesk.people.tokens import issue_token, revoke_token
from foredesk.people.viewer import viewer_of
from tests.clock import Clock
from tests.people import make_organization, make_person, make_team

WHO = {"query": "{ viewer { name roles scopes locale } }"}
Ask = Callable[[], Awaitable[httpx.Response]]


@pytest.fixture
async def grace(desk: Desk) -> Person:
    acme = await make_organization(desk, "acme")
    team = await make_team(desk, acme)
    return await make_person(desk, acme, Role.INCIDENT_RESOLVER, name="Grace", teams=[team])


@pytest.fixture
async def ask(desk: Desk, grace: Person) -> AsyncIterator[Ask]:
    issued = await issue_token(
        desk,
        await viewer_of(grace),
        person=grace,
        name="Test",
        scopes=[Scope.READ],
        expires_at=desk.now() + timedelta(seconds=60),
    )
    app = Starlette(routes=routes(lambda: desk, desk.settings))
    headers = {"authorization": f"Bearer {issued.secret}"}
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://desk.example") as http:

        async def asked() -> httpx.Response:
            return await http.post("/graphql", json=WHO, headers=headers)

        yield asked


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that is sent to the database from here on."""
    sent: list[str] = []
    client = type(get_connection("default"))
    for name in ("execute_query", "execute_query_dict"):

        def recording(self: object, query: str, *rest: object, usual: object) -> object:
            sent.append(query)
            return usual(self, query, *rest)  # type: ignore[operator]

        usual = getattr(client, name)
        monkeypatch.setattr(
            client, name, lambda *given, usual=usual: recording(*given, usual=usual)
        )
    return sent


async def test_a_token_that_was_just_used_costs_no_statement(
    ask: Ask, statements: list[str]
) -> None:
    first = await ask()
    assert statements
    statements.clear()

    again = await ask()

    assert statements == []
    assert again.json() == first.json()
    assert again.json()["data"]["viewer"]["name"] == "Grace"


async def test_after_a_moment_it_is_read_again(
    ask: Ask, clock: Clock, statements: list[str]
) -> None:
    await ask()
    statements.clear()

    clock.advance(timedelta(seconds=4.9))
    await ask()
    assert statements == []
    clock.advance(timedelta(seconds=0.1))
    await ask()
    assert statements


async def test_a_token_ends_in_the_moment_it_ends(ask: Ask, clock: Clock) -> None:
    clock.advance(timedelta(seconds=59))
    assert (await ask()).status_code == 200
    clock.advance(timedelta(seconds=1))
    assert (await ask()).status_code == 401


async def test_a_revoked_token_opens_nothing_at_once(desk: Desk, ask: Ask, grace: Person) -> None:
    assert (await ask()).status_code == 200
    await revoke_token(desk, await viewer_of(grace), token=await ApiToken.get())
    assert (await ask()).status_code == 401


async def test_a_person_who_is_deactivated_is_out_at_once(ask: Ask, grace: Person) -> None:
    assert (await ask()).status_code == 200
    await Person.filter(id=grace.id).update(is_active=False)
    assert (await ask()).status_code == 401


async def test_a_role_that_is_taken_away_is_gone_at_once(ask: Ask, grace: Person) -> None:
    assert "INCIDENT_RESOLVER" in (await ask()).json()["data"]["viewer"]["roles"]
    await RoleGrant.filter(person_id=grace.id, role=Role.INCIDENT_RESOLVER).delete()
    assert (await ask()).json()["data"]["viewer"]["roles"] == ["REQUESTER"]


async def test_a_role_that_is_given_is_there_at_once(ask: Ask, grace: Person) -> None:
    await ask()
    await RoleGrant.create(person_id=grace.id, role=Role.ADMINISTRATOR)
    assert "ADMINISTRATOR" in (await ask()).json()["data"]["viewer"]["roles"]


async def test_what_the_organization_says_counts_at_once(ask: Ask, grace: Person) -> None:
    await ask()
    await Organization.filter(id=grace.organization_id).update(locale="de")
    assert (await ask()).json()["data"]["viewer"]["locale"] == "de"


async def test_teams_count_at_once(ask: Ask, grace: Person, statements: list[str]) -> None:
    await ask()
    await TeamMember.filter(person_id=grace.id).delete()
    statements.clear()
    await ask()
    assert statements


async def test_the_last_use_of_a_token_is_still_noted(ask: Ask, clock: Clock, desk: Desk) -> None:
    await ApiToken.all().update(expires_at=desk.now() + timedelta(days=1))
    await ask()
    clock.advance(timedelta(minutes=6))
    await ask()

    assert (await ApiToken.get()).used_at == desk.now()


async def test_those_who_ask_at_once_are_looked_up_once(
    ask: Ask, clock: Clock, statements: list[str]
) -> None:
    await ask()
    clock.advance(timedelta(seconds=6))
    statements.clear()
    await ask()
    alone = list(statements)
    clock.advance(timedelta(seconds=6))
    statements.clear()

    answers = await asyncio.gather(*[ask() for _ in range(5)])

    assert statements == alone
    assert {answer.json()["data"]["viewer"]["name"] for answer in answers} == {"Grace"}


async def test_who_leaves_leaves_the_others_their_answer(ask: Ask) -> None:
    leaving, staying = asyncio.ensure_future(ask()), asyncio.ensure_future(ask())
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    leaving.cancel()

    assert (await staying).status_code == 200


async def test_none_of_those_who_ask_at_once_gets_in_with_a_wrong_token(
    ask: Ask, clock: Clock
) -> None:
    await ApiToken.all().delete()

    answers = await asyncio.gather(*[ask() for _ in range(3)])

    assert [answer.status_code for answer in answers] == [401, 401, 401]

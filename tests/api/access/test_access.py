"""Tokens, service accounts and sessions by GraphQL."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from starlette.applications import Starlette

from api.app import routes
from api.identifiers import global_id
from api.scalars import write_time
from foredesk.desk import Desk
from foredesk.people.models import ApiToken, PeopleEvent, Person, PersonKind, RoleGrant, Session
from foredesk.people.sign_in import Device, start_session
from foredesk.people.viewer import Viewer
from tests.api.asking import Api
from tests.api.world import World

TOKEN = "apiToken { id name scopes hint isActive revokedAt person { name } } secret"
ACCOUNT = "serviceAccount { id name isActive organization { slug } person { name } }"
OWN = "{ viewer { apiTokens { totalCount nodes { id name isActive createdBy { name } } } } }"


def end(desk: Desk, days: int = 30) -> str:
    return write_time(desk.now() + timedelta(days=days))


async def create(api: Api, world: World, viewer: Viewer | None, **input: Any) -> Any:
    given = {"name": "Dashboard", "scopes": ["READ"], "expiresAt": end(world.desk)} | input
    return await api.act(viewer, "createApiToken", TOKEN, **given)


async def account_of(api: Api, world: World, **input: Any) -> Any:
    given = {"name": "Robot", "organizationId": global_id("Organization", acme_id(world))}
    return await api.act(world.root, "createServiceAccount", ACCOUNT, **(given | input))


def acme_id(world: World) -> UUID:
    id: UUID = world.acme.organization.id
    return id


async def test_a_token_is_created_its_secret_said_once_and_opens_the_api(
    world: World, api: Api
) -> None:
    made = await create(api, world, world.acme.ada, name=" My  script ", scopes=["TICKETS", "READ"])
    listed = await api.ask(world.acme.ada, OWN)

    assert made["errors"] == []
    assert made["apiToken"] | {"id": ""} == {
        "id": "",
        "name": "My script",
        "scopes": ["READ", "TICKETS"],
        "hint": made["secret"].rpartition("_")[0][:15] + "_…",
        "isActive": True,
        "revokedAt": None,
        "person": {"name": "Ada Acme"},
    }
    assert listed["viewer"]["apiTokens"]["nodes"] == [
        {
            "id": made["apiToken"]["id"],
            "name": "My script",
            "isActive": True,
            "createdBy": {"name": "Ada Acme"},
        }
    ]
    assert await name_by(world.desk, made["secret"]) == "Ada Acme"


async def test_a_revoked_token_opens_nothing_from_the_next_request_on(
    world: World, api: Api
) -> None:
    made = await create(api, world, world.acme.ada)
    async with client(world.desk) as http:
        assert await name_of(http, made["secret"]) == "Ada Acme"
        revoked = await api.act(
            world.acme.ada,
            "revokeApiToken",
            "apiToken { isActive revokedAt revokedBy { name } }",
            apiTokenId=made["apiToken"]["id"],
        )
        assert await name_of(http, made["secret"]) is None

    assert revoked["errors"] == []
    assert revoked["apiToken"] == {
        "isActive": False,
        "revokedAt": write_time(world.desk.now()),
        "revokedBy": {"name": "Ada Acme"},
    }


async def test_what_is_wrong_with_a_token_is_said(world: World, api: Api) -> None:
    for wrong, error in (
        ({"scopes": []}, ("InvalidInput", "INVALID_INPUT", "scopes")),
        ({"expiresAt": end(world.desk, 0)}, ("InvalidInput", "INVALID_INPUT", "expiresAt")),
        ({"expiresAt": end(world.desk, 367)}, ("InvalidInput", "INVALID_INPUT", "expiresAt")),
        ({"name": "x" * 121}, ("InvalidInput", "INVALID_INPUT", "name")),
        ({"serviceAccountId": "x"}, ("NotFound", "NOT_FOUND", "serviceAccountId")),
    ):
        refused = await create(api, world, world.acme.ada, **wrong)
        assert refused == {"apiToken": None, "secret": None, "errors": [error]}
    assert not await ApiToken.exists()


async def test_nobody_has_no_tokens_and_no_sessions(world: World, api: Api) -> None:
    nobody = await create(api, world, None)

    assert nobody["errors"] == [("NotFound", "NOT_FOUND", "serviceAccountId")]
    assert await api.ask(None, "{ viewer { sessions { id } } serviceAccounts { totalCount } }") == {
        "viewer": None,
        "serviceAccounts": {"totalCount": 0},
    }


async def test_the_tokens_of_others_are_not_there(world: World, api: Api) -> None:
    made = await create(api, world, world.acme.ada)
    id = made["apiToken"]["id"]
    read = "query Q($id: ID!) { node(id: $id) { ... on ApiToken { name } } }"

    for other in (world.acme.bob, world.acme.grace, None):
        refused = await api.act(other, "revokeApiToken", "apiToken { id }", apiTokenId=id)
        assert refused["errors"] == [("NotFound", "NOT_FOUND", "apiTokenId")]
        assert await api.ask(other, read, id=id) == {"node": None}
    assert await api.ask(world.root, read, id=id) == {"node": {"name": "Dashboard"}}
    by_root = await api.act(world.root, "revokeApiToken", "apiToken { isActive }", apiTokenId=id)
    assert by_root["apiToken"] == {"isActive": False}


async def test_a_service_account_acts_by_its_own_token_with_its_own_roles(
    world: World, api: Api
) -> None:
    account = await account_of(api, world, roles=["INCIDENT_RESOLVER"])
    id = account["serviceAccount"]["id"]
    token = await create(api, world, world.root, serviceAccountId=id)
    async with client(world.desk) as http:
        answer = await ask(http, token["secret"], "{ viewer { name roles scopes } }")

    assert account["errors"] == []
    assert account["serviceAccount"] == {
        "id": id,
        "name": "Robot",
        "isActive": True,
        "organization": {"slug": "acme"},
        "person": {"name": "Robot"},
    }
    assert answer.json()["data"]["viewer"] == {
        "name": "Robot",
        "roles": ["INCIDENT_RESOLVER", "REQUESTER"],
        "scopes": ["READ"],
    }
    row = await Person.get(kind=PersonKind.SERVICE)
    assert (row.password_hash, row.email.endswith(".invalid")) == ("", True)
    listed = await api.ask(
        world.root, "{ serviceAccounts { nodes { name apiTokens { totalCount } } } }"
    )
    shown = await api.ask(
        world.root, "{ serviceAccounts { nodes { person { email isServiceAccount } } } }"
    )
    assert shown["serviceAccounts"]["nodes"] == [
        {"person": {"email": None, "isServiceAccount": True}}
    ]
    assert listed["serviceAccounts"]["nodes"] == [{"name": "Robot", "apiTokens": {"totalCount": 1}}]


async def test_the_history_tells_each_right_of_a_new_program(world: World, api: Api) -> None:
    team = global_id("Team", world.acme.team.id)
    given = {"roles": ["INCIDENT_RESOLVER", "REQUESTER"], "teamIds": [team]}
    assert (await account_of(api, world, **given))["errors"] == []
    robot = await Person.get(kind=PersonKind.SERVICE)
    found = await api.ask(
        world.root,
        "query E($f: PeopleEventFilter) { peopleEvents(filter: $f) { nodes { "
        "kind role team { name } actor { name } } } }",
        f={"personIds": [global_id("Person", robot.id)]},
    )

    by = {"actor": {"name": "Root"}}
    assert found["peopleEvents"]["nodes"] == [
        {"kind": "MEMBER_ADDED", "role": None, "team": {"name": "Acme First Line"}, **by},
        {"kind": "ROLE_GRANTED", "role": "INCIDENT_RESOLVER", "team": None, **by},
        {"kind": "PERSON_ENROLLED", "role": None, "team": None, **by},
    ]


async def test_a_deactivated_service_account_opens_nothing_at_once_and_for_good(
    world: World, api: Api
) -> None:
    account = await account_of(api, world)
    id = account["serviceAccount"]["id"]
    token = await create(api, world, world.root, serviceAccountId=id)
    async with client(world.desk) as http:
        assert await name_of(http, token["secret"]) == "Robot"
        gone = await api.act(world.root, "deactivateServiceAccount", ACCOUNT, serviceAccountId=id)
        assert await name_of(http, token["secret"]) is None
        await Person.all().update(is_active=True)
        assert await name_of(http, token["secret"]) is None

    assert gone["serviceAccount"]["isActive"] is False
    again = await create(api, world, world.root, serviceAccountId=id)
    assert again["errors"] == []
    kinds = [event.kind.value for event in await PeopleEvent.all().order_by("number")]
    assert {"person_enrolled", "token_created", "person_deactivated"} <= set(kinds)


async def test_only_administrators_manage_service_accounts(world: World, api: Api) -> None:
    id = (await account_of(api, world))["serviceAccount"]["id"]
    organization = global_id("Organization", acme_id(world))

    for viewer in (world.acme.ada, world.acme.grace, None):
        refused = await api.act(
            viewer, "createServiceAccount", ACCOUNT, name="X", organizationId=organization
        )
        gone = await api.act(viewer, "deactivateServiceAccount", ACCOUNT, serviceAccountId=id)
        token = await create(api, world, viewer, serviceAccountId=id)
        assert refused["errors"] == gone["errors"] == [("NotPermitted", "NOT_PERMITTED", "")]
        assert token["errors"] == [("NotFound", "NOT_FOUND", "serviceAccountId")]
    assert await Person.filter(kind=PersonKind.SERVICE, is_active=True).count() == 1


async def test_a_service_account_is_created_once_for_one_key(world: World, api: Api) -> None:
    first = await account_of(api, world, idempotencyKey="once")
    again = await account_of(api, world, idempotencyKey="once")
    other = await account_of(api, world, idempotencyKey="once", name="Other")

    assert again == first
    assert other["errors"] == [("IdempotencyKeyReused", "IDEMPOTENCY_KEY_REUSED", "idempotencyKey")]
    assert await Person.filter(kind=PersonKind.SERVICE).count() == 1

    await RoleGrant.filter(person_id=world.root.person_id).delete()
    later = await account_of(api, world, idempotencyKey="once")
    assert later["errors"] == [("NotFound", "NOT_FOUND", "idempotencyKey")]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"name": " "}, ("InvalidInput", "INVALID_INPUT", "name")),
        ({"organizationId": "x"}, ("NotFound", "NOT_FOUND", "organizationId")),
        ({"teamIds": ["x"]}, ("NotFound", "NOT_FOUND", "teamIds")),
    ],
)
async def test_what_is_wrong_with_a_service_account_is_said(
    world: World, api: Api, wrong: dict[str, Any], error: tuple[str, str, str]
) -> None:
    assert (await account_of(api, world, **wrong))["errors"] == [error]
    assert not await Person.exists(kind=PersonKind.SERVICE)


async def test_sessions_are_listed_and_ended_by_their_owner_only(world: World, api: Api) -> None:
    ada = await Person.get(id=world.acme.ada.person_id)
    here = await start_session(world.desk, ada, Device("192.0.2.7", "Firefox"))
    await start_session(world.desk, ada, Device("192.0.2.8", "Opera"))
    bobs = await start_session(world.desk, await Person.get(id=world.acme.bob.person_id))
    async with client(world.desk) as http:
        cookie = {"cookie": f"session={here.token}"}
        asked = "{ viewer { sessions { id browser address isCurrent identityProvider { key } } } }"
        data = (await http.post("/graphql", json={"query": asked}, headers=cookie)).json()["data"]
    listed = {one["browser"]: one for one in data["viewer"]["sessions"]}
    assert {name: one["isCurrent"] for name, one in listed.items()} == {
        "Firefox": True,
        "Opera": False,
    }
    assert listed["Opera"]["address"] == "192.0.2.8"

    strangers = [listed["Opera"]["id"], global_id("Session", bobs.session.id)]
    refused = await end_sessions(api, world.acme.ada, strangers)
    ended = await end_sessions(api, world.acme.ada, [listed["Opera"]["id"]])
    again = await end_sessions(api, world.acme.ada, [listed["Opera"]["id"]])

    assert refused["errors"] == again["errors"] == [("NotFound", "NOT_FOUND", "sessionIds")]
    assert ended == {"sessions": [{"browser": "Firefox"}], "errors": []}
    assert await Session.filter(revoked_at=None).count() == 2


async def test_a_token_manages_access_only_with_the_scope_for_it(world: World, api: Api) -> None:
    reading = await create(api, world, world.acme.ada)
    managing = await create(api, world, world.acme.ada, scopes=["READ", "ADMINISTRATION"])
    act = (
        'mutation M($at: DateTime!) { createApiToken(input: {name: "x", scopes: [READ], '
        "expiresAt: $at}) { secret errors { __typename } } }"
    )
    async with client(world.desk) as http:
        at = {"at": end(world.desk)}
        refused = (await ask(http, reading["secret"], act, **at)).json()["data"]["createApiToken"]
        done = (await ask(http, managing["secret"], act, **at)).json()["data"]["createApiToken"]

    assert refused == {"secret": None, "errors": [{"__typename": "NotPermitted"}]}
    assert done["secret"].startswith("fd_")


async def end_sessions(api: Api, viewer: Viewer, ids: list[str]) -> Any:
    return await api.act(viewer, "endSessions", "sessions { browser }", sessionIds=ids)


def client(desk: Desk) -> httpx.AsyncClient:
    app = Starlette(routes=routes(lambda: desk, desk.settings, session_cookie="session"))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://desk.example")


async def ask(http: httpx.AsyncClient, secret: str, query: str, **variables: Any) -> httpx.Response:
    headers = {"authorization": f"Bearer {secret}"}
    return await http.post(
        "/graphql", json={"query": query, "variables": variables}, headers=headers
    )


async def name_of(http: httpx.AsyncClient, secret: str) -> str | None:
    answer = await ask(http, secret, "{ viewer { name } }")
    if answer.status_code == 401:
        return None
    name: str = answer.json()["data"]["viewer"]["name"]
    return name


async def name_by(desk: Desk, secret: str) -> str | None:
    async with client(desk) as http:
        return await name_of(http, secret)

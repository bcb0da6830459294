"""Managing people by GraphQL: taking in, changing, moving, roles, and what follows at once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from api.identifiers import global_id
from foredesk.people.models import (
    PeopleEvent,
    PeopleEventKind,
    Person,
    RoleGrant,
    Session,
    TeamMember,
)
from foredesk.people.roles import Role, Scope
from foredesk.people.sign_in import start_session
from foredesk.people.tokens import issue_token
from foredesk.people.viewer import Viewer, viewer_of
from tests.api.asking import Api
from tests.api.world import World
from tests.people import make_agent, make_person, make_requester

PERSON = "person { id name email phone locale timeZone isActive version roles teams { name } }"


def id_of(viewer: Viewer) -> str:
    assert viewer.person_id is not None
    return global_id("Person", viewer.person_id)


async def manager_of(world: World) -> Viewer:
    return await make_agent(
        world.desk,
        world.acme.organization,
        role=Role.CUSTOMER_SERVICE_MANAGER,
        team=world.acme.team,
        name="Dario",
    )


async def test_an_administrator_takes_a_person_in(world: World, api: Api) -> None:
    given: dict[str, Any] = {
        "organizationId": global_id("Organization", world.acme.organization.id),
        "name": " Ines  Moll ",
        "email": "Ines@Acme.example",
        "roles": ["INCIDENT_RESOLVER"],
        "teamIds": [global_id("Team", world.acme.team.id)],
        "idempotencyKey": "once",
    }
    first = await api.act(world.root, "createPerson", PERSON, **given)
    again = await api.act(world.root, "createPerson", PERSON, **given)

    assert first == again
    person = first["person"] | {"id": ""}
    assert first["errors"] == []
    assert person == {
        "id": "",
        "name": "Ines Moll",
        "email": "ines@acme.example",
        "phone": None,
        "locale": None,
        "timeZone": None,
        "isActive": True,
        "version": 1,
        "roles": ["INCIDENT_RESOLVER", "REQUESTER"],
        "teams": [{"name": "Acme First Line"}],
    }
    kinds = [event.kind for event in await PeopleEvent.all().order_by("-number").limit(3)]
    assert kinds == [
        PeopleEventKind.MEMBER_ADDED,
        PeopleEventKind.ROLE_GRANTED,
        PeopleEventKind.PERSON_ENROLLED,
    ]


async def test_an_address_belongs_to_one_person(world: World, api: Api) -> None:
    organization = global_id("Organization", world.acme.organization.id)
    for email, refused in (("ada@acme.example", "email"), ("nonsense", "email")):
        payload = await api.act(
            world.root, "createPerson", PERSON, organizationId=organization, name="X", email=email
        )
        assert payload == {"person": None, "errors": [("InvalidInput", "INVALID_INPUT", refused)]}


async def test_managers_take_in_requesters_where_they_serve_and_nobody_else(
    world: World, api: Api
) -> None:
    manager = await manager_of(world)
    ours = global_id("Organization", world.acme.organization.id)
    theirs = global_id("Organization", world.globex.organization.id)

    async def errors(**more: Any) -> list[Any]:
        given = {"organizationId": ours, "name": "New", "email": "new@acme.example"} | more
        payload = await api.act(manager, "createPerson", "person { name }", **given)
        found: list[Any] = payload["errors"]
        return found

    assert await errors(roles=["INCIDENT_RESOLVER"]) == [("NotPermitted", "NOT_PERMITTED", "")]
    assert await errors(organizationId=theirs) == [("NotFound", "NOT_FOUND", "organizationId")]
    assert await errors(roles=["ORGANIZATION_COORDINATOR"]) == []
    refused = await api.act(
        world.acme.grace,
        "createPerson",
        "person { name }",
        **{"organizationId": ours, "name": "No", "email": "no@acme.example"},
    )
    assert refused["errors"] == [("NotPermitted", "NOT_PERMITTED", "")]


async def test_people_change_their_own_data_but_not_their_address(world: World, api: Api) -> None:
    ada, me = world.acme.ada, id_of(world.acme.ada)

    changed = await api.act(ada, "changePerson", PERSON, personId=me, phone="+49 30 1", locale="de")
    assert changed["errors"] == []
    assert (changed["person"]["phone"], changed["person"]["locale"]) == ("+49 30 1", "de")
    cleared = await api.act(ada, "changePerson", PERSON, personId=me, locale=None)
    assert (cleared["person"]["phone"], cleared["person"]["locale"]) == ("+49 30 1", None)
    refused = await api.act(ada, "changePerson", PERSON, personId=me, email="root@acme.example")
    assert refused["errors"] == [("NotPermitted", "NOT_PERMITTED", "")]
    for whom in (world.acme.grace, world.globex.ada):
        payload = await api.act(ada, "changePerson", PERSON, personId=id_of(whom), name="Mine")
        assert payload["errors"][0][1] in ("NOT_PERMITTED", "NOT_FOUND")


async def test_a_change_of_what_has_changed_since_is_refused(world: World, api: Api) -> None:
    ada = id_of(world.acme.ada)
    first = await api.act(
        world.root, "changePerson", PERSON, personId=ada, name="A", expectedVersion=1
    )
    second = await api.act(
        world.root, "changePerson", PERSON, personId=ada, name="B", expectedVersion=1
    )

    assert (first["person"]["version"], first["errors"]) == (2, [])
    assert second == {"person": None, "errors": [("StaleVersion", "STALE_VERSION", "")]}
    assert (await Person.get(id=world.acme.ada.person_id)).name == "A"


async def test_a_role_opens_at_once_what_it_opens_and_closes_it_at_once(
    world: World, api: Api
) -> None:
    desk, acme = world.desk, world.acme
    person = await make_person(desk, acme.organization, name="Rolf", teams=[acme.team])
    rolf = await viewer_of(person)
    numbers = "{ tickets { totalCount } }"
    assert await api.ask(rolf, numbers) == {"tickets": {"totalCount": 0}}

    granted = await api.act(
        world.root, "grantRole", PERSON, personId=id_of(rolf), role="INCIDENT_RESOLVER"
    )
    assert granted["person"]["roles"] == ["INCIDENT_RESOLVER", "REQUESTER"]
    seen = await api.ask(rolf, "{ viewer { roles } organizations { nodes { name } } }")
    assert "INCIDENT_RESOLVER" in seen["viewer"]["roles"]

    await api.act(world.root, "revokeRole", PERSON, personId=id_of(rolf), role="INCIDENT_RESOLVER")
    assert (await api.ask(rolf, "{ viewer { roles } }"))["viewer"]["roles"] == ["REQUESTER"]


async def test_nobody_raises_themselves(world: World, api: Api) -> None:
    manager = await manager_of(world)
    for who, role in ((world.root, "PROBLEM_MANAGER"), (manager, "ORGANIZATION_COORDINATOR")):
        payload = await api.act(who, "grantRole", "person { id }", personId=id_of(who), role=role)
        assert payload["errors"] == [("NotPermitted", "NOT_PERMITTED", "")]
    for role in ("ADMINISTRATOR", "INCIDENT_RESOLVER"):
        payload = await api.act(
            manager, "grantRole", "person { id }", personId=id_of(world.acme.ada), role=role
        )
        assert payload["errors"] == [("NotPermitted", "NOT_PERMITTED", "")]
    reading = replace(manager, scopes=frozenset({Scope.READ, Scope.TICKETS}))
    assert not reading.scopes >= {Scope.ADMINISTRATION}


async def test_the_last_administrator_stays(world: World, api: Api) -> None:
    root = id_of(world.root)
    revoked = await api.act(
        world.root, "revokeRole", "person { id }", personId=root, role="ADMINISTRATOR"
    )
    assert revoked["errors"] == [("InvalidInput", "INVALID_INPUT", "role")]
    own = await api.act(world.root, "deactivatePerson", "person { id }", personId=root)
    assert own["errors"] == [("NotPermitted", "NOT_PERMITTED", "")]

    person = await make_person(world.desk, world.acme.organization, Role.ADMINISTRATOR)
    other = await viewer_of(person)
    assert (await api.act(other, "deactivatePerson", "person { id }", personId=root))[
        "errors"
    ] == []
    assert await RoleGrant.filter(role=Role.ADMINISTRATOR).count() == 2
    last = await api.act(
        other, "revokeRole", "person { id }", personId=id_of(other), role="ADMINISTRATOR"
    )
    assert last["errors"] == [("InvalidInput", "INVALID_INPUT", "role")]


async def test_who_is_deactivated_is_out_at_once(world: World, api: Api) -> None:
    desk, person = world.desk, await Person.get(id=world.acme.grace.person_id)
    await start_session(desk, person)
    token = await issue_token(
        desk,
        world.acme.grace,
        person=person,
        name="x",
        scopes=[Scope.READ],
        expires_at=desk.now() + timedelta(days=1),
    )
    payload = await api.act(
        world.root, "deactivatePerson", "person { isActive }", personId=id_of(world.acme.grace)
    )

    assert payload == {"person": {"isActive": False}, "errors": []}
    assert await Session.filter(person_id=person.id, revoked_at=None).count() == 0
    await token.token.refresh_from_db()
    assert token.token.revoked_at == desk.now()
    assert await api.codes(world.acme.grace, "{ viewer { name } }") == ["UNAUTHENTICATED"]
    back = await api.act(
        world.root,
        "reactivatePerson",
        "person { isActive roles }",
        personId=id_of(world.acme.grace),
    )
    assert back["person"] == {"isActive": True, "roles": ["INCIDENT_RESOLVER", "REQUESTER"]}


async def test_who_moves_keeps_their_requests_and_loses_the_old_organizations(
    furnished: World, api: Api
) -> None:
    world, ada = furnished, furnished.acme.ada
    before = await api.ask(ada, "{ tickets { totalCount } }")
    payload = await api.act(
        world.root,
        "movePerson",
        "person { organization { slug } version }",
        personId=id_of(ada),
        organizationId=global_id("Organization", world.globex.organization.id),
    )

    assert payload["person"] == {"organization": {"slug": "globex"}, "version": 2}
    assert await api.ask(ada, "{ tickets { totalCount } }") == before
    seen = await api.ask(ada, "{ organizations { nodes { slug } } }")
    assert seen == {"organizations": {"nodes": [{"slug": "globex"}]}}


async def test_lists_show_what_may_be_seen_and_no_more(world: World, api: Api) -> None:
    people = "query P($f: PersonFilter) { people(filter: $f) { totalCount nodes { name roles } } }"
    of_root = await api.ask(world.root, people, f={"isActive": True})
    of_grace = await api.ask(world.acme.grace, people, f={})
    of_ada = await api.ask(world.acme.ada, people)

    assert of_root["people"]["totalCount"] == await Person.all().count()
    names = {node["name"] for node in of_grace["people"]["nodes"]}
    assert names >= {"Ada Acme", "Grace Acme"}
    assert not any("Globex" in name for name in names)
    assert [node["name"] for node in of_ada["people"]["nodes"]] == [
        "Ada Acme",
        "Grace Acme",
        "Max Acme",
    ]
    assert [node["roles"] for node in of_ada["people"]["nodes"]] == [["REQUESTER"], None, None]
    inside = await api.ask(world.acme.ada, people, f={"role": "INCIDENT_RESOLVER"})
    assert inside == {"people": {"totalCount": 0, "nodes": []}}
    foreign = {"organizationIds": [global_id("Organization", world.globex.organization.id)]}
    for nobody in (foreign, {"organizationIds": ["nonsense"]}):
        assert (await api.ask(world.acme.grace, people, f=nobody))["people"]["totalCount"] == 0
    theirs = {"teamIds": [global_id("Team", world.globex.team.id)]}
    desk, acme, globex = world.desk, world.acme.organization, world.globex.team
    await make_agent(desk, acme, team=world.acme.team, name="Spy")
    spy = await Person.get(name="Spy")
    await TeamMember.create(person_id=spy.id, team_id=globex.id)
    assert (await api.ask(world.acme.grace, people, f=theirs))["people"]["totalCount"] == 0
    told = await api.ask(world.root, people, f=theirs)
    assert "Spy" in {node["name"] for node in told["people"]["nodes"]}
    one = await api.ask(world.root, people, f={"emails": [" ADA@acme.example"]})
    assert [node["name"] for node in one["people"]["nodes"]] == ["Ada Acme"]


async def test_administrators_read_who_changed_which_right_and_when(world: World, api: Api) -> None:
    ada = id_of(world.acme.ada)
    await api.act(world.root, "grantRole", "person { id }", personId=ada, role="PROBLEM_ANALYST")
    await api.act(
        world.root, "changePerson", "person { id }", personId=ada, phone="+1 2", name="Ay"
    )
    query = (
        "query E($f: PeopleEventFilter) { peopleEvents(filter: $f, first: 2) { nodes { "
        "kind role actor { name } person { name } changes { field before after } } } }"
    )
    found = await api.ask(world.root, query, f={"personIds": [ada]})

    assert found["peopleEvents"]["nodes"] == [
        {
            "kind": "PERSON_CHANGED",
            "role": None,
            "actor": {"name": world.root.name},
            "person": {"name": "Ay"},
            "changes": [
                {"field": "name", "before": None, "after": None},
                {"field": "phone", "before": None, "after": None},
            ],
        },
        {
            "kind": "ROLE_GRANTED",
            "role": "PROBLEM_ANALYST",
            "actor": {"name": world.root.name},
            "person": {"name": "Ay"},
            "changes": [],
        },
    ]
    manager = await manager_of(world)
    for who in (manager, world.acme.ada):
        assert await api.ask(who, query) == {"peopleEvents": {"nodes": []}}


@pytest.mark.parametrize("kind", ["createPerson", "grantRole"])
async def test_nobody_manages_without_signing_in(world: World, api: Api, kind: str) -> None:
    given = {
        "createPerson": {
            "organizationId": global_id("Organization", world.acme.organization.id),
            "name": "X",
            "email": "x@acme.example",
        },
        "grantRole": {"personId": id_of(world.acme.ada), "role": "ADMINISTRATOR"},
    }[kind]
    payload = await api.act(None, kind, "person { id }", **given)
    assert payload["errors"][0][1] in ("NOT_FOUND", "NOT_PERMITTED")


async def test_a_requester_manages_nothing(world: World, api: Api) -> None:
    ada = await make_requester(world.desk, world.acme.organization, "Ada Two")
    payload = await api.act(
        ada, "deactivatePerson", "person { id }", personId=id_of(world.acme.grace)
    )
    assert payload["errors"] == [("NotPermitted", "NOT_PERMITTED", "")]

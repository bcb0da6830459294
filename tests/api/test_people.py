"""The viewer, and who may see what of whom."""

from api.identifiers import global_id
from foredesk.people.models import RoleGrant
from foredesk.people.roles import Role
from foredesk.people.viewer import Viewer
from tests.api.asking import Api
from tests.api.world import World

PERSON = "query Q($id: ID!) { node(id: $id) { ... on Person { name email } } }"


def person_id(viewer: Viewer) -> str:
    assert viewer.person_id is not None
    return global_id("Person", viewer.person_id)


async def test_the_viewer_is_who_asks(world: World, api: Api) -> None:
    data = await api.ask(
        world.acme.grace,
        "{ viewer { name roles scopes locale timeZone person { name email } "
        "organization { name slug } teams { name } } }",
    )

    assert data["viewer"] == {
        "name": "Grace Acme",
        "roles": ["INCIDENT_RESOLVER", "REQUESTER"],
        "scopes": ["ADMINISTRATION", "KNOWLEDGE", "READ", "SURVEYS", "TICKETS"],
        "locale": "en",
        "timeZone": "Europe/Berlin",
        "person": {"name": "Grace Acme", "email": "grace@acme.example"},
        "organization": {"name": "Acme Inc", "slug": "acme"},
        "teams": [{"name": "Acme First Line"}],
    }


async def test_nobody_is_the_viewer_of_an_anonymous_request(world: World, api: Api) -> None:
    assert await api.ask(None, "{ viewer { name } }") == {"viewer": None}


async def test_addresses_are_for_agents_and_for_oneself(world: World, api: Api) -> None:
    for who, whom, seen in (
        ("ada", "ada", {"name": "Ada Acme", "email": "ada@acme.example"}),
        ("ada", "grace", {"name": "Grace Acme", "email": None}),
        ("ada", "bob", None),
        ("grace", "ada", {"name": "Ada Acme", "email": "ada@acme.example"}),
    ):
        id = person_id(getattr(world.acme, whom))
        assert await api.ask(getattr(world.acme, who), PERSON, id=id) == {"node": seen}


async def test_people_of_another_organization_are_null(world: World, api: Api) -> None:
    for viewer in (world.acme.ada, world.acme.grace, None):
        assert await api.ask(viewer, PERSON, id=person_id(world.globex.ada)) == {"node": None}


async def test_a_role_that_is_taken_away_counts_at_once(world: World, api: Api) -> None:
    grace = world.acme.grace
    await RoleGrant.filter(person_id=grace.person_id, role=Role.INCIDENT_RESOLVER).delete()

    assert await api.ask(grace, PERSON, id=person_id(world.acme.ada)) == {"node": None}


async def test_an_id_that_means_nothing_is_null(world: World, api: Api) -> None:
    query = "query Q($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }"
    for id in ("", "x", "Ticket", "VGlja2V0OjE", "\x00", "🙂", "A" * 5000, "../../etc/passwd"):
        assert await api.ask(world.root, query, id=id) == {"node": None, "nodes": [None]}


async def test_an_id_of_one_kind_opens_no_other(world: World, api: Api) -> None:
    as_ticket = global_id("Ticket", world.public.id)

    assert await api.ask(
        world.root, "query Q($id: ID!) { node(id: $id) { id } }", id=as_ticket
    ) == {"node": None}


async def test_nodes_come_in_the_order_they_were_asked_for(world: World, api: Api) -> None:
    ids = [
        global_id("Article", world.public.id),
        "nothing",
        global_id("Organization", world.acme.organization.id),
        global_id("Article", world.german.id),
    ]
    data = await api.ask(
        world.acme.ada, "query Q($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", ids=ids
    )

    assert data["nodes"] == [
        {"__typename": "Article", "id": ids[0]},
        None,
        {"__typename": "Organization", "id": ids[2]},
        {"__typename": "Article", "id": ids[3]},
    ]


async def test_at_most_a_hundred_nodes_are_read_at_once(world: World, api: Api) -> None:
    query = "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }"

    assert (await api.ask(None, query, ids=["x"] * 100))["nodes"] == [None] * 100
    assert await api.codes(None, query, ids=["x"] * 101) == ["OPERATION_TOO_LARGE"]

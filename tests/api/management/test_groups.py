"""Managing organizations and teams by GraphQL, and the modes of whose requests people see."""

from typing import Any

from api.identifiers import global_id
from foredesk.people.models import PeopleEvent, PeopleEventKind, TeamCustomer, TeamMember
from foredesk.people.roles import Role
from foredesk.people.viewer import Viewer
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.models import Ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.release import release_tickets
from tests.api.asking import Api
from tests.api.world import World
from tests.people import make_agent, make_person, make_requester

ORGANIZATION = "organization { slug name locale timeZone requestVisibility version }"
TEAM = "team { id key name isConfidential version members { name } organizations { slug } }"
NOT_PERMITTED = [("NotPermitted", "NOT_PERMITTED", "")]


def id_of(viewer: Viewer) -> str:
    assert viewer.person_id is not None
    return global_id("Person", viewer.person_id)


async def test_an_organization_is_taken_in_and_changed(world: World, api: Api) -> None:
    made = await api.act(
        world.root,
        "createOrganization",
        f"organization {{ id }} {ORGANIZATION}",
        slug="initech",
        name=" Initech ",
        timeZone="America/New_York",
    )
    assert made["errors"] == []
    id = made["organization"]["id"]
    changed = await api.act(
        world.root,
        "changeOrganization",
        ORGANIZATION,
        organizationId=id,
        requestVisibility="BY_ROLE",
        expectedVersion=1,
    )
    assert changed["organization"] == {
        "slug": "initech",
        "name": "Initech",
        "locale": "en",
        "timeZone": "America/New_York",
        "requestVisibility": "BY_ROLE",
        "version": 2,
    }
    stale = await api.act(
        world.root, "changeOrganization", "organization { id }", organizationId=id, name="X",
        expectedVersion=1,
    )  # fmt: skip
    assert stale["errors"] == [("StaleVersion", "STALE_VERSION", "")]
    taken = await api.act(
        world.root, "createOrganization", "organization { id }", slug="initech", name="Two"
    )
    assert taken["errors"] == [("InvalidInput", "INVALID_INPUT", "slug")]
    event = await PeopleEvent.get(kind=PeopleEventKind.ORGANIZATION_CHANGED)
    assert event.details == {
        "changes": [{"field": "request_visibility", "before": "own", "after": "by_role"}]
    }


async def test_only_administrators_manage_organizations(world: World, api: Api) -> None:
    id = global_id("Organization", world.acme.organization.id)
    for who in (world.acme.ada, world.acme.grace):
        changed = await api.act(
            who, "changeOrganization", "organization { id }", organizationId=id, name="Mine"
        )
        made = await api.act(who, "createOrganization", "organization { id }", slug="m", name="M")
        assert changed["errors"] == made["errors"] == NOT_PERMITTED
    foreign = global_id("Organization", world.globex.organization.id)
    unseen = await api.act(
        world.acme.grace, "changeOrganization", "organization { id }", organizationId=foreign
    )
    assert unseen["errors"] == [("NotFound", "NOT_FOUND", "organizationId")]


async def test_whose_requests_people_see_is_up_to_the_organization(world: World, api: Api) -> None:
    desk, acme = world.desk, world.acme
    ticket = await record_ticket(desk, acme.bob, subject="Bob's")
    carla = await make_requester(desk, acme.organization, "Carla")
    id = global_id("Organization", acme.organization.id)
    query = "query Q($id: ID!) { node(id: $id) { id } tickets { totalCount } }"

    async def seen() -> list[int]:
        found = []
        for who in (acme.ada, carla, world.globex.ada):
            data = await api.ask(who, query, id=global_id("Ticket", ticket.id))
            assert (data["node"] is not None) is (data["tickets"]["totalCount"] == 1)
            found.append(data["tickets"]["totalCount"])
        return found

    async def set_to(mode: str) -> None:
        done = await api.act(
            world.root, "changeOrganization", "organization { id }",
            organizationId=id, requestVisibility=mode,
        )  # fmt: skip
        assert done["errors"] == []

    assert await seen() == [0, 0, 0]
    await set_to("ORGANIZATION")
    assert await seen() == [1, 1, 0]
    await set_to("BY_ROLE")
    assert await seen() == [0, 0, 0]
    await api.act(
        world.root, "grantRole", "person { id }",
        personId=id_of(carla), role="ORGANIZATION_COORDINATOR",
    )  # fmt: skip
    assert await seen() == [0, 1, 0]
    await set_to("OWN")
    assert await seen() == [0, 0, 0]


async def test_a_team_is_formed_and_managed(world: World, api: Api) -> None:
    acme = world.acme
    made = await api.act(
        world.root, "createTeam", TEAM,
        key="night", name="Night",
        organizationIds=[global_id("Organization", acme.organization.id)],
    )  # fmt: skip
    assert made["team"] | {"id": ""} == {
        "id": "",
        "key": "night",
        "name": "Night",
        "isConfidential": False,
        "version": 1,
        "members": [],
        "organizations": [{"slug": "acme"}],
    }
    team = made["team"]["id"]
    joined = await api.act(
        world.root, "addTeamMember", TEAM, teamId=team, personId=id_of(acme.grace)
    )
    assert joined["team"]["members"] == [{"name": "Grace Acme"}]
    requester = await api.act(
        world.root, "addTeamMember", TEAM, teamId=team, personId=id_of(acme.ada)
    )
    assert requester["errors"] == [("InvalidInput", "INVALID_INPUT", "personId")]
    renamed = await api.act(
        world.root, "renameTeam", TEAM, teamId=team, name="Late", expectedVersion=1
    )
    assert (renamed["team"]["name"], renamed["team"]["version"]) == ("Late", 2)
    alone = await api.act(
        world.root, "removeTeamOrganization", TEAM, teamId=team,
        organizationId=global_id("Organization", acme.organization.id),
    )  # fmt: skip
    assert alone["team"]["organizations"] == []
    left = await api.act(
        world.root, "removeTeamMember", TEAM, teamId=team, personId=id_of(acme.grace)
    )
    assert left["team"]["members"] == []


async def test_managers_manage_their_own_teams_only(world: World, api: Api) -> None:
    desk, acme = world.desk, world.acme
    boss = await make_agent(
        desk, acme.organization, role=Role.CUSTOMER_SERVICE_MANAGER, team=acme.team, name="Boss"
    )
    new = await make_agent(desk, acme.organization, name="New")
    own = global_id("Team", acme.team.id)
    added = await api.act(boss, "addTeamMember", "team { name }", teamId=own, personId=id_of(new))
    assert added == {"team": {"name": "Acme First Line"}, "errors": []}
    (other,) = new.team_ids
    refused = await api.act(
        boss, "addTeamMember", "team { id }", teamId=global_id("Team", other), personId=id_of(boss)
    )
    assert refused["errors"] == NOT_PERMITTED
    for name, more in (("createTeam", {"key": "x", "name": "X"}),):
        assert (await api.act(boss, name, "team { id }", **more))["errors"] == NOT_PERMITTED
    customer = await api.act(
        boss, "removeTeamOrganization", "team { id }", teamId=own,
        organizationId=global_id("Organization", acme.organization.id),
    )  # fmt: skip
    assert customer["errors"] == NOT_PERMITTED


async def test_serving_an_organization_counts_at_once(world: World, api: Api) -> None:
    desk, acme, globex = world.desk, world.acme, world.globex
    await record_ticket(desk, globex.ada, subject="Globex's")
    given: dict[str, Any] = {
        "teamId": global_id("Team", acme.team.id),
        "organizationId": global_id("Organization", globex.organization.id),
    }
    query = "{ tickets { totalCount } }"
    assert await api.ask(acme.grace, query) == {"tickets": {"totalCount": 0}}
    await api.act(world.root, "addTeamOrganization", "team { id }", **given)
    assert await api.ask(acme.grace, query) == {"tickets": {"totalCount": 1}}
    await api.act(world.root, "removeTeamOrganization", "team { id }", **given)
    assert await api.ask(acme.grace, query) == {"tickets": {"totalCount": 0}}


async def test_nobody_lets_themselves_into_a_confidential_team(world: World, api: Api) -> None:
    acme = world.acme
    made = await api.act(
        world.root, "createTeam", TEAM, key="trust", name="Trust", isConfidential=True,
        organizationIds=[global_id("Organization", acme.organization.id)],
    )  # fmt: skip
    team = made["team"]["id"]
    ticket = await record_ticket(world.desk, acme.ada, subject="Between us")
    moved = await api.act(
        acme.grace, "assignTicket", "ticket { id }",
        ticketId=global_id("Ticket", ticket.id), teamId=team,
    )  # fmt: skip
    assert moved == {"ticket": None, "errors": []}

    own = await api.act(world.root, "addTeamMember", TEAM, teamId=team, personId=id_of(world.root))
    assert own["errors"] == [("NotPermitted", "NOT_PERMITTED", "")]
    query = "query Q($id: ID!) { node(id: $id) { ... on Ticket { subject isConfidential } } }"
    id = global_id("Ticket", ticket.id)
    assert await api.ask(world.root, query, id=id) == {"node": None}
    hanna = await make_agent(world.desk, acme.organization, name="Hanna")
    await api.act(world.root, "addTeamMember", TEAM, teamId=team, personId=id_of(hanna))
    shown = {"node": {"subject": "Between us", "isConfidential": True}}
    assert await api.ask(hanna, query, id=id) == shown
    assert await api.ask(acme.ada, query, id=id) == shown
    await api.act(world.root, "removeTeamMember", TEAM, teamId=team, personId=id_of(hanna))
    assert await api.ask(hanna, query, id=id) == {"node": None}


async def test_who_leaves_a_team_leaves_their_requests_to_it(world: World, api: Api) -> None:
    desk, acme = world.desk, world.acme
    ticket = await record_ticket(desk, acme.ada, subject="Help")
    await assign_ticket(desk, acme.grace, ticket_id=ticket.id, assignee_id=acme.grace.person_id)
    assert acme.grace.person_id is not None
    assert await release_tickets(desk, acme.grace.person_id) == 0
    await api.act(
        world.root, "removeTeamMember", "team { id }",
        teamId=global_id("Team", acme.team.id), personId=id_of(acme.grace),
    )  # fmt: skip
    assert not await TeamMember.exists(person_id=acme.grace.person_id, team_id=acme.team.id)
    assert await release_tickets(desk, acme.grace.person_id) == 1
    row = await Ticket.get(id=ticket.id)
    assert (row.team_id, row.assignee_id) == (acme.team.id, None)


async def test_teams_and_organizations_are_listed_as_far_as_they_may_be_seen(
    world: World, api: Api
) -> None:
    query = (
        "query T($f: TeamFilter) { teams(filter: $f) { nodes { name } } "
        "organizations { totalCount nodes { slug } } }"
    )
    of_ada = await api.ask(world.acme.ada, query)
    assert of_ada["organizations"] == {"totalCount": 1, "nodes": [{"slug": "acme"}]}
    assert of_ada["teams"]["nodes"] == [{"name": "Acme First Line"}]
    ours = {"organizationIds": [global_id("Organization", world.globex.organization.id)]}
    assert (await api.ask(world.acme.ada, query, f=ours))["teams"]["nodes"] == []
    await TeamCustomer.create(
        team_id=world.acme.team.id, organization_id=world.globex.organization.id
    )
    assert (await api.ask(world.acme.ada, query, f=ours))["teams"]["nodes"] == []
    await (
        TeamCustomer.filter(team_id=world.acme.team.id)
        .exclude(organization_id=world.acme.organization.id)
        .delete()
    )
    of_root = await api.ask(world.root, query, f=ours | {"isConfidential": False})
    assert of_root["teams"]["nodes"] == [{"name": "Globex First Line"}]
    assert await api.ask(None, query) == {
        "teams": {"nodes": []},
        "organizations": {"totalCount": 0, "nodes": []},
    }


async def test_two_administrators_cannot_dismiss_each_other(world: World, api: Api) -> None:
    other = await make_person(world.desk, world.acme.organization, Role.ADMINISTRATOR)
    first = await api.act(
        world.root, "revokeRole", "person { id }",
        personId=global_id("Person", other.id), role="ADMINISTRATOR",
    )  # fmt: skip
    assert first["errors"] == []
    second = await api.act(
        world.root, "revokeRole", "person { id }", personId=id_of(world.root), role="ADMINISTRATOR"
    )
    assert second["errors"] == [("InvalidInput", "INVALID_INPUT", "role")]

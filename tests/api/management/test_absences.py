"""Absence and substitute by GraphQL: who sees what for the time, and gets what."""

from datetime import datetime, timedelta
from typing import Any

from api.identifiers import global_id
from foredesk.people.enroll import form_team
from foredesk.people.models import Absence
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM, Viewer
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.models import Ticket
from foredesk.tickets.record import record_ticket
from tests.api.asking import Api
from tests.api.world import World
from tests.clock import Clock
from tests.people import make_agent, make_team

SHAPE = "absence { id startsAt endsAt note person { name } substitute { name } }"


def id_of(viewer: Viewer) -> str:
    assert viewer.person_id is not None
    return global_id("Person", viewer.person_id)


def written(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def colleague(world: World, name: str = "Kim", role: Role = Role.INCIDENT_RESOLVER) -> Viewer:
    """Of the same team as Grace."""
    acme = world.acme
    return await make_agent(world.desk, acme.organization, role=role, team=acme.team, name=name)


async def away(
    world: World, api: Api, who: Viewer, instead: Viewer | None, days: int = 3, **more: Any
) -> Any:
    now = world.desk.now()
    given = {"startsAt": written(now), "endsAt": written(now + timedelta(days=days))} | more
    if instead is not None:
        given["substituteId"] = id_of(instead)
    return await api.act(who, "setAbsence", SHAPE, **given)


async def test_an_agent_is_away_for_a_time(world: World, api: Api, clock: Clock) -> None:
    grace, kim = world.acme.grace, await colleague(world)
    now = world.desk.now()
    payload = await away(world, api, grace, kim, note="At sea.")

    assert payload["errors"] == []
    assert payload["absence"] | {"id": ""} == {
        "id": "",
        "startsAt": written(now),
        "endsAt": written(now + timedelta(days=3)),
        "note": "At sea.",
        "person": {"name": "Grace Acme"},
        "substitute": {"name": "Kim"},
    }
    query = "query Q($id: ID!) { node(id: $id) { ... on Person { absence { note } } } }"
    seen = {"node": {"absence": {"note": "At sea."}}}
    assert await api.ask(kim, query, id=id_of(grace)) == seen
    assert await api.ask(world.acme.ada, query, id=id_of(grace)) == {"node": {"absence": None}}

    clock.advance(timedelta(days=3))
    assert await api.ask(kim, query, id=id_of(grace)) == {"node": {"absence": None}}


async def test_what_is_meant_for_an_absent_agent_goes_to_the_substitute(
    world: World, api: Api
) -> None:
    desk, acme = world.desk, world.acme
    kim, lee = await colleague(world), await colleague(world, "Lee")
    await away(world, api, acme.grace, kim)
    await away(world, api, kim, lee)
    ticket = await record_ticket(desk, acme.ada, subject="Help")
    payload = await api.act(
        kim,
        "assignTicket",
        "ticket { assignee { name } events(last: 1) { nodes { ... on TicketAssigned { "
        "assignee { name } insteadOf { name } } } } }",
        ticketId=global_id("Ticket", ticket.id),
        assigneeId=id_of(acme.grace),
    )

    assert payload["ticket"] == {
        "assignee": {"name": "Lee"},
        "events": {"nodes": [{"assignee": {"name": "Lee"}, "insteadOf": {"name": "Grace Acme"}}]},
    }


async def test_without_a_substitute_somebody_else_has_to_be_named(world: World, api: Api) -> None:
    desk, acme = world.desk, world.acme
    kim = await colleague(world)
    await away(world, api, acme.grace, None)
    ticket = await record_ticket(desk, acme.ada, subject="Help")
    id, grace = global_id("Ticket", ticket.id), id_of(acme.grace)
    refused = await api.act(kim, "assignTicket", "ticket { id }", ticketId=id, assigneeId=grace)
    assert refused["errors"] == [("InvalidInput", "INVALID_INPUT", "assigneeId")]

    taken = await api.act(
        acme.grace, "assignTicket", "ticket { assignee { name } }", ticketId=id, assigneeId=grace
    )
    assert taken == {"ticket": {"assignee": {"name": "Grace Acme"}}, "errors": []}


async def test_the_substitute_sees_what_the_absent_one_sees_as_long_as_they_are_away(
    world: World, api: Api, clock: Clock
) -> None:
    desk, acme, globex = world.desk, world.acme, world.globex
    ticket = await record_ticket(desk, acme.ada, subject="Only for those who serve Acme")
    query = "query Q($id: ID!) { node(id: $id) { ... on Ticket { subject } } }"
    id = global_id("Ticket", ticket.id)
    boss = await make_agent(
        desk, acme.organization, role=Role.CUSTOMER_SERVICE_MANAGER, team=acme.team, name="Boss"
    )
    both = await make_team(desk, globex.organization, key="both")
    await make_agent(desk, acme.organization, team=both, name="Kim")
    assert await api.ask(globex.grace, query, id=id) == {"node": None}

    refused = await away(world, api, boss, globex.grace)
    assert refused["errors"] == [("NotFound", "NOT_FOUND", "substituteId")]
    payload = await away(world, api, world.root, globex.grace, personId=id_of(acme.grace))
    assert payload["errors"] == []
    assert await api.ask(globex.grace, query, id=id) == {"node": {"subject": ticket.subject}}

    clock.advance(timedelta(days=3))
    assert await api.ask(globex.grace, query, id=id) == {"node": None}


async def test_standing_in_opens_no_confidential_queue(world: World, api: Api) -> None:
    desk, acme = world.desk, world.acme
    trust = await form_team(
        desk, SYSTEM, key="trust", name="Trust", serves=[acme.organization], is_confidential=True
    )
    hanna = await make_agent(desk, acme.organization, team=trust, name="Hanna")
    kim = await colleague(world)
    ticket = await record_ticket(desk, acme.ada, subject="Between us")
    await assign_ticket(desk, SYSTEM, ticket_id=ticket.id, team_id=trust.id)
    payload = await away(world, api, world.root, kim, personId=id_of(hanna))
    assert payload["errors"] == []

    query = "query Q($id: ID!) { node(id: $id) { ... on Ticket { subject } } }"
    assert await api.ask(kim, query, id=global_id("Ticket", ticket.id)) == {"node": None}
    refused = await api.act(
        hanna,
        "assignTicket",
        "ticket { id }",
        ticketId=global_id("Ticket", ticket.id),
        teamId=global_id("Team", trust.id),
        assigneeId=id_of(kim),
    )
    assert refused["errors"] == [("InvalidInput", "INVALID_INPUT", "assigneeId")]
    assert (await Ticket.get(id=ticket.id)).is_confidential


async def test_nobody_stands_in_for_themselves(world: World, api: Api) -> None:
    grace = world.acme.grace
    kim, lee = await colleague(world), await colleague(world, "Lee")
    own = await away(world, api, grace, grace)
    assert own["errors"] == [("InvalidInput", "INVALID_INPUT", "substituteId")]
    assert (await away(world, api, grace, kim))["errors"] == []
    assert (await away(world, api, kim, lee))["errors"] == []
    circle = await away(world, api, lee, grace)
    assert circle["errors"] == [("InvalidInput", "INVALID_INPUT", "substituteId")]
    now = world.desk.now()
    later = {
        "startsAt": written(now + timedelta(days=4)),
        "endsAt": written(now + timedelta(days=5)),
    }
    assert (await away(world, api, lee, grace, **later))["errors"] == []


async def test_an_absence_is_in_order(world: World, api: Api) -> None:
    grace, now = world.acme.grace, world.desk.now()
    for given, field in (
        ({"endsAt": written(now - timedelta(hours=1))}, "endsAt"),
        ({"startsAt": written(now - timedelta(days=2)), "endsAt": written(now)}, "endsAt"),
        ({"endsAt": written(now + timedelta(days=400))}, "endsAt"),
    ):
        payload = await away(world, api, grace, None, **given)
        assert payload["errors"] == [("InvalidInput", "INVALID_INPUT", field)]
    assert (await away(world, api, grace, None))["errors"] == []
    twice = await away(world, api, grace, None)
    assert twice["errors"] == [("InvalidInput", "INVALID_INPUT", "startsAt")]
    requester = await away(world, api, grace, world.acme.ada, personId=id_of(grace))
    assert requester["errors"] == [("InvalidInput", "INVALID_INPUT", "substituteId")]
    assert await Absence.all().count() == 1


async def test_absences_are_set_and_canceled_by_oneself_and_ones_managers(
    world: World, api: Api
) -> None:
    grace, kim = world.acme.grace, await colleague(world)
    boss = await colleague(world, "Boss", Role.CUSTOMER_SERVICE_MANAGER)
    refused = await away(world, api, kim, None, personId=id_of(grace))
    assert refused["errors"] == [("NotPermitted", "NOT_PERMITTED", "")]
    mine = await away(world, api, boss, kim, personId=id_of(grace))
    assert mine["errors"] == []
    absence = mine["absence"]["id"]
    for who, errors in ((kim, [("NotPermitted", "NOT_PERMITTED", "")]), (grace, []), (boss, [])):
        payload = await api.act(who, "cancelAbsence", "absence { canceledAt }", absenceId=absence)
        assert payload["errors"] == errors
    requester = await away(world, api, world.acme.ada, None)
    assert requester["errors"] == [("NotPermitted", "NOT_PERMITTED", "")]

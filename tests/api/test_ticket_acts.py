"""The acts on tickets, one mutation for each: what they do, and how they refuse."""

import asyncio
from typing import Any

from api.identifiers import global_id
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import Ticket, TicketEvent
from tests.api.asking import Api
from tests.api.world import World

SHAPE = "ticket { id number state version }"
NOT_FOUND = [("NotFound", "NOT_FOUND", "ticketId")]


def id_of(kind: str, row: Any) -> str:
    return global_id(kind, row.id)


def person_id(viewer: Viewer) -> str:
    assert viewer.person_id is not None
    return global_id("Person", viewer.person_id)


async def test_the_story_of_a_ticket_told_by_mutations(world: World, api: Api) -> None:
    acme = world.acme
    ada, grace = acme.ada, acme.grace
    created = await api.act(
        ada,
        "createTicket",
        "ticket { id number state category channel requester { name } version }",
        subject="VPN  drops ",
        details="Every hour",
        impact="HIGH",
        urgency="HIGH",
        serviceId=id_of("Service", acme.service),
    )
    assert created["errors"] == []
    ticket = created["ticket"]
    assert (ticket["state"], ticket["category"], ticket["channel"]) == ("OPEN", "network", "api")
    id = ticket["id"]

    async def step(viewer: Viewer, name: str, shape: str = SHAPE, **input: Any) -> Any:
        done = await api.act(viewer, name, shape, ticketId=id, **input)
        assert done["errors"] == []
        return done["ticket"]

    classified = await step(
        grace, "classifyTicket", "ticket { priority kind }", kind="INCIDENT", category="network"
    )
    assert classified == {"priority": "NORMAL", "kind": "INCIDENT"}
    assigned = await step(
        grace, "assignTicket", "ticket { assignee { name } }", assigneeId=person_id(grace)
    )
    assert assigned == {"assignee": {"name": "Grace Acme"}}
    asked = await step(grace, "addReply", body="Which light is on?", waitsForRequester=True)
    assert asked["state"] == "WAITING"
    assert (await step(ada, "addReply", body="The red one"))["state"] == "OPEN"
    await step(grace, "addInternalNote", body="The red one again")
    estimated = await step(
        grace,
        "setEstimatedRepair",
        "ticket { estimatedRepairAt }",
        repairAt="2026-03-02T15:00:00+01:00",
    )
    assert estimated == {"estimatedRepairAt": "2026-03-02T14:00:00.000Z"}
    escalated = await step(
        grace,
        "escalateTicket",
        "ticket { escalationCount }",
        personId=person_id(acme.max),
        reason="Again",
    )
    assert escalated == {"escalationCount": 1}
    resolved = await step(
        grace,
        "resolveTicket",
        "ticket { state resolution articles { isResolution article { title } } }",
        resolution="New client",
        articleIds=[id_of("Article", world.public)],
    )
    assert resolved["state"] == "RESOLVED"
    assert resolved["articles"] == [{"isResolution": True, "article": {"title": "Printer jams"}}]
    assert (await step(ada, "refuseResolution", reason="Still red"))["state"] == "OPEN"
    await step(grace, "resolveTicket", resolution="New cable")
    assert (await step(ada, "confirmResolution", comment="Green!"))["state"] == "CLOSED"
    reopened = await step(ada, "reopenTicket", "ticket { state reopenCount }", reason="Red again")
    assert reopened == {"state": "OPEN", "reopenCount": 1}


INPUTS: dict[str, dict[str, Any]] = {
    "classifyTicket": {"category": "x"},
    "assignTicket": {},
    "addReply": {"body": "x"},
    "addInternalNote": {"body": "x"},
    "escalateTicket": {"reason": "x"},
    "setEstimatedRepair": {"repairAt": "2030-01-01T00:00:00Z"},
    "resolveTicket": {"resolution": "x"},
    "confirmResolution": {},
    "refuseResolution": {"reason": "x"},
    "reopenTicket": {"reason": "x"},
}


async def test_foreign_and_unknown_tickets_are_refused_alike_and_stay_as_they_are(
    furnished: World, api: Api
) -> None:
    foreign = furnished.globex.tickets["busy"]
    events = await TicketEvent.all().count()
    for name, input in INPUTS.items():
        input = dict(input)
        if name == "escalateTicket":
            input["personId"] = person_id(furnished.acme.max)
        for id in (id_of("Ticket", foreign), "nothing", id_of("Person", foreign), "\x00"):
            for viewer in (furnished.acme.ada, furnished.acme.grace):
                refused = await api.act(viewer, name, SHAPE, ticketId=id, **input)
                assert refused == {"ticket": None, "errors": NOT_FOUND}, (name, id)

    assert await TicketEvent.all().count() == events


async def test_what_a_requester_may_not_do_is_not_permitted(furnished: World, api: Api) -> None:
    id = id_of("Ticket", furnished.acme.tickets["busy"])
    for name in ("classifyTicket", "assignTicket", "addInternalNote", "resolveTicket"):
        refused = await api.act(furnished.acme.ada, name, SHAPE, ticketId=id, **INPUTS[name])
        assert refused["errors"] == [("NotPermitted", "NOT_PERMITTED", "")]


async def test_anonymous_people_can_do_nothing(furnished: World, api: Api) -> None:
    id = id_of("Ticket", furnished.acme.tickets["busy"])
    created = await api.act(None, "createTicket", SHAPE, subject="Hello")
    replied = await api.act(None, "addReply", SHAPE, ticketId=id, body="Hello")

    assert created["errors"] == [("NotPermitted", "NOT_PERMITTED", "")]
    assert replied["errors"] == NOT_FOUND


async def test_what_a_person_can_mend_is_said_beside_its_field(world: World, api: Api) -> None:
    ada, grace = world.acme.ada, world.acme.grace
    created = await api.act(ada, "createTicket", SHAPE, subject="Help")
    id = created["ticket"]["id"]
    for viewer, name, input, expected in (
        (ada, "createTicket", {"subject": " "}, ("InvalidInput", "INVALID_INPUT", "subject")),
        (ada, "createTicket", {"subject": "x" * 201}, ("InvalidInput", "INVALID_INPUT", "subject")),
        (
            ada,
            "createTicket",
            {"subject": "x" * 100_000},
            ("InvalidInput", "INVALID_INPUT", "subject"),
        ),
        (ada, "createTicket", {"subject": "a\x00b"}, ("InvalidInput", "INVALID_INPUT", "subject")),
        (
            ada,
            "createTicket",
            {"subject": "x", "details": "\x00"},
            ("InvalidInput", "INVALID_INPUT", "details"),
        ),
        (
            ada,
            "createTicket",
            {"subject": "x", "serviceId": id_of("Service", world.globex.service)},
            ("NotFound", "NOT_FOUND", "serviceId"),
        ),
        (
            ada,
            "createTicket",
            {"subject": "x", "requesterId": person_id(world.globex.ada)},
            ("NotFound", "NOT_FOUND", "requesterId"),
        ),
        (
            ada,
            "createTicket",
            {"subject": "x", "searchId": "nothing"},
            ("NotFound", "NOT_FOUND", "searchId"),
        ),
        (
            ada,
            "createTicket",
            {"subject": "x", "idempotencyKey": ""},
            ("InvalidInput", "INVALID_INPUT", "idempotencyKey"),
        ),
        (
            grace,
            "addReply",
            {"ticketId": id, "body": "", "waitsForRequester": True},
            ("InvalidInput", "INVALID_INPUT", "body"),
        ),
        (
            grace,
            "assignTicket",
            {"ticketId": id, "teamId": id_of("Team", world.globex.team)},
            ("NotFound", "NOT_FOUND", "teamId"),
        ),
        (
            grace,
            "assignTicket",
            {"ticketId": id, "assigneeId": person_id(world.globex.grace)},
            ("NotFound", "NOT_FOUND", "assigneeId"),
        ),
        (
            grace,
            "setEstimatedRepair",
            {"ticketId": id, "repairAt": "2020-01-01T00:00:00Z"},
            ("InvalidInput", "INVALID_INPUT", "repairAt"),
        ),
        (
            grace,
            "resolveTicket",
            {
                "ticketId": id,
                "resolution": "x",
                "articleIds": [id_of("Article", world.globex.articles["own"])],
            },
            ("NotFound", "NOT_FOUND", "articleIds"),
        ),
        (
            ada,
            "confirmResolution",
            {"ticketId": id},
            ("InvalidTransition", "INVALID_TRANSITION", ""),
        ),
    ):
        refused = await api.act(viewer, name, SHAPE, **input)
        assert refused == {"ticket": None, "errors": [expected]}, (name, input)

    assert await Ticket.all().count() == 1
    assert await TicketEvent.filter(kind="replied").count() == 0


async def test_a_refused_move_says_where_the_ticket_is_and_may_go(world: World, api: Api) -> None:
    created = await api.act(world.acme.ada, "createTicket", SHAPE, subject="Help")
    query = """mutation M($id: ID!) { confirmResolution(input: {ticketId: $id}) {
      errors { ... on InvalidTransition { state allowed } } } }"""

    data = await api.ask(world.acme.ada, query, id=created["ticket"]["id"])

    assert data["confirmResolution"]["errors"] == [
        {"state": "OPEN", "allowed": ["WAITING", "RESOLVED"]}
    ]


async def test_a_change_since_the_client_read_it_is_told(world: World, api: Api) -> None:
    ada, grace = world.acme.ada, world.acme.grace
    created = await api.act(ada, "createTicket", SHAPE, subject="Help")
    id, version = created["ticket"]["id"], created["ticket"]["version"]
    await api.act(ada, "addReply", SHAPE, ticketId=id, body="More")
    query = """mutation M($input: AddReplyInput!) { addReply(input: $input) {
      ticket { version } errors { ... on StaleVersion { currentVersion code } } } }"""
    input = {"ticketId": id, "body": "Hello", "expectedVersion": version}

    stale = (await api.ask(grace, query, input=input))["addReply"]
    fresh = (await api.ask(grace, query, input=input | {"expectedVersion": version + 1}))[
        "addReply"
    ]

    assert stale == {
        "ticket": None,
        "errors": [{"currentVersion": version + 1, "code": "STALE_VERSION"}],
    }
    assert fresh == {"ticket": {"version": version + 2}, "errors": []}


async def test_two_acts_in_one_request_each_show_the_ticket_as_it_is_then(
    world: World, api: Api
) -> None:
    created = await api.act(world.acme.ada, "createTicket", SHAPE, subject="Help")
    query = """mutation Two($a: AddReplyInput!, $b: AddReplyInput!) {
      one: addReply(input: $a) { ticket { version events(last: 1) { nodes { ...Body } } } }
      two: addReply(input: $b) { ticket { version events(last: 1) { nodes { ...Body } } } } }
      fragment Body on TicketEvent { ... on ReplyAdded { body } }"""
    id = created["ticket"]["id"]

    data = await api.ask(
        world.acme.ada,
        query,
        a={"ticketId": id, "body": "First"},
        b={"ticketId": id, "body": "Second"},
    )

    assert data["one"]["ticket"]["events"]["nodes"] == [{"body": "First"}]
    assert data["two"]["ticket"]["events"]["nodes"] == [{"body": "Second"}]
    assert data["two"]["ticket"]["version"] == data["one"]["ticket"]["version"] + 1


async def test_submitting_twice_with_one_key_creates_one_ticket(world: World, api: Api) -> None:
    input = {"subject": "Help", "details": "Please", "idempotencyKey": "b7c2"}
    twice = await asyncio.gather(
        *[api.act(world.acme.ada, "createTicket", SHAPE, **input) for _ in range(2)]
    )
    again = await api.act(world.acme.ada, "createTicket", SHAPE, **input)
    other = await api.act(world.acme.ada, "createTicket", SHAPE, **input | {"subject": "Other"})
    bobs = await api.act(world.acme.bob, "createTicket", SHAPE, **input)

    assert [done["errors"] for done in (*twice, again)] == [[], [], []]
    assert len({done["ticket"]["id"] for done in (*twice, again)}) == 1
    assert other["errors"] == [("IdempotencyKeyReused", "IDEMPOTENCY_KEY_REUSED", "idempotencyKey")]
    assert bobs["ticket"]["id"] != again["ticket"]["id"]
    assert await Ticket.all().count() == 2


async def test_what_does_not_fit_the_schema_is_refused_before_anything_runs(
    world: World, api: Api
) -> None:
    for input in (
        "{}",
        "{subject: 1}",
        "{subject: null}",
        '{subject: "x", urgency: SOON}',
        '{subject: "x", urgency: "HIGH"}',
        '{subject: "x", secret: 1}',
    ):
        query = f"mutation {{ createTicket(input: {input}) {{ ticket {{ id }} }} }}"
        assert await api.codes(world.acme.ada, query) == ["GRAPHQL_VALIDATION_FAILED"], input
    query = "mutation M($i: CreateTicketInput!) { createTicket(input: $i) { ticket { id } } }"
    assert await api.codes(world.acme.ada, query, i={"subject": "x", "urgency": "SOON"}) == [
        "BAD_USER_INPUT"
    ]
    assert not await Ticket.exists()


async def test_a_time_without_a_zone_is_no_time(world: World, api: Api) -> None:
    query = """mutation M($input: SetEstimatedRepairInput!) { setEstimatedRepair(input: $input) {
      ticket { id } } }"""
    for time in ("2030", "2030-01-01", "2030-01-01T00:00:00", "2030-02-30T00:00:00Z", 5, None, ""):
        codes = await api.codes(world.acme.grace, query, input={"ticketId": "x", "repairAt": time})
        assert codes == ["BAD_USER_INPUT"], time

"""Waiting, merging, splitting and moving, as clients see it."""

from typing import Any

from api.identifiers import global_id
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import Ticket
from tests.api.asking import Api
from tests.api.world import House, World


def of(house: House, name: str) -> str:
    return global_id("Ticket", house.tickets[name].id)


def person(viewer: Viewer) -> str:
    assert viewer.person_id is not None
    return global_id("Person", viewer.person_id)


async def test_a_pause_is_told_without_its_note_to_whoever_asked(
    furnished: World, api: Api
) -> None:
    acme = furnished.acme
    new, at = of(acme, "new"), "2090-12-24T09:00:00.000Z"

    paused = await api.act(
        acme.grace,
        "pauseTicket",
        "ticket { state waitingFor resumesAt viewerPermissions }",
        ticketId=new,
        waitingFor="VENDOR",
        note="Slow",
        resumesAt="2090-12-24T10:00:00+01:00",
    )

    assert paused["errors"] == []
    assert paused["ticket"]["resumesAt"] == at
    assert {"PAUSE", "RESUME", "MERGE", "SPLIT", "MOVE"} <= set(
        paused["ticket"]["viewerPermissions"]
    )
    query = """query Told($id: ID!) { ticket(by: {id: $id}) { waitingFor events(last: 1) {
        nodes { __typename isInternal ... on TicketPaused { waitingFor note resumesAt } } } } }"""
    for viewer, note in ((acme.grace, "Slow"), (acme.bob, "")):
        told = (await api.ask(viewer, query, id=new))["ticket"]["events"]["nodes"]
        assert told == [
            {
                "__typename": "TicketPaused",
                "isInternal": False,
                "waitingFor": "VENDOR",
                "note": note,
                "resumesAt": at,
            }
        ]


async def test_refusals_name_the_inputs_fields(furnished: World, api: Api) -> None:
    acme = furnished.acme
    new, busy, closed = (of(acme, name) for name in ("new", "busy", "closed"))
    foreign = of(furnished.globex, "new")

    async def refused(viewer: Viewer, name: str, **input: Any) -> Any:
        shape = "part { id }" if name == "splitTicket" else "ticket { id }"
        payload = await api.act(viewer, name, shape, **input)
        return [(kind, path) for kind, _, path in payload["errors"]]

    past = {"ticketId": new, "waitingFor": "VENDOR", "resumesAt": "2001-01-01T00:00:00Z"}
    assert await refused(acme.grace, "pauseTicket", **past) == [("InvalidInput", "resumesAt")]
    other = {"ticketId": new, "waitingFor": "OTHER"}
    assert await refused(acme.grace, "pauseTicket", **other) == [("InvalidInput", "note")]
    for into, kind in ((new, "InvalidInput"), (closed, "InvalidInput"), (foreign, "NotFound")):
        merge = {"ticketId": new, "intoTicketId": into}
        assert await refused(acme.grace, "mergeTicket", **merge) == [(kind, "intoTicketId")]
    assert await refused(acme.bob, "mergeTicket", ticketId=new, intoTicketId=new) != []
    assert await refused(acme.grace, "unmergeTicket", ticketId=new) == [("InvalidTransition", "")]
    split = {"ticketId": busy, "subject": "A part", "messageSequence": 1}
    assert await refused(acme.grace, "splitTicket", **split) == [("NotFound", "messageSequence")]
    move = {"ticketId": new, "requesterId": person(acme.bob)}
    assert await refused(acme.grace, "moveTicket", **move) == [("InvalidInput", "requesterId")]
    move = {"ticketId": new, "requesterId": person(furnished.globex.bob)}
    assert await refused(acme.grace, "moveTicket", **move) == [("NotFound", "requesterId")]


async def test_a_merged_ticket_leads_only_those_on_who_may_see_the_other(
    furnished: World, api: Api
) -> None:
    acme = furnished.acme
    new, busy = of(acme, "new"), of(acme, "busy")
    done = await api.act(
        acme.grace,
        "mergeTickets",
        "results { ticket { state viewerPermissions } errors { __typename } }",
        items=[{"ticketId": new, "intoTicketId": busy}, {"ticketId": busy, "intoTicketId": new}],
    )
    first, second = done["results"]
    assert first["ticket"] == {"state": "CLOSED", "viewerPermissions": ["UNMERGE"]}
    assert [error["__typename"] for error in second["errors"]] == ["InvalidInput"]

    query = """query Led($id: ID!) { ticket(by: {id: $id}) { viewerPermissions mergedInto { id }
        events(last: 1) { nodes { ... on TicketMerged { into { id } } } }
        mergedTickets { totalCount } } }"""
    led = (await api.ask(acme.grace, query, id=new))["ticket"]
    assert (led["mergedInto"], led["events"]["nodes"]) == ({"id": busy}, [{"into": {"id": busy}}])
    by_bob = (await api.ask(acme.bob, query, id=new))["ticket"]
    sees = await api.ask(acme.bob, query, id=busy)
    other = {"id": busy} if sees["ticket"] else None
    assert (by_bob["mergedInto"], by_bob["events"]["nodes"]) == (other, [{"into": other}])
    assert by_bob["viewerPermissions"] == ["REPLY"]
    target = (await api.ask(acme.grace, query, id=busy))["ticket"]
    assert target["mergedTickets"]["totalCount"] == 1


async def test_a_key_splits_once_and_moves_once(furnished: World, api: Api) -> None:
    acme = furnished.acme
    split = {"ticketId": of(acme, "busy"), "subject": "A part", "idempotencyKey": "k"}
    shape = "part { id version splitFrom { id } }"

    parts = [(await api.act(acme.grace, "splitTicket", shape, **split))["part"] for _ in range(2)]

    assert parts[0]["id"] == parts[1]["id"]
    assert parts[0]["splitFrom"] == {"id": of(acme, "busy")}
    assert await Ticket.filter(split_from_id=acme.tickets["busy"].id).count() == 1
    move = {"ticketId": parts[0]["id"], "requesterId": person(acme.bob), "idempotencyKey": "k"}
    moved = [await api.act(acme.grace, "moveTicket", "ticket { version }", **move) for _ in "12"]
    assert moved[0] == moved[1]
    query = "query Mine($id: ID!) { ticket(by: {id: $id}) { requester { id } } }"
    told = await api.ask(acme.bob, query, id=parts[0]["id"])
    assert told["ticket"]["requester"] == {"id": person(acme.bob)}

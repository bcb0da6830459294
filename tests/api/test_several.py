"""Acts on several tickets: each by itself, with a result for each."""

from typing import Any

import pytest

from api.identifiers import global_id
from api.tickets import one
from foredesk.people.viewer import Viewer
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.states import EventKind, TicketState
from tests.api.asking import Api
from tests.api.world import House, World

SHAPE = """results {
  ticket { id version state category assignee { name } estimatedRepairAt }
  errors { __typename ... on UserError { code path message }
    ... on StaleVersion { currentVersion } }
}"""


async def results(api: Api, viewer: Viewer, name: str, *items: dict[str, Any]) -> list[Any]:
    done = await api.act(viewer, name, SHAPE, items=list(items))
    assert done["errors"] == []
    return list(done["results"])


def kinds(result: dict[str, Any]) -> list[str]:
    return [error["__typename"] for error in result["errors"]]


def of(house: House, name: str) -> str:
    return global_id("Ticket", house.tickets[name].id)


async def test_what_is_refused_for_one_ticket_is_done_to_the_others(
    furnished: World, api: Api
) -> None:
    acme, grace = furnished.acme, furnished.acme.grace
    me = global_id("Person", grace.person_id) if grace.person_id else ""
    version = (await Ticket.get(id=acme.tickets["new"].id)).version

    done = await results(
        api,
        grace,
        "assignTickets",
        {"ticketId": of(acme, "new"), "assigneeId": me, "expectedVersion": version},
        {"ticketId": of(acme, "new"), "assigneeId": me, "expectedVersion": version},
        {"ticketId": of(furnished.globex, "new"), "assigneeId": me},
        {"ticketId": of(acme, "closed"), "assigneeId": me},
        {"ticketId": "rubbish", "assigneeId": me},
        {"ticketId": of(acme, "busy")},
    )

    assert [kinds(result) for result in done] == [
        [], ["StaleVersion"], ["NotFound"], ["InvalidTransition"], ["NotFound"], [],
    ]  # fmt: skip
    assert [bool(result["ticket"]) for result in done] == [True, False, False, False, False, True]
    assert done[0]["ticket"]["assignee"]["name"] == "Grace Acme"
    assert done[1]["errors"][0]["currentVersion"] == version + 1
    assert done[2]["errors"][0]["path"] == ["ticketId"]
    assert done[5]["ticket"]["assignee"] is None
    assert (await Ticket.get(id=acme.tickets["new"].id)).assignee_id == grace.person_id
    assert (await Ticket.get(id=acme.tickets["busy"].id)).assignee_id is None


@pytest.mark.parametrize(
    ("act", "values", "told"),
    [
        ("classifyTickets", {"category": "network"}, {"category": "network"}),
        ("resolveTickets", {"resolution": "New gateway"}, {"state": "RESOLVED"}),
        ("addReplies", {"body": "Which?", "waitsForRequester": True}, {"state": "WAITING"}),
        (
            "setEstimatedRepairs",
            {"repairAt": "2030-01-07T15:00:00+01:00"},
            {"estimatedRepairAt": "2030-01-07T14:00:00.000Z"},
        ),
    ],
)
async def test_everything_that_agents_do_to_many_is_done_to_each(
    furnished: World, api: Api, act: str, values: dict[str, Any], told: dict[str, Any]
) -> None:
    acme = furnished.acme
    tickets = [of(acme, "new"), of(acme, "busy")]

    done = await results(api, acme.grace, act, *[{"ticketId": id, **values} for id in tickets])

    assert [kinds(result) for result in done] == [[], []]
    assert [result["ticket"]["id"] for result in done] == tickets
    for result in done:
        assert {name: result["ticket"][name] for name in told} == told


async def test_a_batch_repeated_with_its_keys_is_finished_and_nothing_is_done_twice(
    furnished: World, api: Api
) -> None:
    acme = furnished.acme
    first = {"ticketId": of(acme, "new"), "body": "We are on it", "idempotencyKey": "a"}
    second = {"ticketId": of(acme, "busy"), "body": "We are on it", "idempotencyKey": "b"}

    single = await api.act(acme.grace, "addReply", "ticket { version }", **first)
    done = await results(api, acme.grace, "addReplies", first, second)
    again = await results(api, acme.grace, "addReplies", first, second)
    other = await results(api, acme.grace, "addReplies", first | {"body": "Sorry"}, second)

    assert done == again
    assert done[0]["ticket"]["version"] == single["ticket"]["version"]
    assert [kinds(result) for result in other] == [["IdempotencyKeyReused"], []]
    assert await said("We are on it") == 2
    assert await said("Sorry") == 0


async def test_a_fault_of_ours_with_one_ticket_takes_no_other_its_result(
    furnished: World, api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    acme, whole = furnished.acme, one.resolve.resolve_ticket

    async def breaks(*arguments: Any, **values: Any) -> Ticket:
        if values["ticket_id"] == acme.tickets["busy"].id:
            raise RuntimeError("password=hunter2")
        return await whole(*arguments, **values)

    monkeypatch.setattr(one.resolve, "resolve_ticket", breaks)
    done = await results(
        api,
        acme.grace,
        "resolveTickets",
        {"ticketId": of(acme, "busy"), "resolution": "x"},
        {"ticketId": of(acme, "new"), "resolution": "x"},
    )

    assert [kinds(result) for result in done] == [["Refusal"], []]
    message = done[0]["errors"][0]["message"]
    assert "hunter2" not in message
    error_id = message.removesuffix(".").rpartition(" ")[2]
    assert error_id in [getattr(record, "error_id", None) for record in caplog.records]


async def test_text_that_is_none_is_refused_for_its_own_ticket(furnished: World, api: Api) -> None:
    acme = furnished.acme
    done = await results(
        api,
        acme.grace,
        "resolveTickets",
        {"ticketId": of(acme, "busy"), "resolution": "a\x00b"},
        {"ticketId": of(acme, "new"), "resolution": "x"},
    )

    assert [kinds(result) for result in done] == [["InvalidInput"], []]


async def test_a_batch_has_between_one_and_a_hundred_items(furnished: World, api: Api) -> None:
    acme = furnished.acme
    item = {"ticketId": of(acme, "new"), "resolution": "x"}

    none = await api.act(acme.grace, "resolveTickets", SHAPE, items=[])
    assert none == {"results": [], "errors": [("InvalidInput", "INVALID_INPUT", "items")]}
    query = "mutation M($i: ResolveTicketsInput!) { resolveTickets(input: $i) { __typename } }"
    too_many = {"items": [item] * 101}
    assert await api.codes(acme.grace, query, i=too_many) == ["OPERATION_TOO_LARGE"]
    assert await Ticket.filter(state=TicketState.RESOLVED).count() == 0


async def test_a_hundred_items_with_their_tickets_keep_the_limit_of_cost(
    furnished: World, api: Api
) -> None:
    acme = furnished.acme
    query = f"mutation M($i: AssignTicketsInput!) {{ assignTickets(input: $i) {{ {SHAPE} }} }}"
    answer = await api.answer(acme.grace, query, i={"items": [{"ticketId": of(acme, "new")}] * 100})

    assert "errors" not in answer
    assert answer["extensions"]["cost"]["requested"] == 1 + 100 + 100 * (1 + 2 + 1)
    assert len(answer["data"]["assignTickets"]["results"]) == 100


async def test_requesters_do_nothing_to_many_that_they_may_not_do_to_one(
    furnished: World, api: Api
) -> None:
    acme = furnished.acme
    item = {"ticketId": of(acme, "busy"), "resolution": "x"}

    assert [kinds(done) for done in await results(api, acme.ada, "resolveTickets", item)] == [
        ["NotPermitted"]
    ]
    body = {"ticketId": of(acme, "busy"), "body": "Please hurry"}
    foreign = {"ticketId": of(furnished.globex, "busy"), "body": "Please hurry"}
    done = await results(api, acme.ada, "addReplies", body, foreign)
    assert [kinds(result) for result in done] == [[], ["NotFound"]]


async def said(body: str) -> int:
    events = await TicketEvent.filter(kind=EventKind.REPLIED.value)
    return len([event for event in events if event.data.get("body") == body])

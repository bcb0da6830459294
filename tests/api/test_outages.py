"""Reasons for outage and estimates over the API."""

from datetime import timedelta
from typing import Any

import pytest

from api.identifiers import global_id
from foredesk.people.viewer import Viewer
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.models import Ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.resolve import resolve_ticket
from tests.api.asking import Api
from tests.api.world import World
from tests.clock import NOW, Clock

SHOWN = """
      outageReport {
        id state version sentVersion refusal comment markdown viewerPermissions
        answeredBy { name }
        content {
          number summary impact cause workaround note
          writtenBy { name }
          timeline { occurredAt text }
          actions { id what dueOn doneAt owner { name } }
        }
        versions(first: 10) { totalCount nodes { number } }
      }
"""
REPORT = f"ticket {{ state {SHOWN} }}"


@pytest.fixture
async def ticket(world: World) -> Ticket:
    return await record_ticket(
        world.desk, world.acme.ada, subject="The VPN is down", details="Since nine."
    )


def content(world: World) -> dict[str, object]:
    return {
        "summary": "The VPN was down",
        "impact": "Nobody could work from home.",
        "cause": "A certificate *expired*.",
        "workaround": "",
        "timeline": [{"occurredAt": "2026-03-02T09:00:00Z", "text": "It went down."}],
        "actions": [
            {
                "what": "Watch certificates",
                "ownerId": global_id("Person", world.acme.grace.person_id),  # type: ignore[arg-type]  # an agent has an id
                "dueOn": "2026-04-01",
            }
        ],
    }


async def test_a_report_is_written_sent_refused_mended_and_accepted(
    world: World, api: Api, ticket: Ticket
) -> None:
    ada, grace = world.acme.ada, world.acme.grace
    id = global_id("Ticket", ticket.id)

    drafted = await api.act(grace, "draftOutageReport", REPORT, ticketId=id)
    assert drafted["errors"] == []
    report = drafted["ticket"]["outageReport"]
    assert (report["state"], report["version"]) == ("DRAFT", 1)
    assert report["content"]["timeline"] == [
        {"occurredAt": "2026-03-02T09:00:00.000Z", "text": "The disturbance was reported."}
    ]
    assert await shown_to(world, api, ada, id) is None

    revised = await api.act(
        grace, "reviseOutageReport", REPORT, ticketId=id, note="Between us.", **content(world)
    )
    assert revised["ticket"]["outageReport"]["content"]["note"] == "Between us."
    await api.act(grace, "sendOutageReport", REPORT, ticketId=id, expectedVersion=2)

    seen = await shown_to(world, api, ada, id)
    assert seen is not None
    assert seen["content"] == {
        "number": 2,
        "summary": "The VPN was down",
        "impact": "Nobody could work from home.",
        "cause": "A certificate *expired*.",
        "workaround": "",
        "note": "",
        "writtenBy": {"name": "Grace Acme"},
        "timeline": [{"occurredAt": "2026-03-02T09:00:00.000Z", "text": "It went down."}],
        "actions": seen["content"]["actions"],
    }
    assert seen["versions"] == {"totalCount": 1, "nodes": [{"number": 2}]}
    assert seen["viewerPermissions"] == ["ACCEPT", "REFUSE"]
    assert "- March 2, 2026, 10:00\u202fAM CET: It went down." in seen["markdown"]
    assert "A certificate \\*expired\\*." in seen["markdown"]
    assert "- [ ] Watch certificates (Grace Acme, by April 1, 2026)" in seen["markdown"]

    refused = await api.act(ada, "refuseOutageReport", REPORT, ticketId=id, reason="Why?")
    assert refused["ticket"]["outageReport"]["state"] == "DRAFT"
    assert refused["ticket"]["outageReport"]["refusal"] == "Why?"
    again = await api.act(grace, "sendOutageReport", REPORT, ticketId=id)
    assert again["errors"] == [("InvalidInput", "INVALID_INPUT", "ticketId")]
    await api.act(grace, "reviseOutageReport", REPORT, ticketId=id, **content(world))
    await api.act(grace, "sendOutageReport", REPORT, ticketId=id)
    stale = await api.act(ada, "acceptOutageReport", REPORT, ticketId=id, expectedVersion=2)
    assert stale["errors"] == [("StaleVersion", "STALE_VERSION", "")]
    accepted = await api.act(
        ada, "acceptOutageReport", REPORT, ticketId=id, expectedVersion=3, comment="Good."
    )
    report = accepted["ticket"]["outageReport"]
    assert (report["state"], report["comment"]) == ("ACCEPTED", "Good.")
    assert report["answeredBy"] == {"name": "Ada Acme"}

    (action,) = report["content"]["actions"]
    denied = await api.act(ada, "completeOutageAction", REPORT, actionId=action["id"])
    assert denied["errors"] == [("NotPermitted", "NOT_PERMITTED", "")]
    done = await api.act(grace, "completeOutageAction", REPORT, actionId=action["id"])
    (action,) = done["ticket"]["outageReport"]["content"]["actions"]
    assert action["doneAt"] == "2026-03-02T09:00:00.000Z"


async def shown_to(world: World, api: Api, viewer: Viewer, id: str) -> Any:
    query = f"query Report($id: ID!) {{ node(id: $id) {{ ... on Ticket {{ {SHOWN} }} }} }}"
    return (await api.ask(viewer, query, id=id))["node"]["outageReport"]


async def test_what_is_repeated_with_its_key_is_done_once(
    world: World, api: Api, ticket: Ticket
) -> None:
    id = global_id("Ticket", ticket.id)
    for _ in range(2):
        payload = await api.act(
            world.acme.grace, "draftOutageReport", REPORT, ticketId=id, idempotencyKey="k"
        )
        assert payload["errors"] == []
        assert payload["ticket"]["outageReport"]["version"] == 1
    other = await api.act(world.acme.grace, "draftOutageReport", REPORT, ticketId=id)
    assert other["errors"] == [("InvalidTransition", "INVALID_TRANSITION", "")]


async def test_strangers_find_no_report_and_no_action(
    world: World, api: Api, ticket: Ticket
) -> None:
    grace, id = world.acme.grace, global_id("Ticket", ticket.id)
    await api.act(grace, "draftOutageReport", REPORT, ticketId=id)
    payload = await api.act(grace, "reviseOutageReport", REPORT, ticketId=id, **content(world))
    report = payload["ticket"]["outageReport"]
    ids = [report["id"], report["content"]["actions"][0]["id"]]
    asked = "query Ids($ids: [ID!]!) { nodes(ids: $ids) { id } }"

    assert (await api.ask(grace, asked, ids=ids))["nodes"] == [{"id": one} for one in ids]
    for stranger in (world.acme.ada, world.globex.ada, world.globex.grace, None):
        assert (await api.ask(stranger, asked, ids=ids))["nodes"] == [None, None]
    gone = await api.act(world.globex.grace, "completeOutageAction", REPORT, actionId=ids[1])
    assert gone["errors"] == [("NotFound", "NOT_FOUND", "actionId")]


ESTIMATE = """ticket { repairEstimate {
    repairAt latestAt reason estimatedAt previousRepairAt revisionCount isOverdue
} }"""


async def test_an_estimate_says_two_times_its_reason_and_what_was_said_before(
    world: World, api: Api, ticket: Ticket, clock: Clock
) -> None:
    grace, id = world.acme.grace, global_id("Ticket", ticket.id)
    first = await api.act(
        grace, "setEstimatedRepair", ESTIMATE, ticketId=id, repairAt="2026-03-02T11:00:00Z"
    )
    assert first["ticket"]["repairEstimate"]["latestAt"] is None
    clock.advance(timedelta(hours=1))
    wrong = await api.act(
        grace,
        "setEstimatedRepair",
        ESTIMATE,
        ticketId=id,
        repairAt="2026-03-02T12:00:00Z",
        latestAt="2026-03-02T12:00:00Z",
    )
    assert wrong["errors"] == [("InvalidInput", "INVALID_INPUT", "latestAt")]
    second = await api.act(
        grace,
        "setEstimatedRepair",
        ESTIMATE,
        ticketId=id,
        repairAt="2026-03-02T12:00:00Z",
        latestAt="2026-03-02T15:00:00Z",
        reason="The part is late.",
    )
    assert second["ticket"]["repairEstimate"] == {
        "repairAt": "2026-03-02T12:00:00.000Z",
        "latestAt": "2026-03-02T15:00:00.000Z",
        "reason": "The part is late.",
        "estimatedAt": "2026-03-02T10:00:00.000Z",
        "previousRepairAt": "2026-03-02T11:00:00.000Z",
        "revisionCount": 1,
        "isOverdue": False,
    }


CALIBRATION = """query Calibration($start: DateTime) {
  repairEstimateCalibration(by: TEAM, startsAt: $start) {
    definition startsAt endsAt
    rows { level turn aim promiseCount keptCount share low high verdict meanRevisionCount month
           team { name } service { name } }
  }
}"""


async def test_agents_see_how_often_promises_of_theirs_are_kept_and_customers_do_not(
    world: World, api: Api, ticket: Ticket, clock: Clock
) -> None:
    grace, id = world.acme.grace, global_id("Ticket", ticket.id)
    await assign_ticket(world.desk, grace, ticket_id=ticket.id, assignee_id=grace.person_id)
    await api.act(
        grace,
        "setEstimatedRepair",
        ESTIMATE,
        ticketId=id,
        repairAt="2026-03-02T10:00:00Z",
        latestAt="2026-03-02T12:00:00Z",
    )
    clock.advance(timedelta(hours=2))
    await resolve_ticket(world.desk, grace, ticket_id=ticket.id, resolution="Renewed.")
    clock.advance(timedelta(hours=9))

    found = (await api.ask(grace, CALIBRATION))["repairEstimateCalibration"]
    assert found["endsAt"] == "2026-03-02T20:00:00.000Z"
    assert "Wilson" in found["definition"]
    rows = {(row["turn"], row["level"]): row for row in found["rows"]}
    assert {key: row["keptCount"] for key, row in rows.items()} == {
        ("FIRST", "P50"): 0,
        ("FIRST", "P90"): 1,
        ("LAST", "P50"): 0,
        ("LAST", "P90"): 1,
    }
    row = rows["FIRST", "P90"]
    assert row["team"] == {"name": world.acme.team.name}
    assert (row["aim"], row["share"], row["high"]) == (0.9, 1.0, 1.0)
    assert round(row["low"], 4) == 0.2065

    empty = (await api.ask(world.globex.grace, CALIBRATION))["repairEstimateCalibration"]
    assert empty["rows"] == []
    for customer in (world.acme.ada, None):
        assert (await api.ask(customer, CALIBRATION))["repairEstimateCalibration"] is None
    future = (NOW + timedelta(days=9)).isoformat().replace("+00:00", "Z")
    assert await api.codes(grace, CALIBRATION, start=future) == ["BAD_USER_INPUT"]

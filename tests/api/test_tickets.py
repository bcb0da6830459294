"""Tickets as people read them."""

from datetime import timedelta
from typing import Any

from api.identifiers import global_id
from foredesk.people.viewer import SYSTEM
from foredesk.tickets.models import Ticket
from foredesk.tickets.queries import handled_among
from foredesk.tickets.record import record_ticket
from tests.api.asking import Api
from tests.api.world import World
from tests.clock import NOW, Clock

BUSY = """
query Busy($number: Int!) {
  ticket(by: {number: $number}) {
    subject details state kind category impact urgency priority channel resolution
    openedAt firstRespondedAt handOffCount escalationCount url
    requester { name } assignee { name } team { name } organization { name }
    service { name } serviceLevelAgreement { name targets { clock priority targetSeconds } }
    clocks { name state target { seconds dueAt isMissed } minimum { seconds } dueAt
      elapsedSeconds remainingSeconds explanation ledger { isCounted explanation } }
    articles { isResolution article { title } }
    suggestions { plugin subject category confidence explanation error }
    viewerPermissions
    events { totalCount nodes { __typename sequence isInternal actor { name }
      ... on ReplyAdded { body isFromRequester waitsForRequester articles { title } }
      ... on InternalNoteAdded { body }
      ... on TicketClassified { category requestKind decidedBy explanation confidence }
      ... on TicketEscalated { escalation reason person { name } }
      ... on RepairEstimated { repairAt reason }
      ... on TicketAssigned { assignee { name } team { name } }
    } }
  }
}
"""


async def test_an_agent_sees_everything_about_a_ticket(furnished: World, api: Api) -> None:
    busy = furnished.acme.tickets["busy"]

    ticket = (await api.ask(furnished.acme.grace, BUSY, number=busy.number))["ticket"]

    assert {key: ticket[key] for key in ("subject", "state", "kind", "category", "priority")} == {
        "subject": "VPN of acme drops",
        "state": "OPEN",
        "kind": "INCIDENT",
        "category": "network acme",
        "priority": "HIGH",
    }
    assert ticket["openedAt"] == "2026-03-02T09:00:00.000Z"
    assert ticket["url"].endswith(f"/requests/{busy.number}")
    assert ticket["requester"] == {"name": "Ada Acme"}
    assert ticket["assignee"] == {"name": "Grace Acme"}
    assert ticket["team"] == {"name": "Acme First Line"}
    assert ticket["service"] == {"name": "VPN of acme"}
    assert ticket["serviceLevelAgreement"]["name"] == "Gold of acme"
    assert len(ticket["serviceLevelAgreement"]["targets"]) == 8
    assert ticket["articles"] == [{"isResolution": False, "article": {"title": "VPN of acme"}}]
    kinds = [event["__typename"] for event in ticket["events"]["nodes"]]
    assert kinds.count("InternalNoteAdded") == 1
    assert {"TicketRecorded", "PluginSuggested", "AgreementChosen"} <= set(kinds)
    assert [event["sequence"] for event in ticket["events"]["nodes"]] == list(
        range(1, ticket["events"]["totalCount"] + 1)
    )
    assert "" not in [e["reason"] for e in ticket["events"]["nodes"] if "escalation" in e]
    assert ticket["suggestions"] == [
        {
            "plugin": "opinions",
            "subject": "CATEGORY",
            "category": "network",
            "confidence": 0.9,
            "explanation": "It mentions VPN.",
            "error": None,
        }
    ]
    by_plugin, by_person = [
        event for event in ticket["events"]["nodes"] if event["__typename"] == "TicketClassified"
    ]
    assert (by_plugin["decidedBy"], by_plugin["confidence"]) == ("plugin:opinions", 0.9)
    assert (by_person["decidedBy"], by_person["confidence"]) == ("person", None)
    assert ticket["viewerPermissions"] == [
        "CLASSIFY",
        "ASSIGN",
        "REPLY",
        "ADD_INTERNAL_NOTE",
        "ESCALATE",
        "SET_ESTIMATED_REPAIR",
        "RESOLVE",
        "PAUSE",
        "MERGE",
        "SPLIT",
        "MOVE",
        "LINK_ARTICLE",
        "WRITE_OUTAGE_REPORT",
    ]


async def test_the_requester_sees_nothing_internal(furnished: World, api: Api) -> None:
    busy = furnished.acme.tickets["busy"]

    answer = await api.ask(furnished.acme.ada, BUSY, number=busy.number)

    ticket = answer["ticket"]
    assert ticket["suggestions"] is None
    assert ticket["viewerPermissions"] == ["REPLY"]
    assert not [event for event in ticket["events"]["nodes"] if event["isInternal"]]
    assert "Internal of acme" not in str(answer)
    classified = [e for e in ticket["events"]["nodes"] if e["__typename"] == "TicketClassified"]
    assert [event["decidedBy"] for event in classified] == [None] * len(classified)
    escalated = [e for e in ticket["events"]["nodes"] if e["__typename"] == "TicketEscalated"]
    assert escalated
    assert {event["reason"] for event in escalated} == {""}
    assert ticket["events"]["totalCount"] == len(ticket["events"]["nodes"])


async def test_an_agent_who_asked_sees_nothing_internal_of_their_own_request(
    furnished: World, api: Api
) -> None:
    """Grace handles requests of acme, and asked globex for help herself."""
    grace = furnished.acme.grace
    ticket = furnished.globex.tickets["busy"]
    await Ticket.filter(id=ticket.id).update(requester_id=grace.person_id)

    seen = (await api.ask(grace, BUSY, number=ticket.number))["ticket"]["events"]["nodes"]

    shown = [event for event in seen if event["__typename"] == "TicketClassified"]
    assert shown
    assert {(e["decidedBy"], e["explanation"], e["confidence"]) for e in shown} == {
        (None, None, None)
    }
    reasons = [event["reason"] for event in seen if event["__typename"] == "TicketEscalated"]
    assert set(reasons) == {""}
    mine = await handled_among(grace, [ticket.id, furnished.acme.tickets["busy"].id])
    assert [*mine.values()] == [False, True]
    assert [*(await handled_among(SYSTEM, [ticket.id])).values()] == [True]


async def test_the_clocks_tell_what_was_promised_and_what_is_left(
    furnished: World, api: Api, clock: Clock
) -> None:
    clock.now = NOW + timedelta(hours=2)
    busy = furnished.acme.tickets["busy"]

    ticket = (await api.ask(furnished.acme.ada, BUSY, number=busy.number))["ticket"]

    response, resolution = sorted(ticket["clocks"], key=lambda one: str(one["name"]), reverse=True)
    assert (response["name"], response["state"]) == ("response", "MET")
    assert response["remainingSeconds"] is None
    assert (resolution["name"], resolution["state"]) == ("resolution", "RUNNING")
    assert resolution["target"]["seconds"] == 8 * 3600
    assert resolution["minimum"]["seconds"] == 16 * 3600
    assert resolution["elapsedSeconds"] == 2 * 3600
    assert resolution["remainingSeconds"] == 6 * 3600
    assert resolution["dueAt"] == resolution["target"]["dueAt"]
    assert "8 h 0 min promised" in resolution["explanation"]
    assert "2 h 0 min counted" in resolution["explanation"]


CLOCKS = """query C($number: Int!) { ticket(by: {number: $number}) {
  agreementChoices { agreement { name } version isApplicable isChosen reason }
  clocks {
    name title cycle isOperational warnings { percent dueAt } finishedCycles { cycle }
    ledger { kind isCounted cause { sequence kind rule words } }
  }
} }"""


async def test_each_second_of_a_clock_has_its_event_and_its_rule(
    furnished: World, api: Api, clock: Clock
) -> None:
    clock.now = NOW + timedelta(hours=2)
    busy = furnished.acme.tickets["busy"]

    ticket = (await api.ask(furnished.acme.grace, CLOCKS, number=busy.number))["ticket"]

    resolution = next(one for one in ticket["clocks"] if one["name"] == "resolution")
    assert (resolution["title"], resolution["cycle"]) == ("Resolution", 1)
    assert [warning["percent"] for warning in resolution["warnings"]] == [75]
    assert (resolution["finishedCycles"], resolution["isOperational"]) == ([], False)
    began = resolution["ledger"][0]
    assert (began["kind"], began["isCounted"]) == ("RUNNING", True)
    cause = began["cause"]
    assert (cause["kind"], cause["rule"]) == ("RESUMED", "after:pause:waiting:requester")
    assert cause["words"] == (
        f"Event {cause['sequence']}: work was resumed, so that the clock “Resolution” goes on."
    )
    chosen = [one for one in ticket["agreementChoices"] if one["isChosen"]]
    assert [one["isApplicable"] for one in chosen] == [True]
    asked = (await api.ask(furnished.acme.ada, CLOCKS, number=busy.number))["ticket"]
    assert asked["agreementChoices"] is None


async def test_unknown_and_foreign_tickets_are_null_alike(furnished: World, api: Api) -> None:
    foreign = furnished.globex.tickets["busy"]
    bobs = furnished.acme.tickets["new"]
    query = (
        "query Q($id: ID!, $n: Int!) { a: ticket(by: {id: $id}) { id } "
        "b: ticket(by: {number: $n}) { id } c: node(id: $id) { id } }"
    )
    nothing = {"a": None, "b": None, "c": None}
    for viewer, ticket in (
        (furnished.acme.ada, foreign),
        (furnished.acme.grace, foreign),
        (furnished.acme.max, foreign),
        (furnished.acme.ada, bobs),
        (None, bobs),
    ):
        id = global_id("Ticket", ticket.id)
        assert await api.ask(viewer, query, id=id, n=ticket.number) == nothing
    for number in (0, -1, 999_999, 2**31 - 1):
        assert await api.ask(furnished.root, query, id="nothing", n=number) == nothing


async def test_a_lookup_takes_exactly_one_key(furnished: World, api: Api) -> None:
    for by in ("{}", "{number: 1, id: 2}", "{number: null}"):
        codes = await api.codes(furnished.root, f"{{ ticket(by: {by}) {{ id }} }}")
        assert set(codes) == {"GRAPHQL_VALIDATION_FAILED"}
    query = "query Q($by: TicketLookup!) { ticket(by: $by) { id } }"
    for by_variable in ({}, {"number": 1, "id": "x"}, {"number": None}):
        assert await api.codes(furnished.root, query, by=by_variable) == ["BAD_USER_INPUT"]


LIST = """
query List($filter: TicketFilter, $orderBy: TicketOrder! = {field: OPENED_AT, direction: DESC}) {
  tickets(filter: $filter, orderBy: $orderBy) { totalCount nodes { subject } }
}
"""


async def subjects(api: Api, viewer: Any, **variables: Any) -> list[str]:
    found = (await api.ask(viewer, LIST, **variables))["tickets"]
    assert found["totalCount"] == len(found["nodes"])
    return [str(node["subject"]).partition(" ")[0] for node in found["nodes"]]


async def test_lists_hold_what_the_viewer_may_see(furnished: World, api: Api) -> None:
    acme = furnished.acme

    assert await subjects(api, None) == []
    assert await subjects(api, acme.ada) == ["Printer", "VPN"]
    assert await subjects(api, acme.bob) == ["Mouse"]
    assert await subjects(api, acme.grace) == ["Mouse", "Printer", "VPN"]
    assert len(await subjects(api, furnished.root)) == 6


async def test_filters_are_all_met(furnished: World, api: Api) -> None:
    acme = furnished.acme
    grace = acme.grace
    assert grace.person_id
    assert acme.bob.person_id
    me = global_id("Person", grace.person_id)
    for filter, expected in (
        ({"states": ["CLOSED"]}, ["Printer"]),
        ({"states": ["OPEN", "CLOSED"]}, ["Mouse", "Printer", "VPN"]),
        ({"states": ["WAITING"]}, []),
        ({"states": []}, ["Mouse", "Printer", "VPN"]),
        ({"kinds": ["INCIDENT"]}, ["VPN"]),
        ({"priorities": ["HIGH"], "states": ["OPEN"]}, ["VPN"]),
        ({"categories": ["network acme", "other"]}, ["VPN"]),
        ({"assignee": {"anyOf": [me]}}, ["VPN"]),
        ({"assignee": {"isUnassigned": False}}, ["VPN"]),
        ({"assignee": {"anyOf": ["nobody"]}}, []),
        ({"requesterIds": [global_id("Person", acme.bob.person_id)]}, ["Mouse"]),
        ({"organizationIds": [global_id("Organization", furnished.globex.organization.id)]}, []),
        ({"teamIds": [global_id("Team", acme.team.id)]}, ["VPN"]),
        ({"openedAt": {"from": "2026-03-02T09:05:00Z"}}, ["Mouse", "Printer"]),
        ({"openedAt": {"to": "2026-03-02T09:05:00Z"}}, ["VPN"]),
        ({"openedAt": {"from": "2026-03-02T10:05:00+01:00"}}, ["Mouse", "Printer"]),
    ):
        assert await subjects(api, grace, filter=filter) == expected, filter


async def test_lists_come_in_the_order_asked_for(furnished: World, api: Api) -> None:
    for field, direction, expected in (
        ("NUMBER", "ASC", ["VPN", "Printer", "Mouse"]),
        ("NUMBER", "DESC", ["Mouse", "Printer", "VPN"]),
        ("OPENED_AT", "ASC", ["VPN", "Printer", "Mouse"]),
        ("DUE_AT", "ASC", ["Mouse", "VPN", "Printer"]),
        ("DUE_AT", "DESC", ["Printer", "VPN", "Mouse"]),
    ):
        order = {"field": field, "direction": direction}
        assert await subjects(api, furnished.acme.grace, orderBy=order) == expected


async def test_a_list_of_six_asks_the_database_as_often_as_a_list_of_three(
    furnished: World, api: Api, monkeypatch: Any
) -> None:
    query = """query N($filter: TicketFilter) { tickets(first: 6, filter: $filter) {
      nodes { requester { name organization { name } } assignee { name } team { name }
        service { name } serviceLevelAgreement { name targets { clock } } clocks { explanation }
        articles { article { title helpfulCount askedAs translations { title } } }
        events(first: 10) { nodes { actor { name } ... on ReplyAdded { articles { title } } } }
        suggestions { plugin } } } }"""
    acme = {"organizationIds": [global_id("Organization", furnished.acme.organization.id)]}
    counts = []
    await api.ask(furnished.root, "{ __typename }")
    for filter, expected in ((acme, 3), (None, 6)):
        executed = counting(monkeypatch)
        data = await api.ask(furnished.root, query, filter=filter)
        assert len(data["tickets"]["nodes"]) == expected
        counts.append(len(executed))
        monkeypatch.undo()

    assert counts[0] == counts[1] > 5


def counting(monkeypatch: Any) -> list[str]:
    """Every query that Tortoise sends from now on."""
    from tortoise.backends.base.executor import BaseExecutor

    executed: list[str] = []
    original = BaseExecutor.execute_select

    async def counted(self: Any, *arguments: Any, **named: Any) -> Any:
        executed.append(str(arguments[0]))
        return await original(self, *arguments, **named)

    monkeypatch.setattr(BaseExecutor, "execute_select", counted)
    return executed


async def test_pages_hold_everything_once_while_tickets_come_in(
    world: World, api: Api, clock: Clock
) -> None:
    desk, ada = world.desk, world.acme.ada
    made: list[Ticket] = []
    for number in range(7):
        clock.advance(timedelta(minutes=number % 2))
        made.append(await record_ticket(desk, ada, subject=f"Number {number}"))
    query = """query Page($after: String, $before: String, $first: Int, $last: Int) {
      tickets(first: $first, after: $after, last: $last, before: $before) {
        edges { cursor node { number } } totalCount
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""

    seen: list[int] = []
    after = None
    while True:
        page = (await api.ask(ada, query, first=2, after=after))["tickets"]
        seen += [edge["node"]["number"] for edge in page["edges"]]
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
        await record_ticket(desk, ada, subject="Another")
    assert seen == sorted(seen, reverse=True)
    assert [number for number in seen if number <= made[-1].number] == [
        ticket.number for ticket in reversed(made)
    ]

    back: list[int] = []
    before = None
    while True:
        page = (await api.ask(ada, query, last=3, before=before))["tickets"]
        back = [edge["node"]["number"] for edge in page["edges"]] + back
        if not page["pageInfo"]["hasPreviousPage"]:
            break
        before = page["pageInfo"]["startCursor"]
    assert back == sorted(back, reverse=True)
    assert len(back) == page["totalCount"]


async def test_bad_pages_and_cursors_are_refused(furnished: World, api: Api) -> None:
    grace = furnished.acme.grace
    answer = await api.ask(grace, "{ tickets { pageInfo { endCursor } } }")
    cursor = answer["tickets"]["pageInfo"]["endCursor"]
    for arguments in (
        "first: 0",
        "first: -1",
        "first: 101",
        "last: 101",
        "first: 1, last: 1",
        'after: "nonsense"',
        'after: ""',
        'after: "W10"',
        'after: "🙂"',
        f'after: "{cursor}", orderBy: {{field: NUMBER, direction: DESC}}',
        f'after: "{cursor}", orderBy: {{field: OPENED_AT, direction: ASC}}',
    ):
        query = f"{{ tickets({arguments}) {{ totalCount }} }}"
        assert await api.codes(grace, query) == ["BAD_USER_INPUT"], arguments
    assert await api.codes(grace, "{ tickets(first: 100) { totalCount } }") == []


async def test_events_are_paged_too(furnished: World, api: Api) -> None:
    busy = furnished.acme.tickets["busy"]
    query = """query Events($number: Int!, $after: String) { ticket(by: {number: $number}) {
      events(first: 3, after: $after) { nodes { sequence } totalCount
        pageInfo { hasNextPage endCursor } }
      latest: events(last: 2) { nodes { sequence } pageInfo { hasPreviousPage hasNextPage } } } }"""

    seen: list[int] = []
    after = None
    while True:
        ticket = (await api.ask(furnished.root, query, number=busy.number, after=after))["ticket"]
        seen += [node["sequence"] for node in ticket["events"]["nodes"]]
        if not ticket["events"]["pageInfo"]["hasNextPage"]:
            break
        after = ticket["events"]["pageInfo"]["endCursor"]

    assert seen == list(range(1, ticket["events"]["totalCount"] + 1))
    assert [node["sequence"] for node in ticket["latest"]["nodes"]] == seen[-2:]
    assert ticket["latest"]["pageInfo"] == {"hasPreviousPage": True, "hasNextPage": False}

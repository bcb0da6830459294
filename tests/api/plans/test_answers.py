"""A plan's answer is graphql-core's, to the byte, for everybody."""

import orjson

from api.identifiers import global_id
from foredesk.people.viewer import Viewer
from tests.api.plans.asking import Asked
from tests.api.world import World

PERSON = "id name email phone organization { id name }"
TICKET = f"""__typename id number subject details channel state kind category impact urgency
  priority resolution version escalationCount handOffCount reopenCount openedAt updatedAt
  estimatedRepairAt firstRespondedAt resolvedAt closedAt closeDueAt url viewerPermissions
  organization {{ id slug locale timeZone }} requester {{ {PERSON} }} assignee {{ {PERSON} }}
  team {{ id name }} service {{ id name description kind isActive organization {{ name }} }}
  serviceLevelAgreement {{ id name organization {{ name }} service {{ name }}
    targets {{ clock priority targetSeconds minimumSeconds }} }}
  clocks {{ name state startedAt stoppedAt dueAt elapsedSeconds remainingSeconds explanation
    target {{ seconds dueAt isMissed }} minimum {{ seconds dueAt isMissed }}
    ledger {{ startedAt isCounted }} }}
  articles {{ linkedAt isResolution article {{ id title helpfulCount }} }}
  suggestions {{ plugin subject category }}"""
EVENTS = """events(%s) { totalCount totalCountPrecision
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  edges { cursor node { __typename id kind sequence occurredAt isInternal actor { name }
    ... on TicketRecorded { subject details channel }
    ... on TicketClassified { requestKind category impact urgency priority decidedBy explanation }
    ... on TicketAssigned { team { name } assignee { name } }
    ... on ReplyAdded { body isFromRequester waitsForRequester articles { title } }
    ... on InternalNoteAdded { body } ... on TicketEscalated { escalation reason person { name } }
    ... on RepairEstimated { reason repairAt } ... on TicketResolved { resolution }
    ... on PluginSuggested { plugin hook } } } }"""
FOLDED = """number clocks { __typename name state startedAt dueAt } none: clocks { __typename }
  events(%s) { nodes { __typename id kind sequence occurredAt actor { id name email }
    ... on ReplyAdded { body isFromRequester } ... on TicketClassified { explanation priority } }
    pageInfo { hasNextPage hasPreviousPage } }"""
QUERIES = [
    f"{{ tickets {{ nodes {{ {FOLDED % 'last: 4'} }} pageInfo {{ endCursor }} totalCount }} }}",
    f"{{ tickets(first: 3) {{ edges {{ cursor node {{ {FOLDED % 'first: 2'} }} }} }} }}",
    f"{{ tickets {{ nodes {{ {TICKET} }} }} }}",
    f"{{ tickets(first: 3) {{ nodes {{ id {EVENTS % 'last: 3'} }} }} }}",
    f"{{ tickets(last: 2) {{ totalCount edges {{ cursor node {{ {EVENTS % 'first: 2'} }} }} }} }}",
    "{ tickets(first: 2, orderBy: {field: NUMBER, direction: ASC}) { pageInfo { hasNextPage "
    "hasPreviousPage startCursor endCursor } totalCount totalCountPrecision nodes { number } } }",
    "{ tickets(orderBy: {field: UPDATED_AT, direction: ASC}, filter: {states: [OPEN, CLOSED], "
    "priorities: [NORMAL, HIGH], assignee: {isUnassigned: false}}) { edges { cursor } } }",
    '{ tickets(filter: {categories: ["network acme", "x"], openedAt: '
    '{from: "2020-01-01T00:00:00Z", to: "2040-01-01T00:00:00Z"}}) { totalCount nodes { id } } }',
    '{ tickets(filter: {organizationIds: ["nothing"]}) { totalCount nodes { id } } }',
    "{ articles(first: 3) { totalCount nodes { __typename id slug title summary locale section "
    "tags audience state version body bodyHtml updatedAt publishedAt reviewAt url owner { name } "
    "translations { title } askedAs helpfulCount notHelpfulCount } "
    "pageInfo { endCursor hasNextPage } } }",
    "{ articles(orderBy: {field: TITLE, direction: DESC}, filter: {states: [PUBLISHED], "
    'locale: "en", section: "Printing"}) { edges { cursor node { title } } } }',
    '{ article(by: {slug: "printer-jams"}) { title tags owner { name } } }',
    '{ article(by: {slug: "no such"}) { title } ticket(by: {number: 999}) { number } }',
    "{ services { nodes { id name kind isActive organization { name } } totalCount } }",
    "{ serviceLevelAgreements(last: 1) { nodes { id name targets { clock } service { name } } } }",
    "{ surveys { nodes { id title metric state organization { name } questions { key title } } } }",
    "{ surveyInvitations { nodes { id state expiresAt title questions { key title } } } }",
    "{ viewer { name roles person { name } organization { name } teams { name } } }",
    "{ a: tickets(first: 1) { nodes { number } } b: tickets(first: 1) { __typename edges { "
    "__typename node { __typename } } pageInfo { __typename } } }",
]


def viewers(world: World) -> list[Viewer | None]:
    house = world.acme
    return [None, world.root, house.ada, house.bob, house.grace, house.max, world.globex.grace]


async def test_a_plan_answers_as_graphql_core_does(furnished: World) -> None:
    asked = Asked(furnished.desk)
    for query in QUERIES:
        for viewer in viewers(furnished):
            planned, plain = await asked.both(viewer, query)
            assert planned == plain
            assert b'"errors"' not in plain
    assert asked.counts.bailed == asked.counts.failed == asked.counts.unsupported == 0


async def test_one_ticket_is_read_by_number_and_by_id(furnished: World) -> None:
    asked = Asked(furnished.desk)
    query = (
        f"query T($by: TicketLookup!) {{ ticket(by: $by) {{ {TICKET} {EVENTS % 'first: 5'} }} }}"
    )
    for ticket in [*furnished.acme.tickets.values(), *furnished.globex.tickets.values()]:
        for by in ({"number": ticket.number}, {"id": global_id("Ticket", ticket.id)}):
            for viewer in viewers(furnished):
                planned, plain = await asked.both(viewer, query, by=by)
                assert planned == plain
    assert asked.counts.bailed == 0


async def test_a_page_of_events_goes_on_where_another_ended(furnished: World) -> None:
    asked = Asked(furnished.desk)
    by = {"number": furnished.acme.tickets["busy"].number}
    ended = "events(first: 1) { pageInfo { endCursor } }"
    page = f"query T($by: TicketLookup!) {{ ticket(by: $by) {{ {ended} }} }}"
    answer = orjson.loads(await asked.by_plan(furnished.root, page, by=by))
    after = answer["data"]["ticket"]["events"]["pageInfo"]["endCursor"]
    for viewer in viewers(furnished):
        for how in (
            "first: 2, after: $after",
            "last: 2, after: $after",
            "first: 1, before: $after",
        ):
            query = f"""query T($by: TicketLookup!, $after: String) {{ ticket(by: $by) {{
              {FOLDED % how} requester {{ name }} }} }}"""
            planned, plain = await asked.both(viewer, query, by=by, after=after)
            assert planned == plain
            assert b'"errors"' not in plain
    assert asked.counts.bailed == asked.counts.failed == 0


async def test_any_object_is_read_again_by_its_id(furnished: World) -> None:
    asked = Asked(furnished.desk)
    house = furnished.acme
    ids = [
        global_id(kind, id)
        for kind, id in (
            ("Ticket", house.tickets["busy"].id),
            ("Ticket", furnished.globex.tickets["busy"].id),
            ("Person", house.ada.person_id),
            ("Organization", house.organization.id),
            ("Article", furnished.public.id),
            ("Service", house.service.id),
            ("Ticket", house.tickets["busy"].id),
        )
        if id
    ]
    shape = f"__typename id ... on Ticket {{ {TICKET} }} ... on Person {{ {PERSON} }}"
    for viewer in viewers(furnished):
        query = f"query N($ids: [ID!]!) {{ nodes(ids: $ids) {{ {shape} }} }}"
        planned, plain = await asked.both(viewer, query, ids=[*ids, "none"])
        assert planned == plain
        for id in ids[:4]:
            query = f"query N($id: ID!) {{ node(id: $id) {{ {shape} }} }}"
            planned, plain = await asked.both(viewer, query, id=id)
            assert planned == plain
    assert asked.counts.bailed == asked.counts.failed == 0

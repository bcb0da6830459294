"""Cost counts the objects an operation may return at worst."""

from typing import Any

import pytest
import strawberry
from graphql import GraphQLSchema, OperationDefinitionNode, parse

from api.operations.cost import Counter
from api.operations.costs import Costs
from api.operations.limits import Limits
from api.schema import schema
from foredesk.sla.proposal import MOST_CLOCKS
from tests.api.toy import Mutation, Query, Subscription

SCHEMA = strawberry.Schema(Query, Mutation, Subscription)._schema


def cost(text: str, variables: dict[str, Any], of: GraphQLSchema = SCHEMA) -> int:
    document = parse(text)
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    return Costs(of, document, operation, Limits()).of(variables)


@pytest.mark.parametrize(
    ("text", "variables", "expected"),
    [
        ("{ hello }", {}, 0),
        ("{ __schema { types { name } } }", {}, 0),
        ("{ thing { name } }", {}, 1),
        ("{ things { nodes { name } } }", {}, 1 + 20),
        ("{ things(first: 5) { nodes { name } } }", {}, 1 + 5),
        ("{ things(first: 1000) { nodes { name } } }", {}, 1 + 100),
        ("{ things(first: -3) { nodes { name } } }", {}, 1 + 20),
        ("query($n: Int) { things(first: $n) { nodes { name } } }", {"n": 7}, 1 + 7),
        ("query($n: Int) { things(first: $n) { nodes { name } } }", {}, 1 + 20),
        ("query($n: Int = 30) { things(first: $n) { nodes { name } } }", {}, 1 + 30),
        ("query($n: Int = 30) { things(first: $n) { nodes { name } } }", {"n": None}, 1 + 20),
        ("query($n: Int) { things(first: $n) { nodes { name } } }", {"n": "many"}, 1 + 20),
        ("{ things(first: 5) { nodes { things(first: 4) { nodes { name } } } } }", {}, 1 + 5 * 6),
        ("{ thing { parts { parts { name } } } }", {}, 1 + 10 * (1 + 10)),
        ('{ nodes(ids: ["a", "b", "c"]) { name } }', {}, 3),
        ("query($i: [ID!]!) { nodes(ids: $i) { name } }", {"i": ["a", "b"]}, 2),
        ("{ ...f } fragment f on Query { thing { name } }", {}, 1),
        ("{ ... on Query { thing { name } } }", {}, 1),
        ("{ ... { thing { name } } }", {}, 1),
        ("{ a: thing { name } b: thing { name } }", {}, 2),
    ],
)
def test_an_object_costs_one_and_a_page_what_it_may_hold(
    text: str, variables: dict[str, Any], expected: int
) -> None:
    assert cost(text, variables) == expected


TWO = {"items": [{"ticketId": "a"}, {"ticketId": "b"}]}
BULK = "mutation($i: AssignTicketsInput!) { assignTickets(input: $i) "


@pytest.mark.parametrize(
    ("text", "variables", "expected"),
    [
        (BULK + "{ __typename } }", {"i": TWO}, 1 + 2),
        (BULK + "{ results { ticket { number } } } }", {"i": TWO}, 1 + 2 + 2 * 2),
        (BULK + "{ results { errors { __typename } } } }", {"i": TWO}, 1 + 2 + 2 * 2),
        (BULK + "{ results { __typename } } }", {"i": {"items": TWO["items"][0]}}, 1 + 1 + 1),
        (BULK + "{ results { __typename } } }", {"i": None}, 1),
        (
            'mutation { assignTickets(input: {items: [{ticketId: "a"}, {ticketId: "b"}]}) '
            "{ errors { __typename } } }",
            {},
            1 + 2 + 1,
        ),
        (
            "mutation($t: [AssignTicketInput!]!) { assignTickets(input: {items: $t}) "
            "{ ...Done } } fragment Done on AssignTicketsPayload { results { ticket { id } } }",
            {"t": TWO["items"]},
            1 + 2 + 2 * 2,
        ),
        ("{ tickets(first: 100) { nodes { clocks { name } } } }", {}, 1 + 100 * (1 + MOST_CLOCKS)),
    ],
)
def test_an_item_of_an_act_costs_one_and_a_list_what_its_field_says_it_holds(
    text: str, variables: dict[str, Any], expected: int
) -> None:
    assert cost(text, variables, schema._schema) == expected


def test_sixty_doubling_fragments_are_counted_in_as_many_steps_as_they_have_selections() -> None:
    links = [f"fragment f{n} on Thing {{ ...f{n + 1} ...f{n + 1} }}" for n in range(60)]
    text = " ".join(["{ thing { ...f0 } }", *links, "fragment f60 on Thing { parts { name } }"])
    document = parse(text)
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    counter = Counter(SCHEMA, document, operation, {}, Limits())

    total = counter.count(operation.selection_set, SCHEMA.query_type, None)

    assert total == 1 + 10 * 2**60
    assert counter.steps == 2 + 2 * 60 + 2

"""What an operation costs is counted once for all requests that it costs the same."""

from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse
from hypothesis import given
from hypothesis import strategies as st

from api.operations.costs import REMEMBERED, Costs
from api.operations.limits import Limits
from tests.api.toy import Toy

SCHEMA = Toy().operations.schema._schema
LIMITS = Limits()
TEXTS = (
    "query ($first: Int) { things(first: $first) { nodes { name things { nodes { name } } } } }",
    "query ($first: Int = 7) { things(first: $first) { nodes { name } } }",
    "query ($ids: [ID!]!) { nodes(ids: $ids) { name parts { name } } }",
    "query ($a: Int, $b: Int) { x: things(first: $a) { nodes { name } } "
    "y: things(first: $b) { nodes { name } } }",
    "query ($text: String!) { echo(text: $text) }",
)
VALUES = st.none() | st.integers(-5, 200) | st.booleans() | st.text(max_size=3)
VARIABLES = st.dictionaries(
    st.sampled_from(["first", "ids", "a", "b", "text"]),
    VALUES | st.lists(VALUES, max_size=5) | st.dictionaries(st.just("items"), st.lists(VALUES)),
)


def costs_of(text: str) -> tuple[Costs, Any]:
    document = parse(text)
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)

    def anew(variables: dict[str, Any]) -> int:
        return Costs(SCHEMA, document, operation, LIMITS).of(variables)

    return Costs(SCHEMA, document, operation, LIMITS), anew


@pytest.mark.parametrize("text", TEXTS)
@given(requests=st.lists(VARIABLES, min_size=1, max_size=8))
def test_a_remembered_cost_is_what_it_would_be_counted_as(
    text: str, requests: list[dict[str, Any]]
) -> None:
    costs, anew = costs_of(text)

    assert [costs.of(variables) for variables in requests] == [anew(one) for one in requests]


def test_what_does_not_matter_is_not_counted_again() -> None:
    costs, _ = costs_of(TEXTS[0])

    for number in range(100):
        assert costs.of({"first": 5, "other": number}) == costs.of({"first": 5})
    assert len(costs._known) == 1


@pytest.mark.parametrize(
    "text",
    [
        "query ($id: ID = %s) { nodes(ids: [$id]) { name } }",
        "query { things(first: %s) { nodes { name } } }",
        "mutation { add(input: {items: [], id: %s}) { name } }",
    ],
)
def test_a_number_of_any_length_is_counted(text: str) -> None:
    """An ID may be one; Python reads none with more than 4,300 digits."""
    _, anew = costs_of(text % ("9" * 5000))

    assert 0 <= anew({}) <= 1000


def test_however_many_values_come_a_bounded_number_is_remembered() -> None:
    costs, anew = costs_of(TEXTS[0])

    for first in range(1, 3 * REMEMBERED):
        assert costs.of({"first": first}) == anew({"first": first})
    assert len(costs._known) <= REMEMBERED

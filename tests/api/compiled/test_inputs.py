"""Variables and arguments made by functions of our own: as the libraries make them, or not."""

from typing import Any

import pytest
import strawberry
from graphql import parse, validate
from graphql.execution.values import get_variable_values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.compiled.inputs import Unusual
from api.compiled.operation import Operation
from api.compiled.program import compile_operation
from api.compiled.programs import Programs
from api.schema import schema
from tests.api.compiled.toy import make_schema
from tests.api.differential.operations import Asked, operations

TOY = make_schema()
TICKETS = """query Q(
  $after: String, $filter: TicketFilter, $order: TicketOrder!, $state: TicketState!
) {
  tickets(first: 5, after: $after, filter: $filter, orderBy: $order) { totalCount }
  some: tickets(filter: {states: [OPEN, $state]}) { totalCount }
  usual: tickets { totalCount }
}"""
ORDER = {"field": "NUMBER", "direction": "ASC"}


def nothing(field: str, name: str, type_: Any) -> st.SearchStrategy[Any] | None:
    return None


@pytest.mark.parametrize("tried", [TOY, schema], ids=["toy", "desk"])
def test_what_is_made_is_what_the_libraries_make(tried: Any) -> None:
    made = 0

    @settings(
        max_examples=100, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(operations(tried._schema, nothing))
    def compare(asked: Asked) -> None:
        nonlocal made
        document = parse(asked.text)
        if validate(tried._schema, document):
            return
        operation = Operation(tried._schema, document, None)
        made += _compared(tried, operation, asked.variables)

    compare()
    assert made > 20


def _compared(tried: Any, operation: Operation, given: dict[str, Any]) -> int:
    definitions = operation.node.variable_definitions or ()
    expected = get_variable_values(tried._schema, definitions, given)
    try:
        assert operation.variables
        values = operation.variables.coerced(given)
    except (Unusual, AssertionError):
        return 0
    assert not isinstance(expected, list)
    assert repr(values.coerced) == repr(expected.coerced)
    assert [*values.sources] == [*expected.sources]
    assert all(expected.sources[name].value == one.value for name, one in values.sources.items())
    program = compile_operation(tried, operation, values)
    for one in program.fields:
        arguments = one.arguments
        assert repr(arguments.of(values, lambda: None)) == repr(
            arguments._converted(arguments.coerced(expected), None)
        )
    return 1


@pytest.mark.parametrize(
    "given",
    [
        {"order": ORDER, "state": "OPEN"},
        {"order": ORDER, "state": "CLOSED", "after": None, "filter": None},
        {"order": ORDER, "state": "OPEN", "after": "x", "filter": {}},
        {"order": ORDER, "state": "OPEN", "filter": {"states": [], "teamIds": ["a"]}},
        {"order": ORDER, "state": "OPEN", "filter": {"assignee": {"isUnassigned": True}}},
        {"order": ORDER, "state": "OPEN", "filter": {"openedAt": {"from": "2026-03-02T09:00:00Z"}}},
    ],
)
def test_inputs_of_the_desk_are_plain(given: dict[str, Any]) -> None:
    operation = Operation(schema._schema, parse(TICKETS), None)

    assert _compared(schema, operation, given) == 1


@pytest.mark.parametrize(
    "given",
    [
        {"order": ORDER},
        {"order": ORDER, "state": None},
        {"order": ORDER, "state": "NONE"},
        {"order": ORDER, "state": 1},
        {"order": {"field": "NUMBER"}, "state": "OPEN"},
        {"order": {**ORDER, "more": 1}, "state": "OPEN"},
        {"order": [ORDER], "state": "OPEN"},
        {"order": ORDER, "state": "OPEN", "after": 1},
        {"order": ORDER, "state": "OPEN", "filter": {"states": "OPEN"}},
        {"order": ORDER, "state": "OPEN", "filter": {"teamIds": [1]}},
        {"order": ORDER, "state": "OPEN", "filter": {"assignee": {}}},
        {"order": ORDER, "state": "OPEN", "filter": {"assignee": {"isUnassigned": None}}},
        {
            "order": ORDER,
            "state": "OPEN",
            "filter": {"assignee": {"isUnassigned": True, "anyOf": []}},
        },
        {"order": ORDER, "state": "OPEN", "filter": {"openedAt": {"from": "2026"}}},
    ],
)
def test_what_is_wrong_or_unusual_is_left_to_the_libraries(given: dict[str, Any]) -> None:
    operation = Operation(schema._schema, parse(TICKETS), None)

    assert operation.variables
    with pytest.raises(Unusual):
        operation.variables.coerced(given)


@strawberry.input
class Tree:
    number: int
    trees: list["Tree"] | None = None


@strawberry.type
class Query:
    @strawberry.field
    def depth(self, tree: Tree) -> int:
        return _depth(tree)


def _depth(tree: Tree) -> int:
    return 1 + max([_depth(one) for one in tree.trees or ()], default=0)


async def test_a_type_that_holds_itself_is_left_to_the_libraries() -> None:
    forest = strawberry.Schema(Query)
    text = "query Q($tree: Tree!) { depth(tree: $tree) }"
    tree = {"number": 1, "trees": [{"number": 2}]}

    found = Programs(forest).find(text, parse(text), None, {"tree": tree})

    assert Operation(forest._schema, parse(text), None).variables is None
    assert found
    assert await found.run(None) == {"depth": 2}

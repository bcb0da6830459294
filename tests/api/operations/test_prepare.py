"""Prepare refuses with a code, and remembers what was good."""

from typing import Any

import orjson
import pytest
import strawberry
from graphql import get_introspection_query

from api.operations.limits import Limits
from api.operations.prepare import REMEMBERED, Prepared, Preparer, Refused
from api.operations.request import OperationRequest
from tests.api.toy import Mutation, Query, Subscription

SCHEMA = strawberry.Schema(Query, Mutation, Subscription)


def preparer(**limits: Any) -> Preparer:
    return Preparer(SCHEMA, Limits(**limits), hide_suggestions=True)


def prepare(
    text: str,
    *,
    name: str | None = None,
    variables: dict[str, Any] | None = None,
    may_introspect: bool = True,
    **limits: Any,
) -> Prepared:
    request = OperationRequest(text, name, variables or {})
    return preparer(**limits).prepare(request, may_introspect=may_introspect)


def codes(refused: Refused) -> list[str]:
    return [str((error.extensions or {})["code"]) for error in refused.errors]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "GRAPHQL_PARSE_FAILED"),
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nope }", "GRAPHQL_VALIDATION_FAILED"),
        ("fragment f on Query { hello }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ " + "hello " * 3000 + "}", "OPERATION_TOO_LARGE"),
        ("{ hello " * 3000, "GRAPHQL_PARSE_FAILED"),
        ("{" * 1900, "GRAPHQL_PARSE_FAILED"),
        ("{ things(first: 100) { nodes { things(first: 100) { nodes { name } } } } }",
         "COST_LIMIT_EXCEEDED"),
        ("{ nodes(ids: [" + '"a",' * 101 + "]) { name } }", "OPERATION_TOO_LARGE"),
        ("query A { hello } query B { hello }", "BAD_USER_INPUT"),
        ("{ __schema { types { fields { type { fields { type { fields { type { fields "
         "{ name } } } } } } } } } }", "GRAPHQL_VALIDATION_FAILED"),
    ],
)  # fmt: skip
def test_what_can_not_run_is_refused_with_its_code(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        prepare(text)

    assert codes(refused.value) == [code]


def test_a_flood_of_errors_is_cut() -> None:
    with pytest.raises(Refused) as refused:
        prepare("{ " + " ".join(f"nope{number}" for number in range(15)) + " }")

    assert len(refused.value.errors) <= 6


def test_no_name_is_suggested() -> None:
    with pytest.raises(Refused) as refused:
        prepare("{ helo }")

    assert refused.value.errors[0].message == "Cannot query field 'helo' on type 'Query'."


@pytest.mark.parametrize(
    ("variables", "metric"),
    [
        ({"text": ["x"] * 101}, "list_length"),
        ({"text": [[["x"] * 30] * 30] * 30}, "values"),
        ({f"v{number}": 1 for number in range(2001)}, "values"),
        (orjson.loads('{"text": ' + "[" * 400 + "]" * 400 + "}"), "depth"),
    ],
)
def test_too_many_values_are_refused(variables: dict[str, Any], metric: str) -> None:
    with pytest.raises(Refused) as refused:
        prepare("query($text: String!) { echo(text: $text) }", variables=variables)

    assert (refused.value.errors[0].extensions or {})["metric"] == metric


def test_introspection_needs_leave() -> None:
    with pytest.raises(Refused) as refused:
        prepare(get_introspection_query(), may_introspect=False)
    allowed = prepare(get_introspection_query(), may_introspect=True)

    assert codes(refused.value) == ["INTROSPECTION_DISABLED"]
    assert allowed.cost == 0


def test_the_named_operation_is_taken() -> None:
    text = "query A { hello } query B { thing { name } }"

    assert prepare(text, name="B").cost == 1
    with pytest.raises(Refused):
        prepare(text, name="C")


def test_a_good_text_is_parsed_once_and_a_bad_one_every_time() -> None:
    one = preparer()
    for _ in range(3):
        one.prepare(OperationRequest("{ hello }"), may_introspect=False)
    for _ in range(2):
        with pytest.raises(Refused):
            one.prepare(OperationRequest("{ nope }"), may_introspect=False)

    assert one.parsed == 1 + 2


def test_only_so_many_texts_are_remembered() -> None:
    one = preparer()
    for number in range(REMEMBERED + 1):
        one.prepare(OperationRequest(f"query Q{number} {{ hello }}"), may_introspect=False)
    one.prepare(OperationRequest("query Q0 { hello }"), may_introspect=False)

    assert one.parsed == REMEMBERED + 2


def test_the_cost_is_that_of_each_request_and_not_of_the_first() -> None:
    one = preparer()
    text = "query($n: Int) { things(first: $n) { nodes { name } } }"

    costs = [
        one.prepare(OperationRequest(text, variables={"n": n}), may_introspect=False).cost
        for n in (3, 8)
    ]

    assert costs == [4, 9]
    assert one.parsed == 1

"""Queries: each feature of the language is compiled, or left to graphql-core with its errors."""

import logging
from typing import Any

import pytest

from api.operations.execute import Operations, Plans
from api.operations.prepare import Prepared
from api.operations.request import OperationRequest
from tests.api.compiled.toy import Context, make_schema
from tests.api.differential.compare import answered, written

SCHEMA = make_schema()


class Both:
    """The toy with its plans off and on."""

    def __init__(self) -> None:
        self.plain = Operations(SCHEMA, hide_suggestions=True, plans=Plans.OFF)
        self.planned = Operations(SCHEMA, hide_suggestions=True)
        self.counts = self.planned.programs.counts

    async def same(self, text: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
        """The answer, which is the same in both."""
        prepared = self.prepared(text, variables)
        expected = await answered(self.plain, prepared, Context)
        got = await answered(self.planned, prepared, Context)
        assert written(got) == written(expected)
        return got.as_map()

    def prepared(self, text: str, variables: dict[str, Any] | None = None) -> Prepared:
        return self.plain.prepare(
            OperationRequest(text, None, variables or {}), may_introspect=True
        )


@pytest.fixture
def both(caplog: pytest.LogCaptureFixture) -> Both:
    caplog.set_level(logging.CRITICAL, "foredesk.api")
    return Both()


@pytest.mark.parametrize(
    "text",
    [
        "{ __typename leaf { __typename id number name ratio isGreen color size } }",
        "{ leaf { at day price tag data } }",
        "{ leaf(number: -1) { id } }",
        "{ leaf { twice thrice: twice(by: 3) } }",
        "{ branches { grid leaves { name } first { id } } }",
        "{ branches(numbers: [1, -1, 2]) { number } }",
        "{ leaf { sibling { number sibling { number } } } }",
        "{ leaf(number: 40) { sibling { number } } }",
        "{ branch(number: 3) { things { __typename ... on Leaf { name } ... on Thing { id } } } }",
        "{ branch(number: 0) { thing { id } } b: branch(number: 2) { thing { id number } } }",
        "{ branch(number: 3) { page { total items { id } last { id } } page(first: 1) { total } }"
        " }".replace("page(first: 1)", "one: page(first: 1)"),
        "{ branch(number: 3) { oneByOne { id } promised { id } } }",
        '{ a: thing(by: {number: 3}) { ...T } b: thing(by: {id: "ab"}) { ...T } } '
        "fragment T on Thing { __typename id ... on Branch { leaves { id } } }",
        "{ a: found { ...F } b: found(number: 1) { ...F } } "
        "fragment F on Found { __typename ... on Leaf { id } ... on Problem { code } }",
        '{ echo(filter: {colors: [RED, AZURE], inner: {at: "2026-03-02T09:00:00Z"}}, tag: "x") }',
        "{ echo } ",
        "{ leaf { ...A ...B } } fragment A on Leaf { sibling { id } } "
        "fragment B on Leaf { sibling { name } }",
        "{ leaf(number: 3) { secret loud selected } }",
        "{ path }",
        "{ faulty { numberAsText textAsNumber colorAsValue later } }",
        "{ ... @skip(if: true) { leaf { id } } }",
    ],
)
async def test_what_goes_well_is_answered_by_a_program(both: Both, text: str) -> None:
    answer = await both.same(text)

    assert "errors" not in answer
    assert (both.counts.answered, both.counts.bailed) == (1, 0)


@pytest.mark.parametrize(
    "field",
    [
        "number", "ratio", "word", "maybe", "color", "leaf { id }", "leaves { id }", "error",
        "found { __typename }", "numbers", "missing", "fails", "leaf { __typename }",
    ],
)  # fmt: skip
async def test_what_goes_wrong_is_answered_by_graphql_core(both: Both, field: str) -> None:
    answer = await both.same(f"{{ leaf {{ id }} faulty {{ {field} }} }}")

    assert len(answer["errors"]) >= 1
    assert (both.counts.answered, both.counts.bailed) == (0, 1)


@pytest.mark.parametrize("number", [2, 3])
async def test_permissions_are_asked(both: Both, number: int) -> None:
    answer = await both.same(f"{{ leaf(number: {number}) {{ secret }} }}")

    assert ("errors" in answer) == (number == 2)


@pytest.mark.parametrize("text", ["{ __schema { queryType { name } } }", "{ leaf { place } }"])
async def test_what_a_program_does_not_know_is_left_to_graphql_core(both: Both, text: str) -> None:
    answer = await both.same(text)

    assert "errors" not in answer
    assert both.counts.answered == 0


async def test_a_resolver_that_hides_what_it_was_not_told_spoils_the_program(both: Both) -> None:
    answer = await both.same("{ leaf { hiddenPlace } }")

    assert answer["data"] == {"leaf": {"hiddenPlace": "leaf.hiddenPlace"}}
    assert both.counts.bailed == 1


CONDITIONAL = """
    query Q($with: Boolean!, $without: Boolean! = false, $n: Int = 2) {
        leaf(number: $n) { id name @include(if: $with) number @skip(if: $without) ...F }
    }
    fragment F on Leaf { color @include(if: $with) }
"""


async def test_what_is_selected_depends_on_variables(both: Both) -> None:
    first = await both.same(CONDITIONAL, {"with": True})
    second = await both.same(CONDITIONAL, {"with": False, "without": True, "n": 4})
    third = await both.same(CONDITIONAL, {"with": True, "n": 5})

    assert first["data"]["leaf"] == {"id": "Leaf:2", "name": "leaf 2", "number": 2, "color": "RED"}
    assert second["data"]["leaf"] == {"id": "Leaf:4"}
    assert third["data"]["leaf"]["id"] == "Leaf:5"
    assert (both.counts.compiled, both.counts.answered) == (2, 3)


async def test_a_variable_that_does_not_fit_is_refused_by_graphql_core(both: Both) -> None:
    answer = await both.same("query Q($n: Int!) { leaf(number: $n) { id } }", {"n": "many"})

    assert "data" not in answer
    assert both.counts.left_alone == 1


async def test_a_level_is_loaded_at_once(both: Both) -> None:
    context = Context()
    text = "{ branches { leaves { sibling { number sibling { number } } } } }"

    await both.planned.execute(both.prepared(text), lambda: context)

    assert [sorted(batch) for batch in context.batches] == [
        [4, 7, 8, 10, 11, 12],
        [5, 9, 13],
    ]
    assert both.counts.answered == 1


async def test_a_field_of_all_objects_of_a_level_may_be_resolved_at_once(both: Both) -> None:
    text = (
        "{ branches { leaves { cousin { number } far: cousin(by: 90) { name cousin { id } } } } }"
    )
    context = Context()

    await both.same(text)
    await both.planned.execute(both.prepared(text), lambda: context)

    assert context.batches == [[3, 6, 7, 9, 10, 11], [3, 6, 7, 9, 10, 11], [93, 96, 97, 99, 101]]
    assert both.counts.answered == 2


async def test_a_query_that_bails_starts_anew_with_a_context_of_its_own(both: Both) -> None:
    contexts: list[Context] = []

    def make_context() -> Context:
        contexts.append(Context())
        return contexts[-1]

    await both.planned.execute(both.prepared("{ branch(number: 1) { id } faulty { fails } }"),
                               make_context)  # fmt: skip

    assert [context.calls["branch"] for context in contexts] == [1, 1]

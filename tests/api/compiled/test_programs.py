"""Programs: how many are kept, what they are kept by, and who may take a field over."""

from collections.abc import Mapping
from typing import Any

import pytest
import strawberry
from graphql import DocumentNode, parse
from strawberry.extensions import SchemaExtension

from api.compiled.bail import Bail, Unsupported
from api.compiled.compiler import Compiler
from api.compiled.operation import Selected
from api.compiled.programs import Programs
from api.compiled.run import Run
from api.operations.execute import Operations, Plans
from api.operations.request import OperationRequest
from tests.api.compiled.toy import Context, leaf, make_schema

SCHEMA = make_schema()
DOCUMENT: dict[str, DocumentNode] = {}


def find(programs: Programs, text: str, name: str | None = None, **variables: Any) -> Any:
    document = DOCUMENT.setdefault(text, parse(text))
    return programs.find(text, document, name, variables)


async def test_a_text_is_compiled_once() -> None:
    programs = Programs(SCHEMA)

    first = find(programs, "{ leaf { id } }")
    second = find(programs, "{ leaf { id } }")

    assert first.program is second.program
    assert await second.run(Context()) == {"leaf": {"id": "Leaf:1"}}
    assert (programs.counts.compiled, programs.counts.answered) == (1, 1)


async def test_operations_of_one_text_are_told_apart() -> None:
    programs = Programs(SCHEMA)
    text = "query A { leaf { id } } query B { leaf { number } }"

    a, b = find(programs, text, "A"), find(programs, text, "B")

    assert await a.run(Context()) == {"leaf": {"id": "Leaf:1"}}
    assert await b.run(Context()) == {"leaf": {"number": 1}}
    assert find(programs, text, "C") is None


def test_only_those_that_were_used_last_are_kept() -> None:
    size = len(find(Programs(SCHEMA), "{ leaf(number: 1) { id } }").program.text)
    programs = Programs(SCHEMA, remembered=2 * size + size // 2)

    for number in (1, 2, 1, 3, 1):
        find(programs, f"{{ leaf(number: {number}) {{ id }} }}")
    find(programs, "{ leaf(number: 2) { id } }")

    assert len(programs) == 2
    assert programs.counts.compiled == 4


def test_a_large_program_leaves_room_for_few_others() -> None:
    size = len(find(Programs(SCHEMA), "{ leaf { id } }").program.text)
    programs = Programs(SCHEMA, remembered=3 * size)

    find(programs, "{ leaf { id } }")
    find(programs, "{ leaf { number } }")
    find(programs, "{ branches { leaves { id number name ratio color size } first { id } } }")

    assert len(programs) == 1


async def test_a_program_serves_all_values_of_its_variables() -> None:
    programs = Programs(SCHEMA)
    text = "query Q($number: Int!) { leaf(number: $number) { number } }"

    one, other = find(programs, text, number=1), find(programs, text, number=2)

    assert one.program is other.program
    assert await one.run(Context()) == {"leaf": {"number": 1}}
    assert await other.run(Context()) == {"leaf": {"number": 2}}
    assert find(programs, text, number="one") is None
    assert find(programs, text, number=True) is None


def test_what_can_not_be_compiled_is_remembered_too() -> None:
    programs = Programs(SCHEMA)

    assert find(programs, "{ __schema { queryType { name } } }") is None
    assert find(programs, "{ __schema { queryType { name } } }") is None
    assert programs.counts.unsupported == 1
    assert programs.counts.left_alone == 2


def test_forgotten_programs_are_compiled_anew() -> None:
    programs = Programs(SCHEMA)
    find(programs, "{ leaf { id } }")

    programs.forget()
    find(programs, "{ leaf { id } }")

    assert programs.counts.compiled == 2


def test_an_operation_too_large_to_compile_is_left_alone() -> None:
    programs = Programs(SCHEMA, most=3)

    assert find(programs, "{ leaf { sibling { sibling { sibling { id } } } } }") is None
    assert programs.counts.unsupported == 1


def test_a_condition_without_a_value_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    programs = Programs(SCHEMA)

    assert find(programs, "query($x: Boolean) { leaf { id @include(if: $x) } }", x=None) is None
    assert caplog.records == []


def test_a_schema_with_extensions_is_left_alone() -> None:
    class Nothing(SchemaExtension):
        pass

    @strawberry.type
    class Root:
        number: int = 1

    programs = Programs(strawberry.Schema(Root, extensions=[Nothing]))

    assert find(programs, "{ number }") is None


def test_a_mistake_in_the_compiler_costs_no_answer(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(self: Compiler) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(Compiler, "build", fails)
    programs = Programs(SCHEMA)

    assert find(programs, "{ leaf { id } }") is None
    assert programs.counts.failed == 1
    assert "ZeroDivisionError" in caplog.text


class LeafReader:
    """Reads a leaf with one column, and what is computed besides."""

    def __init__(self, name: str) -> None:
        self.name = name

    def link(self, functions: Mapping[str, Any]) -> None:
        self.make = functions[self.name]

    async def read(self, run: Run, arguments: Mapping[str, Any]) -> Any:
        number = arguments["number"]
        if number == 13:
            raise Bail("bad luck")
        return self.make((number, "from the plan"), run)


class LeafPlanner:
    def plan(self, compiler: Compiler, root: Selected) -> LeafReader | None:
        if root.node.name.value != "leaf":
            return None
        type_: Any = compiler.schema._schema.type_map["Leaf"]
        make = compiler.constant(leaf, "make")
        before, items, after = [f"o = {make}(row[0])"], [], []
        for one in compiler.selected(type_, root.details):
            if one.node.name.value == "data":
                raise Unsupported("no such column")
            if one.node.name.value == "name":
                items.append(f"{one.key!r}: row[1]")
                continue
            code = compiler.code(one, "o")
            before += code.before
            items.append(f"{one.key!r}: {code.item}")
            after += code.after
        lines = [*before, f"d = {{{', '.join(items)}}}", *after, "return d"]
        return LeafReader(compiler.define("leaf", "row, run", lines))


@pytest.mark.parametrize(
    ("plans", "number", "field", "name"),
    [
        (Plans.FULL, 4, "number", "from the plan"),
        (Plans.LEVEL1, 4, "number", "leaf 4"),
        (Plans.FULL, 13, "number", "leaf 13"),
        (Plans.FULL, 4, "data", "leaf 4"),
    ],
)
async def test_a_planner_may_take_a_root_field_over(
    plans: Plans, number: int, field: str, name: str
) -> None:
    text = "query($n: Int!) { leaf(number: $n) { name twice sibling { id } FIELD } path }"
    operations = Operations(SCHEMA, hide_suggestions=True, plans=plans, planner=LeafPlanner())
    prepared = operations.prepare(
        OperationRequest(text.replace("FIELD", field), None, {"n": number}), may_introspect=True
    )

    answer = (await operations.execute(prepared, Context)).as_map()

    assert "errors" not in answer
    assert list(answer["data"]["leaf"]) == ["name", "twice", "sibling", field]
    assert answer["data"]["leaf"]["name"] == name
    assert answer["data"]["leaf"]["twice"] == 2 * number
    assert answer["data"]["leaf"]["sibling"] == {"id": f"Leaf:{number + 1}"}
    assert operations.programs.counts.bailed == (number == 13)


def test_the_program_of_an_attribute_is_its_loading() -> None:
    @strawberry.type
    class Root:
        @strawberry.field(metadata={"attribute": "number"})
        def score(self) -> int:
            raise AssertionError

    programs = Programs(strawberry.Schema(Root))

    text = find(programs, "{ score }").program.text

    assert "o.number" in text

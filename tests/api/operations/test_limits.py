"""Limits count every fragment as often as it is spread, in time that grows with the text only."""

import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode, parse
from hypothesis import given
from hypothesis import strategies as st

from api.operations.limits import Limits, Measurer, introspects, refuse_oversized


def doubling(fragments: int) -> str:
    """Each fragment spreads the next one twice: 2 ** fragments fields when written out."""
    links = [
        f"fragment f{number} on A {{ ...f{number + 1} ...f{number + 1} }}"
        for number in range(fragments)
    ]
    return " ".join(["{ a { ...f0 } }", *links, f"fragment f{fragments} on A {{ v }}"])


def nest(width: int, depth: int) -> str:
    """A tree of one name, which validation compares pair by pair on every level."""
    return " ".join([f"a {{ {nest(width, depth - 1)} }}"] * width) if depth else "v"


def refused(text: str, limits: Limits | None = None) -> list[str]:
    errors = refuse_oversized(parse(text), limits or Limits())
    return [str((error.extensions or {})["metric"]) for error in errors]


def test_sixty_doubling_fragments_are_measured_in_as_many_steps_as_they_have_selections() -> None:
    document = parse(doubling(60))
    measurer = Measurer(document)

    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    size = measurer.measure(operation.selection_set)

    assert size.fields == 1 + 2**60
    selections, names = 2 + 2 * 60 + 1, 2 * 9 + 2
    assert measurer.steps <= selections + names


MANY = " ".join(f"x{number}: v" for number in range(31))


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("{ " + "a { " * 15 + "v" + " }" * 16, "depth"),
        ("{ " + MANY + " }", "aliases"),
        ("{ " + " ".join(f"v{n}" for n in range(21)) + " }", "root_fields"),
        ("{ a { " + " ".join(f"v{n}" for n in range(500)) + " } }", "fields"),
        ("{ v " + "@skip(if: false) " * 51 + "}", "directives"),
        ("{ a { " + "v " * 51 + "} }", "same_name"),
        ("{ a { " + "...f " * 6 + "} } fragment f on A { " + "v " * 9 + "}", "same_name"),
        ("{ a { " + "... on A { v v } " * 26 + "} }", "same_name"),
        ("{ a { " + nest(3, 4) + " } a { " + nest(3, 4) + " } }", "repeated"),
        (doubling(20), "fields"),
        (
            "{ ...f } fragment f on Query { " + MANY + " }",
            "aliases",
        ),
        ("query A { v } query B { " + MANY + " }", "aliases"),
        ("{ ... on Query { " + "a { " * 15 + "v" + " }" * 17, "depth"),
    ],
)
def test_what_exceeds_a_limit_is_refused_with_its_name(text: str, metric: str) -> None:
    assert refused(text) == [metric]


@pytest.mark.parametrize(
    "text",
    [
        "{ " + "a { " * 14 + "v" + " }" * 15,
        "{ " + " ".join(f"x{n}: v" for n in range(20)) + " }",
        "{ a { " + "v " * 50 + "} }",
        "{ a { " + " ".join(f"x{n}: v" for n in range(30)) + " v" * 50 + "} }",
        "{ a { " + nest(3, 4) + " } }",
        "{ ...unknown }",
        "{ ...f } fragment f on Query { ...g } fragment g on Query { ...f }",
    ],
)
def test_what_keeps_the_limits_is_left_to_validation(text: str) -> None:
    assert refused(text) == []


def test_introspection_is_seen_through_fragments() -> None:
    assert introspects(parse("{ ...f } fragment f on Query { __schema { types { name } } }"))
    assert introspects(parse('{ __type(name: "Query") { name } }'))
    assert not introspects(parse("{ __typename }"))


NAMES = ("f0", "f1", "f2", "f3")
fields = st.sampled_from(["v", "x: v", "w @skip(if: false)"])


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Documents without cycles: each fragment spreads only later ones."""

    def selections(later: tuple[str, ...], depth: int) -> str:
        kinds = [fields]
        if later:
            kinds.append(st.sampled_from(later).map(lambda name: f"...{name}"))
        parts = draw(st.lists(st.one_of(kinds), min_size=1, max_size=4))
        if depth and draw(st.booleans()):
            parts.append(f"a {{ {selections(later, depth - 1)} }}")
        if depth and draw(st.booleans()):
            parts.append(f"... on A {{ {selections(later, depth - 1)} }}")
        return " ".join(parts)

    fragments = [
        f"fragment {name} on A {{ {selections(NAMES[place + 1 :], 2)} }}"
        for place, name in enumerate(NAMES)
    ]
    return " ".join([f"{{ {selections(NAMES, 2)} }}", *fragments])


@given(documents())
def test_the_measure_is_that_of_the_text_written_out(text: str) -> None:
    document = parse(text)
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)

    size = Measurer(document).measure(operation.selection_set)

    fragments = {
        definition.name.value: definition.selection_set
        for definition in document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }
    expected = written_out(operation.selection_set, fragments)
    assert (size.fields, size.aliases, size.directives, size.depth) == expected


def written_out(
    selections: SelectionSetNode, fragments: dict[str, SelectionSetNode]
) -> tuple[int, int, int, int]:
    """The oracle: walk everything, however long it takes."""
    count = aliases = directives = depth = 0
    for selection in selections.selections:
        directives += len(selection.directives or ())
        if selection.kind == "fragment_spread":
            inner = written_out(fragments[selection.name.value], fragments)
        elif selection.selection_set:
            inner = written_out(selection.selection_set, fragments)
        else:
            inner = (0, 0, 0, 0)
        is_field = selection.kind == "field"
        count += inner[0] + is_field
        aliases += inner[1] + bool(is_field and selection.alias)
        directives += inner[2]
        depth = max(depth, inner[3] + is_field)
    return count, aliases, directives, depth

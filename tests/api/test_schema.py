"""The schema keeps its conventions, is committed as it is, and breaks nobody by accident."""

import subprocess
from pathlib import Path

import pytest
from graphql import build_schema, find_breaking_changes

from api.export import text
from api.schema import SDL, schema
from tests.api.conventions import broken_conventions

ROOT = Path(__file__).parents[2]
BREAKS = ROOT / "api/schema-breaks.txt"


def test_the_schema_keeps_its_conventions() -> None:
    assert broken_conventions(schema._schema) == []


def test_the_committed_schema_is_the_one_that_is_served() -> None:
    assert SDL.read_text("utf-8") == text(), "run `python -m api.export` and commit the difference"


def test_no_change_since_the_last_release_breaks_a_client_unless_it_is_listed() -> None:
    before = released()
    listed = [line for line in BREAKS.read_text("utf-8").splitlines() if line[:1] not in ("", "#")]

    assert [change for change in breaks(before, text()) if change not in listed] == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("type Query { a: Int }", "type Query { a: Int b: Int }", []),
        ("type Query { a: Int b: Int }", "type Query { a: Int }", ["Query.b was removed."]),
        (
            "type Query { a: Int! }",
            "type Query { a: Int }",
            ["Query.a changed type from Int! to Int."],
        ),
        (
            "type Query { a: Int }",
            "type Query { a(b: Int!): Int }",
            ["A required argument Query.a(b:) was added."],
        ),
    ],
)
def test_what_would_break_a_client_is_found(before: str, after: str, expected: list[str]) -> None:
    assert [change.replace("Field ", "") for change in breaks(before, after)] == expected


@pytest.mark.parametrize(
    ("sdl", "problem"),
    [
        ("type Query { a: Int }", "Query: no description"),
        ('"x" type Query { "x" A: Int }', "Query.A: not camelCase"),
        ('"x" type Query { "x" a: [Int] }', "Query.a: list of what may be null"),
        ('"x" type Query { "x" a(b: Int): Int }', "Query.a(b): no description"),
        ('"x" type Query { "x" a: E } "x" enum E { "x" a }', "E.a: not UPPER_SNAKE"),
        ('"x" type Query { "x" a("x" b: B): Int } "x" input B { "x" c: Int }',
         "B: not named like an input"),
        ('"x" type Query { "x" a: Int @deprecated }', "Query.a: deprecation must say"),
        ('"x" type Query { "x" a: AConnection } "x" type AConnection { "x" nodes: [Int] }',
         "Query.a: connection without first and after"),
        ('"x" type Query { "x" a: Int } "x" type Mutation { "x" doIt("x" a: Int): Int }',
         "Mutation.doIt: must take input: DoItInput!"),
    ],
)  # fmt: skip
def test_a_broken_convention_is_found(sdl: str, problem: str) -> None:
    assert any(found.startswith(problem) for found in broken_conventions(build_schema(sdl)))


def breaks(before: str, after: str) -> list[str]:
    changes = find_breaking_changes(build_schema(before), build_schema(after))
    return [change.description for change in changes]


def released() -> str:
    """The schema of the newest release; without one, nobody depends on any."""
    tag = git("describe", "--tags", "--abbrev=0", "--match", "v*")
    return git("show", f"{tag.strip()}:api/schema.graphql") if tag else text()


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else ""

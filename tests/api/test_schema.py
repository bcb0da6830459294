"""The schema keeps its conventions, is committed as it is, and breaks nobody by accident."""

from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

import pytest
from graphql import build_schema

from api.export import RELEASED, promise, text
from api.schema import SDL, schema
from tests.api.changes import breaks, broken_promises
from tests.api.conventions import broken_conventions
from tests.api.repeats import unsafe_mutations

BREAKS = Path(__file__).parents[2] / "api/schema-breaks.txt"
TODAY = datetime.now(UTC).date()


def test_the_schema_keeps_its_conventions() -> None:
    assert broken_conventions(schema._schema) == []


def test_every_mutation_can_be_repeated_and_overwrites_nobody() -> None:
    assert unsafe_mutations(schema._schema) == []


def test_the_committed_schema_is_the_one_that_is_served() -> None:
    assert SDL.read_text("utf-8") == text(), "run `python -m api.export` and commit the difference"


def test_no_change_since_the_last_release_breaks_a_client_unless_it_is_listed() -> None:
    listed = [line for line in BREAKS.read_text("utf-8").splitlines() if line[:1] not in ("", "#")]
    broken = breaks(RELEASED.read_text("utf-8"), text(), TODAY)

    assert [change for change in broken if change not in listed] == []
    assert [line for line in listed if line not in broken] == [], "listed, and does not break"


def test_what_is_deprecated_is_told_in_time() -> None:
    assert broken_promises(RELEASED.read_text("utf-8"), text(), TODAY) == []


def test_a_release_promises_the_schema_that_is_served_under_its_version() -> None:
    assert promise().splitlines()[0].count(version("foredesk")) == 1
    assert promise().partition("\n")[2] == text()
    assert build_schema(RELEASED.read_text("utf-8")).query_type


DAY = date(2030, 1, 1)
GOES = 'type Query {{ a: Int @deprecated(reason: "Use `b`. Removed after {}.") b: Int }}'


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
        (
            "type Query { a(b: I): Int } input I { c: Int }",
            "type Query { a(b: I): Int } input I { c: Int d: Int! }",
            ["A required field I.d was added."],
        ),
        ("type Query { a: E } enum E { X Y }", "type Query { a: E } enum E { X }",
         ["Enum value E.Y was removed."]),
        (GOES.format("2029-12-31"), "type Query { b: Int }", []),
        (GOES.format("2030-01-01"), "type Query { b: Int }", ["Query.a was removed."]),
    ],
)  # fmt: skip
def test_what_would_break_a_client_is_found(before: str, after: str, expected: list[str]) -> None:
    assert [change.replace("Field ", "") for change in breaks(before, after, DAY)] == expected


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("type Query { b: Int }", GOES.format("2030-07-02"), None),
        ("type Query { b: Int }", GOES.format("2030-07-01"), "give clients six months"),
        (GOES.format("2030-02-01"), GOES.format("2030-02-01"), None),
        (GOES.format("2030-02-01"), GOES.format("2030-03-01"), None),
        (GOES.format("2030-03-01"), GOES.format("2030-02-01"), "promised 2030-03-01"),
        (GOES.format("2029-12-31"), GOES.format("2029-12-31"), "its day has come"),
        ("type Query { b: Int }", GOES.format("2031-02-30"), "say 'Use"),
        ("type Query { b: Int }", GOES.format("2031-01-01").replace("`b`", "`c`"), "say 'Use"),
        ("type Query { b: Int }", GOES.format("2031-01-01").replace("`b`", "`a`"), "say 'Use"),
        ("type Query { b: Int }", GOES.format("2031-01-01").replace("`b`", "`Query.b`"), None),
        ("type Query { b: Int }", "type Query { b: Int @deprecated }", "say 'Use"),
        (
            "type Query { b: Int }",
            'type Query { b: E } enum E { X Y @deprecated(reason: "Old") }',
            "E.Y: say 'Use",
        ),
        (
            "type Query { b: Int }",
            'type Query { b(c: Int @deprecated(reason: "Old")): Int }',
            "Query.b(c:): say 'Use",
        ),
    ],
)
def test_a_deprecation_that_is_not_told_in_time_is_found(
    before: str, after: str, problem: str | None
) -> None:
    found = broken_promises(before, after, DAY)
    assert len(found) == (problem is not None)
    assert not problem or problem in found[0]


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
        ('"x" type Query { "x." a: Int }', "Query.a: a description of a field is no sentence"),
        ('"x" type Query { "x" open: Boolean }', "Query.open: a Boolean is named"),
        ('"x" type Query { "x" closed: DateTime } "x" scalar DateTime', "Query.closed: a time"),
        ('"x" type Query { "x" totalReplies: Int }', "Query.totalReplies: a number of things"),
        ('"x" type Query { "x" secondsLeft: Int }', "Query.secondsLeft: the unit stands"),
        ('"x" type Query { "x" ticketId: ID }', "Query.ticketId: a reference is an object"),
        ('"x" type Query { "x" a("x" b: B): Int } "x" input B { "x" ticket: ID }',
         "B.ticket: an ID in an input"),
        ('"x" type Query { "x" a("x" after: Int): [Int!] }', "Query.a: pages of what is no"),
        ('"x" type Query { "x" a: Things } "x" type Things { "x" edges: [Int!] }',
         "Query.a: Things has edges"),
        ('"x" type Query { "x" listThings: Int }', "Query.listThings: a verb that says nothing"),
        ('"x" type Query { "x" a: AConnection } "x" type AConnection { "x" nodes: [Int] }',
         "Query.a: connection without first and after"),
        ('"x" type Query { "x" a: Int } "x" type Mutation { "x" doIt("x" a: Int): Int }',
         "Mutation.doIt: must take input: DoItInput!"),
    ],
)  # fmt: skip
def test_a_broken_convention_is_found(sdl: str, problem: str) -> None:
    assert any(found.startswith(problem) for found in broken_conventions(build_schema(sdl)))


MUTATION = """
type Query {{ a: Int }}
type Mutation {{ doIt(input: DoItInput!): DoItPayload! }}
input DoItInput {{ thingId: ID! {input} }}
type DoItPayload {{ thing: Thing errors: [DoItError!]! }}
type Thing {{ id: ID! {thing} }}
union DoItError = {errors}
type IdempotencyKeyReused {{ a: Int }}
type StaleVersion {{ a: Int }}
"""
SAFE = {
    "input": "idempotencyKey: String expectedVersion: Int",
    "thing": "version: Int!",
    "errors": "IdempotencyKeyReused | StaleVersion",
}


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({}, []),
        ({"input": "expectedVersion: Int"}, ["doIt: takes no idempotencyKey"]),
        ({"input": "idempotencyKey: String"},
         ["doIt: changes a Thing and takes no expectedVersion"]),
        ({"input": "idempotencyKey: String! expectedVersion: Int!"},
         ["doIt: idempotencyKey must be a String that may be left out",
          "doIt: expectedVersion must be an Int that may be left out"]),
        ({"thing": ""}, ["doIt: Thing lacks version: Int!"]),
        ({"errors": "StaleVersion"}, ["doIt: its errors lack IdempotencyKeyReused"]),
        ({"errors": "IdempotencyKeyReused"}, ["doIt: its errors lack StaleVersion"]),
    ],
)  # fmt: skip
def test_a_mutation_that_can_not_be_repeated_or_overwrites_others_is_found(
    change: dict[str, str], problems: list[str]
) -> None:
    made = build_schema(MUTATION.format(**{**SAFE, **change}))
    assert unsafe_mutations(made, {}, {}) == problems


def test_an_exception_that_is_none_is_found() -> None:
    made = build_schema(MUTATION.format(**SAFE))
    assert unsafe_mutations(made, {"doIt": "x", "gone": "x"}, {"doIt": "x"}) == [
        "doIt: needs no exception, it takes an idempotencyKey",
        "doIt: needs no exception, it takes an expectedVersion",
        "gone: an exception for what does not exist",
    ]

"""Mutations: whoever completes what a resolver gave, the resolver has run once."""

import asyncio
import logging
from collections import Counter
from typing import Any

import pytest

from api.operations.execute import Operations, Plans
from api.operations.limits import Limits
from api.operations.request import OperationRequest
from tests.api.compiled.toy import Context, make_schema
from tests.api.differential.compare import answered, written

SCHEMA = make_schema()


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "foredesk.api")


async def run(
    text: str, plans: Plans = Plans.FULL, **limits: Any
) -> tuple[bytes, Counter[str], Operations]:
    context = Context()
    operations = Operations(SCHEMA, hide_suggestions=True, plans=plans, limits=Limits(**limits))
    prepared = operations.prepare(OperationRequest(text), may_introspect=True)
    answer = await answered(operations, prepared, lambda: context)
    return written(answer), context.calls, operations


FAULTLESS = [
    "mutation { act { number leaf { id name } errors { __typename } } __typename }",
    "mutation { a: act { slow } b: actLater(number: 0) { number } c: actLater { leaf { id } } }",
    "mutation { where guarded }",
]
AT_FAULT = [
    "mutation { act { place } }",
    "mutation { act { number leaf { id } failsLater slow } }",
    "mutation { a: act { slow } b: actLater { failsLater slow } c: act { leaf { id } } }",
    "mutation { a: act { leaf { id } } refuse { number } c: act(number: 3) { number } }",
    "mutation { a: act { leaf { id } } refuseLater { number } c: act { number } }",
    "mutation { a: act { refuses slow failsLater } c: act { number } }",
    "mutation { many { number once slow leaf { id } } }",
    "mutation { promise broken }",
    "mutation { act(number: 3) { once } b: act(number: 2) { leaf { place } } }",
    "mutation { ...M ...N } fragment M on Mutation { act { failsLater } } "
    "fragment N on Mutation { act { slow leaf { id } } }",
]


@pytest.mark.parametrize("text", FAULTLESS + AT_FAULT)
async def test_each_resolver_runs_as_often_as_in_graphql_core(text: str) -> None:
    expected, calls, _ = await run(text, Plans.OFF)
    got, planned_calls, operations = await run(text)

    assert got == expected
    assert planned_calls == calls
    assert operations.programs.counts.answered == (text in FAULTLESS)
    assert operations.programs.counts.bailed == (text in AT_FAULT)


async def test_an_asynchronous_failure_below_does_not_repeat_the_act() -> None:
    got, calls, _ = await run("mutation { actLater(number: 9) { failsLater slow leaf { id } } }")

    assert calls == {"actLater": 1, "failsLater 9": 1, "slow 9": 1, "leaf 9": 1}
    assert b'"slow":"slow","leaf":{"id":"Leaf:9"}' in got
    assert b'"path":["actLater","failsLater"]' in got


async def test_nothing_follows_an_act_that_fails_where_there_must_be_a_value() -> None:
    got, calls, _ = await run(
        "mutation { act { number } refuseLater { number } c: act { number } }"
    )

    assert calls == {"act": 1, "refuseLater": 1}
    assert b'"data":null' in got


async def test_what_was_made_before_a_failure_is_not_read_again() -> None:
    _, calls, _ = await run("mutation { act(number: 5) { leaf { id } } refuse { number } }")

    assert calls == {"act": 1, "leaf 5": 1, "refuse": 1}


async def test_an_argument_that_does_not_fit_keeps_the_resolver_from_running() -> None:
    text = "mutation Q($n: Int) { act(number: $n) { number } }"
    context = Context()
    operations = Operations(SCHEMA, hide_suggestions=True)
    prepared = operations.prepare(OperationRequest(text, None, {"n": None}), may_introspect=True)

    answer = await operations.execute(prepared, lambda: context)

    assert len(answer.errors) == 1
    assert context.calls == {}


async def test_an_act_that_takes_too_long_is_stopped_and_not_begun_again() -> None:
    got, calls, _ = await run("mutation { act { slow } actLater { slow } }", mutation_seconds=0)

    assert b"TIMEOUT" in got
    assert calls["act"] <= 1
    await asyncio.sleep(0)


EVENTS = [
    ("subscription { ticks { number leaf { id } slow } }", 2, 0),
    ("subscription { ticks { number once place failsLater } }", 0, 2),
    ("subscription { leaves { id sibling { id } } }", 2, 0),
]


@pytest.mark.parametrize(("text", "by_program", "bailed"), EVENTS)
async def test_each_event_is_answered_by_the_program(
    text: str, by_program: int, bailed: int
) -> None:
    answers = []
    for plans in (Plans.OFF, Plans.FULL):
        operations = Operations(SCHEMA, hide_suggestions=True, plans=plans)
        prepared = operations.prepare(OperationRequest(text), may_introspect=True)
        answers.append([written(one) async for one in operations.events(prepared, Context)])

    assert answers[0] == answers[1]
    assert len(answers[1]) == 2
    counts = operations.programs.counts
    assert (counts.answered, counts.bailed) == (by_program, bailed)

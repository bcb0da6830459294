"""Execution masks what went wrong on our side, keeps its time and shares no context."""

import logging
from typing import Any

import pytest
import strawberry

from api.operations.answer import Answer
from api.operations.execute import Operations
from api.operations.limits import Limits
from api.operations.request import OperationRequest
from tests.api.toy import Context, Mutation, Query, Stage, Subscription, standing

SCHEMA = strawberry.Schema(Query, Mutation, Subscription)


def operations(**limits: Any) -> Operations:
    return Operations(SCHEMA, limits=Limits(**limits), hide_suggestions=True)


async def run(text: str, variables: dict[str, Any] | None = None, **limits: Any) -> Answer:
    one = operations(**limits)
    prepared = one.prepare(OperationRequest(text, None, variables or {}), may_introspect=True)
    return await one.execute(prepared, lambda: Context(standing()))


async def events(text: str, **limits: Any) -> list[dict[str, Any]]:
    one = operations(**limits)
    prepared = one.prepare(OperationRequest(text), may_introspect=True)
    stream = one.events(prepared, lambda: Context(standing()))
    return [answer.as_map() async for answer in stream]


async def test_an_answer_tells_its_cost() -> None:
    answer = await run("{ thing { name } }")

    assert answer.as_map() == {
        "data": {"thing": {"name": "thing"}},
        "extensions": {"cost": {"requested": 1, "limit": 2000}},
    }


async def test_a_bug_is_masked_and_its_id_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "foredesk.api"):
        answer = await run("{ boom }")

    error = answer.as_map()["errors"][0]
    assert answer.data == {"boom": None}
    assert error["message"] == "Something went wrong on our side."
    assert error["path"] == ["boom"]
    assert error["extensions"]["code"] == "INTERNAL"
    assert "hunter2" not in answer.as_json().decode()
    assert error["extensions"]["errorId"] in caplog.text
    assert "hunter2" in caplog.text


async def test_a_value_of_ours_that_can_not_be_written_is_a_bug_of_ours() -> None:
    answer = await run("{ tooBig }")

    assert [error["extensions"]["code"] for error in answer.as_map()["errors"]] == ["INTERNAL"]
    assert str(2**40) not in answer.as_json().decode()


async def test_a_refusal_of_the_domain_has_its_code() -> None:
    answer = await run("{ missing }")

    assert [error["extensions"] for error in answer.as_map()["errors"]] == [{"code": "NOT_FOUND"}]


@pytest.mark.parametrize("variables", [{}, {"text": None}, {"text": 1}, {"text": ["x"]}])
async def test_a_variable_that_does_not_fit_refuses_the_operation(
    variables: dict[str, Any],
) -> None:
    answer = await run("query($text: String!) { echo(text: $text) }", variables)

    assert not answer.was_executed
    assert "data" not in answer.as_map()
    assert answer.as_map()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_an_operation_that_takes_too_long_is_stopped() -> None:
    answer = await run("{ slow }", query_seconds=0.05)

    assert answer.as_map()["data"] is None
    assert answer.as_map()["errors"][0]["extensions"]["code"] == "TIMEOUT"


async def test_every_event_has_a_context_of_its_own() -> None:
    assert [event["data"] for event in await events("subscription { contexts { reads } }")] == [
        {"contexts": {"reads": 1}}
    ] * 3


async def test_an_event_that_takes_too_long_is_given_up_and_the_next_one_comes() -> None:
    got = await events("subscription { contexts { slow } }", event_seconds=0.02)

    assert [event["errors"][0]["extensions"]["code"] for event in got] == ["TIMEOUT"] * 3


async def test_a_stream_that_breaks_ends_with_a_masked_error() -> None:
    first, last = await events("subscription { breaks }")

    assert first["data"] == {"breaks": 1}
    assert last["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert "data" not in last


async def test_who_stops_listening_closes_the_stream() -> None:
    one = operations()
    prepared = one.prepare(OperationRequest("subscription { forever }"), may_introspect=True)
    stream = one.events(prepared, lambda: Context(standing()))

    await anext(stream)
    opened = Stage.open
    await stream.aclose()

    assert (opened, Stage.open) == (1, 0)

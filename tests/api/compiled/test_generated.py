"""Whatever is asked of the toy, a program says what graphql-core says."""

import asyncio
import logging
import os
from functools import partial
from typing import Any

import pytest
from graphql import OperationType
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.operations.execute import Operations, Plans
from api.operations.limits import Limits
from tests.api.compiled.toy import Context, make_schema
from tests.api.differential.compare import Comparison
from tests.api.differential.operations import Asked, operations

SCHEMA = make_schema()
ROOMY = Limits(cost=100_000, plain_list=1)
EXAMPLES = 10_000 if os.environ.get("FOREDESK_NIGHTLY") else 250


def values(field: str, name: str, type_: Any) -> st.SearchStrategy[Any] | None:
    return st.integers(-1, 6) if str(type_) == "Int" else None


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        (OperationType.QUERY, 0.7),
        (OperationType.MUTATION, 0.3),
        (OperationType.SUBSCRIPTION, 0.5),
    ],
)
def test_a_program_says_what_graphql_core_says(
    kind: OperationType, least: float, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "foredesk.api")
    caplog.set_level(logging.ERROR, "foredesk.api.compiled")
    make = partial(Operations, SCHEMA, limits=ROOMY, hide_suggestions=True)
    compare = Comparison(make(plans=Plans.OFF), make())
    calls: list[Any] = []

    def make_context() -> Context:
        calls.append(Context())
        return calls[-1]

    with asyncio.Runner() as runner:

        @settings(
            max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck),
            database=None, derandomize=not os.environ.get("FOREDESK_NIGHTLY"),
        )  # fmt: skip
        @given(operations(SCHEMA._schema, values, kind))
        def ask(asked: Asked) -> None:
            calls.clear()
            runner.run(compare(asked, make_context))
            if kind is OperationType.MUTATION and calls:
                plain, planned = calls
                assert planned.calls == plain.calls, (asked.text, asked.variables)

        ask()
    assert compare.tally.share > least, compare.tally
    assert compare.planned.programs.counts.failed == 0

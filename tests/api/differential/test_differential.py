"""Whatever anybody asks of the desk, it is answered as graphql-core answers it."""

import asyncio
import logging
import os
from collections.abc import Callable

import pytest
from graphql import OperationType
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.operations.execute import Plans
from api.schema import schema
from tests.api.differential.operations import Asked, operations
from tests.api.differential.stage import Stage

UNSETTLED = frozenset({"searchId"})
"""Fields that have another value each time."""

NIGHTLY = bool(os.environ.get("FOREDESK_NIGHTLY"))


@pytest.mark.parametrize(
    ("plans", "kind", "examples"),
    [
        (Plans.LEVEL1, OperationType.QUERY, 33_000 if NIGHTLY else 150),
        (Plans.FULL, OperationType.QUERY, 100_000 if NIGHTLY else 200),
        (Plans.FULL, OperationType.SUBSCRIPTION, 2_000 if NIGHTLY else 30),
    ],
)
def test_the_answers_are_those_of_graphql_core(
    stage: Stage,
    runner: asyncio.Runner,
    plans: Plans,
    kind: OperationType,
    examples: int,
    caplog: pytest.LogCaptureFixture,
    record_property: Callable[[str, object], None],
) -> None:
    caplog.set_level(logging.CRITICAL, "foredesk.api")
    caplog.set_level(logging.ERROR, "foredesk.api.compiled")
    compare = stage.comparison(plans)
    contexts = stage.contexts()
    names = st.lists(st.sampled_from(sorted(contexts)), min_size=2, max_size=5, unique=True)

    @settings(
        max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck),
        database=None, derandomize=not NIGHTLY,
    )  # fmt: skip
    @given(operations(schema._schema, stage.values, kind, UNSETTLED), names)
    def ask(asked: Asked, who: list[str]) -> None:
        runner.run(compare(asked, *[contexts[name] for name in who]))

    ask()
    record_property("tally", str(compare.tally))
    assert compare.tally.share >= 0.9, compare.tally
    assert compare.planned.programs.counts.failed == 0

"""Compare: one operation through graphql-core and through a program, byte by byte."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graphql import OperationType

from api.operations.answer import Answer
from api.operations.execute import Operations
from api.operations.prepare import Prepared, Refused
from api.operations.request import OperationRequest
from tests.api.differential.operations import Asked

ENDED = Answer.refused([])
ERROR_ID = re.compile(rb'"errorId":"[0-9a-f]{12}"')


@dataclass(slots=True)
class Tally:
    """What became of the operations that were compared."""

    refused: int = 0
    failed: int = 0
    faultless: int = 0
    by_program: int = 0
    different: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Of the operations without errors, those that a program answered."""
        return self.by_program / max(self.faultless, 1)

    def __str__(self) -> str:
        asked = self.refused + self.failed + self.faultless
        return (
            f"{asked} operations: {self.refused} refused, {self.failed} with errors, "
            f"{self.faultless} without, of these {self.share:.1%} by a program"
        )


@dataclass(slots=True)
class Comparison:
    """`plain` has its plans off."""

    plain: Operations
    planned: Operations
    tally: Tally = field(default_factory=Tally)

    async def __call__(self, asked: Asked, *make_contexts: Callable[[], Any]) -> None:
        """Raises AssertionError where two answers differ in a byte."""
        request = OperationRequest(asked.text, None, asked.variables)
        try:
            prepared = self.plain.prepare(request, may_introspect=True)
        except Refused:
            self.tally.refused += 1
            return
        for make_context in make_contexts:
            expected = await answered(self.plain, prepared, make_context)
            before = self.planned.programs.counts.answered
            got = await answered(self.planned, prepared, make_context)
            self._count(expected, self.planned.programs.counts.answered - before)
            assert written(got) == written(expected), (asked.text, asked.variables)

    def _count(self, expected: Answer, by_program: int) -> None:
        if not expected.was_executed:
            self.tally.refused += 1
        elif expected.errors:
            self.tally.failed += 1
            assert not by_program, "a program answered what has errors"
        else:
            self.tally.faultless += 1
            self.tally.by_program += by_program


def written(answer: Answer) -> bytes:
    return ERROR_ID.sub(b'"errorId":"?"', answer.as_json())


async def answered(
    operations: Operations, prepared: Prepared, make_context: Callable[[], Any]
) -> Answer:
    """Of a subscription, the answer to its first event."""
    if prepared.kind is not OperationType.SUBSCRIPTION:
        return await operations.execute(prepared, make_context)
    events = operations.events(prepared, make_context)
    try:
        return await anext(events, ENDED)
    finally:
        await events.aclose()

"""Mutation: each resolver runs once, whoever has to complete what it gave.

Root fields are made one after the other. Where the program bails at one of them, graphql-core
executes that root field, and a resolver that ran already gives it again what it gave, or raises
again what it raised.
"""

import asyncio
from collections.abc import Awaitable, Callable
from inspect import CORO_CREATED, getcoroutinestate, isawaitable, iscoroutine
from typing import Any

from graphql import DocumentNode, ExecutionResult, Executor, execute_root_selection_set
from graphql.execution.values import VariableValues
from graphql.pyutils import Path

from api.compiled.info import RootInfo
from api.compiled.operation import Selected
from api.compiled.program import Program
from api.compiled.replay import Outcome, Replay, only
from api.compiled.run import Run

Build = Callable[[Any, DocumentNode, list[Any]], Executor[Any]]
"""Builds graphql-core's executor: of a context, a document and middleware."""


async def perform(
    program: Program, variables: VariableValues, context: Any, build: Build
) -> tuple[ExecutionResult, bool]:
    """Also says whether graphql-core had to complete a part."""
    run = MutationRun(program, variables, context, build)
    try:
        return await _performed(program, run)
    finally:
        run.forget()


async def _performed(program: Program, run: "MutationRun") -> tuple[ExecutionResult, bool]:
    data: dict[str, Any] = {}
    errors: list[Any] = []
    was_redone = False
    for step in program.steps:
        try:
            part = step.make(None, run)
            await run.drain()
            run.forget()
        except Exception:
            was_redone = True
            redone = await run.redo(step.roots[0])
            errors += redone.errors or ()
            if redone.data is None:
                return ExecutionResult(None, errors), True
            part = redone.data
        data.update(part)
    return ExecutionResult(data, errors or None), was_redone


class MutationRun(Run):
    __slots__ = ("_build", "_executor", "_outcomes")

    def __init__(
        self, program: Program, variables: VariableValues, context: Any, build: Build
    ) -> None:
        super().__init__(program.operation, program.fields, variables, context)
        self._build = build
        self._executor: Executor[Any] | None = None
        self._outcomes: list[Outcome] = []

    def raw(self, place: int) -> Any:
        """A root field can ask for all that graphql-core itself would tell it."""
        selected = self._fields[place].selected
        if selected.is_root and self._raws[place] is None:
            self._raws[place] = RootInfo(self, selected)
        return super().raw(place)

    def usual_info(self, selected: Selected) -> Any:
        if self._executor is None:
            self._executor = self._build(self.context, self.operation.document, [])
        path = Path(None, selected.key, selected.parent.name)
        return self._executor.build_resolve_info(
            selected.definition, selected.nodes, selected.parent, path
        )

    def once(self, place: int, source: Any, call: Callable[[], Any]) -> Any:
        """Call a resolver, and keep what it comes to."""
        field = self._fields[place]
        outcome = Outcome(field.selected, source)
        self._outcomes.append(outcome)
        try:
            value = call()
        except Exception as error:
            outcome.error = error
            raise
        if not field.definition.is_async:
            outcome.value = value
            return value
        outcome.unfinished = value
        return self._finished(outcome)

    async def redo(self, root: Selected) -> ExecutionResult:
        """Let graphql-core execute one root field from what its resolvers gave."""
        self.abandon()
        kept = [one for one in self._outcomes if one.selected not in self.spoiled]
        replay = Replay([one for one in kept if one.unfinished is None])
        self.forget()
        executor = self._build(self.context, only(self.operation, root), [replay])
        result: Any = execute_root_selection_set(executor)
        if isawaitable(result):
            result = await result
        done: ExecutionResult = result
        return done

    def forget(self) -> None:
        """Let go of what the resolvers gave, and of those that have not begun."""
        for outcome in self._outcomes:
            begun = outcome.unfinished
            if iscoroutine(begun) and getcoroutinestate(begun) == CORO_CREATED:
                begun.close()
        self._outcomes, self.spoiled = [], set()

    async def gather(self, awaitables: list[Awaitable[Any]]) -> list[Any]:
        """All values; when one fails, the others come to their end before anybody goes on."""
        values: list[Any] = await asyncio.gather(*awaitables, return_exceptions=True)
        for value in values:
            if isinstance(value, BaseException):
                raise value
        return values

    async def _finished(self, outcome: Outcome) -> Any:
        try:
            outcome.value = await outcome.unfinished
        except Exception as error:
            outcome.error, outcome.unfinished = error, None
            raise
        outcome.unfinished = None
        return outcome.value

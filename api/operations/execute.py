"""Execute: run a prepared operation within its time, and put its errors under the error policy."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Callable
from contextlib import aclosing
from inspect import isawaitable
from typing import Any

import strawberry
from graphql import (
    ExecutionResult,
    Executor,
    GraphQLError,
    OperationType,
    create_source_event_stream,
    execute_root_selection_set,
    execute_subscription_event,
)

from api.operations.answer import Answer
from api.operations.errors import Code, caused_by_client, public, refusal
from api.operations.limits import Limits
from api.operations.prepare import Prepared, Preparer, Refused
from api.operations.request import OperationRequest

MakeContext = Callable[[], Any]
"""Makes the context of one operation or one event: nothing read for one serves another."""


class Operations:
    """Everything between a request and its answer, for one schema."""

    def __init__(
        self, schema: strawberry.Schema, *, limits: Limits | None = None, hide_suggestions: bool
    ) -> None:
        self.schema = schema
        self.limits = limits or Limits()
        self._hide_suggestions = hide_suggestions
        self._preparer = Preparer(schema, self.limits, hide_suggestions=hide_suggestions)

    def prepare(self, request: OperationRequest, *, may_introspect: bool) -> Prepared:
        """Raises Refused."""
        return self._preparer.prepare(request, may_introspect=may_introspect)

    async def execute(self, prepared: Prepared, make_context: MakeContext) -> Answer:
        """Run a query or a mutation. Never raises for what a resolver does."""
        is_query = prepared.kind is OperationType.QUERY
        seconds = self.limits.query_seconds if is_query else self.limits.mutation_seconds
        try:
            executor = self._executor(prepared, make_context())
        except Refused as refused:
            return Answer.refused(refused.errors)
        result = await _within(seconds, execute_root_selection_set, executor)
        return _answer(result, prepared)

    async def events(
        self, prepared: Prepared, make_context: MakeContext
    ) -> AsyncGenerator[Answer, None]:
        """Run a subscription: one answer for each event."""
        try:
            executor = self._executor(prepared, make_context())
        except Refused as refused:
            yield Answer.refused(refused.errors)
            return
        source = await _within(self.limits.event_seconds, create_source_event_stream, executor)
        if isinstance(source, ExecutionResult):
            yield Answer.refused([public(error) for error in source.errors or ()])
            return
        async with aclosing(self._answers(source, executor, prepared, make_context)) as answers:
            async for answer in answers:
                yield answer

    async def _answers(
        self,
        source: AsyncIterable[Any],
        executor: Executor[Any],
        prepared: Prepared,
        make_context: MakeContext,
    ) -> AsyncGenerator[Answer, None]:
        stream = aiter(source)
        try:
            async for event in stream:
                one = executor.build_per_event_executor(event)
                one.context_value = make_context()
                seconds = self.limits.event_seconds
                yield _answer(await _within(seconds, execute_subscription_event, one), prepared)
        except Exception as cause:
            yield Answer.refused([_of_stream(cause)])
        finally:
            if close := getattr(stream, "aclose", None):
                await close()

    def _executor(self, prepared: Prepared, context: Any) -> Executor[Any]:
        built = self.schema.execution_context_class.build(
            self.schema._schema,
            prepared.document,
            context_value=context,
            raw_variable_values=dict(prepared.request.variables),
            operation_name=prepared.request.operation_name,
            max_coercion_errors=self.limits.errors,
            hide_suggestions=self._hide_suggestions,
        )
        if isinstance(built, list):
            raise Refused([caused_by_client(error, Code.BAD_USER_INPUT) for error in built])
        return built


async def _within(
    seconds: float, run: Callable[[Executor[Any]], Any], executor: Executor[Any]
) -> Any:
    try:
        async with asyncio.timeout(seconds):
            result = run(executor)
            return await result if isawaitable(result) else result
    except TimeoutError:
        error = refusal("The operation took too long and was stopped.", Code.TIMEOUT)
        return ExecutionResult(None, [error])


def _answer(result: ExecutionResult, prepared: Prepared) -> Answer:
    return Answer(
        data=result.data,
        errors=[public(error) for error in result.errors or ()],
        extensions={"cost": {"requested": prepared.cost}},
    )


def _of_stream(cause: Exception) -> GraphQLError:
    if isinstance(cause, GraphQLError):
        return public(cause)
    return public(GraphQLError(str(cause), original_error=cause))

"""Execute: run a prepared operation within its time, and put its errors under the error policy."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, Sequence
from contextlib import aclosing
from enum import StrEnum
from functools import partial
from inspect import isawaitable
from typing import Any

import strawberry
from graphql import (
    DocumentNode,
    ExecutionResult,
    Executor,
    GraphQLError,
    OperationType,
    create_source_event_stream,
    execute_root_selection_set,
    execute_subscription_event,
)

from api.compiled.bail import Bail
from api.compiled.planner import Planner
from api.compiled.programs import Bound, Programs
from api.operations.answer import Answer
from api.operations.errors import Code, caused_by_client, public, refusal
from api.operations.limits import Limits
from api.operations.prepare import Prepared, Preparer, Refused
from api.operations.request import OperationRequest
from api.operations.shared import Shared, told
from api.operations.trusted import TrustedDocuments

MakeContext = Callable[[], Any]
"""Makes the context of one operation or one event: nothing read for one serves another."""


class Plans(StrEnum):
    """How much of an operation graphql-core is spared."""

    OFF = "off"
    LEVEL1 = "level1"
    FULL = "full"


class Operations:
    """Everything between a request and its answer, for one schema."""

    def __init__(
        self,
        schema: strawberry.Schema,
        *,
        limits: Limits | None = None,
        hide_suggestions: bool,
        plans: Plans = Plans.FULL,
        planner: Planner | None = None,
        shared: Shared | None = None,
        trusted: TrustedDocuments | None = None,
    ) -> None:
        """`planner` takes over what it can of queries, when the plans are full."""
        self.schema = schema
        self.shared = shared or Shared()
        self.trusted = trusted or TrustedDocuments()
        self.limits = limits or Limits()
        self._hide_suggestions = hide_suggestions
        self._preparer = Preparer(schema, self.limits, hide_suggestions=hide_suggestions)
        self._plans = plans
        self.programs = Programs(schema, planner=planner if plans is Plans.FULL else None)

    def prepare(self, request: OperationRequest, *, may_introspect: bool) -> Prepared:
        """Raises Refused."""
        request = self.trusted.resolved(request)
        return self._preparer.prepare(request, may_introspect=may_introspect)

    async def execute(self, prepared: Prepared, make_context: MakeContext) -> Answer:
        """Run a query or a mutation. Never raises for what a resolver does."""
        is_query = prepared.kind is OperationType.QUERY
        seconds = self.limits.query_seconds if is_query else self.limits.mutation_seconds
        try:
            result = await _within(seconds, self._result(prepared, make_context))
        except Refused as refused:
            return Answer.refused(refused.errors)
        return _answer(result, prepared, self.limits)

    async def events(
        self, prepared: Prepared, make_context: MakeContext
    ) -> AsyncGenerator[Answer, None]:
        """Run a subscription: one answer for each event."""
        try:
            executor = self._executor(prepared, make_context())
        except Refused as refused:
            yield Answer.refused(refused.errors)
            return
        opened = _finished(create_source_event_stream(executor))
        source = await _within(self.limits.event_seconds, opened)
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
        bound, identity = self._bound(prepared), prepared.request.identity
        try:
            async for event in stream:
                tell = partial(self._told, bound, executor, prepared, event)
                yield await told(self.shared, event, identity, make_context, tell)
        except Exception as cause:
            yield Answer.refused([_of_stream(cause)])
        finally:
            if close := getattr(stream, "aclose", None):
                await close()

    async def _told(
        self,
        bound: Bound | None,
        executor: Executor[Any],
        prepared: Prepared,
        event: Any,
        make_context: MakeContext,
    ) -> Answer:
        made = _event(bound, executor, event, make_context)
        result = await _within(self.limits.event_seconds, made)
        return _answer(result, prepared, self.limits)

    async def _result(self, prepared: Prepared, make_context: MakeContext) -> Any:
        """By a program where there is one; what it does not master is graphql-core's."""
        bound = self._bound(prepared)
        if bound is None:
            return await self._executed(prepared, make_context())
        if prepared.kind is OperationType.MUTATION:
            return await bound.perform(
                make_context(), lambda *changed: self._executor(prepared, *changed)
            )
        try:
            return ExecutionResult(await bound.run(make_context()))
        except Bail:
            return await self._executed(prepared, make_context())

    def _bound(self, prepared: Prepared) -> Bound | None:
        if self._plans is Plans.OFF:
            return None
        request = prepared.request
        return self.programs.find(
            request.query, prepared.document, request.operation_name, request.variables
        )

    async def _executed(self, prepared: Prepared, context: Any) -> Any:
        return await _finished(execute_root_selection_set(self._executor(prepared, context)))

    def _executor(
        self,
        prepared: Prepared,
        context: Any,
        document: DocumentNode | None = None,
        middleware: Sequence[Any] = (),
    ) -> Executor[Any]:
        built = self.schema.execution_context_class.build(
            self.schema._schema,
            document or prepared.document,
            context_value=context,
            raw_variable_values=dict(prepared.request.variables),
            operation_name=prepared.request.operation_name,
            max_coercion_errors=self.limits.errors,
            hide_suggestions=self._hide_suggestions,
            middleware=list(middleware) or None,
        )
        if isinstance(built, list):
            raise Refused([caused_by_client(error, Code.BAD_USER_INPUT) for error in built])
        return built


async def _event(
    bound: Bound | None, executor: Executor[Any], event: Any, make_context: MakeContext
) -> Any:
    if bound is not None:
        try:
            return ExecutionResult(await bound.run(make_context(), event))
        except Bail:
            pass
    one = executor.build_per_event_executor(event)
    one.context_value = make_context()
    return await _finished(execute_subscription_event(one))


async def _within(seconds: float, result: Awaitable[Any]) -> Any:
    try:
        async with asyncio.timeout(seconds):
            return await result
    except TimeoutError:
        error = refusal("The operation took too long and was stopped.", Code.TIMEOUT)
        return ExecutionResult(None, [error])


async def _finished(result: Any) -> Any:
    return await result if isawaitable(result) else result


def _answer(result: ExecutionResult, prepared: Prepared, limits: Limits) -> Answer:
    return Answer(
        data=result.data,
        errors=[public(error) for error in result.errors or ()],
        extensions={"cost": {"requested": prepared.cost, "limit": limits.cost}},
    )


def _of_stream(cause: Exception) -> GraphQLError:
    if isinstance(cause, GraphQLError):
        return public(cause)
    return public(GraphQLError(str(cause), original_error=cause))

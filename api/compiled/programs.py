"""Programs: the compiled operations of one schema, those that were used last."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import strawberry
from graphql import DocumentNode, ExecutionResult, GraphQLError, OperationType, get_variable_values
from graphql.execution.values import VariableValues
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from api.compiled.bail import Bail, Unsupported
from api.compiled.inputs import Unusual
from api.compiled.mutation import Build, perform
from api.compiled.operation import Operation
from api.compiled.planner import Planner
from api.compiled.program import MOST, Program, compile_operation

_log = logging.getLogger("foredesk.api.compiled")
T = TypeVar("T")

REMEMBERED = 2_000_000
"""Characters of all programs together; each takes some ten bytes of memory."""


@dataclass(slots=True)
class Counts:
    """What became of operations; the first three count programs, the others runs."""

    compiled: int = 0
    unsupported: int = 0
    failed: int = 0
    """Those whose compilation is a mistake of ours; it is logged."""
    answered: int = 0
    bailed: int = 0
    left_alone: int = 0


@dataclass(frozen=True, slots=True)
class Bound:
    """A program with the variables of one request."""

    program: Program
    variables: VariableValues
    counts: Counts

    async def run(self, context: Any, root_value: Any = None) -> dict[str, Any]:
        """The data of a query, or of an event: the root value. Raises Bail."""
        try:
            data = await self.program.run(self.variables, context, root_value)
        except Bail:
            self.counts.bailed += 1
            raise
        self.counts.answered += 1
        return data

    async def perform(self, context: Any, build: Build) -> ExecutionResult:
        """The result of a mutation, none of whose resolvers runs twice."""
        result, was_redone = await perform(self.program, self.variables, context, build)
        self.counts.bailed += was_redone
        self.counts.answered += not was_redone
        return result


class Programs:
    """For a schema without extensions, which Strawberry would run around graphql-core."""

    def __init__(
        self,
        schema: strawberry.Schema,
        *,
        planner: Planner | None = None,
        remembered: int = REMEMBERED,
        most: int = MOST,
    ) -> None:
        self.counts = Counts()
        self._schema = schema
        self._planner = planner
        self._most = most
        self._operations: _Recent[Operation | None] = _Recent(remembered, lambda made: 4000)
        self._programs: _Recent[Program | None] = _Recent(remembered, _size)
        self._is_able = (
            not schema.extensions
            and schema.execution_context_class is StrawberryGraphQLCoreExecutionContext
        )

    def find(
        self, text: str, document: DocumentNode, name: str | None, variables: Mapping[str, Any]
    ) -> Bound | None:
        """The program for an operation of a validated document, compiled if it is new.

        None if graphql-core has to answer: also to say what is wrong with the variables.
        """
        found = self._find(text, document, name, variables) if self._is_able else None
        self.counts.left_alone += found is None
        return found

    def forget(self) -> None:
        """Because what the planner relied on has changed."""
        self._programs.clear()

    def __len__(self) -> int:
        return len(self._programs)

    def _find(
        self, text: str, document: DocumentNode, name: str | None, given: Mapping[str, Any]
    ) -> Bound | None:
        operation = self._operations.get(
            (text, name), lambda: self._try(lambda: Operation(self._schema._schema, document, name))
        )
        if operation is None:
            return None
        values = self._variables(operation, given)
        if isinstance(values, list):
            return None
        case = operation.case(values)
        if not all(isinstance(value, bool) for value in case):
            return None
        program = self._programs.get(
            (text, name, case),
            lambda: self._try(lambda: self._compile(operation, values)),
        )
        return Bound(program, values, self.counts) if program else None

    def _variables(
        self, operation: Operation, given: Mapping[str, Any]
    ) -> VariableValues | list[GraphQLError]:
        """Or what is wrong with them."""
        if operation.variables is not None:
            try:
                return operation.variables.coerced(given)
            except Unusual:
                pass
        definitions = operation.node.variable_definitions or ()
        return get_variable_values(self._schema._schema, definitions, dict(given))

    def _compile(self, operation: Operation, variables: VariableValues) -> Program:
        planner = self._planner if operation.kind is OperationType.QUERY else None
        program = compile_operation(self._schema, operation, variables, planner, self._most)
        self.counts.compiled += 1
        return program

    def _try(self, make: Callable[[], T]) -> T | None:
        try:
            return make()
        except Unsupported:
            self.counts.unsupported += 1
        except Exception:
            self.counts.failed += 1
            _log.exception("an operation could not be compiled")
        return None


def _size(program: Program | None) -> int:
    return len(program.text) if program else 500


class _Recent(Generic[T]):
    """What was used last, as much as weighs so much; the newest in any case."""

    def __init__(self, most: int, weigh: Callable[[T], int]) -> None:
        self._most = most
        self._weigh = weigh
        self._weight = 0
        self._kept: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self._kept[key] = made = make()
        self._weight += self._weigh(made)
        while self._weight > self._most and len(self._kept) > 1:
            self._weight -= self._weigh(self._kept.popitem(last=False)[1])
        return made

    def clear(self) -> None:
        self._kept.clear()
        self._weight = 0

    def __len__(self) -> int:
        return len(self._kept)

"""Program: a compiled operation, and how it is run."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import strawberry
from graphql import OperationType
from graphql.execution.values import VariableValues

from api.compiled.bail import Bail
from api.compiled.compiler import Compiler
from api.compiled.fields import Field
from api.compiled.operation import Operation, Selected
from api.compiled.run import Run

MOST = 400
"""Functions of one program. What is larger is seldom asked twice, and takes long to compile."""


@dataclass(frozen=True, slots=True)
class Step:
    """A function (root value, run) that makes the part of the answer for some root fields."""

    roots: list[Selected]
    make: Callable[[Any, Run], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Program:
    """A query or an event is made in one step, a mutation in one for each root field."""

    operation: Operation
    fields: list[Field]
    steps: list[Step]
    text: str

    async def run(
        self, variables: VariableValues, context: Any, root_value: Any = None
    ) -> dict[str, Any]:
        """The data of a query, or of an event, which is then the root value.

        Raises Bail if graphql-core has to answer; give it a context of its own.
        """
        run = Run(self.operation, self.fields, variables, context, root_value)
        try:
            data = self.steps[0].make(root_value, run)
            await run.drain()
        except Exception as cause:
            run.abandon()
            raise Bail(str(cause)) from cause
        return data


def compile_operation(
    schema: strawberry.Schema,
    operation: Operation,
    variables: VariableValues,
    planner: Any = None,
    most: int = MOST,
) -> Program:
    """Raises Unsupported."""
    compiler = Compiler(schema, operation, variables, most, planner)
    roots = compiler.roots()
    is_serial = operation.kind is OperationType.MUTATION
    groups = [[root] for root in roots] if is_serial else [roots]
    names = [compiler.function(operation.kind.value, group) for group in groups]
    functions = compiler.build()
    steps = [Step(group, functions[name]) for group, name in zip(groups, names, strict=True)]
    return Program(operation, compiler.fields, steps, compiler.source.text)

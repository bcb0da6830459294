"""Planner: who may take over a root field as a whole, with everything below it."""

from collections.abc import Mapping
from typing import Any, Protocol

from api.compiled.compiler import Compiler
from api.compiled.operation import Selected
from api.compiled.run import Run


class RootReader(Protocol):
    def link(self, functions: Mapping[str, Any]) -> None:
        """Called once, when the functions that the planner had written are there by name."""

    async def read(self, run: Run, arguments: Mapping[str, Any]) -> Any:
        """The finished value of the root field: dicts, lists and what JSON knows.

        `arguments` are those that the field's resolver would get, not to be changed. What is
        handed to `run.wait` meanwhile is put in afterwards. Raises Bail where graphql-core has to
        answer.
        """


class Planner(Protocol):
    def plan(self, compiler: Compiler, root: Selected) -> RootReader | None:
        """Called while a query is compiled; None, or Unsupported, leaves the field alone."""

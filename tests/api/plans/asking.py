"""Ask a desk through plans, and as graphql-core alone would answer."""

from dataclasses import dataclass, field
from typing import Any

from graphql import OperationType

from api.admission import Caller, Standing
from api.compiled.programs import Counts
from api.context import Context
from api.operations.execute import Operations, Plans
from api.operations.limits import Limits
from api.operations.request import OperationRequest
from api.plans.planner import DeskPlanner
from api.schema import schema
from foredesk.desk import Desk
from foredesk.people.viewer import ANONYMOUS, Viewer


@dataclass(slots=True)
class Asked:
    """The same operations on the same data in two ways."""

    desk: Desk
    planned: Operations = field(init=False)
    plain: Operations = field(init=False)

    def __post_init__(self) -> None:
        self.planned = self._operations(Plans.FULL)
        self.plain = self._operations(Plans.OFF)

    def _operations(self, plans: Plans) -> Operations:
        limits = Limits(cost=100_000)
        return Operations(
            schema, limits=limits, hide_suggestions=True, plans=plans, planner=DeskPlanner()
        )

    @property
    def counts(self) -> Counts:
        return self.planned.programs.counts

    async def both(
        self, viewer: Viewer | None, query: str, **variables: Any
    ) -> tuple[bytes, bytes]:
        """The answer by plans, and the one by graphql-core."""
        return (
            await self._answer(self.planned, viewer, query, variables),
            await self._answer(self.plain, viewer, query, variables),
        )

    async def by_plan(self, viewer: Viewer | None, query: str, **variables: Any) -> bytes:
        return await self._answer(self.planned, viewer, query, variables)

    async def _answer(
        self, operations: Operations, viewer: Viewer | None, query: str, variables: Any
    ) -> bytes:
        request = OperationRequest(query, variables=variables)
        prepared = operations.prepare(request, may_introspect=True)
        assert prepared.kind is OperationType.QUERY
        answer = await operations.execute(prepared, lambda: self._context(viewer))
        return answer.as_json()

    def _context(self, viewer: Viewer | None) -> Context:
        caller = Caller(viewer or ANONYMOUS)

        async def admit() -> Caller:
            return caller

        return Context(self.desk, Standing(caller, admit))

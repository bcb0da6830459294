"""Costs of one operation: counted once for all requests that it costs the same."""

from collections.abc import Mapping
from typing import Any

from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode

from api.operations.cost import Counter
from api.operations.limits import Limits

REMEMBERED = 64


class Costs:
    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        limits: Limits,
    ) -> None:
        self._given = schema, document, operation
        self._limits = limits
        self._depends_on: tuple[str, ...] | None = None
        self._known: dict[tuple[Any, ...], int] = {}

    def of(self, variables: Mapping[str, Any]) -> int:
        """Which variables it depends on is in the text: the first count tells."""
        if self._depends_on is None:
            return self._counted(variables)
        key = tuple([_weight(variables.get(name, _LEFT_OUT)) for name in self._depends_on])
        cost = self._known.get(key)
        return self._counted(variables) if cost is None else cost

    def _counted(self, variables: Mapping[str, Any]) -> int:
        schema, document, operation = self._given
        counter = Counter(schema, document, operation, variables, self._limits)
        root = schema.get_root_type(operation.operation)
        cost = counter.count(operation.selection_set, root, None)
        self._depends_on = tuple(sorted(counter.depends_on))
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        key = tuple([_weight(variables.get(name, _LEFT_OUT)) for name in self._depends_on])
        self._known[key] = cost
        return cost


_LEFT_OUT = "left out"


def _weight(value: Any) -> Any:
    """What the counter can see of a value: whole numbers, and how many items there are."""
    if isinstance(value, list):
        return "list", len(value)
    if isinstance(value, dict):
        return "object", _weight(value.get("items", _LEFT_OUT))
    return value if isinstance(value, int) or value is _LEFT_OUT else None

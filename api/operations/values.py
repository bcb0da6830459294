"""Limits on the values of an operation: variables, and literals in the text."""

from collections.abc import Iterable, Mapping
from typing import Any

from graphql import DocumentNode, GraphQLError, ListValueNode, Visitor, visit

from api.operations.limits import Limits, too_large


def refuse_variables(variables: Mapping[str, Any], limits: Limits) -> list[GraphQLError]:
    """Too many values, too long a list, or too deep in one another."""
    level: list[Any] = list(variables.values())
    depth = seen = 0
    while level:
        seen += len(level)
        depth += 1
        if seen > limits.values:
            return [too_large("values", limits.values)]
        if depth > limits.depth:
            return [too_large("depth", limits.depth)]
        if any(isinstance(value, list) and len(value) > limits.list_length for value in level):
            return [too_large("list_length", limits.list_length)]
        level = [inner for value in level for inner in _inside(value)]
    return []


def refuse_literals(document: DocumentNode, limits: Limits) -> list[GraphQLError]:
    finder = _LiteralFinder(limits)
    visit(document, finder)
    return finder.errors[:1]


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


class _LiteralFinder(Visitor):
    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.errors: list[GraphQLError] = []
        self._limits = limits

    def enter_list_value(self, node: ListValueNode, *_: Any) -> None:
        if len(node.values) > self._limits.list_length:
            self.errors.append(too_large("list_length", self._limits.list_length))

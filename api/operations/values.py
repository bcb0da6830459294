"""Limits on the values of an operation: variables, and literals in the text."""

from collections.abc import Iterable, Mapping
from typing import Any

from graphql import DocumentNode, GraphQLError, ListValueNode, Node, StringValueNode, Visitor, visit

from api.operations.errors import Code, refusal
from api.operations.limits import Limits, too_large


def refuse_variables(variables: Mapping[str, Any], limits: Limits) -> list[GraphQLError]:
    """Too many values, too long a list, or a NUL character, which no database keeps."""
    waiting: list[tuple[str, Any]] = [("$" + name, value) for name, value in variables.items()]
    seen = 0
    while waiting:
        path, value = waiting.pop()
        seen += 1
        if seen > limits.values:
            return [too_large("values", limits.values)]
        if isinstance(value, str) and "\0" in value:
            return [_nul(path)]
        if isinstance(value, list) and len(value) > limits.list_length:
            return [too_large("list_length", limits.list_length)]
        waiting.extend(_inside(path, value))
    return []


def refuse_literals(document: DocumentNode, limits: Limits) -> list[GraphQLError]:
    finder = _LiteralFinder(limits)
    visit(document, finder)
    return finder.errors[:1]


def _inside(path: str, value: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(value, dict):
        return [(f"{path}.{key}", inner) for key, inner in value.items()]
    if isinstance(value, list):
        return [(f"{path}.{number}", inner) for number, inner in enumerate(value)]
    return ()


class _LiteralFinder(Visitor):
    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.errors: list[GraphQLError] = []
        self._limits = limits

    def enter_string_value(self, node: StringValueNode, *_: Any) -> None:
        if "\0" in node.value:
            self.errors.append(_nul("A text in the query", node))

    def enter_list_value(self, node: ListValueNode, *_: Any) -> None:
        if len(node.values) > self._limits.list_length:
            self.errors.append(too_large("list_length", self._limits.list_length))


def _nul(where: str, node: Node | None = None) -> GraphQLError:
    return refusal(f"{where} has a NUL character in it.", Code.BAD_USER_INPUT, node)

"""Cost: how many objects an operation may return at worst. Linear, as fragments are memoized."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from api.operations.limits import Limits

LONGEST_NUMBER = 12
"""Digits; no page is as large. An ID may be a number of any length, which Python would refuse."""

PAGED = ("edges", "nodes", "results", "entered", "changed")


class Counter:
    """Counts one operation. `steps` counts the selections looked at.

    An object costs 1 and a scalar nothing; a list costs what it may hold. That is the size of the
    page, the number of IDs or items that were sent, or what the field declares to be most
    (`at_most`). What reads much for few objects costs its `weight` too. An item of a mutation costs
    1 whatever is asked back of it.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
        limits: Limits,
    ) -> None:
        self.steps = 0
        self._schema = schema
        self._limits = limits
        self._values = _Values(_values(operation, variables))
        self._counted: dict[tuple[str, int | None], int] = {}
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }

    @property
    def depends_on(self) -> set[str]:
        """The variables that were looked at."""
        return self._values.seen

    def count(
        self, selections: SelectionSetNode | None, parent: GraphQLNamedType | None, page: int | None
    ) -> int:
        """`page` is the size of the page, or the number of items, that the parent was sent."""
        if selections is None:
            return 0
        return sum(self._one(selection, parent, page) for selection in selections.selections)

    def _one(
        self, selection: SelectionNode, parent: GraphQLNamedType | None, page: int | None
    ) -> int:
        self.steps += 1
        if isinstance(selection, FieldNode):
            return self._field(selection, parent, page)
        if isinstance(selection, InlineFragmentNode):
            condition = selection.type_condition
            inner = self._schema.get_type(condition.name.value) if condition else parent
            return self.count(selection.selection_set, inner, page)
        return self._fragment(selection.name.value, page)  # type: ignore[attr-defined]  # the one kind left

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None, page: int | None) -> int:
        if not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            return 0
        field = parent.fields.get(node.name.value)
        if field is None or not is_composite_type(get_named_type(field.type)):
            return 0
        return _weight(field) + self._objects(node, field, page)

    def _objects(self, node: FieldNode, field: GraphQLField, page: int | None) -> int:
        inner = get_named_type(field.type)
        if "first" in field.args or "last" in field.args:
            return 1 + self.count(node.selection_set, inner, self._page_size(node))
        if "input" in field.args:
            items = self._items(node)
            return 1 + items + self.count(node.selection_set, inner, items)
        objects = 1 + self.count(node.selection_set, inner, None)
        if is_list_type(get_nullable_type(field.type)):
            return objects * self._length(node, field, page)
        return objects

    def _page_size(self, node: FieldNode) -> int:
        asked = [self._argument(node, name) for name in ("first", "last")]
        sizes = [size for size in asked if isinstance(size, int) and size >= 0]
        return min(max(sizes, default=self._limits.default_page), self._limits.largest_page)

    def _length(self, node: FieldNode, field: GraphQLField, page: int | None) -> int:
        if page is not None and node.name.value in PAGED:
            return page
        if "ids" in field.args:
            ids = self._argument(node, "ids")
            return len(ids) if isinstance(ids, list) else 1
        declared = field.extensions.get("strawberry-definition")
        most = declared.metadata.get("at_most") if declared else None
        return self._limits.plain_list if most is None else int(most)

    def _items(self, node: FieldNode) -> int:
        """How many there are in a mutation's list of items."""
        given = self._argument(node, "input")
        items = given.get("items", []) if isinstance(given, dict) else []
        return len(items) if isinstance(items, list) else 1

    def _argument(self, node: FieldNode, name: str) -> Any:
        for argument in node.arguments or ():
            if argument.name.value == name:
                return _value(argument.value, self._values)
        return None

    def _fragment(self, name: str, page: int | None) -> int:
        key = (name, page)
        if key not in self._counted:
            self._counted[key] = 0
            fragment = self._fragments[name]
            parent = self._schema.get_type(fragment.type_condition.name.value)
            self._counted[key] = self.count(fragment.selection_set, parent, page)
        return self._counted[key]


def _weight(field: GraphQLField) -> int:
    """What a field declares to cost beyond its objects."""
    declared = field.extensions.get("strawberry-definition")
    return int(declared.metadata.get("weight") or 0) if declared else 0


class _Values(dict[str, Any]):
    """Remembers which were asked for."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.seen: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:
        self.seen.add(name)
        return super().get(name, default)


def _values(operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> dict[str, Any]:
    defaults = {
        definition.variable.name.value: _value(definition.default_value, {})
        for definition in operation.variable_definitions or ()
        if definition.default_value is not None
    }
    return {**defaults, **variables}


def _value(node: ValueNode, values: Mapping[str, Any]) -> Any:
    """Only what a cost depends on: whole numbers, and how many a list holds."""
    if isinstance(node, IntValueNode):
        return int(node.value[:LONGEST_NUMBER])
    if isinstance(node, ListValueNode):
        return list(node.values)
    if isinstance(node, ObjectValueNode):
        return {field.name.value: _value(field.value, values) for field in node.fields}
    if isinstance(node, VariableNode):
        return values.get(node.name.value)
    return None

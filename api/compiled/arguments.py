"""Arguments: of a selected field, coerced by graphql-core and converted by Strawberry."""

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import strawberry
from graphql import GraphQLEnumType, VariableNode, Visitor, get_named_type, visit
from graphql.execution.values import VariableValues, get_argument_values
from graphql.type import is_specified_scalar_type
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField
from strawberry.types.unset import UnsetType

from api.compiled.operation import Selected

ATOMS = (str, int, float, bool, type(None), date, Decimal, Enum, UUID, UnsetType)
"""Values that nobody can change, so that many may share them."""


class Arguments:
    """Of one field of an operation. Those that can never differ are worked out once."""

    def __init__(
        self, schema: strawberry.Schema, selected: Selected, variables: VariableValues
    ) -> None:
        self._schema = schema
        self._selected = selected
        self._field: StrawberryField | None = selected.definition.extensions.get(
            "strawberry-definition"
        )
        self.fixed: dict[str, Any] | None = None
        if _never_differ(selected):
            found = self.converted(self.coerced(variables), None)
            self.fixed = found if are_atoms(found) else None

    def coerced(self, variables: VariableValues) -> dict[str, Any]:
        """As graphql-core hands them to a resolver."""
        return get_argument_values(self._selected.definition, self._selected.node, variables)

    def converted(self, coerced: dict[str, Any], info: Any) -> dict[str, Any]:
        """As Strawberry hands them to a function of the schema."""
        if self._field is None or not coerced:
            return {}
        converter = self._schema.schema_converter
        return convert_arguments(
            coerced, self._field.arguments, converter.scalar_registry, converter.config, info
        )


def are_atoms(values: dict[str, Any]) -> bool:
    return all(isinstance(value, ATOMS) for value in values.values())


def _never_differ(selected: Selected) -> bool:
    if any(_names_a_variable(argument) for argument in selected.node.arguments or ()):
        return False
    types = [get_named_type(argument.type) for argument in selected.definition.args.values()]
    return all(
        isinstance(type_, GraphQLEnumType) or is_specified_scalar_type(type_) for type_ in types
    )


def _names_a_variable(node: Any) -> bool:
    finder = _Finder()
    visit(node, finder)
    return finder.found


class _Finder(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.found = True

"""Arguments: of a selected field, coerced by graphql-core and converted by Strawberry."""

from collections.abc import Callable, Mapping
from typing import Any

import strawberry
from graphql import GraphQLEnumType, Undefined, get_named_type
from graphql.execution.values import VariableValues, get_argument_values
from graphql.type import is_specified_scalar_type
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField

from api.compiled.bail import Unsupported
from api.compiled.conversion import Conversion, Convert
from api.compiled.inputs import Literal, Unusual, argument, is_atom, names_a_variable
from api.compiled.operation import Selected

Plain = list[tuple[str, Literal, Convert]]


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
        self._plain = _plain(schema, selected, self._field)
        self.fixed: dict[str, Any] | None = None
        if _never_differ(selected):
            found = self._converted(self.coerced(variables), None)
            self.fixed = found if are_atoms(found) else None

    def coerced(self, variables: VariableValues) -> dict[str, Any]:
        """As graphql-core hands them to a resolver."""
        return get_argument_values(self._selected.definition, self._selected.node, variables)

    def of(self, variables: VariableValues, info: Callable[[], Any]) -> dict[str, Any]:
        """As Strawberry hands them to a function of the schema."""
        if self._plain is not None:
            try:
                return _made(self._plain, variables.coerced)
            except Unusual:
                pass
        return self._converted(self.coerced(variables), info())

    def _converted(self, coerced: dict[str, Any], info: Any) -> dict[str, Any]:
        if self._field is None or not coerced:
            return {}
        converter = self._schema.schema_converter
        return convert_arguments(
            coerced, self._field.arguments, converter.scalar_registry, converter.config, info
        )


def are_atoms(values: dict[str, Any]) -> bool:
    return all(is_atom(value) for value in values.values())


def _plain(
    schema: strawberry.Schema, selected: Selected, field: StrawberryField | None
) -> Plain | None:
    """What makes the arguments where nothing about them is unusual; None if there is no such."""
    if field is None:
        return None
    conversion = Conversion(schema.schema_converter)
    nodes = {one.name.value: one.value for one in selected.node.arguments or ()}
    found: Plain = []
    try:
        for one in field.arguments:
            name = conversion.name_of(one)
            definition = selected.definition.args[name]
            if definition.out_name not in (None, name):
                return None
            value = argument(definition, nodes.get(name))
            found.append((one.python_name, value, conversion.of(one.type)))
    except Unsupported:
        return None
    return found


def _made(plain: Plain, variables: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for name, value, convert in plain:
        coerced = value(variables)
        if coerced is not Undefined:
            found[name] = convert(coerced)
    return found


def _never_differ(selected: Selected) -> bool:
    if any(names_a_variable(one) for one in selected.node.arguments or ()):
        return False
    types = [get_named_type(one.type) for one in selected.definition.args.values()]
    return all(
        isinstance(type_, GraphQLEnumType) or is_specified_scalar_type(type_) for type_ in types
    )

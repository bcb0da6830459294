"""Inputs: variables and arguments, coerced as graphql-core coerces them.

By functions that are made once for each type, variable or argument, instead of a look at the types
for every value. They master what is plain. For anything else they raise Unusual, and the
libraries do it, or say what is wrong.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from math import isfinite
from typing import Any
from uuid import UUID

from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLError,
    GraphQLFloat,
    GraphQLID,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    ListValueNode,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    is_required_argument,
    is_required_input_field,
    visit,
)
from graphql.execution.get_variable_signature import get_variable_signature
from graphql.execution.values import VariableValues, VariableValueSource
from graphql.utilities.coerce_input_value import coerce_default_value, coerce_input_literal
from strawberry.types.unset import UnsetType

from api.compiled.bail import Unsupported

Coerce = Callable[[Any], Any]
Given = Mapping[str, Any]
Literal = Callable[[Given], Any]
"""Makes the value of a literal, of the coerced variables."""


_ATOMS = (str, int, float, bool, type(None), date, Decimal, Enum, UUID, UnsetType)


def is_atom(value: Any) -> bool:
    """Whether nobody can change the value, so that many may share it."""
    return isinstance(value, _ATOMS)


class Unusual(Exception):
    """The libraries have to look at this value themselves."""


class Variables:
    """Those of one operation."""

    def __init__(
        self, schema: GraphQLSchema, definitions: Iterable[VariableDefinitionNode]
    ) -> None:
        """Raises Unsupported."""
        self._parts = []
        for node in definitions:
            signature = get_variable_signature(schema, node)
            if isinstance(signature, GraphQLError):
                raise Unsupported(signature.message)
            may_miss = node.default_value is None and not isinstance(signature.type, GraphQLNonNull)
            self._parts.append((signature.name, signature, coercer(signature.type), may_miss))

    def coerced(self, given: Given) -> VariableValues:
        """Raises Unusual, also where they have mistakes."""
        sources, coerced = {}, {}
        for name, signature, coerce, may_miss in self._parts:
            value = given.get(name, Undefined)
            sources[name] = VariableValueSource(signature, value)
            if value is not Undefined:
                coerced[name] = coerce(value)
            elif not may_miss:
                raise Unusual
        return VariableValues(sources, coerced)


def coercer(type_: Any, above: tuple[Any, ...] = ()) -> Coerce:
    """Of values of the type. Raises Unsupported for a type that holds itself (`above`)."""
    if isinstance(type_, GraphQLNonNull):
        return _present(coercer(type_.of_type, above))
    inner = _coercer(type_, above)
    return lambda value: None if value is None else inner(value)


def _coercer(type_: Any, above: tuple[Any, ...]) -> Coerce:
    if isinstance(type_, GraphQLList):
        return _list(coercer(type_.of_type, above))
    if isinstance(type_, GraphQLInputObjectType):
        if type_ in above:
            raise Unsupported("The type holds itself.")
        return _object(type_, (*above, type_))
    if isinstance(type_, GraphQLEnumType):
        return _enum({name: type_.coerce_input_value(name) for name in type_.values})
    return _LEAVES.get(type_.name) if type_ in _BUILT_IN else _scalar(type_)  # type: ignore[return-value]  # each has one


def _present(coerce: Coerce) -> Coerce:
    def present(value: Any) -> Any:
        if value is None:
            raise Unusual
        return coerce(value)

    return present


def _list(item: Coerce) -> Coerce:
    def items(value: Any) -> Any:
        if value.__class__ is not list:
            raise Unusual
        return [item(one) for one in value]

    return items


def _enum(members: dict[str, Any]) -> Coerce:
    def member(value: Any) -> Any:
        if value.__class__ is not str or value not in members:
            raise Unusual
        return members[value]

    return member


def _scalar(type_: GraphQLScalarType) -> Coerce:
    def scalar(value: Any) -> Any:
        try:
            return type_.coerce_input_value(value)
        except Exception as cause:
            raise Unusual from cause

    return scalar


def _text(value: Any) -> Any:
    if value.__class__ is not str:
        raise Unusual
    return value


def _integer(value: Any) -> Any:
    if value.__class__ is not int or not -2147483648 <= value <= 2147483647:
        raise Unusual
    return value


def _boolean(value: Any) -> Any:
    if value.__class__ is not bool:
        raise Unusual
    return value


def _number(value: Any) -> Any:
    if value.__class__ is not float or not isfinite(value):
        raise Unusual
    return value


_BUILT_IN = (GraphQLString, GraphQLID, GraphQLInt, GraphQLBoolean, GraphQLFloat)
_LEAVES: dict[str, Coerce] = {
    "String": _text,
    "ID": _text,
    "Int": _integer,
    "Boolean": _boolean,
    "Float": _number,
}


def _object(type_: GraphQLInputObjectType, above: tuple[Any, ...]) -> Coerce:
    parts = [
        (name, field.out_name or name, coercer(field.type, above), _default(field))
        for name, field in type_.fields.items()
    ]
    names = frozenset(type_.fields)
    is_one_of, made = type_.is_one_of, type_.out_type

    def of(value: Any) -> Any:
        if value.__class__ is not dict or not names.issuperset(value):
            raise Unusual
        coerced = {}
        for name, out_name, coerce, default in parts:
            if name in value:
                coerced[out_name] = coerce(value[name])
            elif default is _REQUIRED:
                raise Unusual
            elif default is not Undefined:
                coerced[out_name] = default
        if is_one_of and (len(value) != 1 or len(coerced) != 1 or _has_null(coerced)):
            raise Unusual
        return _checked(made, coerced)

    return of


def _checked(made: Coerce, coerced: dict[str, Any]) -> Any:
    """Strawberry looks here whether there is exactly one."""
    try:
        return made(coerced)
    except Exception as cause:
        raise Unusual from cause


_REQUIRED = object()


def _default(one: GraphQLInputField | GraphQLArgument) -> Any:
    """Undefined without one. graphql-core gives the same to everybody, too."""
    if isinstance(one, GraphQLArgument):
        is_required = is_required_argument(one)
    else:
        is_required = is_required_input_field(one)
    return _REQUIRED if is_required else coerce_default_value(one)


def argument(definition: GraphQLArgument, node: ValueNode | None) -> Literal:
    """Makes the value of an argument as it was written; Undefined for one that is left out.

    Raises Unsupported.
    """
    default = _default(definition)
    if node is None:
        if default is _REQUIRED:
            raise Unsupported("The argument is not there.")
        return lambda variables: default
    if not isinstance(node, VariableNode) or default is _REQUIRED:
        return literal(node, definition.type)
    name, present = node.name.value, literal(node, definition.type)
    return lambda variables: present(variables) if name in variables else default


def literal(node: ValueNode, type_: Any) -> Literal:
    """Raises Unsupported."""
    required = isinstance(type_, GraphQLNonNull)
    if isinstance(node, VariableNode):
        return _variable(node.name.value, required)
    bare = type_.of_type if required else type_
    if not names_a_variable(node):
        return _fixed(node, type_)
    if isinstance(bare, GraphQLList):
        nodes = node.values if isinstance(node, ListValueNode) else (node,)
        items = [literal(one, bare.of_type) for one in nodes]
        return lambda variables: [item(variables) for item in items]
    if isinstance(bare, GraphQLInputObjectType) and isinstance(node, ObjectValueNode):
        return _object_literal(node, bare)
    raise Unsupported("There are variables in a scalar.")


def _fixed(node: ValueNode, type_: Any) -> Literal:
    """What nobody can change is made once."""
    value = coerce_input_literal(node, type_)
    if value is Undefined:
        raise Unsupported("The value does not fit its type.")
    return (
        _constant(value) if is_atom(value) else lambda variables: coerce_input_literal(node, type_)
    )


def _variable(name: str, required: bool) -> Literal:
    def of(variables: Given) -> Any:
        value = variables.get(name, Undefined)
        if value is Undefined or (required and value is None):
            raise Unusual
        return value

    return of


def _object_literal(node: ObjectValueNode, type_: GraphQLInputObjectType) -> Literal:
    nodes = {field.name.value: field.value for field in node.fields}
    parts = []
    for name, field in type_.fields.items():
        default = _default(field)
        if name in nodes:
            parts.append((field.out_name or name, literal(nodes[name], field.type)))
        elif default is _REQUIRED:
            raise Unsupported("The field is not there.")
        elif default is not Undefined:
            parts.append((field.out_name or name, _constant(default)))
    is_one_of, made = type_.is_one_of, type_.out_type
    if is_one_of and (len(nodes) != 1 or len(parts) != 1):
        raise Unsupported("It is not exactly one.")

    def of(variables: Given) -> Any:
        coerced = {name: value(variables) for name, value in parts}
        if is_one_of and _has_null(coerced):
            raise Unusual
        return _checked(made, coerced)

    return of


def _has_null(values: Mapping[str, Any]) -> bool:
    return any(value is None for value in values.values())


def _constant(value: Any) -> Literal:
    return lambda variables: value


def names_a_variable(node: Any) -> bool:
    finder = _Finder()
    visit(node, finder)
    return finder.found


class _Finder(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.found = True

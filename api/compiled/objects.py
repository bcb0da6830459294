"""Objects: which selection a value of an object type, an interface or a union gets."""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    GraphQLAbstractType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    Undefined,
    default_type_resolver,
)
from graphql.pyutils import is_awaitable
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.cast import TYPE_CAST_ATTRIBUTE
from strawberry.types.union import StrawberryUnion

from api.compiled.bail import Bail

Select = Callable[[Any, Any], dict[str, Any]]
"""Makes the part of the answer for an object: (object, run)."""

DEFINITION = "strawberry-definition"
CAST = TYPE_CAST_ATTRIBUTE


def definition_of(type_: GraphQLNamedType) -> Any:
    """What Strawberry knows of the type; None for a type that it did not make."""
    return type_.extensions.get(DEFINITION)


def exact_class(type_: GraphQLObjectType) -> type | None:
    """The class whose instances are of the type without asking anybody."""
    definition = definition_of(type_)
    if not isinstance(definition, StrawberryObjectDefinition) or definition.is_type_of:
        return None
    origin: type = definition.concrete_of.origin if definition.concrete_of else definition.origin
    return origin


def may_be_cast(type_: GraphQLObjectType) -> bool:
    """Whether graphql-core asks an object of the type what it was cast to."""
    return type_.is_type_of is not None


class Checked:
    """Completes what may or may not be an object of one type."""

    def __init__(self, type_: GraphQLObjectType, required: bool, info: int) -> None:
        self._is_type_of = type_.is_type_of
        self._required = required
        self._info = info
        self._select: Select

    def link(self, select: Select) -> None:
        self._select = select

    def __call__(self, value: Any, run: Any) -> dict[str, Any] | None:
        if not _is_there(value, self._required):
            return None
        if self._is_type_of and self._is_type_of(value, run.raw(self._info)) is not True:
            raise Bail("The value is of another type.")
        return self._select(value, run)


class Dispatch:
    """Completes a value of an interface or a union: by its class where that is enough."""

    def __init__(self, type_: GraphQLAbstractType, required: bool, info: int) -> None:
        self._type = type_
        self._resolve_type = type_.resolve_type or default_type_resolver
        self._required = required
        self._info = info
        self._by_class: dict[type, Select] = {}
        self._by_name: dict[str, tuple[GraphQLObjectType, Select]] = {}

    def link(self, selections: Mapping[str, tuple[GraphQLObjectType, Select]]) -> None:
        self._by_name = dict(selections)
        if not _resolves_by_class(self._type):
            return
        for type_, select in selections.values():
            cls, definition = exact_class(type_), definition_of(type_)
            if cls and not definition.concrete_of and definition.name == type_.name:
                self._by_class[cls] = select

    def __call__(self, value: Any, run: Any) -> dict[str, Any] | None:
        select = self._by_class.get(value.__class__)
        if select is not None and not hasattr(value, CAST):
            return select(value, run)
        return self._complete(value, run)

    def _complete(self, value: Any, run: Any) -> dict[str, Any] | None:
        if not _is_there(value, self._required):
            return None
        info = run.raw(self._info)
        name = self._resolve_type(value, info, self._type)
        if not isinstance(name, str) or name not in self._by_name:
            raise Bail("The value is of no possible type.")
        type_, select = self._by_name[name]
        if type_.is_type_of and type_.is_type_of(value, info) is not True:
            raise Bail("The value is of another type.")
        return select(value, run)


def _is_there(value: Any, required: bool) -> bool:
    if value is None or value is Undefined:
        if required:
            raise Bail("There is no value.")
        return False
    if isinstance(value, Exception) or is_awaitable(value):
        raise Bail("The value is not there yet, or never will be.")
    return True


def _resolves_by_class(type_: GraphQLAbstractType) -> bool:
    """Whether Strawberry's own rule decides, by which an instance of a type is of that type."""
    definition = definition_of(type_)
    if isinstance(type_, GraphQLInterfaceType):
        return isinstance(definition, StrawberryObjectDefinition) and not definition.resolve_type
    return isinstance(type_, GraphQLUnionType) and type(definition) is StrawberryUnion

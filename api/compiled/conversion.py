"""Conversion: what Strawberry makes of coerced values, by functions made once for each type."""

from collections.abc import Callable
from dataclasses import MISSING
from typing import Any

from strawberry.relay.types import GlobalID
from strawberry.scalars import is_scalar
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import (
    StrawberryList,
    StrawberryMaybe,
    StrawberryOptional,
    has_object_definition,
)
from strawberry.types.enum import StrawberryEnumDefinition, has_enum_definition
from strawberry.types.lazy_type import LazyType
from strawberry.types.maybe import Some
from strawberry.types.unset import UNSET

from api.compiled.bail import Unsupported
from api.compiled.inputs import Unusual

Convert = Callable[[Any], Any]


class Conversion:
    """By the scalars and the names of one schema."""

    def __init__(self, converter: Any) -> None:
        self._scalars = converter.scalar_registry
        self._config = converter.config

    def name_of(self, argument: StrawberryArgument) -> str:
        """As the schema calls it."""
        name: str = self._config.name_converter.from_argument(argument)
        return name

    def of(self, type_: Any, above: tuple[Any, ...] = ()) -> Convert:
        """Raises Unsupported for a type that holds itself (`above`), or makes its own values."""
        if isinstance(type_, StrawberryMaybe):
            return _maybe(self.of(type_.of_type, above), type_.of_type)
        if isinstance(type_, StrawberryOptional):
            return self.of(type_.of_type, above)
        if isinstance(type_, LazyType):
            return self.of(type_.resolve_type(), above)
        if type_ is GlobalID:
            raise Unsupported("Global IDs of Strawberry's are read by Strawberry.")
        if self._is_leaf(type_):
            return _as_it_is
        return _if_there(self._compound(type_, above))

    def _compound(self, type_: Any, above: tuple[Any, ...]) -> Convert:
        if isinstance(type_, StrawberryList):
            return _list(self.of(type_.of_type, above))
        if not has_object_definition(type_) or type_ in above:
            raise Unsupported("The type holds itself, or is no input.")
        definition = type_.__strawberry_definition__
        if definition.from_input is not None or not definition.is_input:
            raise Unsupported("The type makes its own values.")
        return self._object(type_, definition, (*above, type_))

    def _is_leaf(self, type_: Any) -> bool:
        return (
            is_scalar(type_, self._scalars)
            or isinstance(type_, StrawberryEnumDefinition)
            or has_enum_definition(type_)
        )

    def _object(self, type_: Any, definition: Any, above: tuple[Any, ...]) -> Convert:
        left_out: dict[str, Any] = {
            field.python_name: None
            for field in definition.fields
            if field.default_value is MISSING and field.default_factory is MISSING
        }
        parts = {
            self._config.name_converter.from_field(field): (
                field.python_name,
                self.of(field.resolve_type(type_definition=definition), above),
            )
            for field in definition.fields
        }

        def made(value: Any) -> Any:
            values = left_out.copy()
            for key, one in value.items():
                name, convert = parts[key]
                values[name] = convert(one)
            return type_(**values)

        return made


def _maybe(convert: Convert, type_: Any) -> Convert:
    takes_null = isinstance(type_, StrawberryOptional)

    def made(value: Any) -> Any:
        if value is None and not takes_null:
            raise Unusual
        return Some(convert(value))

    return made


def _if_there(convert: Convert) -> Convert:
    return lambda value: value if value is None or value is UNSET else convert(value)


def _list(item: Convert) -> Convert:
    """A list of its own, as graphql-core gives the same default to everybody."""
    if item is _as_it_is:
        return list
    return lambda value: [item(one) for one in value]


def _as_it_is(value: Any) -> Any:
    return value

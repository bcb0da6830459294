"""Leaves: scalars and enums, as graphql-core writes them down."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLError,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLString,
    Undefined,
)
from graphql.pyutils import is_awaitable

from api.compiled.bail import Bail
from api.compiled.source import Source

PLAIN = frozenset((str, int, float, bool, datetime, date, UUID))
"""Classes of values that are neither an error nor something to wait for."""

AS_THEY_ARE: dict[GraphQLLeafType, str] = {
    GraphQLString: "{v}.__class__ is str",
    GraphQLID: "{v}.__class__ is str",
    GraphQLInt: "{v}.__class__ is int and -2147483648 <= {v} <= 2147483647",
    GraphQLBoolean: "{v}.__class__ is bool",
    GraphQLFloat: "{v}.__class__ is float and {v} - {v} == 0.0",
}
"""What a value has to be in order to stand in the answer as it is."""


class Leaves:
    """Writes the completion of leaves into a source."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._known: dict[tuple[str, bool], str] = {}

    def expression(self, type_: GraphQLLeafType, required: bool, v: str) -> str:
        """Completes the variable `v`."""
        slow = f"{self._completer(type_, required)}({v})"
        test = next((test for known, test in AS_THEY_ARE.items() if known is type_), None)
        if test:
            test = test.format(v=v)
            return f"({v} if {test if required else f'{v} is None or {test}'} else {slow})"
        cls = getattr(type_, "wrapped_cls", None)
        if isinstance(type_, GraphQLEnumType) and cls is not None:
            names = self._source.constant(_names(type_, cls), "names")
            enum = self._source.constant(cls, "enum")
            return f"({names}[{v}] if {v}.__class__ is {enum} else {slow})"
        return slow

    def _completer(self, type_: GraphQLLeafType, required: bool) -> str:
        key = (type_.name, required)
        if key not in self._known:
            self._known[key] = self._source.constant(_completer(type_, required), "leaf")
        return self._known[key]


def _completer(type_: GraphQLLeafType, required: bool) -> Callable[[Any], Any]:
    """Completes any value of the type, or bails."""
    coerce = type_.coerce_output_value

    def complete(value: Any) -> Any:
        if value.__class__ not in PLAIN:
            if value is None or value is Undefined:
                if required:
                    raise Bail("There is no value.")
                return None
            if isinstance(value, Exception) or is_awaitable(value):
                raise Bail("The value is not there yet, or never will be.")
        written = coerce(value)
        if written is None or written is Undefined:
            raise Bail("The value can't be written.")
        return written

    return complete


def _names(type_: GraphQLEnumType, cls: Any) -> dict[Any, str]:
    names = {}
    for member in cls:
        try:
            names[member] = type_.coerce_output_value(member)
        except (GraphQLError, ValueError):
            continue
    return names

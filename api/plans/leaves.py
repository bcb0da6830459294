"""Leaves: how the value of a column becomes what the answer says, as Python text.

What a column holds the database vouches for, so nothing is checked here that its type says.
"""

from binascii import b2a_base64
from collections.abc import Callable
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

import orjson
from graphql import GraphQLEnumType, GraphQLList, GraphQLNonNull, GraphQLScalarType
from strawberry.types.enum import StrawberryEnumDefinition
from tortoise import fields
from tortoise.fields.base import Field

from api.compiled.bail import Bail, Unsupported
from api.compiled.compiler import Compiler
from api.plans.dialect import Dialect
from api.scalars import write_time

REMEMBERED = 4096
"""IDs of one kind: teams, services and the like come again with every row."""


def is_time(column: Field[Any]) -> bool:
    return isinstance(column, fields.DatetimeField)


def leaf(
    compiler: Compiler, dialect: Dialect, type_: Any, column: Field[Any], variable: str
) -> str:
    """The expression of a field of this type with the column in this variable.

    Raises Unsupported where the two do not go together by themselves.
    """
    required = isinstance(type_, GraphQLNonNull)
    bare = type_.of_type if required else type_
    if required and column.null:
        raise Unsupported("The column may be null, the field may not.")
    written = _written(compiler, dialect, bare, column, variable)
    if required or written == variable:
        return written
    return f"(None if {variable} is None else {written})"


def _written(
    compiler: Compiler, dialect: Dialect, type_: Any, column: Field[Any], variable: str
) -> str:
    is_sqlite = dialect.name == "sqlite"
    if isinstance(type_, GraphQLEnumType) and isinstance(column, fields.CharField):
        return f"{compiler.constant(names_of(type_), 'names')}[{variable}]"
    is_texts = isinstance(type_, GraphQLList) and str(type_) == "[String!]"
    if is_texts and isinstance(column, fields.JSONField):
        return f"{compiler.constant(orjson.loads, 'loads')}({variable})"
    name = type_.name if isinstance(type_, GraphQLScalarType) else ""
    if name == "DateTime" and is_time(column):
        return f"{compiler.constant(time_of_sqlite, 'time')}({variable})" if is_sqlite else variable
    if name == "Boolean" and isinstance(column, fields.BooleanField):
        return f"({variable} == 1)" if is_sqlite else variable
    if name == "Int" and type(column) in (fields.IntField, fields.SmallIntField):
        return variable
    if name == "String" and type(column) in (fields.CharField, fields.TextField):
        return variable
    raise Unsupported(f"{column.model_field_name} as {type_}")


@cache
def names_of(type_: GraphQLEnumType) -> dict[str, str]:
    """The names of an enum's values, by what the database keeps of them."""
    kind = type_.wrapped_cls if hasattr(type_, "wrapped_cls") else None
    definition = type_.extensions.get("strawberry-definition")
    if isinstance(definition, StrawberryEnumDefinition):
        kind = definition.wrapped_cls
    if kind is None:
        raise Unsupported("The enum is not Strawberry's.")
    return {str(one.value): str(type_.serialize(one)) for one in kind}


def time_of_sqlite(text: str) -> str:
    """As the scalar writes it: in UTC with milliseconds."""
    if text[-6:] != "+00:00" or len(text) not in (25, 32):
        return write_time(datetime.fromisoformat(text))
    return f"{text[:10]}T{text[11:19]}{text[19:23] if len(text) == 32 else '.000'}Z"


def identifier(compiler: Compiler, kind: str, variable: str) -> str:
    return f"{compiler.constant(_identifiers(kind), 'id')}({variable})"


@cache
def _identifiers(kind: str) -> Callable[[Any], str]:
    """What `global_id` does, with all that is the same for every key done once."""
    prefix = kind.encode() + b":"
    end = -(-(len(prefix) + 16) % 3) or None
    table = bytes.maketrans(b"+/", b"-_")

    @lru_cache(REMEMBERED)
    def of(key: Any) -> str:
        raw = bytes.fromhex(key.replace("-", "")) if isinstance(key, str) else key.bytes
        return b2a_base64(prefix + raw, newline=False)[:end].translate(table).decode()

    return of


def required(value: Any) -> Any:
    if value is None:
        raise Bail("There is no value.")
    return value

"""The conventions of docs/graphql.md, as far as a machine can see that they are kept."""

import re
from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    get_nullable_type,
    is_introspection_type,
    is_list_type,
    is_specified_scalar_type,
)

CAMEL = re.compile(r"[a-z][A-Za-z0-9]*")
UPPER = re.compile(r"[A-Z][A-Z0-9_]*")
INPUT = re.compile(r"\w+(Input|Filter|Order|Range|Lookup|Draft)")
YES_OR_NO = re.compile(r"(is|has|can|waits)[A-Z]\w*")
SPAN = re.compile(r"([Ss]econd|[Mm]inute|[Hh]our|[Dd]ay)s?")
UNIT = re.compile(r"\w*([Ss]econds|[Mm]inutes|[Hh]ours|[Dd]ays)")
PAGE = ("first", "after", "last", "before")
CONNECTION = {"edges", "nodes", "pageInfo", "totalCount"}
FIELDS = GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType
NOT_NODES = {"searchId"}
"""Searches are named, and never read again."""
AFFIXES = re.compile(r"(Enum|Type|Interface)$")


def broken_conventions(schema: GraphQLSchema) -> list[str]:
    found = []
    for type_ in schema.type_map.values():
        if not is_introspection_type(type_) and not is_specified_scalar_type(type_):
            found += [f"{type_.name}{problem}" for problem in _of_type(type_)]
    for name, field in schema.mutation_type.fields.items() if schema.mutation_type else ():
        found += [f"Mutation.{name}: {problem}" for problem in _of_mutation(name, field)]
    return found


def _of_type(type_: GraphQLNamedType) -> Iterator[str]:
    if not type_.description:
        yield ": no description"
    if AFFIXES.search(type_.name):
        yield ": says in its name what it is"
    if isinstance(type_, GraphQLEnumType):
        for name, value in type_.values.items():
            if not UPPER.fullmatch(name):
                yield f".{name}: not UPPER_SNAKE"
            if not value.description:
                yield f".{name}: no description"
    if isinstance(type_, GraphQLInputObjectType) and not INPUT.fullmatch(type_.name):
        yield ": not named like an input"
    if isinstance(type_, FIELDS):
        for name, field in type_.fields.items():
            yield from (f".{name}{problem}" for problem in _of_field(name, field))


def _of_field(name: str, field: object) -> Iterator[str]:
    assert isinstance(field, GraphQLField) or hasattr(field, "default_value")
    if not CAMEL.fullmatch(name):
        yield ": not camelCase"
    if re.match(r"(get|list)[A-Z]", name):
        yield ": a verb that says nothing"
    if not field.description:
        yield ": no description"
    elif field.description.endswith(".") and field.description.count(".") == 1:
        yield ": a description of a field is no sentence"
    yield from _of_value(name, field)
    if not isinstance(field, GraphQLField):
        return
    for argument, given in field.args.items():
        if not given.description:
            yield f"({argument}): no description"
    yield from _of_lists(name, field)


def _of_value(name: str, field: Any) -> Iterator[str]:
    """The name says what kind of value it is."""
    named = get_named_type(field.type).name
    is_input = not isinstance(field, GraphQLField)
    if named == "Boolean" and not YES_OR_NO.fullmatch(name):
        yield ": a Boolean is named like isOpen or canReply"
    if named == "DateTime" and not name.endswith("At") and name not in ("from", "to"):
        yield ": a time is named like closedAt"
    is_number = named in ("Int", "Float")
    if is_number and re.match(r"(num|number|total|count)[A-Z]", name) and name[-5:] != "Count":
        yield ": a number of things is named like replyCount"
    if is_number and SPAN.search(name) and not UNIT.fullmatch(name):
        yield ": the unit stands at the end of the name"
    if is_input and named == "ID" and not re.fullmatch(r"id|ids|anyOf|\w+Ids?", name):
        yield ": an ID in an input is named like ticketId"
    if not is_input and re.search(r"(Id|ID|Ids)$", name) and name not in NOT_NODES:
        yield ": a reference is an object, not its ID"


def _of_lists(name: str, field: GraphQLField) -> Iterator[str]:
    named = get_named_type(field.type)
    if named.name.endswith("Connection"):
        if not {*PAGE} <= set(field.args) and "query" not in field.args:
            yield ": connection without first, after, last and before"
        if not {"first", "after"} <= set(field.args):
            yield ": connection without first and after"
        if not isinstance(named, GraphQLObjectType) or not set(named.fields) >= CONNECTION:
            yield f": {named.name} lacks one of {sorted(CONNECTION)}"
    elif "edges" in getattr(named, "fields", {}):
        yield f": {named.name} has edges and is not named a connection"
    elif set(PAGE[1:]) & set(field.args):
        yield ": pages of what is no connection"
    inner = get_nullable_type(field.type)
    if is_list_type(inner) and not isinstance(inner.of_type, GraphQLNonNull) and name != "nodes":
        yield ": list of what may be null"


def _of_mutation(name: str, field: GraphQLField) -> Iterator[str]:
    act = name[0].upper() + name[1:]
    if {key: str(given.type) for key, given in field.args.items()} != {"input": f"{act}Input!"}:
        yield f"must take input: {act}Input! and nothing else"
    if str(field.type) != f"{act}Payload!":
        yield f"must return {act}Payload!"
        return
    payload = get_named_type(field.type)
    assert isinstance(payload, GraphQLObjectType)
    errors = payload.fields.get("errors")
    if errors is None or str(errors.type) != f"[{act}Error!]!":
        yield f"errors must be [{act}Error!]!"
        return
    union = get_named_type(errors.type)
    if not isinstance(union, GraphQLUnionType):
        yield f"{act}Error must be a union"
        return
    for member in union.types:
        if "UserError" not in [interface.name for interface in member.interfaces]:
            yield f"{member.name} must implement UserError"

"""What a change of the schema does to clients, and whether they were told in time."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    find_breaking_changes,
)

REASON = re.compile(r"Use `(.+)`\. Removed after (\d{4}-\d\d-\d\d)\.")
NOTICE = timedelta(days=182)
COORDINATE = re.compile(r"\b[A-Za-z]\w*\.\w+(\(\w+:\))?")


def breaks(before: str, after: str, today: date) -> list[str]:
    """Changes that break a client, but for what a deprecation announced whose day has come."""
    old = build_schema(before)
    announced = {
        where for where, reason in deprecations(old) if (until(reason) or date.max) < today
    }
    return [
        change.description
        for change in find_breaking_changes(old, build_schema(after))
        if not announced & {found[0] for found in COORDINATE.finditer(change.description)}
    ]


def broken_promises(before: str, after: str, today: date) -> list[str]:
    """Deprecations that name no replacement, or a day that is too near, moved nearer or past."""
    old = dict(deprecations(build_schema(before)))
    new = build_schema(after)
    found = []
    for where, reason in deprecations(new):
        day, known = until(reason), until(old.get(where, ""))
        if day is None or not replaces(new, where, reason):
            found.append(f"{where}: say 'Use `x`. Removed after YYYY-MM-DD.' with an x that exists")
        elif day < today:
            found.append(f"{where}: its day has come, remove it")
        elif known is None and day < today + NOTICE:
            found.append(f"{where}: give clients six months")
        elif known is not None and day < known:
            found.append(f"{where}: clients were promised {known}")
    return found


def until(reason: str) -> date | None:
    """The day after which it goes."""
    match = REASON.fullmatch(reason)
    try:
        return date.fromisoformat(match[2]) if match else None
    except ValueError:
        return None


def replaces(schema: GraphQLSchema, where: str, reason: str) -> bool:
    """Whether the replacement is there: a neighbor by its name, or `Type.field`."""
    match = REASON.fullmatch(reason)
    name = match[1] if match else ""
    parent, _, field = name.rpartition(".")
    names = {*members(schema.get_type(parent or where.partition(".")[0]))}
    return field in names and f"{parent or where.partition('.')[0]}.{field}" != where


def members(type_: GraphQLNamedType | None) -> Iterator[str]:
    if isinstance(type_, GraphQLEnumType):
        yield from type_.values
    elif isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
        yield from type_.fields
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
        for field in type_.fields.values():
            yield from field.args


def deprecations(schema: GraphQLSchema) -> Iterator[tuple[str, str]]:
    """Every deprecated field, argument and enum value with its reason."""
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLEnumType):
            for name, value in type_.values.items():
                if value.deprecation_reason is not None:
                    yield f"{type_.name}.{name}", value.deprecation_reason
        if not isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            continue
        for name, field in type_.fields.items():
            if field.deprecation_reason is not None:
                yield f"{type_.name}.{name}", field.deprecation_reason
            for argument, given in getattr(field, "args", {}).items():
                if given.deprecation_reason is not None:
                    yield f"{type_.name}.{name}({argument}:)", given.deprecation_reason

"""Walk: queries made from the schema alone, that ask for every field there is."""

from collections.abc import Iterator

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

THROUGH = ("Connection", "Edge", "Payload", "Suggestions", "PageInfo")
"""Types that only lead to others: they take no step."""


def every_field(schema: GraphQLSchema, type_name: str, steps: int) -> str:
    """A selection of every field of the type, and of the types behind it, so many steps deep."""
    return "{ " + " ".join(["__typename", *_of(schema, schema.type_map[type_name], steps)]) + " }"


def _of(schema: GraphQLSchema, type_: object, steps: int) -> Iterator[str]:
    if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
        for one in schema.get_possible_types(type_):
            yield f"... on {one.name} {{ __typename {' '.join(_of(schema, one, steps))} }}"
    elif isinstance(type_, GraphQLObjectType):
        for name, field in type_.fields.items():
            yield from _one(schema, type_.name, name, field, steps)


def _one(
    schema: GraphQLSchema, owner: str, name: str, field: GraphQLField, steps: int
) -> Iterator[str]:
    if any(is_required_argument(argument) for argument in field.args.values()):
        return
    named = get_named_type(field.type)
    written = f"{owner}_{name}: {name}"
    if is_leaf_type(named):
        yield written
        return
    left = steps if named.name.endswith(THROUGH) else steps - 1
    inner = list(_of(schema, named, left)) if left >= 0 else []
    if inner:
        yield f"{written} {{ __typename {' '.join(inner)} }}"

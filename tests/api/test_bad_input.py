"""Bad input of every kind in every place: a clear refusal or nothing found, never a bug of ours."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    get_nullable_type,
)

from api.identifiers import global_id
from api.schema import schema
from tests.api.asking import Api
from tests.api.world import World

GRAPHQL = schema._schema
BAD_TEXTS = (
    "",
    "\x00",
    "a\x00b",
    "x" * 100_000,
    "🙂" * 300,
    "'; DROP TABLE ticket; --",
    "%_\\",
    "\u202e\ufeff\u0000",
    "e\u0301" * 100,
)
BAD_NUMBERS = (-1, 0, 2**31 - 1, -(2**31))


def benign(type_: GraphQLInputType) -> Any:
    """A value that fits, with only what is required."""
    if isinstance(type_, GraphQLNonNull):
        return benign(type_.of_type)
    if isinstance(type_, GraphQLList):
        return []
    if isinstance(type_, GraphQLEnumType):
        return next(iter(type_.values))
    if isinstance(type_, GraphQLInputObjectType):
        return {
            name: benign(field.type)
            for name, field in type_.fields.items()
            if isinstance(field.type, GraphQLNonNull)
        }
    return {"Int": 1, "Boolean": True, "DateTime": "2030-01-01T00:00:00Z"}.get(str(type_), "x")


def spoiled(input: GraphQLInputObjectType) -> Iterator[dict[str, Any]]:
    """Inputs that fit the schema, each with one bad value in one place."""
    for name, field in input.fields.items():
        kind = get_nullable_type(field.type)
        named = str(get_named_type(field.type))
        bad: tuple[Any, ...] = {"String": BAD_TEXTS, "ID": BAD_TEXTS, "Int": BAD_NUMBERS}.get(
            named, ()
        )
        for value in bad:
            yield {**benign(input), name: [value] if isinstance(kind, GraphQLList) else value}


async def test_no_value_in_any_input_is_a_bug_of_ours(furnished: World, api: Api) -> None:
    ticket = global_id("Ticket", furnished.acme.tickets["busy"].id)
    assert GRAPHQL.mutation_type
    tried = 0
    for name, field in GRAPHQL.mutation_type.fields.items():
        kind = get_named_type(field.args["input"].type)
        assert isinstance(kind, GraphQLInputObjectType)
        act = f"{name}(input: $i) {{ errors {{ __typename }} }}"
        query = f"mutation M($i: {kind.name}!) {{ {act} }}"
        for input in spoiled(kind):
            if input.get("ticketId") == "x":
                input["ticketId"] = ticket
            codes = await api.codes(furnished.acme.max, query, i=input)
            said = {key: str(value)[:20] for key, value in input.items()}
            assert set(codes) <= {"BAD_USER_INPUT"}, (name, said, codes)
            tried += 1

    assert tried > 300


async def test_no_text_in_any_argument_is_a_bug_of_ours(furnished: World, api: Api) -> None:
    grace = furnished.acme.grace
    for text in BAD_TEXTS:
        for query in (
            "query Q($t: ID!) { node(id: $t) { id } nodes(ids: [$t]) { id } }",
            "query Q($t: ID!) { ticket(by: {id: $t}) { id } }",
            "query Q($t: String!) { article(by: {slug: $t}) { id } }",
            "query Q($t: String!) { searchArticles(query: $t) { totalCount } }",
            "query Q($t: String!) { suggestArticles(draft: {subject: $t, details: $t}) "
            "{ searchId } }",
            "query Q($t: ID!) { tickets(filter: {requesterIds: [$t], teamIds: [$t], "
            "assignee: {anyOf: [$t]}}) { totalCount } }",
        ):
            assert await api.codes(grace, query, t=text) == [], (query, text[:20])
        for query in (
            "query Q($t: String!) { tickets(filter: {categories: [$t]}) { totalCount } }",
            "query Q($t: String!) { articles(filter: {locale: $t, section: $t}) { totalCount } }",
            'query Q($t: String!) { searchArticles(query: "vpn", locale: $t) { totalCount } }',
            'query Q($t: String!) { searchArticles(query: "vpn", visitor: $t) { totalCount } }',
            "query Q($t: String!) { surveys(after: $t) { totalCount } }",
        ):
            codes = await api.codes(grace, query, t=text)
            assert codes in ([], ["BAD_USER_INPUT"]), (query, text[:20], codes)

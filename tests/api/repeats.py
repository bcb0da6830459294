"""Every mutation can be repeated and overwrites nobody; the exceptions give their reasons."""

from collections.abc import Iterator, Mapping

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
)

WITHOUT_KEY: Mapping[str, str] = {
    "createApiToken": "the secret is shown once, and a key would have to keep it",
    "deactivateServiceAccount": "it is ended for good, and a second time changes nothing",
    "endSessions": "what is over stays over, and a second time says that there is no such session",
    "revokeApiToken": "it is revoked for good, and a second time changes nothing",
    "changeGoldenQuery": "says the same of the query a second time, or finds it newer",
    "nameArticleServices": "a second time names the same services, and changes nothing",
    "removeGoldenQuery": "what is removed stays so, and a second time there is no such query",
    "answerSurvey": "saves the same answers in the same response, and hands it in once",
    "markArticleNoticesSeen": "what was seen stays seen, since the first time",
    "markNotificationsSeen": "what was seen stays seen, since the first time",
    "rateArticle": "a reader has one vote, which is set to what it says",
    "recordDeflection": "the same outcome of the same search is kept once",
}
"""Mutations without idempotencyKey: what makes a second time harmless, or a key useless."""

WITHOUT_VERSION: Mapping[str, str] = {
    "nameArticleServices": "services are beside the article and overwrite nothing of it",
    "addTeamMember": "a membership is beside the team and overwrites nothing of it",
    "addTeamOrganization": "whom a team serves is beside it and overwrites nothing of it",
    "cancelAbsence": "an absence is never changed but canceled, once",
    "grantRole": "a role is beside the person and overwrites nothing of them",
    "deactivateServiceAccount": "whatever else has changed, it is to end",
    "revokeApiToken": "nothing of a token ever changes but that it ends",
    "rateArticle": "a vote is beside the article and changes nothing of it",
    "removeTeamMember": "a membership is beside the team and overwrites nothing of it",
    "removeTeamOrganization": "whom a team serves is beside it and overwrites nothing of it",
    "revokeRole": "a role is beside the person and overwrites nothing of them",
    "recordDeflection": "what came of a search is beside the article and changes nothing of it",
}
"""Mutations that name an object which they answer, without expectedVersion."""


def unsafe_mutations(
    schema: GraphQLSchema,
    without_key: Mapping[str, str] = WITHOUT_KEY,
    without_version: Mapping[str, str] = WITHOUT_VERSION,
) -> list[str]:
    mutations = schema.mutation_type.fields if schema.mutation_type else {}
    found = []
    for name, field in mutations.items():
        input, payload = _parts(field)
        found += [f"{name}: {what}" for what in _of_key(input, payload, name in without_key)]
        excused = name in without_version
        found += [f"{name}: {what}" for what in _of_version(input, payload, excused)]
    gone = {*without_key, *without_version} - set(mutations)
    return found + [f"{name}: an exception for what does not exist" for name in sorted(gone)]


def _parts(field: GraphQLField) -> tuple[GraphQLInputObjectType, GraphQLObjectType]:
    """Input and payload; of an act on several, those of its items."""
    input, payload = get_named_type(field.args["input"].type), get_named_type(field.type)
    assert isinstance(input, GraphQLInputObjectType)
    assert isinstance(payload, GraphQLObjectType)
    if "items" in input.fields:
        item = get_named_type(input.fields["items"].type)
        result = get_named_type(payload.fields["results"].type)
        assert isinstance(item, GraphQLInputObjectType)
        assert isinstance(result, GraphQLObjectType)
        return item, result
    return input, payload


def _of_key(
    input: GraphQLInputObjectType, payload: GraphQLObjectType, excused: bool
) -> Iterator[str]:
    if "idempotencyKey" not in input.fields:
        if not excused:
            yield "takes no idempotencyKey"
        return
    if excused:
        yield "needs no exception, it takes an idempotencyKey"
    if str(input.fields["idempotencyKey"].type) != "String":
        yield "idempotencyKey must be a String that may be left out"
    if "IdempotencyKeyReused" not in _refusals(payload):
        yield "its errors lack IdempotencyKeyReused"


def _of_version(
    input: GraphQLInputObjectType, payload: GraphQLObjectType, excused: bool
) -> Iterator[str]:
    changed = [type_ for type_ in _answered(payload) if _id_of(type_) in input.fields]
    if "expectedVersion" not in input.fields:
        if changed and not excused:
            yield f"changes a {changed[0].name} and takes no expectedVersion"
        elif excused and not changed:
            yield "needs no exception, it changes nothing that has a version"
        return
    if excused:
        yield "needs no exception, it takes an expectedVersion"
    if str(input.fields["expectedVersion"].type) != "Int":
        yield "expectedVersion must be an Int that may be left out"
    if "StaleVersion" not in _refusals(payload):
        yield "its errors lack StaleVersion"
    for type_ in changed:
        if "version" not in type_.fields or str(type_.fields["version"].type) != "Int!":
            yield f"{type_.name} lacks version: Int!"


def _answered(payload: GraphQLObjectType) -> list[GraphQLObjectType]:
    types = [get_named_type(field.type) for field in payload.fields.values()]
    return [type_ for type_ in types if isinstance(type_, GraphQLObjectType)]


def _id_of(type_: GraphQLObjectType) -> str:
    return f"{type_.name[0].lower()}{type_.name[1:]}Id"


def _refusals(payload: GraphQLObjectType) -> set[str]:
    union = get_named_type(payload.fields["errors"].type)
    assert isinstance(union, GraphQLUnionType)
    return {member.name for member in union.types}

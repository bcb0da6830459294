"""docs/graphql.md is true: every operation in it runs, every table in it is what the code says."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphql import OperationType

from api.admission import Caller, Standing
from api.context import Context
from api.identifiers import global_id
from api.operations.errors import Code
from api.operations.execute import Operations
from api.operations.limits import Limits
from api.operations.request import OperationRequest
from api.schema import schema
from foredesk.people.viewer import Viewer
from tests.api.asking import Api
from tests.api.world import World

TEXT = (Path(__file__).parents[2] / "docs/graphql.md").read_text("utf-8")
BLOCK = re.compile(r"```graphql\n# as (\w+)\n(.*?)```(?:\n\n```json\n(.*?)```)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Recipe:
    who: str
    query: str
    variables: dict[str, Any]


def recipes() -> Iterator[Recipe]:
    for who, query, variables in BLOCK.findall(TEXT):
        yield Recipe(who, query, json.loads(variables or "{}"))


async def test_every_operation_of_the_cookbook_runs(furnished: World, api: Api) -> None:
    acme = furnished.acme
    people: dict[str, Viewer | None] = {
        "nobody": None,
        "requester": acme.ada,
        "agent": acme.grace,
        "manager": acme.max,
        "administrator": furnished.root,
    }
    known: dict[str, Any] = {
        "busy ticket": global_id("Ticket", acme.tickets["busy"].id),
        "unknown ticket": "gone",
        "article": global_id("Article", furnished.public.id),
        "article slug": furnished.public.slug,
        "agent": person(acme.grace),
        "manager": person(acme.max),
    }
    ran: set[str] = set()
    for recipe in recipes():
        variables = filled(recipe.variables, known)
        if recipe.query.startswith("subscription"):
            data = await first_event(furnished, people[recipe.who], recipe.query, variables)
        else:
            data = await api.ask(people[recipe.who], recipe.query, **variables)
        for name, value in data.items():
            ran.add(name)
            assert value is not None, recipe.query
            if "errors" in value and "Blank" not in recipe.query:
                assert value["errors"] == [], recipe.query
        learn(known, data)

    roots = (GRAPHQL.query_type, GRAPHQL.mutation_type, GRAPHQL.subscription_type)
    fields = {name for root in roots if root for name in root.fields}
    assert fields - ran == {"node", "articles"}


def test_every_graphql_block_says_as_whom_it_runs() -> None:
    assert TEXT.count("```graphql") == len(list(recipes())) > 25


def test_the_limits_are_those_of_the_code() -> None:
    limits = Limits()
    table = section("Limits")
    assert [int(value) for _, value in table] == [
        limits.tokens,
        limits.depth,
        limits.aliases,
        limits.root_fields,
        limits.fields,
        limits.directives,
        limits.same_name,
        limits.repeated,
        limits.values,
        limits.list_length,
        limits.cost,
        limits.query_seconds,
        limits.mutation_seconds,
    ]


def test_every_code_of_an_error_is_explained() -> None:
    assert [name.strip("`") for name, _ in section("Errors")] == [code.value for code in Code]


GRAPHQL = schema._schema


def person(viewer: Viewer) -> str:
    assert viewer.person_id is not None
    return global_id("Person", viewer.person_id)


def filled(value: Any, known: dict[str, Any]) -> Any:
    """The variables with what stands in angle brackets replaced by what earlier answers told."""
    if isinstance(value, dict):
        return {name: filled(inner, known) for name, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, known) for inner in value]
    if isinstance(value, str) and (named := re.fullmatch(r"<(.+)>", value)):
        return known[named[1]]
    return value


def learn(known: dict[str, Any], data: dict[str, Any]) -> None:
    for name in ("searchArticles", "suggestArticles"):
        if name in data:
            known["search"] = data[name]["searchId"]
    if ticket := (data.get("createTicket") or {}).get("ticket"):
        known["ticket"], known["ticket number"] = ticket["id"], ticket["number"]
    if "surveyInvitations" in data:
        known["invitation"] = data["surveyInvitations"]["nodes"][0]["id"]


async def first_event(
    world: World, viewer: Viewer | None, query: str, variables: dict[str, Any]
) -> dict[str, Any]:
    assert viewer is not None

    async def admit() -> Caller:
        return Caller(viewer)

    operations = Operations(schema, hide_suggestions=True)
    prepared = operations.prepare(OperationRequest(query, None, variables), may_introspect=False)
    assert prepared.kind is OperationType.SUBSCRIPTION
    context = Context(world.desk, Standing(Caller(viewer), admit))
    stream = operations.events(prepared, lambda: context)
    answer = await anext(stream)
    await stream.aclose()
    assert not answer.errors
    return dict(answer.data or {})


def section(title: str) -> list[tuple[str, str]]:
    """The rows of the table under a heading."""
    part = TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", part, re.MULTILINE)
    return rows[1:]

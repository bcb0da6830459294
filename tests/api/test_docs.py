"""The API's docs are true: operations run and answer what they say, tables are as the code is."""

import re
from typing import Any

import pytest
from graphql import OperationType

from api.admission import Caller, Standing
from api.context import Context
from api.identifiers import global_id
from api.operations.errors import Code
from api.operations.execute import Operations
from api.operations.limits import Limits
from api.operations.request import OperationRequest
from api.schema import schema
from foredesk.people.viewer import ANONYMOUS, Viewer
from tests.api.asking import Api
from tests.api.recipes import DOCS, Recipe, differences, pages, recipes
from tests.api.world import World

TEXT = (DOCS / "graphql.md").read_text("utf-8")
GRAPHQL = schema._schema


async def test_every_operation_in_the_docs_runs_and_answers_what_they_say(
    furnished: World, api: Api
) -> None:
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
        "closed ticket": global_id("Ticket", acme.tickets["closed"].id),
        "mail service": global_id("Service", furnished.common_service.id),
        "unknown ticket": "gone",
        "article": global_id("Article", furnished.public.id),
        "article slug": furnished.public.slug,
        "customer": global_id("Organization", acme.organization.id),
        "agent": person(acme.grace),
        "manager": person(acme.max),
    }
    ran: set[str] = set()
    for recipe in recipes():
        variables = filled(recipe.variables, known)
        if recipe.query.startswith("subscription"):
            answer = await first_event(furnished, people[recipe.who], recipe.query, variables)
        else:
            answer = await api.answer(people[recipe.who], recipe.query, **variables)
        if recipe.answer is not None:
            said = {name: answer.get(name) for name in recipe.answer}
            assert differences(recipe.answer, said) == [], recipe.name
        else:
            check_success(recipe, answer)
        ran |= set(answer.get("data") or {})
        learn(known, answer.get("data") or {})

    roots = (GRAPHQL.query_type, GRAPHQL.mutation_type, GRAPHQL.subscription_type)
    fields = {name for root in roots if root for name in root.fields}
    assert fields - ran == {"articles"}


def check_success(recipe: Recipe, answer: dict[str, Any]) -> None:
    """A recipe that shows no answer is one that succeeds."""
    assert "errors" not in answer, (recipe.name, answer)
    for value in answer["data"].values():
        assert value is not None, recipe.name
        assert value.get("errors", []) == [] if isinstance(value, dict) else value, recipe.name


def test_every_graphql_block_says_as_whom_it_runs() -> None:
    for page in pages():
        blocks = page.read_text("utf-8").count("```graphql")
        assert blocks == len([recipe for recipe in recipes() if recipe.page == page.name]), page
    assert len(recipes()) > 40


def test_every_answer_in_the_docs_stands_right_after_its_operation() -> None:
    written = sum(page.read_text("utf-8").count("```json answer") for page in pages())
    assert written == len([recipe for recipe in recipes() if recipe.answer is not None]) > 10


@pytest.mark.parametrize(
    ("expected", "said", "found"),
    [
        ({"a": "x…"}, {"a": "xyz"}, []),
        ({"a": "x…"}, {"a": "yz"}, ["a: 'yz'"]),
        ({"a": "x…"}, {"a": None}, ["a: None"]),
        ({"a": 1}, {"a": True}, ["a: True"]),
        ({"a": 1}, {"a": 1, "b": 2}, ["answer: ['a', 'b']"]),
        ([{"a": 1}], [{"a": 2}], ["a: 2"]),
        ([], [1], ["answer: 1 of them"]),
        ([None], [None], []),
    ],
)
def test_a_difference_between_docs_and_answer_is_found(
    expected: Any, said: Any, found: list[str]
) -> None:
    assert differences(expected, said) == found


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
    if version := (data.get("ticket") or {}).get("version"):
        known["ticket version"] = version
    if cursor := ((data.get("tickets") or {}).get("pageInfo") or {}).get("endCursor"):
        known["end cursor"] = cursor
    if "organizations" in data:
        known["first organization"] = data["organizations"]["nodes"][0]["id"]
    for name, payload in data.items():
        if re.match(r"(create|set|define|start)[A-Z]", name):
            made = {key: value for key, value in payload.items() if isinstance(value, dict)}
            known |= {key: value["id"] for key, value in made.items() if "id" in value}
    if article := (data.get("writeArticle") or {}).get("article"):
        known["translation" if "new article" in known else "new article"] = article["id"]
    if golden := (data.get("addGoldenQuery") or {}).get("goldenQuery"):
        known["golden query"] = golden["id"]
    if file := (data.get("attachArticleFile") or {}).get("attachment"):
        known["attachment"] = file["id"]
    if "articleNotices" in data:
        known["article notice"] = data["articleNotices"]["nodes"][0]["id"]
    if report := (data.get("reviseOutageReport") or {}).get("ticket"):
        known["outage action"] = report["outageReport"]["content"]["actions"][0]["id"]
    if part := (data.get("splitTicket") or {}).get("part"):
        known["part"] = part["id"]
    if "notifications" in data:
        known["notification"] = data["notifications"]["nodes"][0]["id"]
    if "surveyInvitations" in data:
        known["invitation"] = data["surveyInvitations"]["nodes"][0]["id"]


async def first_event(
    world: World, viewer: Viewer | None, query: str, variables: dict[str, Any]
) -> dict[str, Any]:
    caller = Caller(viewer or ANONYMOUS)

    async def admit() -> Caller:
        return caller

    operations = Operations(schema, hide_suggestions=True)
    prepared = operations.prepare(OperationRequest(query, None, variables), may_introspect=False)
    assert prepared.kind is OperationType.SUBSCRIPTION
    context = Context(world.desk, Standing(caller, admit))
    stream = operations.events(prepared, lambda: context)
    answer = await anext(stream)
    await stream.aclose()
    return answer.as_map()


def section(title: str) -> list[tuple[str, str]]:
    """The rows of the table under a heading."""
    part = TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", part, re.MULTILINE)
    return rows[1:]

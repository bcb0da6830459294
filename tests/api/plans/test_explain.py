"""No read of a list looks at a whole table, or sorts one, whoever reads in whatever order."""

import json
import re
from itertools import product
from typing import Any

from api.identifiers import global_id
from foredesk.database.reading import Reader
from foredesk.people.viewer import Viewer
from tests.api.plans.asking import Asked
from tests.api.plans.many import grow
from tests.api.plans.recorder import recorded
from tests.api.world import World

MANY = ("ticket", "person", "article", "ticket_event", "ticket_clock")
"""Tables that grow with use; others hold a page or two."""

TICKET_ORDERS = [
    f"{{field: {field}, direction: {direction}}}"
    for field, direction in product(
        ("OPENED_AT", "UPDATED_AT", "DUE_AT", "NUMBER"), ("ASC", "DESC")
    )
]
ARTICLE_ORDERS = [
    f"{{field: {field}, direction: {direction}}}"
    for field, direction in product(("UPDATED_AT", "CREATED_AT", "TITLE"), ("ASC", "DESC"))
]


async def test_lists_are_read_by_their_indexes(furnished: World) -> None:
    await grow()
    asked = Asked(furnished.desk)
    with recorded() as recorder:
        for viewer, query in product(_viewers(furnished), _queries(furnished)):
            await asked.by_plan(viewer, query)
    assert asked.counts.bailed == asked.counts.failed == 0
    assert len(recorder.asked) > 150
    texts = dict(recorder.asked)
    found = []
    for statement, values in texts.items():
        plan = await _plan(recorder.reader, statement, values)
        if _is_of_many(statement) and (faults := _faults(recorder.dialect, plan)):
            found.append(f"{faults}\n{statement}\n{plan}")
    assert not found, "\n\n".join(found)


def _viewers(world: World) -> list[Viewer]:
    return [world.root, world.acme.grace, world.acme.max, world.acme.ada]


def _queries(world: World) -> list[str]:
    team = global_id("Team", world.acme.team.id)
    organization = global_id("Organization", world.acme.organization.id)
    person = global_id("Person", world.acme.grace.person_id or world.acme.team.id)
    filters = [
        "{}",
        "{states: [OPEN, WAITING]}",
        f'{{teamIds: ["{team}"], states: [OPEN, WAITING]}}',
        f'{{organizationIds: ["{organization}"]}}',
        f'{{assignee: {{anyOf: ["{person}"]}}}}',
        f'{{requesterIds: ["{person}"]}}',
    ]
    below = "nodes { requester { name } team { name } clocks { name } } pageInfo { endCursor }"
    tickets = [
        f"{{ tickets(first: 50, orderBy: {order}, filter: {filter}) {{ {below} }} }}"
        for order, filter in product(TICKET_ORDERS, filters)
    ]
    articles = [
        f"{{ articles(orderBy: {order}) {{ nodes {{ title }} }} }}" for order in ARTICLE_ORDERS
    ]
    others = [f"{{ {name} {{ nodes {{ id }} }} }}" for name in ("services", "surveyInvitations")]
    events = "{ tickets(first: 5) { nodes { events(last: 3) { nodes { kind actor { name } } } } } }"
    return [*tickets, *articles, *others, events]


async def _plan(reader: Reader, statement: str, values: list[Any]) -> Any:
    if reader.dialect == "sqlite":
        rows = await reader.rows(f"EXPLAIN QUERY PLAN {statement}", values)
        return "\n".join(str(row[3]) for row in rows)
    ((plan,),) = await reader.rows(f"EXPLAIN (FORMAT JSON) {statement}", values)
    return json.loads(plan) if isinstance(plan, str) else plan


def _is_of_many(statement: str) -> bool:
    table = re.search(r'FROM "(\w+)" t_\d+', statement)
    return table is not None and table[1] in MANY


def _faults(dialect: str, plan: Any) -> list[str]:
    if dialect == "sqlite":
        return _faults_of_sqlite(plan.splitlines())
    return [fault for node in _nodes(plan[0]["Plan"]) for fault in _faults_of_node(node)]


def _faults_of_sqlite(lines: list[str]) -> list[str]:
    """What is read inside of the limit comes first; a plain scan after it goes through the page.

    To sort what belongs to a page of tickets or to one person is no fault.
    """
    scans = [place for place, line in enumerate(lines) if re.match(r"SCAN t_\d+$", line)]
    has_page = any(line.startswith("CO-ROUTINE") for line in lines)
    inner = lines[: scans.pop()] if has_page else lines
    faults = [lines[place] for place in scans]
    if not any(re.search(r"\((requester|assignee|ticket)_id=\?", line) for line in inner):
        faults += [line for line in inner if line == "USE TEMP B-TREE FOR ORDER BY"]
    return faults


def _nodes(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(one for inner in node.get("Plans", ()) for one in _nodes(inner))]


def _faults_of_node(node: dict[str, Any]) -> list[str]:
    kind, rows = node["Node Type"], node.get("Plan Rows", 0)
    if kind == "Seq Scan" and node["Relation Name"] in MANY:
        return [f"reads all of {node['Relation Name']}"]
    return [f"sorts {rows} rows"] if kind == "Sort" and rows > 1000 else []

"""How many statements a plan takes: few, whatever is selected and found."""

from typing import Any

from tortoise.connection import get_connection

from api.identifiers import global_id
from api.plans.dialect import DIALECTS
from benchmarks.graphql.operations import TEXTS, Operation
from tests.api.plans.asking import Asked
from tests.api.plans.recorder import recorded
from tests.api.world import World


async def test_a_statement_for_all_or_one_for_each_level(furnished: World) -> None:
    folds = DIALECTS[get_connection("default").capabilities.dialect].folds
    house = furnished.acme
    asked = Asked(furnished.desk)
    queue = {"teams": [global_id("Team", house.team.id)], "states": ["OPEN", "CLOSED"]}
    expected: dict[Operation, tuple[int, dict[str, Any]]] = {
        Operation.Q1: (1 if folds else 3, {"id": global_id("Ticket", house.tickets["busy"].id)}),
        Operation.Q2: (1 if folds else 2, queue),
        Operation.Q3: (1 if folds else 3, queue),
    }
    for operation, (count, variables) in expected.items():
        for viewer in (furnished.root, house.grace, house.ada):
            with recorded() as recorder:
                await asked.by_plan(viewer, TEXTS[operation], **variables)
            assert len(recorder.asked) == count, [text for text, _ in recorder.asked]
    assert asked.counts.bailed == 0


async def test_a_total_comes_with_the_rows_if_there_are_any(furnished: World) -> None:
    folds = DIALECTS[get_connection("default").capabilities.dialect].folds
    asked = Asked(furnished.desk)
    for filter, count in (("{}", 1 if folds else 2), ('{categories: ["none"]}', 2)):
        query = f"{{ tickets(filter: {filter}) {{ totalCount totalCountPrecision }} }}"
        with recorded() as recorder:
            await asked.by_plan(furnished.acme.grace, query)
        assert len(recorder.asked) == count
    assert asked.counts.bailed == 0


async def test_nothing_below_is_read_where_there_is_nothing(furnished: World) -> None:
    asked = Asked(furnished.desk)
    with recorded() as recorder:
        await asked.by_plan(None, "{ tickets { nodes { clocks { name } } } }")
    assert len(recorder.asked) == 1


async def test_the_text_of_a_statement_does_not_depend_on_whom_one_serves(
    furnished: World,
) -> None:
    asked = Asked(furnished.desk)
    query = "{ tickets { nodes { requester { name } } } }"
    with recorded() as recorder:
        await asked.by_plan(furnished.acme.grace, query)
        await asked.by_plan(furnished.globex.grace, query)
    (first, mine), (second, theirs) = recorder.asked
    assert first == second
    assert mine != theirs


async def test_a_client_reads_what_it_wrote(furnished: World) -> None:
    asked, ticket = Asked(furnished.desk), furnished.acme.tickets["new"]
    query = "query T($id: ID!) { ticket(by: {id: $id}) { subject } }"
    id = global_id("Ticket", ticket.id)
    assert b"Mouse" in await asked.by_plan(furnished.root, query, id=id)
    ticket.subject = "Written anew"
    await ticket.save(update_fields=["subject"])
    assert b"Written anew" in await asked.by_plan(furnished.root, query, id=id)

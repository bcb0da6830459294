"""What a plan is, written out for one query: the place to begin reading."""

from uuid import UUID

from graphql import parse
from graphql.execution.values import get_variable_values

from api.compiled.operation import Operation
from api.compiled.program import compile_operation
from api.connections import Ordering, page_of
from api.plans import statement
from api.plans.dialect import DIALECTS
from api.plans.level import Body
from api.plans.planner import DeskPlanner
from api.plans.reader import PlanReader
from api.plans.statement import Writer
from api.schema import schema
from foredesk.people.roles import Role
from foredesk.people.viewer import Viewer

QUERY = """{ tickets(first: 2) { nodes {
  subject openedAt url requester { name } clocks { name dueAt }
} } }"""

PYTHON = """\
def rows_19(text, run, now):
    return [{'name': c_15, 'dueAt': c_16} for c_15, c_16 in loads_18(text)]

def object_22(c_3, c_4, c_10, c_11, c_17, c_20, run, now):
    o = made_21(c_20)
    v_5 = resolver_6(o, info=run.infos[1] or run.info(1))
    c_7 = leaf_8(v_5)
    d = {'subject': c_3, 'openedAt': c_4, 'url': c_7, 'requester': (None if c_11 is None else {'name': c_10}), 'clocks': rows_19(c_17, run, now)}
    return d

def page_23(rows, page, cursor, total, run, now):
    more = len(rows) > page.size
    if more: rows = rows[:page.size]
    if page.from_end: rows = rows[::-1]
    return {'nodes': [object_22(c_3, c_4, c_10, c_11, c_17, c_20, run, now) for c_3, c_4, c_10, c_11, c_17, c_20 in rows]}

def query_26(o, run):
    d = {'tickets': None}
    run.wait(reader_24.read(run, run.shared_arguments(0)), finished_25, d, 'tickets')
    return d
"""  # noqa: E501  # as it is generated

TICKETS = """\
SELECT t_2."subject", to_char(t_2."opened_at", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), j_9."name", j_9."id", (SELECT COALESCE(json_agg(json_build_array(t_12."name", to_char(t_12."target_due_at", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
ORDER BY t_12."name"), '[]')
FROM "ticket_clock" t_12
LEFT JOIN "ticket" "t_12x1" ON "t_12x1"."id"="t_12"."ticket_id"
WHERE ("t_12"."is_current"=$1 AND ("t_12"."is_operational"=$2 OR ("t_12x1"."is_confidential"=$2 AND "t_12x1"."organization_id" = ANY($3)))) AND t_12."ticket_id" = t_2."id"), t_2."number"
FROM (SELECT t_2.*
FROM "ticket" t_2
WHERE ("t_2"."requester_id"=$4 OR ("t_2"."is_confidential"=$2 AND "t_2"."organization_id" = ANY($3)))
ORDER BY t_2."opened_at" DESC, t_2."id" DESC LIMIT 3) t_2
LEFT JOIN "person" j_9 ON j_9."id" = t_2."requester_id" AND ("j_9"."id"=$4 OR "j_9"."organization_id" = ANY($5) OR "j_9"."id" IN (SELECT "person_id" "person_id"
FROM "team_member"
WHERE "team_id" = ANY($6)) OR "j_9"."id" IN (SELECT "team_member"."person_id" "person_id"
FROM "team_member" LEFT OUTER JOIN "team" "team_member__team" ON "team_member__team"."id"="team_member"."team_id" LEFT OUTER JOIN "team_customer" ON "team_member__team"."id"="team_customer"."team_id"
WHERE "team_customer"."organization_id"=$7))
ORDER BY t_2."opened_at" DESC, t_2."id" DESC
"""  # noqa: E501  # as it is sent

AGENT = Viewer(
    person_id=UUID(int=1),
    organization_id=UUID(int=2),
    roles=frozenset({Role.INCIDENT_RESOLVER}),
    serves=frozenset({UUID(int=3)}),
    team_ids=frozenset({UUID(int=4)}),
)


class Kept(DeskPlanner):
    """Keeps what it plans."""

    def plan(self, compiler: object, root: object) -> PlanReader | None:
        self.reader = super().plan(compiler, root)  # type: ignore[arg-type]
        return self.reader


async def test_the_plan_of_a_list(postgres_only: str, database: str) -> None:
    operation, planner = Operation(schema._schema, parse(QUERY), None), Kept()
    variables = get_variable_values(schema._schema, (), {})
    assert not isinstance(variables, list)

    program = compile_operation(schema, operation, variables, planner)

    assert program.text == PYTHON
    assert planner.reader is not None
    (body,) = planner.reader._bodies.values()
    assert _tickets(body) == TICKETS.strip()
    assert len(body.level.folded) == 1


def _tickets(body: Body) -> str:
    writer, ordering = Writer(DIALECTS["postgres"], AGENT), Ordering("opened_at", descending=True)
    return _folded(statement.page(writer, body.level, [], ordering, page_of(2), (None,)).text)


def _folded(text: str) -> str:
    for word in (" FROM ", " LEFT JOIN ", " WHERE ", " ORDER BY "):
        text = text.replace(word, f"\n{word.strip()} ")
    return text

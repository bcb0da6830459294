"""Planner: the part of compiled execution that knows the desk's database."""

from typing import Any

from graphql import get_named_type

from api.compiled.compiler import Compiler
from api.compiled.operation import Selected
from api.connections import node_kind
from api.plans.dialect import DIALECTS
from api.plans.level import Body, Level
from api.plans.objects import Objects
from api.plans.reader import PlanReader
from api.rows import Row, kind_of, model_of
from api.sources import Root, source_of
from foredesk.database.reading import current_reader


class DeskPlanner:
    """Takes over the root fields that say which rows they want."""

    def plan(self, compiler: Compiler, root: Selected) -> PlanReader | None:
        definition: Any = root.definition.extensions.get("strawberry-definition")
        source = source_of(definition)
        reader = current_reader()
        if not isinstance(source, Root) or reader is None:
            return None
        objects = Objects(compiler, DIALECTS[reader.dialect])
        number = compiler.field(root).place
        bodies = _bodies(compiler, objects, root, definition)
        dialect = DIALECTS[reader.dialect]
        return PlanReader(dialect, number, source.ask, bodies, needs_now=objects.needs_now)


def _bodies(
    compiler: Compiler, objects: Objects, root: Selected, definition: Any
) -> dict[Any, Body]:
    type_: Any = get_named_type(root.definition.type)
    if kinds := source_of(definition).kinds:
        return {kind: _one(compiler, objects, root, kind) for kind in kinds}
    kind = kind_of(definition)
    if isinstance(kind, type) and issubclass(kind, Row):
        return {kind: _one(compiler, objects, root, kind)}
    kind = node_kind(definition)
    body = Body(level=Level(model_of(kind), kind, compiler.name))
    objects.add_connection(type_, root.details, body, kind, is_root=True)
    return {kind: body}


def _one(compiler: Compiler, objects: Objects, root: Selected, kind: Any) -> Body:
    type_ = compiler.schema._schema.get_type(kind.__strawberry_definition__.name)
    body = Body(level=Level(model_of(kind), kind, compiler.name))
    body.key = body.level.column(body.level.alias, "id")
    objects.add_one(type_, root.details, body, kind)
    return body

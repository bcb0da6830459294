"""Policy: the domain's `visible_to` as a condition in a statement, for a table under any alias.

The rules are written once, as Tortoise's querysets; here they are only rendered. A list becomes
one array, so that the text of a statement depends on a viewer's roles and not on their teams.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from pypika_tortoise.context import SqlContext
from pypika_tortoise.queries import Table
from pypika_tortoise.terms import Parameter, Parameterizer
from tortoise.queryset import QuerySet

from foredesk.people.viewer import Viewer

REMEMBERED = 2000


class Place(Enum):
    """What stands at a place of a condition's text."""

    VALUE = "value"
    ANY_OF = "any of"
    NONE_OF = "none of"


@dataclass(frozen=True, slots=True)
class Condition:
    """`parts` are pieces of text, in which `"@` begins the alias, and values between them."""

    joins: str = ""
    parts: tuple[str | tuple[Place, Any], ...] = ()


@lru_cache(REMEMBERED)
def policy_of(
    visible: Callable[[Viewer], QuerySet[Any]], viewer: Viewer, dialect: str, *, alone: bool
) -> Condition:
    """What a row must meet for the viewer to see it; `alone` if nothing can be joined to it."""
    return rendered(visible(viewer), alone=alone)


def rendered(queryset: QuerySet[Any], *, alone: bool = False) -> Condition:
    queryset._choose_db_if_not_chosen()
    queryset._make_query()
    query: Any = queryset.query
    if not query._wheres and not query._joins:
        return Condition()
    marks = _Marks()
    context = query.QUERY_CLS.SQL_CONTEXT.copy(parameterizer=marks, with_namespace=True)
    joins_one = not alone and all(_is_to_one(join) for join in query._joins)
    if query._distinct or (query._joins and not joins_one):
        return Condition("", _parts(f'"@"."id" IN ({_ids(queryset, context)})', marks))
    names = {queryset.model._meta.basetable: Table(queryset.model._meta.db_table).as_("@")}
    for join in query._joins:
        names[join.item] = Table(join.item._table_name).as_(f"@x{len(names)}")
    joins = "".join(_join(join, names, context) for join in query._joins)
    return Condition(joins, _parts(_renamed(query._wheres, names).get_sql(context), marks))


def _ids(queryset: QuerySet[Any], context: SqlContext) -> str:
    part = queryset.only("id")
    part._choose_db_if_not_chosen()
    part._make_query()
    text: str = part.query.get_sql(context.copy(with_namespace=False))
    return text


def _is_to_one(join: Any) -> bool:
    """Whether the joined table is joined by its key, so that it gives one row at most."""
    sides = [getattr(join.criterion, side, None) for side in ("left", "right")]
    return any(
        getattr(side, "name", "") == "id" and getattr(side, "table", None) == join.item
        for side in sides
    )


def _join(join: Any, names: dict[Any, Table], context: SqlContext) -> str:
    criterion = _renamed(join.criterion, names).get_sql(context)
    return f' LEFT JOIN "{join.item._table_name}" "{names[join.item].alias}" ON {criterion}'


def _renamed(criterion: Any, names: dict[Any, Table]) -> Any:
    for table, renamed in names.items():
        criterion = criterion.replace_table(table, renamed)
    return criterion


class _Marks(Parameterizer):
    """Marks where each value stands, so that lists of them can be found in the text."""

    def create_param(self, value: Any) -> Parameter:
        self.values.append(value)
        return Parameter(f"\x01{len(self.values) - 1}\x01")


_MARK = re.compile(r"\x01(\d+)\x01")
_PLACE = re.compile(r"((?:NOT )?IN) \(((?:\x01\d+\x01,?)+)\)|(\x01\d+\x01)")


def _parts(text: str, marks: Parameterizer) -> tuple[str | tuple[Place, Any], ...]:
    parts: list[str | tuple[Place, Any]] = []
    end = 0
    for found in _PLACE.finditer(text):
        members = [marks.values[int(number)] for number in _MARK.findall(found[0])]
        parts.append(text[end : found.start()])
        if found[3]:
            parts.append((Place.VALUE, members[0]))
        else:
            parts.append((Place.NONE_OF if found[1] != "IN" else Place.ANY_OF, members))
        end = found.end()
    return (*parts, text[end:])

"""Statement: the SQL of a level for one viewer, and the values that stand in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tortoise.fields import JSONField

from api.connections import COUNTED, Ordering, Page
from api.plans.dialect import Dialect
from api.plans.level import CURSOR, TOTAL, Child, Level
from api.plans.policy import Place, policy_of
from foredesk.people.viewer import Viewer

OPERATORS = {"": "=", "gte": ">=", "lt": "<"}
Where = Sequence[tuple[str, Any]]
"""Conditions in Tortoise's words, with the values on which their text depends."""
Below = tuple[Page | None, ...]
"""The pages of what is folded into a level; None where all rows are."""
_REQUESTED = re.compile(r"\x01(\d+)\x01")


@dataclass(frozen=True, slots=True)
class Statement:
    """The values of the policy come first in it, those of the request after them."""

    text: str
    values: tuple[Any, ...]


class Writer:
    """Writes one statement. Whatever has values of the viewer's comes first."""

    def __init__(self, dialect: Dialect, viewer: Viewer) -> None:
        self._dialect = dialect
        self._viewer = viewer
        self._values: list[Any] = []
        self._fixed_places: dict[tuple[type, Any], str] = {}
        self._count = 0

    @property
    def has_lateral(self) -> bool:
        return self._dialect.has_lateral

    def statement(self, text: str) -> Statement:
        fixed, place = len(self._values), self._dialect.place
        text = _REQUESTED.sub(lambda found: place(fixed + int(found[1])), text)
        return Statement(text, tuple(self._values))

    def next_place(self) -> str:
        """Where the next value of the request stands, after all of the policy's."""
        self._count += 1
        return f"\x01{self._count}\x01"

    def policy(self, kind: Any, alias: str, *, alone: bool = False) -> tuple[str, str]:
        """What must be joined to ask whether a row may be seen, and the condition; or nothing."""
        if kind is None or kind.visible is None:
            return "", ""
        seen = policy_of(kind.visible, self._viewer, self._dialect.name, alone=alone)
        text = "".join(self._piece(part) for part in seen.parts)
        return _under(alias, seen.joins), f"({_under(alias, text)})" if text else ""

    def columns(
        self,
        level: Level,
        below: Below = (),
        ordering: Ordering | None = None,
        where: Where = (),
    ) -> str:
        """`where` are the conditions of the list that a total counts."""
        pages = iter(below)
        found = []
        for column in level.columns:
            if isinstance(column, Child):
                found.append(folded(self, column, next(pages)))
            elif column[1] == TOTAL:
                found.append(f"({_counted(self, level, where)})")
            else:
                found.append(self._column(*column, ordering))
        return ", ".join(found) or "1"

    def row_of_json(self, level: Level) -> str:
        found = []
        for column in level.columns:
            assert isinstance(column, tuple)
            is_json = isinstance(level.field(*column[:2]), JSONField)
            found.append(self._column(*column) + ("::text" if is_json else ""))
        return f"json_build_array({', '.join(found)})"

    def _column(
        self, alias: str, column: str, as_time: bool, ordering: Ordering | None = None
    ) -> str:
        name = ordering.column if column == CURSOR and ordering else column
        text = f'{alias}."{name}"'
        return self._dialect.time(text) if as_time else text

    def joins(self, level: Level) -> str:
        found = []
        for join in level.joins.values():
            on = f'{join.alias}."id" = {join.parent}."{join.column}"'
            _, seen = self.policy(join.kind, join.alias, alone=True)
            on += f" AND {seen}" if seen else ""
            found.append(f' LEFT JOIN "{join.model._meta.db_table}" {join.alias} ON {on}')
        return "".join(found)

    def condition(self, alias: str, lookup: str, value: Any) -> str:
        """One condition in Tortoise's words, or `…__is` with a text to be equal to."""
        column, _, operator = lookup.partition("__")
        name = f'{alias}."{column}"'
        if operator == "isnull":
            return f"{name} IS {'' if value else 'NOT '}NULL"
        if operator == "is":
            return f"{name} = {value}"
        if operator == "in":
            return f"{name} {self._dialect.any_of(self.next_place())}"
        return f"{name} {OPERATORS[operator]} {self.next_place()}"

    def beyond(self, alias: str, ordering: Ordering, page: Page) -> list[str]:
        """Where the page begins and ends: rows on one side of a row, which an index can find."""
        found = []
        for cursor, greater in zip((page.after, page.before), page.sides(ordering), strict=True):
            if cursor is not None:
                names = ", ".join(f'{alias}."{column}"' for column in ordering.columns)
                places = ", ".join(self.next_place() for _ in ordering.columns)
                found.append(f"({names}) {'>' if greater else '<'} ({places})")
        return found

    def _piece(self, part: str | tuple[Place, Any]) -> str:
        if isinstance(part, str):
            return part
        how, value = part
        if how is Place.VALUE:
            return self._fixed(type(value), value)
        place = self._fixed(list, tuple(sorted(value)))
        if how is Place.ANY_OF:
            return self._dialect.any_of(place)
        return self._dialect.none_of(place)

    def _fixed(self, type_: type, value: Any) -> str:
        """Where a value of the policy stands: one place, however often it is named."""
        key = (type_, value)
        if key not in self._fixed_places:
            dialect = self._dialect
            self._values.append(dialect.array(value) if type_ is list else dialect.value(value))
            self._fixed_places[key] = dialect.place(len(self._values))
        return self._fixed_places[key]


def one(writer: Writer, level: Level, where: Where, below: Below = ()) -> Statement:
    """At most one row, by conditions."""
    columns, joins = writer.columns(level, below), writer.joins(level)
    table, condition = _rows(writer, level, where)
    return writer.statement(f"SELECT {columns} FROM {table}{joins}{condition}")


def page(
    writer: Writer, level: Level, where: Where, ordering: Ordering, page: Page, below: Below = ()
) -> Statement:
    """The rows of a page and one more, limited before anything is joined to them."""
    alias, size = level.alias, page.size + 1
    columns, joins = writer.columns(level, below, ordering, where), writer.joins(level)
    table, condition = _rows(writer, level, where, ordering, page)
    order = order_by(alias, ordering, page)
    inner = f"SELECT {alias}.* FROM {table}{condition}{order} LIMIT {size}"
    return writer.statement(f"SELECT {columns} FROM ({inner}) {alias}{joins}{order}")


def count(writer: Writer, level: Level, where: Where) -> Statement:
    """How many rows there are, up to one more than is counted."""
    return writer.statement(_counted(writer, level, where))


def _counted(writer: Writer, level: Level, where: Where) -> str:
    table, condition = _rows(writer, level, where)
    inner = f"SELECT 1 FROM {table}{condition} LIMIT {COUNTED + 1}"
    return f"SELECT COUNT(*) FROM ({inner}) counted"


def children(writer: Writer, child: Child, page: Page | None, below: Below = ()) -> Statement:
    """All rows of many parents, or one page of each; the parents' keys are the last value."""
    if page is not None:
        return _pages_of_each(writer, child, page, below)
    level = child.level
    columns, joins = writer.columns(level, below), writer.joins(level)
    table, condition = _rows(writer, level, [(f"{child.by}__in", None)])
    return writer.statement(f"SELECT {columns} FROM {table}{joins}{condition}{_order(child)}")


def folded(writer: Writer, child: Child, page: Page | None) -> str:
    """A column with the rows of one parent as JSON: all, or those of a page and one more."""
    level, ordering, alias = child.level, child.ordering, child.level.alias
    row, joins = writer.row_of_json(level), writer.joins(level)
    table, condition = _rows(writer, level, [(f"{child.by}__is", child.parent)], ordering, page)
    order = order_by(alias, ordering, page) if page else _order(child)
    if page is not None:
        limited = f"SELECT {alias}.* FROM {table}{condition}{order} LIMIT {page.size + 1}"
        table, condition = f"({limited}) {alias}", ""
    rows = f"COALESCE(json_agg({row}{order}), '[]')"
    return f"(SELECT {rows} FROM {table}{joins}{condition})"


def count_each(writer: Writer, child: Child) -> Statement:
    level, alias = child.level, child.level.alias
    table, condition = _rows(writer, level, [(f"{child.by}__in", None)])
    by = f'{alias}."{child.by}"'
    return writer.statement(f"SELECT {by}, COUNT(*) FROM {table}{condition} GROUP BY {by}")


def _pages_of_each(writer: Writer, child: Child, page: Page, below: Below) -> Statement:
    level, ordering, alias = child.level, child.ordering, child.level.alias
    columns, joins = writer.columns(level, below, ordering), writer.joins(level)
    order = order_by(alias, ordering, page)
    if writer.has_lateral:
        table, condition = _rows(writer, level, [(f"{child.by}__is", "parent.key")], ordering, page)
        inner = f"SELECT {alias}.* FROM {table}{condition}{order} LIMIT {page.size + 1}"
        parents = f"unnest({writer.next_place()}::uuid[]) AS parent(key)"
        source = f"{parents} CROSS JOIN LATERAL ({inner}) {alias}{joins}"
        return writer.statement(f"SELECT {columns} FROM {source}{order}")
    table, condition = _rows(writer, level, [], ordering, page)
    condition += " AND " if condition else " WHERE "
    condition += writer.condition(alias, f"{child.by}__in", None)
    place = f'row_number() OVER (PARTITION BY {alias}."{child.by}"{order}) AS place'
    inner = f"SELECT {alias}.*, {place} FROM {table}{condition}"
    source = f"({inner}) {alias}{joins} WHERE {alias}.place <= {page.size + 1}"
    return writer.statement(f"SELECT {columns} FROM {source}{order}")


def _order(child: Child) -> str:
    """Of all rows of a parent."""
    names = ", ".join(f'{child.level.alias}."{column}"' for column in child.order)
    return f" ORDER BY {names}"


def order_by(alias: str, ordering: Ordering, page: Page) -> str:
    direction = "DESC" if page.is_descending(ordering) else "ASC"
    names = [f'{alias}."{column}" {direction}' for column in ordering.columns]
    return f" ORDER BY {', '.join(names)}"


def _rows(
    writer: Writer,
    level: Level,
    where: Where,
    ordering: Ordering | None = None,
    page: Page | None = None,
) -> tuple[str, str]:
    """The table with what its policy needs, and the condition."""
    alias = level.alias
    joins, seen = writer.policy(level.kind, alias)
    conditions = [seen] if seen else []
    conditions += [writer.condition(alias, lookup, value) for lookup, value in where]
    conditions += writer.beyond(alias, ordering, page) if ordering and page else []
    table = f'"{level.model._meta.db_table}" {alias}{joins}'
    return table, f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _under(alias: str, text: str) -> str:
    """The text with the table's alias; what its policy joins has names that begin with it."""
    return text.replace('"@', f'"{alias}')

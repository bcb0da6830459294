"""Connection: the function that makes a page's part of the answer."""

from typing import Any, Protocol

from graphql import get_named_type

from api.compiled.bail import Unsupported
from api.compiled.compiler import Compiler
from api.compiled.operation import Details, Selected
from api.connections import COUNTED, CountPrecision
from api.plans.leaves import names_of
from api.plans.level import CURSOR, TOTAL

PAGE_INFO = {
    "has_next_page": "page.before is not None if page.from_end else more",
    "has_previous_page": "more if page.from_end else page.after is not None",
    "start_cursor": "cursor(rows[0]) if rows else None",
    "end_cursor": "cursor(rows[-1]) if rows else None",
}

UNPACKED = "\x00unpacked"
"""Stands for the variables of the level, all of which are known only at the end."""


class Writes(Protocol):
    def written(self, type_: Any, details: Details, at: Any) -> tuple[str, list[str]]: ...


def written_connection(
    objects: Writes,
    compiler: Compiler,
    type_: Any,
    details: Details,
    at: Any,
    counted: Any,
    *,
    comes_along: bool,
) -> str:
    """The name of a function (rows, page, cursor, total, getters…, run, now).

    `rows` are those of the page and perhaps one more; `cursor` makes the place of a row. The total
    is a column of theirs if it `comes_along`.
    """
    connection = _Connection(objects, compiler, at)
    items = [connection.item(one) for one in compiler.selected(type_, details)]
    counted.counts = connection.counts
    if connection.counts and comes_along:
        counted.total = at.level.column(at.level.alias, TOTAL)
    counted.cursor = connection.cursor_variables() if "cursor(" in "".join(items) else None
    lines = [
        "more = len(rows) > page.size",
        "if more: rows = rows[:page.size]",
        "if page.from_end: rows = rows[::-1]",
        f"return {{{', '.join(items)}}}".replace(UNPACKED, at.level.unpacked),
    ]
    parameters = ["rows", "page", "cursor", "total", *at.level.getters, "run", "now"]
    return compiler.define("page", ", ".join(parameters), lines)


class _Connection:
    def __init__(self, objects: Writes, compiler: Compiler, at: Any) -> None:
        self.counts = False
        self._objects = objects
        self._compiler = compiler
        self._at = at

    def cursor_variables(self) -> tuple[str, str]:
        """The columns that a cursor is made of."""
        level, alias = self._at.level, self._at.alias
        return level.column(alias, CURSOR), level.column(alias, "id")

    def item(self, selected: Selected) -> str:
        return f"{selected.key!r}: {self._value(selected)}"

    def _value(self, selected: Selected) -> str:
        match _name(selected):
            case "__typename":
                return repr(selected.parent.name)
            case "nodes":
                return self._each(self._node(selected))
            case "edges":
                return self._each(self._edge(selected))
            case "page_info":
                return self._page_info(selected)
            case "total_count":
                self.counts = True
                return f"min(total, {COUNTED})"
            case "total_count_precision":
                self.counts = True
                names = names_of(get_named_type(selected.definition.type))
                exact, least = (names[str(one.value)] for one in CountPrecision)
                return f"({exact!r} if total <= {COUNTED} else {least!r})"
        raise Unsupported("A connection has no such field.")

    def _each(self, value: str) -> str:
        if "cursor(row)" in value:
            return f"[{value} for row in rows for {UNPACKED} in (row,)]"
        return f"[{value} for {UNPACKED} in rows]"

    def _node(self, selected: Selected) -> str:
        type_ = get_named_type(selected.definition.type)
        return self._objects.written(type_, selected.details, self._at)[0]

    def _edge(self, selected: Selected) -> str:
        items = []
        for one in self._inner(selected):
            match _name(one):
                case "node":
                    items.append(f"{one.key!r}: {self._node(one)}")
                case "cursor":
                    items.append(f"{one.key!r}: cursor(row)")
                case "__typename":
                    items.append(f"{one.key!r}: {one.parent.name!r}")
        return f"{{{', '.join(items)}}}"

    def _page_info(self, selected: Selected) -> str:
        items = [
            f"{one.key!r}: {one.parent.name!r}"
            if _name(one) == "__typename"
            else f"{one.key!r}: {PAGE_INFO[_name(one)]}"
            for one in self._inner(selected)
        ]
        return f"{{{', '.join(items)}}}"

    def _inner(self, selected: Selected) -> list[Selected]:
        type_: Any = get_named_type(selected.definition.type)
        return self._compiler.selected(type_, selected.details)


def _name(selected: Selected) -> str:
    """Of the field in Python."""
    if selected.node.name.value == "__typename":
        return "__typename"
    name: str = selected.definition.extensions["strawberry-definition"].python_name
    return name

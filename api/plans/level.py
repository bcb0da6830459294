"""Level: the rows that one statement reads, with what is joined to them, and what comes below."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tortoise import fields
from tortoise.models import Model

CURSOR = "\x00cursor"
"""Stands for the column of the ordering, which is known only when the list is asked for."""

TOTAL = "\x00total"
"""Stands for the number of all rows of the list, where it comes with them."""

MOST = 90
"""Columns of a row of JSON: PostgreSQL makes it by a function, which takes 100 arguments."""
KEPT_BY_JSON = (
    fields.UUIDField,
    fields.CharField,
    fields.TextField,
    fields.IntField,
    fields.SmallIntField,
    fields.BooleanField,
    fields.JSONField,
)


@dataclass(frozen=True, slots=True)
class Join:
    """The row that a column of another table refers to, as far as it may be seen."""

    alias: str
    parent: str
    column: str
    model: type[Model]
    kind: Any


@dataclass(slots=True, kw_only=True, eq=False)
class Body:
    """A level with the generated function that makes its rows' part of the answer."""

    level: "Level"
    function: str = ""
    emit: Callable[..., Any] = field(init=False)
    key: str = ""
    """The column with the row's key; of a child, with its parent's."""
    counts: bool = False
    """Of a connection: whether the total is asked for."""
    total: str = ""
    """The column with it, if it comes with the rows."""
    cursor: tuple[str, str] | None = None
    """Of a connection: the columns with a row's value in the ordering and with its key."""
    places: dict[str, int] = field(init=False)
    """Of the columns in a row, by their variables."""
    folded: "list[Child]" = field(init=False)

    def link(self, functions: Mapping[str, Any]) -> None:
        """Once nothing is added any more."""
        self.emit = functions[self.function]
        self.places = {name: place for place, name in enumerate(self.level.columns.values())}
        self.folded = self.level.folded
        for child in self.level.children:
            child.link(functions)


@dataclass(slots=True, kw_only=True, eq=False)
class Child(Body):
    """Rows that refer, by a column, to the key of the parent."""

    getter: str
    by: str
    parent_key: str = ""
    """The parent's column with its key, unless the rows are folded into it."""
    order: tuple[str, ...] = ()
    ordering: Any = None
    """Of a connection, whose field's arguments say which page."""
    field_number: int = -1
    parent: str
    """The key in the parent's row, in SQL."""
    text: str = ""
    """If the rows are folded into the parent's as JSON: the variable with it."""


class Level:
    """Columns are variables of the generated code, in the order that they are selected in."""

    def __init__(self, model: type[Model], kind: Any, name: Callable[[str], str]) -> None:
        self.model = model
        self.kind = kind
        self.alias = name("t")
        self.columns: dict[tuple[str, str, bool] | Child, str] = {}
        self.joins: dict[tuple[str, str], Join] = {}
        self.children: list[Child] = []
        self._name = name

    def column(self, alias: str, column: str, *, as_time: bool = False) -> str:
        """The variable with this column; `as_time` if it is read for an answer."""
        key = (alias, column, as_time)
        if key not in self.columns:
            self.columns[key] = self._name("c")
        return self.columns[key]

    def fold(self, child: Child) -> str:
        """The variable with the rows of a level below, which this level's statement reads too."""
        child.text = self.columns[child] = self._name("c")
        return child.text

    @property
    def folded(self) -> list[Child]:
        return [column for column in self.columns if isinstance(column, Child)]

    @property
    def can_be_json(self) -> bool:
        """Whether JSON keeps the values of all columns, and nothing is read below them."""
        return (
            not self.children
            and len(self.columns) <= MOST
            and all(
                isinstance(column, tuple) and self._can_be_json(*column) for column in self.columns
            )
        )

    def _can_be_json(self, alias: str, column: str, as_time: bool) -> bool:
        is_column = column not in (CURSOR, TOTAL)
        return as_time or (is_column and isinstance(self.field(alias, column), KEPT_BY_JSON))

    def field(self, alias: str, column: str) -> Any:
        models = {self.alias: self.model}
        models |= {join.alias: join.model for join in self.joins.values()}
        return models[alias]._meta.fields_map[column]

    def join(self, alias: str, column: str, model: type[Model], kind: Any) -> str:
        """The alias of the row that the column refers to."""
        key = (alias, column)
        if key not in self.joins:
            self.joins[key] = Join(self._name("j"), alias, column, model, kind)
        return self.joins[key].alias

    @property
    def unpacked(self) -> str:
        """The variables, as a row is unpacked into them."""
        names = list(self.columns.values()) or ["*_"]
        return ", ".join(names) + ("," if len(names) == 1 else "")

    @property
    def getters(self) -> list[str]:
        return [child.getter for child in self.children]

"""Sources: where fields get their values, as data: resolvers and plans are both made of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from tortoise.queryset import QuerySet

from foredesk.people.viewer import Viewer

T = TypeVar("T")
Policy = Callable[[Viewer], QuerySet[Any]]
"""The rows of one kind that a viewer may see, and no others."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the row; without a name, the one called like the field."""

    name: str | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """The row's key, written as an opaque ID."""


@dataclass(frozen=True, slots=True)
class Member:
    """What a JSON column, an object, has under a name; null where it has nothing."""

    name: str
    column: str = "data"


@dataclass(frozen=True, slots=True)
class Past:
    """Whether the time in a column is over; not for a column without one."""

    column: str


@dataclass(frozen=True, slots=True)
class Part:
    """An object made of those columns of the same row whose names begin like this."""

    prefix: str


@dataclass(frozen=True, slots=True)
class Relation:
    """The row that a column refers to; over several columns it passes through other tables."""

    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """Rows that refer to this row by a column: all of them in an order, or a page of them."""

    by: str
    order: tuple[str, ...] = ()
    ordering: Any = None


@dataclass(frozen=True, slots=True)
class Computed:
    """What a method works out of the row; `needs` are the columns it looks at, None for any."""

    needs: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Root:
    """What a field of the query wants: `ask` is its method, which answers with `Wanted`.

    `kinds` are those that it may want, where its type does not say it.
    """

    ask: Callable[..., Any]
    kinds: tuple[type[Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Rows of one kind: those that meet all conditions, in Tortoise's words, and may be seen.

    With an ordering and a page they are a connection, otherwise there is one or none.
    """

    kind: type[Any]
    where: Mapping[str, Any] = field(default_factory=dict)
    ordering: Any = None
    page: Any = None

    def visible_to(self, viewer: Viewer) -> QuerySet[Any]:
        seen: QuerySet[Any] = self.kind.visible(viewer)
        return seen.filter(**self.where) if self.where else seen


Asked = Wanted | None | list[Wanted | None]
"""What a field of the query asks for: rows, nothing, or one row each for a list."""

SOURCE = "foredesk_source"


def want(kind: type[Any], where: Mapping[str, Any], ordering: Any = None, page: Any = None) -> T:  # type: ignore[type-var]  # it passes for whatever the method is declared to give
    """`Wanted`, for methods whose declared type is that of the field."""
    return cast(T, Wanted(kind, where, ordering, page))


def source_of(definition: Any) -> Any:
    """What a field of a type was declared with; Computed for all others."""
    return (definition.metadata or {}).get(SOURCE) or Computed()

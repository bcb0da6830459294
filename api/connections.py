"""Connections: pages of a list by keyset, with cursors that belong to one ordering."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import orjson
import strawberry
from tortoise.exceptions import ValidationError
from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from api.fields import computed
from api.operations.errors import Code, refusal

T = TypeVar("T")

DEFAULT_PAGE = 20
LARGEST_PAGE = 100

First = Annotated[
    int | None,
    strawberry.argument(
        description="Number of objects from the start, 1 to 100; "
        "20 if neither first nor last is given."
    ),
]
After = Annotated[str | None, strawberry.argument(description="Cursor to start after.")]
Last = Annotated[
    int | None, strawberry.argument(description="Number of objects from the end, 1 to 100.")
]
Before = Annotated[str | None, strawberry.argument(description="Cursor to stop before.")]


@dataclass(frozen=True, slots=True)
class Ordering:
    """Rows by one column that is never null, and by id where that is the same."""

    column: str
    descending: bool
    read: Callable[[Any], Any] = datetime.fromisoformat
    """Makes the column's value of what JSON kept of it; raises ValueError or TypeError."""

    @property
    def name(self) -> str:
        return ("-" if self.descending else "") + self.column


@dataclass(frozen=True, slots=True)
class Page:
    """What part of a list is asked for. Made by `page_of`."""

    size: int
    from_end: bool
    after: str | None
    before: str | None


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows of one page, in order."""

    rows: Sequence[Any]
    cursors: Sequence[str]
    has_next: bool
    has_previous: bool
    count: Callable[[], Any]


def page_of(
    first: int | None, after: str | None, last: int | None = None, before: str | None = None
) -> Page:
    """Refuses pages over 100, rather than to cut them. What is UNSET counts as not given."""
    first, last = _given(first), _given(last)
    if first is not None and last is not None:
        raise refusal("Give first or last, not both.", Code.BAD_USER_INPUT)
    for name, size in (("first", first), ("last", last)):
        if size is not None and not 1 <= size <= LARGEST_PAGE:
            raise refusal(f"{name} must be 1 to {LARGEST_PAGE}.", Code.BAD_USER_INPUT)
    return Page(first or last or DEFAULT_PAGE, last is not None, _given(after), _given(before))


async def paginate(queryset: QuerySet[Any], ordering: Ordering, page: Page) -> Slice:
    """Read one page and one row more, to know whether there is more."""
    part = queryset
    for cursor, forward in ((page.after, True), (page.before, False)):
        if cursor is not None:
            part = part.filter(_beyond(ordering, _position(ordering, cursor), forward))
    descending = ordering.descending is not page.from_end
    sign = "-" if descending else ""
    try:
        found = await part.order_by(f"{sign}{ordering.column}", f"{sign}id").limit(page.size + 1)
    except ValidationError:
        message = "A condition has a value that nothing can have."
        raise refusal(message, Code.BAD_USER_INPUT) from None
    rows, has_more = found[: page.size], len(found) > page.size
    if page.from_end:
        rows.reverse()
    return Slice(
        rows=rows,
        cursors=[_cursor(ordering, row) for row in rows],
        has_next=page.before is not None if page.from_end else has_more,
        has_previous=has_more if page.from_end else page.after is not None,
        count=queryset.count,
    )


def page_through(rows: Sequence[Any], column: str, page: Page) -> Slice:
    """A page of rows that are all in memory already, in the order of a whole number."""
    ordering = Ordering(column, descending=False, read=int)
    part = list(rows)
    if page.after is not None:
        part = [row for row in part if getattr(row, column) > _position(ordering, page.after)[0]]
    if page.before is not None:
        part = [row for row in part if getattr(row, column) < _position(ordering, page.before)[0]]
    shown = part[-page.size :] if page.from_end else part[: page.size]
    return Slice(
        rows=shown,
        cursors=[_cursor(ordering, row) for row in shown],
        has_next=bool(shown) and shown[-1] is not rows[-1],
        has_previous=bool(shown) and shown[0] is not rows[0],
        count=lambda: _counted(rows),
    )


async def _counted(rows: Sequence[Any]) -> int:
    return len(rows)


def _given(value: T | None) -> T | None:
    return None if value is strawberry.UNSET else value


def _cursor(ordering: Ordering, row: Any) -> str:
    value = getattr(row, ordering.column)
    kept = value.isoformat() if isinstance(value, datetime) else value
    return urlsafe_b64encode(orjson.dumps([ordering.name, kept, row.id.hex])).decode().rstrip("=")


def _position(ordering: Ordering, cursor: str) -> tuple[Any, UUID]:
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        name, kept, id = orjson.loads(raw)
        if name != ordering.name:
            raise refusal("This cursor is of another ordering.", Code.BAD_USER_INPUT)
        return ordering.read(kept), UUID(hex=id)
    except (ValueError, TypeError, AttributeError, binascii.Error):
        raise refusal("There is no such cursor.", Code.BAD_USER_INPUT) from None


def _beyond(ordering: Ordering, position: tuple[Any, UUID], forward: bool) -> Q:
    value, id = position
    side = "lt" if ordering.descending is forward else "gt"
    column = ordering.column
    tie = where(column, value) & where(f"id__{side}", id)
    return where(f"{column}__{side}", value) | tie


def where(lookup: str, value: Any) -> Q:
    conditions: dict[str, Any] = {lookup: value}
    return Q(**conditions)


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(
        description="Indicates that there are objects after the page"
    )
    has_previous_page: bool = strawberry.field(
        description="Indicates that there are objects before the page"
    )
    start_cursor: str | None = strawberry.field(
        description="Cursor of the page's first object; null if the page is empty"
    )
    end_cursor: str | None = strawberry.field(
        description="Cursor of the page's last object; null if the page is empty"
    )


@strawberry.type(description="Object of a page with its place in the list.")
class Edge(Generic[T]):
    cursor: str = strawberry.field(description="Place of the object, for after and before")
    node: T = strawberry.field(description="Object at this place")


@strawberry.type(description="Page of a list.")
class Connection(Generic[T]):
    slice: strawberry.Private[Slice]
    make: strawberry.Private[Callable[[Any], Any]]

    @computed(description="Objects of the page with their cursors")
    def edges(self) -> list[Edge[T]]:
        pairs = zip(self.slice.cursors, self.slice.rows, strict=True)
        return [Edge(cursor=cursor, node=self.make(row)) for cursor, row in pairs]

    @computed(description="Objects of the page")
    def nodes(self) -> list[T]:
        return [self.make(row) for row in self.slice.rows]

    @computed(description="Place of the page in its list")
    def page_info(self) -> PageInfo:
        cursors = self.slice.cursors
        return PageInfo(
            has_next_page=self.slice.has_next,
            has_previous_page=self.slice.has_previous,
            start_cursor=cursors[0] if cursors else None,
            end_cursor=cursors[-1] if cursors else None,
        )

    @computed(description="Number of objects in the list, all pages together")
    async def total_count(self) -> int:
        count: int = await self.slice.count()
        return count

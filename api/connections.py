"""Connections: pages of a list by keyset, with cursors that belong to one ordering."""

import asyncio
import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import wraps
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import orjson
import strawberry
from tortoise.exceptions import ValidationError
from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from api.context import Info
from api.fields import computed, shown
from api.operations.errors import Code, refusal
from api.rows import kind_of
from api.sources import SOURCE, Collection, Root, Wanted
from foredesk.database.statement import count_up_to

T = TypeVar("T")

DEFAULT_PAGE = 20
LARGEST_PAGE = 100
LARGEST_NUMBER = 2**31 - 1
COUNTED = 10_000
"""A total is counted up to here: who reads one more does not care, and the database does."""

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
    is_unique: bool = False
    """No two rows of a list are the same in the column, so that the id decides nothing."""

    @property
    def name(self) -> str:
        return ("-" if self.descending else "") + self.column

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,) if self.is_unique else (self.column, "id")

    def cursor(self, value: Any, id: UUID) -> str:
        """The place of a row with this value in the column."""
        kept = value.isoformat() if isinstance(value, datetime) else value
        place = orjson.dumps([self.name, kept, id.hex])
        return urlsafe_b64encode(place).decode().rstrip("=")

    def position(self, cursor: str) -> tuple[Any, UUID]:
        """What `cursor` was made of. Raises a refusal for a cursor of anything else."""
        try:
            raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            name, kept, id = orjson.loads(raw)
            if name != self.name:
                raise refusal("This cursor is of another ordering.", Code.BAD_USER_INPUT)
            return _possible(self.read(kept)), UUID(hex=id)
        except (ValueError, TypeError, AttributeError, OverflowError, binascii.Error):
            raise refusal("There is no such cursor.", Code.BAD_USER_INPUT) from None


@dataclass(frozen=True, slots=True)
class Page:
    """What part of a list is asked for. Made by `page_of`."""

    size: int
    from_end: bool
    after: str | None
    before: str | None

    def sides(self, ordering: Ordering) -> tuple[bool, bool]:
        """Of the rows after the first cursor, and before the second: whether they are greater."""
        return not ordering.descending, ordering.descending

    @property
    def shape(self) -> "Page":
        """The same with any cursors: what the text of a statement depends on."""
        after, before = self.after and "after", self.before and "before"
        return Page(self.size, self.from_end, after, before)

    def is_descending(self, ordering: Ordering) -> bool:
        """The direction to read in, so that the rows of the page come first."""
        return ordering.descending is not self.from_end


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows of one page, in order."""

    rows: Sequence[Any]
    cursors: Sequence[str]
    has_next: bool
    has_previous: bool
    count: Callable[[], Awaitable[int]]
    """Up to one more than `COUNTED`."""


def page_of(
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
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
    for cursor, greater in zip((page.after, page.before), page.sides(ordering), strict=True):
        if cursor is not None:
            part = part.filter(_beyond(ordering, ordering.position(cursor), greater))
    sign = "-" if page.is_descending(ordering) else ""
    try:
        found = await part.order_by(*[sign + name for name in ordering.columns]).limit(
            page.size + 1
        )
    except ValidationError:
        message = "A condition has a value that nothing can have."
        raise refusal(message, Code.BAD_USER_INPUT) from None

    async def count() -> int:
        return await count_up_to(queryset, COUNTED + 1)

    return _slice(found, ordering, page, count)


def page_through(rows: Sequence[Any], ordering: Ordering, page: Page) -> Slice:
    """A page of rows that are all in memory already, in their order, which is ascending."""
    part = list(rows)
    column = ordering.column
    if page.after is not None:
        after = ordering.position(page.after)[0]
        part = [row for row in part if getattr(row, column) > after]
    if page.before is not None:
        before = ordering.position(page.before)[0]
        part = [row for row in part if getattr(row, column) < before]
    if page.from_end:
        part.reverse()

    async def count() -> int:
        return len(rows)

    return _slice(part[: page.size + 1], ordering, page, count)


def pages(by: str, ordering: Ordering, *, description: str) -> Any:
    """A field that is a connection of the rows which refer to this one by a column."""

    async def read(
        self: Any,
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Any:
        page = page_of(first, after, last, before)
        kind = node_kind(field)
        loader = info.context.loaders.referring(kind, by, (ordering.column,))
        rows = await loader.load(self.row.id)
        return Connection(slice=page_through(rows, ordering, page), make=kind.of)

    source = Collection(by, ordering=ordering)
    field: Any = strawberry.field(read, description=description, metadata={SOURCE: source})
    return field


def wanted(
    *, description: str, kinds: tuple[type[Any], ...] = ()
) -> Callable[[Callable[..., Any]], Any]:
    """A field of the query: the decorated method answers with `want(…)`, and reads nothing.

    `kinds` are the kinds of objects that it may want, where the field's type does not say it.
    """

    def decorate(ask: Callable[..., Any]) -> Any:
        @wraps(ask)
        async def read(*args: Any, **kwargs: Any) -> Any:
            asked, info = ask(*args, **kwargs), kwargs["info"]
            if isinstance(asked, list):
                return await asyncio.gather(*[_read(info, one) for one in asked])
            return await _read(info, asked)

        return strawberry.field(read, description=description, metadata={SOURCE: Root(ask, kinds)})

    return decorate


async def _read(info: Info, asked: Wanted | None) -> Any:
    if asked is None:
        return None
    rows = asked.visible_to(info.context.viewer)
    if asked.page is not None:
        found = await paginate(rows, asked.ordering, asked.page)
        return Connection(slice=found, make=asked.kind.of)
    if set(asked.where) == {"id"}:
        return await shown(info, asked.kind, asked.where["id"])
    row = await rows.first()
    return asked.kind.of(row) if row else None


def node_kind(field: Any) -> Any:
    """The type of the objects in the connection that a field holds."""
    definition = kind_of(field).__strawberry_definition__
    (nodes,) = [one for one in definition.fields if one.python_name == "nodes"]
    return kind_of(nodes)


def _slice(
    found: Sequence[Any], ordering: Ordering, page: Page, count: Callable[[], Awaitable[int]]
) -> Slice:
    """Of the page's rows and perhaps one more, in the direction that they were read in."""
    rows = list(found[: page.size])
    if page.from_end:
        rows.reverse()
    has_more = len(found) > page.size
    return Slice(
        rows=rows,
        cursors=[ordering.cursor(getattr(row, ordering.column), row.id) for row in rows],
        has_next=page.before is not None if page.from_end else has_more,
        has_previous=has_more if page.from_end else page.after is not None,
        count=count,
    )


def _possible(value: Any) -> Any:
    """Raises ValueError or OverflowError for what no row has in a column."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("There is no time zone.")
        return value.astimezone(UTC)
    if isinstance(value, int) and not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        raise ValueError("The number is too large.")
    return value


def _given(value: T | None) -> T | None:
    return None if value is strawberry.UNSET else value


def _beyond(ordering: Ordering, position: tuple[Any, UUID], greater: bool) -> Q:
    """The first condition is the one that an index can begin at."""
    value, id = position
    column, side = ordering.column, "gt" if greater else "lt"
    if ordering.is_unique:
        return where(f"{column}__{side}", value)
    tie = where(f"{column}__{side}", value) | where(f"id__{side}", id)
    return where(f"{column}__{side}e", value) & tie


def where(lookup: str, value: Any) -> Q:
    conditions: dict[str, Any] = {lookup: value}
    return Q(**conditions)


@strawberry.enum(description="How exactly a number of objects was counted.")
class CountPrecision(Enum):
    EXACT = strawberry.enum_value("exact", description="There are as many as it says.")
    AT_LEAST = strawberry.enum_value(
        "at_least", description="There are more; counting stopped where it says."
    )


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

    @computed(description="Number of objects in the list, all pages together; counted up to 10,000")
    async def total_count(self) -> int:
        return min(await self.slice.count(), COUNTED)

    @computed(description="Whether totalCount is all there are, or counting stopped there")
    async def total_count_precision(self) -> CountPrecision:
        is_all = await self.slice.count() <= COUNTED
        return CountPrecision.EXACT if is_all else CountPrecision.AT_LEAST

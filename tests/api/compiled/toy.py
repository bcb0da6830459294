"""A schema with everything that the language has, and with what goes wrong."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Annotated, Any, Generic, NewType, TypeVar, Union

import strawberry
from graphql import GraphQLError
from strawberry.dataloader import DataLoader
from strawberry.extensions.field_extension import FieldExtension
from strawberry.permission import BasePermission
from strawberry.scalars import JSON
from strawberry.schema.config import StrawberryConfig

T = TypeVar("T")
Tag = NewType("Tag", str)


@dataclass(slots=True)
class Context:
    """Counts the calls of resolvers, and what was loaded at once."""

    calls: Counter[str] = field(default_factory=Counter)
    batches: list[list[int]] = field(default_factory=list)
    nodes: DataLoader[int, Any] = field(init=False)

    def __post_init__(self) -> None:
        async def load(keys: list[int]) -> list[Any]:
            self.batches.append(list(keys))
            return [leaf(key) for key in keys]

        self.nodes = DataLoader(load)


Info = strawberry.Info[Context, None]


@strawberry.enum
class Color(Enum):
    RED = "red"
    BLUE = strawberry.enum_value(2, name="AZURE")
    GONE = "gone"


@strawberry.enum
class Size(StrEnum):
    SMALL = "small"
    LARGE = "large"


class Members(BasePermission):
    message = "Members only."

    def has_permission(self, source: Any, info: Any, **kwargs: Any) -> bool:
        return bool(getattr(source, "number", 1) % 2)


class Upper(FieldExtension):
    def resolve(self, next_: Any, source: Any, info: Any, **kwargs: Any) -> Any:
        return str(next_(source, info, **kwargs)).upper()


@strawberry.interface
class Thing:
    number: int

    @strawberry.field
    def id(self) -> strawberry.ID:
        return strawberry.ID(f"{type(self).__name__}:{self.number}")


async def cousins(leaves: list[Any], info: Any, by: int = 10) -> list[Any]:
    info.context.batches.append([one.number for one in leaves])
    return [leaf(one.number + by) if one.number % 5 else None for one in leaves]


@strawberry.type
class Leaf(Thing):
    name: str | None = "leaf"
    ratio: float = 0.5
    is_green: bool = True
    color: Color = Color.RED
    size: Size | None = Size.SMALL
    at: datetime = datetime(2026, 3, 2, tzinfo=UTC)
    day: date = date(2026, 3, 2)
    price: Decimal = Decimal("1.50")
    tag: Tag = Tag("x")
    data: JSON = field(default_factory=lambda: {"a": [1, None]})

    @strawberry.field
    def twice(self, by: int = 2) -> int:
        return self.number * by

    @strawberry.field
    async def sibling(self, info: Info) -> "Leaf | None":
        info.context.calls["sibling"] += 1
        found: Leaf | None = await info.context.nodes.load(self.number + 1)
        return found if self.number < 40 else None

    @strawberry.field(metadata={"batch": cousins})
    async def cousin(self, info: Info, by: int = 10) -> "Leaf | None":
        return leaf(self.number + by) if self.number % 5 else None

    @strawberry.field(permission_classes=[Members])
    def secret(self) -> str | None:
        return "secret"

    @strawberry.field(extensions=[Upper()])
    def loud(self, info: Info, text: str = "loud") -> str:
        return f"{text} {info.field_name}"

    @strawberry.field
    def selected(self, info: Info) -> list[str]:
        inner: Any = info.selected_fields[0]
        return [inner.name, info.python_name, str(info.variable_values.get("n"))]

    @strawberry.field
    def place(self, info: Info) -> str:
        return ".".join(map(str, info.path.as_list()))

    @strawberry.field
    def hidden_place(self, info: Info) -> str:
        try:
            return ".".join(map(str, info.path.as_list()))
        except Exception:
            return "nowhere"


@strawberry.type
class Branch(Thing):
    leaves: list[Leaf]
    grid: list[list[int | None] | None]
    first: "Leaf | None" = None

    @strawberry.field
    def things(self) -> list["Leaf | Branch"]:
        return [*self.leaves, Branch(number=0, leaves=[], grid=[])]

    @strawberry.field
    def thing(self) -> Thing | None:
        return self.leaves[0] if self.leaves else None

    @strawberry.field
    async def page(self, first: int = 2) -> "Page[Leaf]":
        return Page(items=self.leaves[:first], total=len(self.leaves))

    @strawberry.field
    def one_by_one(self) -> list[Leaf]:
        def leaves() -> Iterator[Leaf]:
            yield from self.leaves

        return leaves()

    @strawberry.field
    def promised(self, info: Info) -> "Leaf | None":
        return info.context.nodes.load(self.number)


@strawberry.type
class Page(Generic[T]):
    items: list[T]
    total: int

    @strawberry.field
    def last(self) -> T | None:
        return self.items[-1] if self.items else None


@strawberry.type
class Problem:
    code: str


@strawberry.input
class Filter:
    colors: list[Color] | None = strawberry.UNSET
    number: int = 3
    inner: "Filter | None" = None
    at: datetime | None = None


@strawberry.input(one_of=True)
class Lookup:
    id: strawberry.Maybe[strawberry.ID]
    number: strawberry.Maybe[int]


Found = Annotated[Union[Leaf, Problem], strawberry.union("Found")]  # noqa: UP007


def leaf(number: int) -> Leaf:
    return Leaf(
        number=number,
        name=None if number % 3 == 0 else f"leaf {number}",
        color=Color.BLUE if number % 2 else Color.RED,
        size=None if number % 4 == 0 else Size.LARGE,
    )


def branch(number: int) -> Branch:
    leaves = [leaf(number * 3 + place) for place in range(number % 4)]
    grid: list[list[int | None] | None] = [[1, None], None, [number]]
    return Branch(
        number=number, leaves=leaves, grid=grid, first=leaf(number) if number % 2 else None
    )


@strawberry.type
class Faulty:
    """What can't be written as its type says."""

    number: int = 2**40
    ratio: float = float("inf")
    word: str = None
    maybe: int | None = "many"
    color: Color | None = "purple"
    leaf: Leaf | None = "no leaf"
    leaves: list[Leaf] | None = 3
    found: Found | None = "nothing"
    error: str | None = ValueError("kept")
    number_as_text: int | None = "12"
    text_as_number: str | None = 12
    color_as_value: Color | None = "red"
    numbers: list[int] | None = field(default_factory=lambda: [1, "x"])
    later: str | None = None

    @strawberry.field
    def missing(self) -> str | None:
        return self.nothing

    @strawberry.field
    async def fails(self) -> int:
        await asyncio.sleep(0)
        raise GraphQLError("It fails.", extensions={"code": "OURS"})


@strawberry.type
class Query:
    @strawberry.field
    def leaf(self, number: int = 1) -> Leaf | None:
        return leaf(number) if number >= 0 else None

    @strawberry.field
    async def branch(self, info: Info, number: int) -> Branch:
        info.context.calls["branch"] += 1
        return branch(number)

    @strawberry.field
    def branches(self, numbers: list[int] | None = None) -> list[Branch | None]:
        return [branch(one) if one >= 0 else None for one in numbers or range(4)]

    @strawberry.field
    def thing(self, by: Lookup) -> Thing | None:
        if by.number is not None:
            return branch(by.number.value)
        return leaf(len(by.id.value)) if by.id else None

    @strawberry.field
    async def found(self, number: int = 0) -> Found:
        return leaf(number) if number % 2 else Problem(code="EVEN")

    @strawberry.field
    def echo(self, filter: Filter | None = None, tag: Tag = Tag("t")) -> str:
        return f"{filter!r} {tag}"

    @strawberry.field
    def faulty(self) -> Faulty:
        return Faulty()

    @strawberry.field
    def path(self, info: Info) -> str:
        return str(info.path.as_list())


def write_tag(value: str) -> str:
    return f"#{value}"


@strawberry.type
class Receipt:
    """What a mutation gives."""

    number: int
    errors: list[Found] = field(default_factory=list)

    @strawberry.field
    def leaf(self, info: Info) -> Leaf:
        info.context.calls[f"leaf {self.number}"] += 1
        return leaf(self.number)

    @strawberry.field
    async def fails_later(self, info: Info) -> str | None:
        info.context.calls[f"failsLater {self.number}"] += 1
        await asyncio.sleep(0)
        raise ValueError("later")

    @strawberry.field
    async def slow(self, info: Info) -> str:
        info.context.calls[f"slow {self.number}"] += 1
        for _ in range(5):
            await asyncio.sleep(0)
        return "slow"

    @strawberry.field
    def refuses(self, info: Info) -> int:
        info.context.calls[f"refuses {self.number}"] += 1
        raise ValueError("no")

    @strawberry.field
    def place(self, info: Info) -> str:
        return ".".join(map(str, info.path.as_list()))

    @strawberry.field
    def once(self) -> list[int]:
        return (number for number in range(self.number))


@strawberry.type
class Mutation:
    @strawberry.mutation
    def act(self, info: Info, number: int = 1) -> Receipt:
        info.context.calls["act"] += 1
        return Receipt(number=number)

    @strawberry.mutation
    async def act_later(self, info: Info, number: int = 1) -> Receipt | None:
        info.context.calls["actLater"] += 1
        await asyncio.sleep(0)
        return Receipt(number=number) if number else None

    @strawberry.mutation
    def refuse(self, info: Info) -> Receipt | None:
        info.context.calls["refuse"] += 1
        raise ValueError("refused")

    @strawberry.mutation
    async def refuse_later(self, info: Info) -> Receipt:
        info.context.calls["refuseLater"] += 1
        await asyncio.sleep(0)
        raise ValueError("refused later")

    @strawberry.mutation
    def many(self, info: Info) -> list[Receipt]:
        info.context.calls["many"] += 1
        return (Receipt(number=number) for number in range(3))

    @strawberry.mutation
    async def broken(self, info: Info) -> int:
        info.context.calls["broken"] += 1
        return "x"

    @strawberry.mutation
    def where(self, info: Info) -> str:
        info.context.calls["where"] += 1
        raw: Any = info._raw_info
        return f"{info.path.as_list()} {raw._asdict()['field_name']} {len(raw)}"

    @strawberry.mutation
    def promise(self, info: Info) -> int:
        info.context.calls["promise"] += 1
        return asyncio.sleep(0, 7)

    @strawberry.mutation(permission_classes=[Members])
    def guarded(self, info: Info) -> int:
        info.context.calls["guarded"] += 1
        return 1


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def ticks(self, count: int = 2) -> AsyncGenerator[Receipt, None]:
        for number in range(count):
            yield Receipt(number=number)

    @strawberry.subscription
    async def leaves(self) -> AsyncGenerator[Leaf | None, None]:
        yield leaf(1)
        yield None


def make_schema() -> strawberry.Schema:
    scalars = {Tag: strawberry.scalar(name="Tag", serialize=write_tag, parse_value=str)}
    return strawberry.Schema(
        Query, Mutation, Subscription, config=StrawberryConfig(scalar_map=scalars)
    )

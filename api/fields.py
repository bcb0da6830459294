"""Fields: where the value of each comes from, said beside its name.

Of what is said here, resolvers are made (in this file) and plans (in `api.plans`).
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import strawberry
from strawberry.types.field import StrawberryField

from api.context import Info
from api.identifiers import global_id
from api.loaders import each
from api.rows import enumerated, kind_of, referred_by
from api.sources import SOURCE, Collection, Column, Computed, Key, Member, Part, Past, Relation

Resolver = Callable[..., Any]


def column(name: str | None = None, *, description: str) -> Any:
    """A field that is a column of the row behind the object, by default the one of its name."""

    def read(self: Any) -> Any:
        return getattr(self.row, name or field.python_name)

    field = _field(read, Column(name), description)
    return field


def key(*, description: str) -> Any:
    """A field that is the key of the row, as an ID of the object's type."""

    def read(self: Any) -> strawberry.ID:
        return global_id(type(self).__name__, self.row.id)

    return _field(read, Key(), description)


def member(name: str, *, description: str) -> Any:
    """A field that the row keeps in its JSON column `data`, as it is there or as an enum's value;
    null where it has none."""

    def read(self: Any) -> Any:
        return enumerated(field, self.row.data.get(name))

    field = _field(read, Member(name), description)
    return field


def past(name: str, *, description: str) -> Any:
    """A field that says whether the time in a column is over; false where there is none."""

    def read(self: Any, info: Info) -> bool:
        at = getattr(self.row, name)
        return at is not None and at <= info.context.desk.now()

    return _field(read, Past(name), description)


def part(prefix: str, *, description: str) -> Any:
    """A field that is an object made of the row's columns whose names begin with the prefix."""

    def read(self: Any) -> Any:
        return kind_of(field).of(_Prefixed(self.row, prefix))

    field = _field(read, Part(prefix), description)
    return field


def relation(*path: str, description: str) -> Any:
    """A field that is the row which a column refers to; null if hidden from the viewer.

    With several columns, each is of the row that the one before refers to, and only the last row
    is shown: `relation("agreement_version_id", "agreement_id")`.
    """

    async def read(self: Any, info: Info) -> Any:
        id, model = getattr(self.row, path[0]), type(self.row)
        for before, name in pairwise(path):
            model = referred_by(model, before)
            id = await info.context.loaders.column(model, name).load(id) if id else None
        return await shown(info, kind_of(field), id)

    async def read_many(objects: Sequence[Any], info: Info) -> Sequence[Any]:
        loaders = info.context.loaders
        ids, model = [getattr(one.row, path[0]) for one in objects], type(objects[0].row)
        for before, name in pairwise(path):
            model = referred_by(model, before)
            ids = await each(loaders.column(model, name), ids)
        kind = kind_of(field)
        return [kind.of(row) if row else None for row in await each(loaders.of(kind), ids)]

    field = _field(read, Relation(path), description, read_many)
    return field


def collection(
    by: str, *, order: tuple[str, ...], description: str, at_most: int | None = None
) -> Any:
    """A field that is the list of all rows which refer to this one by a column; only for few.

    It costs as many as `at_most`, when there can't be more.
    """

    async def read(self: Any, info: Info) -> Any:
        kind = kind_of(field)
        rows = await info.context.loaders.referring(kind, by, order).load(self.row.id)
        return [kind.of(row) for row in rows]

    async def read_many(objects: Sequence[Any], info: Info) -> Sequence[Any]:
        kind = kind_of(field)
        loader = info.context.loaders.referring(kind, by, order)
        found = await each(loader, [one.row.id for one in objects])
        return [[kind.of(row) for row in rows or ()] for rows in found]

    field = _field(read, Collection(by, order), description, read_many)
    field.metadata = {**field.metadata, "at_most": at_most}
    return field


def computed(
    *,
    description: str,
    needs: tuple[str, ...] | None = None,
    at_most: int | None = None,
    weight: int = 0,
) -> Callable[[Resolver], StrawberryField]:
    """A field whose value the decorated method works out, or reads by a loader.

    `needs` are the columns of the row that it looks at, which plans then read alone. A list never
    has more than `at_most` members, which is what it then costs. `weight` is what it costs beyond
    the objects in it, because much is read for few.
    """

    def decorate(resolver: Resolver) -> StrawberryField:
        metadata = {SOURCE: Computed(needs), "at_most": at_most, "weight": weight}
        return strawberry.field(resolver, description=description, metadata=metadata)

    return decorate


def act(*, description: str) -> Callable[[Resolver], StrawberryField]:
    """A mutation: one act of the desk."""

    def decorate(resolver: Resolver) -> StrawberryField:
        return strawberry.mutation(resolver, description=description)

    return decorate


def stream(*, description: str) -> Callable[[Resolver], StrawberryField]:
    """A subscription: the decorated method yields its values."""

    def decorate(resolver: Resolver) -> StrawberryField:
        return strawberry.subscription(resolver, description=description)

    return decorate


async def shown(info: Info, kind: Any, id: Any) -> Any:
    """The object of a kind with this key; None without a key, or if the viewer may not see it."""
    row = await info.context.loaders.of(kind).load(id) if id else None
    return kind.of(row) if row else None


class _Prefixed:
    """The columns of a row whose names begin with a prefix, under the rest of their names."""

    def __init__(self, row: Any, prefix: str) -> None:
        self._row = row
        self._prefix = prefix

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, self._prefix + name)


def _field(resolver: Resolver, source: Any, description: str, batch: Resolver | None = None) -> Any:
    """`batch` resolves the field for many objects at once, see `api.compiled`."""
    metadata = {SOURCE: source, "batch": batch}
    return strawberry.field(resolver=resolver, description=description, metadata=metadata)

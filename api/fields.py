"""Fields: where the value of each comes from, said beside its name."""

from collections.abc import Callable
from typing import Any

import strawberry
from strawberry.types.field import StrawberryField

Resolver = Callable[..., Any]


def column(name: str | None = None, *, description: str) -> Any:
    """A field that is a column of the row behind the object, by default the one of its name."""

    def read(self: Any) -> Any:
        return getattr(self.row, name or field.python_name)

    field: Any = strawberry.field(resolver=read, description=description)
    return field


def computed(*, description: str) -> Callable[[Resolver], StrawberryField]:
    """A field whose value the decorated method works out, or reads by a loader."""

    def decorate(resolver: Resolver) -> StrawberryField:
        return strawberry.field(resolver, description=description)

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

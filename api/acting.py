"""Acting: what every mutation has in common around its one use case."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import strawberry

from api.context import Info
from api.identifiers import key_of
from api.user_errors import user_error
from foredesk.database import retry
from foredesk.errors import DeskError, NotFound
from foredesk.people.idempotency import Once, only_once

T = TypeVar("T")


async def attempt(
    info: Info, act: Callable[[], Awaitable[T]], **renamed: str
) -> tuple[T | None, list[Any]]:
    """What the act made, or why it was refused. What was read before it is read anew after it.

    `renamed` are fields that the input calls differently from the use case.
    """
    try:
        return await retry(act), []
    except DeskError as refused:
        refused.path = tuple(renamed.get(name, name) for name in refused.path)
        return None, [user_error(refused)]
    finally:
        info.context.read_anew()


async def attempt_once(
    info: Info,
    input: Any,
    act: Callable[[Once | None], Awaitable[T]],
    again: Callable[[UUID], Awaitable[T]],
    **renamed: str,
) -> tuple[T | None, list[Any]]:
    """`attempt` an act whose input has an idempotencyKey: repeated, it answers by `again`.

    One item of several has the key of the act alone, so either may repeat the other.
    """
    once = _once(info, input)
    if once is None:
        return await attempt(info, partial(act, None), **renamed)
    return await attempt(info, lambda: only_once(once, partial(act, once), again), **renamed)


def given(value: Any) -> Any:
    """None for what was left out."""
    return None if value is strawberry.UNSET else value


def the_key(kind: str, id: strawberry.ID, field: str) -> UUID:
    """Raises NotFound for an ID that is not one of this kind."""
    key = key_of(kind, id)
    if key is None:
        raise NotFound(field)
    return key


def a_key(kind: str, id: strawberry.ID | None, field: str) -> UUID | None:
    return None if id is None else the_key(kind, id, field)


def the_keys(kind: str, ids: list[strawberry.ID] | None, field: str) -> list[UUID]:
    return [the_key(kind, id, field) for id in ids or ()]


def _once(info: Info, input: Any) -> Once | None:
    """The same input with another key is another attempt; nobody has no keys."""
    key = given(input.idempotency_key)
    if key is None or info.context.viewer.person_id is None:
        return None
    values = {name: given(value) for name, value in vars(input).items()}
    del values["idempotency_key"]
    act = type(input).__name__.removesuffix("Input")
    return Once(info.context.desk, info.context.viewer, act, key, values)

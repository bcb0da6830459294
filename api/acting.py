"""Acting: what every mutation has in common around its one use case."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from uuid import UUID

import strawberry

from api.context import Info
from api.identifiers import key_of
from api.user_errors import user_error
from foredesk.database import retry
from foredesk.errors import DeskError, NotFound

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

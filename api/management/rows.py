"""Rows: what the inputs of management name, as far as the viewer may see it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

import strawberry
from tortoise.queryset import QuerySet

from api.acting import the_key, the_keys
from api.context import Info
from foredesk.errors import InvalidInput, NotFound

AT_MOST = 100


async def one_of(visible: QuerySet[Any], id: strawberry.ID, field: str) -> Any:
    """Raises NotFound."""
    row = await visible.get_or_none(id=the_key(visible.model.__name__, id, field))
    if row is None:
        raise NotFound(field)
    return row


async def each_of(
    visible: QuerySet[Any], ids: list[strawberry.ID] | None, field: str
) -> Sequence[Any]:
    """Raises NotFound for any that is not there, and InvalidInput for more than 100."""
    keys = list(dict.fromkeys(the_keys(visible.model.__name__, ids, field)))
    if len(keys) > AT_MOST:
        raise InvalidInput(field, f"Name at most {AT_MOST}.")
    rows = await visible.filter(id__in=keys) if keys else []
    if len(rows) != len(keys):
        raise NotFound(field)
    return rows


def again(info: Info, kind: Any) -> Callable[[UUID], Awaitable[Any]]:
    """Reads what the first attempt acted on. Raises NotFound if it went out of sight."""

    async def read(id: UUID) -> Any:
        row = await kind.visible(info.context.viewer).get_or_none(id=id)
        if row is None:
            raise NotFound(f"{kind.__name__[0].lower()}{kind.__name__[1:]}Id")
        return row

    return read

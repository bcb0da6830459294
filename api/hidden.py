"""Hidden: a read of what is not there, or not for the viewer, is null."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from foredesk.errors import NotFound, NotPermitted

P = ParamSpec("P")
T = TypeVar("T")


def null_if_hidden(read: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T | None]]:
    """A resolver that does not tell whether there is what the viewer may not see."""

    @wraps(read)
    async def seen(*args: P.args, **named: P.kwargs) -> T | None:
        try:
            return await read(*args, **named)
        except (NotFound, NotPermitted):
            return None

    return seen

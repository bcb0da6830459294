"""Lists: what may be gone through, and gone through again."""

from collections.abc import Collection
from typing import Any

from graphql.pyutils import is_async_iterable, is_awaitable, is_iterable

from api.compiled.bail import Bail


def any_list(value: Any) -> Any:
    """For an operation that may be run again from its start."""
    if (
        isinstance(value, Exception)
        or is_awaitable(value)
        or is_async_iterable(value)
        or not is_iterable(value)
    ):
        raise Bail("There is no list.")
    return value


def lasting_list(value: Any) -> Any:
    """Refuses, untouched, what is used up when it is gone through."""
    if not isinstance(any_list(value), Collection):
        raise Bail("The list can be gone through only once.")
    return value

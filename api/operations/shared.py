"""Shared: what an event means, worked out once for all to whom it means the same."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from api.operations.answer import Answer

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Audience:
    """Those to whom an event says the same, whatever they asked, as long as they asked the same.

    `key` holds everything that the answer depends on beside the operation. `make_context` makes
    the context of somebody with the rights that every one of them has, and with no others.
    """

    key: Hashable
    make_context: Callable[[], Any]


class Shared:
    """Remembers answers for a moment: as long as it takes to tell one event to everybody."""

    def __init__(self, *, is_on: bool = True, seconds: float = 1.0, most: int = 1000) -> None:
        self._is_on = is_on
        self._seconds = seconds
        self._most = most
        self._begun: OrderedDict[Hashable, tuple[float, asyncio.Task[Any]]] = OrderedDict()

    async def once(self, key: Hashable, work: Callable[[], Awaitable[T]]) -> T:
        """What `work` gives, for this and every other caller with the key of about now.

        Whoever stops waiting for it leaves the others alone.
        """
        if not self._is_on:
            return await work()
        now = asyncio.get_running_loop().time()
        begun = self._begun.get(key)
        if begun is None or begun[0] + self._seconds < now:
            begun = (now, asyncio.ensure_future(_run(work)))
            begun[1].add_done_callback(_look_at)
            self._keep(key, begun)
        found: T = await asyncio.shield(begun[1])
        return found

    def _keep(self, key: Hashable, begun: tuple[float, asyncio.Task[Any]]) -> None:
        self._begun[key] = begun
        self._begun.move_to_end(key)
        oldest = next(iter(self._begun.values()))
        while len(self._begun) > self._most or oldest[0] + self._seconds < begun[0]:
            self._begun.popitem(last=False)
            oldest = next(iter(self._begun.values()))


async def told(
    shared: Shared,
    event: Any,
    identity: Hashable,
    make_context: Callable[[], Any],
    execute: Callable[[Callable[[], Any]], Awaitable[Answer]],
) -> Answer:
    """The answer to an event, shared if it says who else gets the same.

    `identity` is the operation with its variables; an event may have an `audience` and an
    `origin`.
    """
    audience: Audience | None = getattr(event, "audience", None)
    if audience is None:
        answer = await execute(make_context)
    else:
        make = audience.make_context
        answer = await shared.once((audience.key, identity), lambda: _written(execute(make)))
    origin: str = getattr(event, "origin", "")
    return replace(answer, origin=origin) if origin else answer


async def _written(answer: Awaitable[Answer]) -> Answer:
    return (await answer).written()


async def _run(work: Callable[[], Awaitable[T]]) -> T:
    return await work()


def _look_at(task: asyncio.Task[Any]) -> None:
    """So that nobody complains of an error which no one was left to be told of."""
    if not task.cancelled():
        task.exception()

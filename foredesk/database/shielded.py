"""Run a short database operation to its end, whatever happens to the caller meanwhile."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import anyio

T = TypeVar("T")


async def shielded(operation: Coroutine[Any, Any, T]) -> T:
    """Its result; a cancellation that arrived in the meantime is raised only once it has ended."""
    task = asyncio.ensure_future(operation)
    cancelled: asyncio.CancelledError | None = None
    with anyio.CancelScope(shield=True):
        while not task.done():
            try:
                await asyncio.wait({task})
            except asyncio.CancelledError as cancellation:
                cancelled = cancellation
    if cancelled is not None:
        if not task.cancelled():
            task.exception()
        raise cancelled
    return task.result()

"""How often a use case goes to the database: what a test finds out by counting."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import aiosqlite
import asyncpg
import pytest


@contextmanager
def round_trips() -> Iterator[list[str]]:
    """The beginning of everything that is sent meanwhile, by any connection."""
    sent: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        _listen(patch, aiosqlite.Connection, "_execute", sent)
        _listen(patch, asyncpg.Connection, "_execute", sent)
        _listen(patch, asyncpg.Connection, "execute", sent)
        yield sent


def _listen(patch: pytest.MonkeyPatch, kind: type, name: str, sent: list[str]) -> None:
    ask = getattr(kind, name)

    async def listened(connection: Any, what: Any, *values: Any, **options: Any) -> Any:
        if kind is asyncpg.Connection and name == "execute" and values:
            return await ask(connection, what, *values, **options)  # it goes on to `_execute`
        sent.append(_said(what, values))
        return await ask(connection, what, *values, **options)

    patch.setattr(kind, name, listened)


def _said(what: Any, values: tuple[Any, ...]) -> str:
    """SQL, or the first SQL that a function of SQLite's thread is given."""
    texts = [what, *values] if isinstance(what, str) else values
    for value in texts:
        if isinstance(value, str):
            return " ".join(value.split()[:3])
        if isinstance(value, list) and value and isinstance(value[0], str):
            return f"{len(value)} writes"
    return str(getattr(what, "__name__", what))

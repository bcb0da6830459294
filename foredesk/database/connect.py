"""Open and close the one database of this process."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.context import TortoiseContext
from tortoise.exceptions import BaseORMException

from foredesk.database.guard import Guard
from foredesk.database.problems import DatabaseError

MODEL_MODULES = (
    "foredesk.database.models",
    "foredesk.people.models",
    "foredesk.catalog.models",
    "foredesk.sla.models",
    "foredesk.knowledge.experiment_models",
    "foredesk.knowledge.models",
    "foredesk.knowledge.authoring",
    "foredesk.knowledge.search_models",
    "foredesk.tickets.models",
    "foredesk.surveys.models",
    "foredesk.outages.models",
    "foredesk.channels.models",
    "foredesk.plugin_settings.models",
)
APP = "desk"
CONNECTION = "default"
_POOL_SIZE = 10


async def connect(url: str, *, modules: Sequence[str] = MODEL_MODULES) -> None:
    """Open `sqlite:///path` or `postgresql://user:password@host:port/name` for every task.

    What follows a `?` goes to the engine: pragmas of SQLite, `maxsize` of PostgreSQL's pool.
    Raises DatabaseError for another URL or when nothing answers there, DatabaseInUse when another
    process has the SQLite data.
    """
    global _open, _connections
    if _open is not None:
        raise DatabaseError("This process already has a database open; disconnect() it first.")
    config = database_config(url, modules)
    guard = Guard(sqlite_path(url)) if is_sqlite(url) else None
    if guard is not None:
        guard.acquire()
    context = TortoiseContext()
    _connections += 1
    try:
        # Without the global fallback, tasks that the ASGI server starts outside of the lifespan
        # would find no context at all.
        with context:
            await context.init(config, _enable_global_fallback=True)
            await _ping(context, url)
    except BaseException:
        await context.close_connections()
        if guard is not None:
            guard.release()
        raise
    _open = context, guard


async def disconnect() -> None:
    """Close all connections; a SQLite connection left open would keep the process from exiting."""
    global _open
    if _open is None:
        return
    context, guard = _open
    _open = None
    try:
        await context.close_connections()
    finally:
        # Tortoise keeps finished statements by table name alone, whatever database they are for.
        EXECUTOR_CACHE.clear()
        if guard is not None:
            guard.release()


def database_config(url: str, modules: Sequence[str] = MODEL_MODULES) -> dict[str, Any]:
    """Tortoise's configuration, with our engines."""
    connection = _sqlite(url) if is_sqlite(url) else _postgres(url)
    app = {
        "models": list(modules),
        "default_connection": CONNECTION,
        "migrations": "foredesk.migrations",
    }
    return {"connections": {CONNECTION: connection}, "apps": {APP: app}, "use_tz": True}


def is_sqlite(url: str) -> bool:
    return url.startswith("sqlite:")


def sqlite_path(url: str) -> Path:
    """Three slashes begin a relative path, four an absolute one."""
    path = unquote(url.removeprefix("sqlite:///").partition("?")[0])
    if not url.startswith("sqlite:///") or not path or path == ":memory:":
        raise DatabaseError(f"{url!r} is not sqlite:///path/to/file; SQLite data lives in a file.")
    return Path(path)


def connection_number() -> int:
    """Another one after each `connect()`: what was read before it belongs to another database."""
    return _connections


_open: tuple[TortoiseContext, Guard | None] | None = None
_connections = 0


async def _ping(context: TortoiseContext, url: str) -> None:
    try:
        await context.db().execute_query("PRAGMA schema_version" if is_sqlite(url) else "SELECT 1")
    except (BaseORMException, sqlite3.Error, OSError) as error:
        where = sqlite_path(url) if is_sqlite(url) else _without_password(url)
        raise DatabaseError(f"The database {where} cannot be opened: {error}") from error


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or 5432}{parts.path}"


def _sqlite(url: str) -> dict[str, Any]:
    credentials: dict[str, Any] = {"file_path": str(sqlite_path(url))}
    credentials.update(parse_qsl(url.partition("?")[2]))
    return {"engine": "foredesk.database.sqlite", "credentials": credentials}


def _postgres(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise DatabaseError(
            "The database must be sqlite:///path or postgresql://user:password@host:port/name, "
            f"not a {parts.scheme or 'nameless'}: URL{'' if name else ' without a name'}."
        )
    credentials: dict[str, Any] = {
        "host": parts.hostname,
        "port": parts.port or 5432,
        "user": unquote(parts.username) if parts.username else None,
        "password": unquote(parts.password) if parts.password else None,
        "database": name,
        "maxsize": _POOL_SIZE,
        "application_name": "foredesk",
        "server_settings": {"timezone": "UTC", "jit": "off"},
    }
    credentials.update(parse_qsl(parts.query))
    return {"engine": "foredesk.database.postgres", "credentials": credentials}

"""Running: how a command opens a desk, and how it says that it can't."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

import typer
from rich.console import Console

from foredesk.composition import Parts, open_desk
from foredesk.database import DatabaseError
from foredesk.database.migrate import migrate, pending
from foredesk.errors import DeskError
from foredesk.logs import configure_logs
from foredesk.settings import Settings, SettingsError
from plugins.host import RequiredPluginMissing

T = TypeVar("T")
UNUSABLE = 2
"""Exit code of a call that can't be carried out as it stands."""

FIRST_MIGRATION = "0001_foundation"

errors = Console(stderr=True, highlight=False)


def read_settings(*, is_server: bool = False) -> Settings:
    """The settings; a wrong one ends the command with a clear message.

    Only the server logs what is ordinary: a command's own output is enough.
    """
    try:
        settings = Settings.read()
    except SettingsError as problem:
        raise give_up(str(problem)) from problem
    configure_logs(settings if is_server else replace(settings, log_level="WARNING"))
    return settings


def with_desk(
    settings: Settings, work: Callable[[Parts], Awaitable[T]], *, makes_database: bool = False
) -> T:
    """Run work on a desk that nobody else is running; the schema must be up to date.

    `makes_database`: where there is no database yet, work begins with a new one.
    """

    async def opened() -> T:
        missing = await pending(settings.database)
        if makes_database and missing[:1] == [FIRST_MIGRATION]:
            await migrate(settings.database)
        elif missing:
            raise give_up("The database is not up to date. Run: foredesk migrate")
        async with open_desk(settings) as parts:
            return await work(parts)

    return run(opened)


def run(work: Callable[[], Awaitable[T]], *, is_server: bool = False) -> T:
    """Run it on an event loop; what people can mend is told without a traceback."""

    async def awaited() -> T:
        return await work()

    try:
        with asyncio.Runner(loop_factory=_fast_loop() if is_server else None) as runner:
            return runner.run(awaited())
    except (DatabaseError, DeskError, RequiredPluginMissing, SettingsError) as problem:
        raise give_up(str(problem)) from problem


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop, which is not made for Windows."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def give_up(message: str) -> typer.Exit:
    errors.print(message, markup=False, soft_wrap=True)
    return typer.Exit(UNUSABLE)

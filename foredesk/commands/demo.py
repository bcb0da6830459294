"""foredesk demo: a fictional help desk with six months behind it."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from foredesk import background
from foredesk.channels.transports import OutboxOnly
from foredesk.commands.running import give_up, read_settings, run
from foredesk.composition import open_desk, utc_now
from foredesk.database.migrate import migrate
from foredesk.demo import (
    EVERYBODY,
    DemoSummary,
    Player,
    Script,
    StoryClock,
    is_empty,
    is_loaded,
    load_demo,
)
from foredesk.desk import Desk
from foredesk.people.models import Person
from foredesk.settings import Settings

REQUESTS = 300
Told = Callable[[str, float], None]
_BEFORE = timedelta(days=40)
"""People and articles are there some weeks before the first request."""


def demo(
    requests: Annotated[int, typer.Option(min=1, help="How many requests to make up.")] = REQUESTS,
) -> None:
    """Load the demo into an empty database: people, articles, and six months of requests.

    Loaded already, it only tells the log-ins. Interrupted, it goes on when it is run again.
    """
    settings = read_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)

    async def work() -> None:
        await migrate(settings.database)
        summary = await load_if_empty(settings, requests=requests)
        async with open_desk(settings) as parts:
            people = await log_ins(parts.desk)
        if not people:
            raise give_up("The database is not empty. Give the demo one of its own.")
        lines = [_counted(summary) if summary else "The demo is loaded already.", "", *people]
        await asyncio.to_thread(typer.echo, "\n".join(lines))

    run(work)


async def load_if_empty(settings: Settings, *, requests: int = REQUESTS) -> DemoSummary | None:
    """Load the demo unless there is something in the database; None if there was."""
    script = Script(
        until=utc_now().replace(microsecond=0), tickets=requests, visits=requests * 7 // 5
    )
    clock = StoryClock(script.since - _BEFORE)
    async with open_desk(settings, now=clock.of_the_week) as parts:
        if not await is_empty():
            return None
        if settings.is_production:
            raise give_up("The demo's passwords are known to everybody: not in production.")
        with _progress() as told:
            return await load_demo(
                parts.desk,
                clock,
                script=script,
                handlers=lambda desk: background.handlers(desk, OutboxOnly()),
                progress=told,
            )


async def log_ins(desk: Desk) -> Sequence[str]:
    """A line for each person of the demo who can sign in; nothing if this is not the demo."""
    if desk.settings.is_production or not await is_loaded():
        return []
    known = {str(email) for email in await Person.all().values_list("email", flat=True)}
    return [_line(player) for player in EVERYBODY if player.signs_in and player.email in known]


def _line(player: Player) -> str:
    role = player.roles[0].value if player.roles else "requester"
    return f"  {player.email:<36} {player.password:<22} {role.replace('_', ' ')}"


def _counted(summary: DemoSummary) -> str:
    return (
        f"The demo is ready: {summary.organizations} organizations, {summary.people} people, "
        f"{summary.articles} articles, {summary.tickets} requests with {summary.events} events, "
        f"{summary.searches} searches, {summary.survey_answers} answered surveys."
    )


@contextmanager
def _progress() -> Iterator[Told]:
    """A bar on a terminal, else a line for each part."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines(console)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("Demo", total=1.0)
        yield lambda what, share: bar.update(task, description=what, completed=share)


def _lines(console: Console) -> Told:
    said: list[str] = []

    def told(what: str, share: float) -> None:
        if said[-1:] != [what]:
            said.append(what)
            console.print(f"Demo: {what} …", highlight=False)

    return told

"""foredesk import: bring in knowledge and tickets from elsewhere."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from foredesk.article_files.bring_in import BroughtIn, import_articles
from foredesk.article_files.tree import NoTree
from foredesk.commands.running import errors, give_up, read_settings, with_desk
from foredesk.composition import Parts
from foredesk.importing.incidents.parity import INCIDENTS, Check, Parity, compare_with_log
from foredesk.importing.incidents.take import import_incidents
from foredesk.importing.knowledge import import_knowledge
from foredesk.importing.report import Remark, Report, UnusableCall
from foredesk.importing.ticket_map import TicketMap
from foredesk.importing.tickets import import_tickets
from foredesk.people.viewer import SYSTEM

app = typer.Typer(no_args_is_help=True)
NOTICES_SHOWN = 20
DIFFERENCES_SHOWN = 10

Advance = Callable[[int, int], None]
T = TypeVar("T")


@app.command()
def knowledge(
    directory: Annotated[Path, typer.Argument(help="Folder of Markdown files.")],
    locale: Annotated[str, typer.Option(help="Language of files that name none.")] = "en",
    name: Annotated[
        str, typer.Option(help="Keeps several folders apart; the folder's name if left out.")
    ] = "",
    notices: Annotated[
        bool, typer.Option("--notices", help="List everything that was not taken as it was.")
    ] = False,
) -> None:
    """Bring in a folder of help articles, new and changed ones only.

    Exits with 0 when everything was taken, 1 when something was refused, and 2 when the call
    can't be carried out.
    """

    async def work(parts: Parts, advance: Advance) -> Report:
        report = await import_knowledge(
            parts.desk,
            SYSTEM,
            directory=directory,
            name=name,
            locale=locale,
            progress=advance,
        )
        errors.print("Making them findable …")
        await parts.index.catch_up()
        return report

    _finish(_carried_out(f"Reading {directory}", work), "articles", show_notices=notices)


@app.command()
def articles(
    directory: Annotated[Path, typer.Argument(help="Folder that `foredesk export` wrote.")],
) -> None:
    """Bring in articles that were exported, with all that people changed in the folder since.

    Exits with 0 when everything was taken, 1 when something was refused, and 2 when the call
    can't be carried out.
    """

    async def work(parts: Parts, advance: Advance) -> BroughtIn:
        report = await import_articles(parts.desk, SYSTEM, directory=directory)
        errors.print("Making them findable …")
        await parts.index.catch_up()
        return report

    try:
        report = _carried_out(f"Reading {directory}", work)
    except NoTree as problem:
        raise give_up(str(problem)) from problem
    for line in report.remarks:
        typer.echo(f"note {line}")
    for line in report.refused:
        typer.echo(f"refused {line}")
    told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(report.taken.items()))
    typer.echo(f"articles: {told or 'none'}; {len(report.refused)} were refused.")
    raise typer.Exit(report.exit_code)


@app.command()
def tickets(
    file: Annotated[Path, typer.Argument(help="CSV or JSON Lines, plain or gzip.")],
    map_file: Annotated[
        Path, typer.Option("--map", help="TOML file that says which column is which field.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be taken and take nothing.")
    ] = False,
) -> None:
    """Bring in requests from another desk's table, those only that are not here yet.

    Exits with 0 when everything was taken, 1 when something was refused, and 2 when the call
    can't be carried out.
    """

    async def work(parts: Parts, advance: Advance) -> Report:
        ticket_map = await asyncio.to_thread(TicketMap.read, map_file)
        return await import_tickets(
            parts.desk,
            SYSTEM,
            file=file,
            ticket_map=ticket_map,
            dry_run=dry_run,
            progress=advance,
        )

    report = _carried_out(f"Reading {file}", work)
    if dry_run:
        typer.echo("Dry run: nothing was stored.")
    _finish(report, "requests", show_notices=False)


@app.command()
def incidents(
    file: Annotated[Path, typer.Argument(help="CSV, one row for each update, plain or gzip.")],
    organization: Annotated[
        str, typer.Option(help="Key of the organization that the people in it are enrolled in.")
    ] = "imported",
    zone: Annotated[
        str, typer.Option(help="Time zone of the file's times, which it does not tell.")
    ] = "UTC",
) -> None:
    """Bring in the log of another desk's incidents, and prove that nothing of it was lost.

    Exits with 0 when everything was taken, 1 when something was refused or is not as the log
    says, and 2 when the call can't be carried out.
    """

    async def work(parts: Parts, advance: Advance) -> Report:
        return await import_incidents(
            parts.desk,
            SYSTEM,
            file=file,
            organization=organization,
            time_zone=zone,
            progress=advance,
        )

    async def compare(parts: Parts, advance: Advance) -> Parity:
        return await compare_with_log(
            SYSTEM, file=file, organization=organization, time_zone=zone, progress=advance
        )

    report = _carried_out(f"Reading {file}", work)
    parity = _carried_out(f"Comparing with {file}", compare)
    typer.echo(f"Times were read as {zone}; the file names no time zone.")
    _tell_parity(parity)
    told = ", ".join(f"{n} {outcome}" for outcome, n in sorted(report.taken[INCIDENTS].items()))
    typer.echo(f"{INCIDENTS}: {told or 'none'}; {len(report.refused)} rows were refused.")
    _tell_remarks(report, show_notices=True)
    raise typer.Exit(report.exit_code if parity.is_whole else 1)


def _carried_out(title: str, work: Callable[[Parts, Advance], Awaitable[T]]) -> T:
    settings = read_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with _bar(title) as advance:
            return with_desk(settings, lambda parts: work(parts, advance), makes_database=True)
    except UnusableCall as problem:
        raise give_up(str(problem)) from problem


@contextmanager
def _bar(title: str) -> Iterator[Advance]:
    """A progress bar on a terminal, and nothing elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(
        *columns, TimeElapsedColumn(), console=console, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, all_: progress.update(task, completed=done, total=all_)


def _tell_parity(parity: Parity) -> None:
    """A line for each kind of value, and what differs below it."""
    for what, check in parity.checks.items():
        typer.echo(_compared(what, check))
        _tell_differences(check)
    for what, check in parity.remarks.items():
        typer.echo(f"{_compared(what, check)}; the log leaves out updates")
        _tell_differences(check)
    typer.echo("Nothing was lost." if parity.is_whole else "What is here is NOT what the log says.")


def _compared(what: str, check: Check) -> str:
    return f"{what}: {check.in_log} in the log, {check.here} here, {len(check.differing)} differ"


def _tell_differences(check: Check) -> None:
    for one in check.differing[:DIFFERENCES_SHOWN]:
        typer.echo(f"  {one}")
    if len(check.differing) > DIFFERENCES_SHOWN:
        typer.echo(f"  and {len(check.differing) - DIFFERENCES_SHOWN} more")


def _finish(report: Report, what: str, *, show_notices: bool) -> None:
    """Say what came of it, and exit with the report's code."""
    for group, counts in sorted(report.taken.items()):
        told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
        typer.echo(f"{group}: {told}")
    taken = sum(counts.total() for counts in report.taken.values())
    there = taken + len(report.refused)
    typer.echo(f"{taken} of {there} {what} are here, {len(report.refused)} were refused.")
    _tell_remarks(report, show_notices=show_notices)
    for path in report.gone:
        typer.echo(f"gone {path}: was brought in and is not there any more; nothing was deleted")
    raise typer.Exit(report.exit_code)


def _tell_remarks(report: Report, *, show_notices: bool) -> None:
    for remark in sorted(report.refused, key=_place):
        typer.echo(f"refused {remark}")
    _tell_notices(report, show_all=show_notices)


def _tell_notices(report: Report, *, show_all: bool) -> None:
    notices = sorted(report.notices, key=_place)
    shown = notices if show_all else notices[:NOTICES_SHOWN]
    for remark in shown:
        typer.echo(f"note {remark}")
    if len(shown) < len(notices):
        typer.echo(f"{len(notices) - len(shown)} more notes; --notices lists them.")


def _place(remark: Remark) -> tuple[str, int]:
    return remark.place, remark.line or 0

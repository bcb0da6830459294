"""foredesk replay: recorded requests under a proposed agreement, before it is signed."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from foredesk.agreement_files.tree import FileFormat
from foredesk.commands.running import give_up, read_settings, with_desk
from foredesk.composition import Parts
from foredesk.people.models import Organization
from foredesk.people.viewer import SYSTEM
from foredesk.replay.propose import FromFile, proposal_in
from foredesk.replay.run import Bounds, Replay, replay_agreement
from foredesk.replay.tally import Share
from foredesk.replay.told import (
    as_json,
    duration,
    latest_hours,
    reason_for,
    rows_of,
    share_of,
    without_hours,
)
from foredesk.replay.work import Progress as Heard

BREACHES_SHOWN = 10
_TIME = "%Y-%m-%d %H:%M"


def replay(
    agreement: Annotated[Path, typer.Option(help="Agreement file, YAML or TOML.")],
    since: Annotated[datetime, typer.Option(help="Requests made from then on, UTC.")],
    until: Annotated[
        datetime | None, typer.Option(help="Requests made before then, UTC; now if left out.")
    ] = None,
    organization: Annotated[
        str, typer.Option(help="Key of an organization; that of the file if left out.")
    ] = "",
    processes: Annotated[
        int, typer.Option(min=0, help="How many work on it; 0 for one per processor.")
    ] = 0,
    as_json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say what recorded requests would have come to under an agreement that is not signed yet.

    Nothing is stored. Exits with 2 when the call can't be carried out.
    """
    text, format = _file(agreement)

    async def work(parts: Parts) -> Replay:
        file = await proposal_in(parts.desk, SYSTEM, text=text, format=format)
        with _bar() as heard:
            return await replay_agreement(
                parts.desk,
                SYSTEM,
                proposal=file.proposal,
                since=since.replace(tzinfo=UTC),
                until=until.replace(tzinfo=UTC) if until else None,
                organization_id=await _organization(organization, file),
                bounds=Bounds(processes=processes or os.cpu_count() or 1),
                progress=heard,
            )

    found = with_desk(read_settings(), work)
    if as_json_:
        typer.echo(json.dumps(as_json(found)))
    else:
        _tell(found, Console(soft_wrap=True, highlight=False))


def _file(path: Path) -> tuple[str, FileFormat]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise give_up(f"{path} can't be read: {problem}") from problem
    return text, FileFormat.TOML if path.suffix.lower() == ".toml" else FileFormat.YAML


async def _organization(slug: str, file: FromFile) -> UUID | None:
    if not slug:
        return file.organization_id
    found = await Organization.get_or_none(slug=slug)
    if found is None:
        raise give_up(f"There is no organization {slug!r}.")
    return found.id


@contextmanager
def _bar() -> Iterator[Heard]:
    """A progress bar on a terminal, and nothing elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("Replaying"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("Replaying", total=None)
        yield lambda done, all_: bar.update(task, completed=done, total=all_)


def _tell(replay: Replay, console: Console) -> None:
    tally = replay.tally
    instead = f" instead of {replay.replaces} as it is" if replay.replaces else ""
    console.print(
        f"{replay.proposal.name}{instead}, {replay.since:{_TIME}} to {replay.until:{_TIME}} UTC: "
        f"{tally.tickets} requests, {tally.covered} of them covered.",
        markup=False,
    )
    console.print(_shares(replay))
    _tell_breaches(replay, console)
    _tell_causes(replay, console)
    _tell_changes(replay, console)
    _tell_penalties(replay, console)


def _shares(replay: Replay) -> Table:
    table = Table("clock", "priority", "target kept", "minimum kept", "open", "median miss")
    for row in rows_of(replay):
        late = "" if row.median_late is None else duration(row.median_late)
        priority = row.priority.value if row.priority else "all"
        target, minimum = _share(row.target), _share(row.minimum)
        table.add_row(row.clock, priority, target, minimum, str(row.target.open), late)
    return table


def _share(share: Share) -> str:
    found = share_of(share)
    if found.value is None or found.low is None or found.high is None:
        return "-"
    return f"{found.value:.1%} of {share.n} ({found.low:.1%} to {found.high:.1%})"


def _tell_breaches(replay: Replay, console: Console) -> None:
    missed = sum(cell.target.missed for cell in replay.tally.cells.values())
    console.print(f"{missed} targets would have been missed; the first of them:")
    for one in replay.tally.breaches[:BREACHES_SHOWN]:
        console.print(
            f"  {one.at:{_TIME}}  request {one.number}, {one.clock}, {one.priority.value}: "
            f"{reason_for(one)}",
            markup=False,
        )


def _tell_causes(replay: Replay, console: Console) -> None:
    for clock, causes in sorted(replay.tally.causes.items()):
        late = ", ".join(f"{hour} ({duration(n)})" for hour, n in latest_hours(causes))
        console.print(f"{clock}: time that ran after the target, by hour of the week: {late}.")
        for hours, count in without_hours(causes):
            console.print(f"  {count} of {causes.missed} would be kept if {hours} were not open")


def _tell_changes(replay: Replay, console: Console) -> None:
    if not replay.tally.changes:
        console.print("No version in force covered any of these requests.")
    for (clock, level), change in sorted(replay.tally.changes.items()):
        console.print(
            f"{clock}, {level}, beside the version in force: {change.newly_missed} newly missed, "
            f"{change.newly_kept} newly kept, {change.both_kept} kept and {change.both_missed} "
            f"missed by both, {change.undecided} undecided"
        )


def _tell_penalties(replay: Replay, console: Console) -> None:
    if not replay.proposal.terms.penalties:
        console.print("The agreement names no penalties.")
        return
    for month in replay.statement.months:
        capped = f" (capped from {month.gross})" if month.amount < month.gross else ""
        console.print(f"  {month.month:%Y-%m}: {month.amount}{capped}")
    console.print(f"Penalties: {replay.statement.total} {replay.statement.currency}")

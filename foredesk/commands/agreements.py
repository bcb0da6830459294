"""foredesk agreements: agreements as files that people read and compare."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from foredesk.agreement_files.bring_in import (
    Outcome,
    compare_agreement_file,
    import_agreement,
)
from foredesk.agreement_files.differences import Difference, agreement_differences
from foredesk.agreement_files.parse import parse_agreement_file
from foredesk.agreement_files.store import known_calendars, stored_agreement
from foredesk.agreement_files.tree import FileFormat
from foredesk.agreement_files.write import agreement_text
from foredesk.commands.running import give_up, read_settings, with_desk
from foredesk.composition import Parts
from foredesk.people.viewer import SYSTEM
from foredesk.sla.models import Agreement

app = typer.Typer(no_args_is_help=True)
DIFFERENT = 1

File = Annotated[Path, typer.Argument(help="YAML or TOML, see docs/agreement-files.md.")]
Format = Annotated[FileFormat, typer.Option("--format", help="How the file is written.")]
From = Annotated[
    datetime | None, typer.Option("--from", help="Day it holds from on, in UTC; now if left out.")
]


@app.command("list")
def list_agreements() -> None:
    """List what was promised, and to whom."""

    async def work(parts: Parts) -> None:
        for agreement in await Agreement.all().prefetch_related("organization"):
            whom = agreement.organization.slug if agreement.organization else "everybody"
            typer.echo(f"{agreement.name} ({whom})")

    with_desk(read_settings(), work)


@app.command()
def export(
    name: Annotated[str, typer.Argument(help="Name of the agreement.")],
    organization: Annotated[str, typer.Option(help="Slug, where several have this name.")] = "",
    format: Format = FileFormat.YAML,
) -> None:
    """Write an agreement with its calendar to the standard output."""

    async def work(parts: Parts) -> str:
        found = Agreement.filter(name=name)
        if organization:
            found = found.filter(organization__slug=organization)
        agreements = await found
        if len(agreements) != 1:
            known = "is no agreement" if not agreements else "are several: name --organization"
            raise give_up(f"There {known} {name!r}. `foredesk agreements list` knows them.")
        return agreement_text(await stored_agreement(agreements[0]), format)

    typer.echo(with_desk(read_settings(), work), nl=False)


@app.command("import")
def bring_in(file: File, start: From = None) -> None:
    """Make an agreement of a file, or the next version of the one that it names."""

    async def work(parts: Parts) -> None:
        valid_from = start.replace(tzinfo=ZoneInfo("UTC")) if start else None
        done = await import_agreement(
            parts.desk, SYSTEM, text=text_of(file), format=format_of(file), valid_from=valid_from
        )
        tell(done.differences)
        said = {Outcome.DEFINED: "is new", Outcome.REVISED: "was revised"}
        typer.echo(f"{done.agreement.name} {said.get(done.outcome, 'says this already')}.")

    with_desk(read_settings(), work)


@app.command()
def check(file: File) -> None:
    """Say whether a file can be read, and whether the desk knows what it names."""

    async def work(parts: Parts) -> None:
        compared = await compare_agreement_file(
            parts.desk, SYSTEM, text=text_of(file), format=format_of(file)
        )
        proposed = compared.proposed
        state = "new" if compared.agreement is None else f"{len(compared.differences)} differences"
        typer.echo(f"{proposed.name}: {len(proposed.proposal.promises)} promises, {state}.")

    with_desk(read_settings(), work)


@app.command()
def diff(
    file: File,
    other: Annotated[
        Path | None, typer.Argument(help="Another file; what the desk has if left out.")
    ] = None,
) -> None:
    """Tell in words what a file changes. Exits with 1 when it changes anything."""

    async def work(parts: Parts) -> Sequence[Difference] | None:
        if other is not None:
            known = await known_calendars(SYSTEM)
            before, after = (
                parse_agreement_file(text_of(one), format_of(one), calendars=known)
                for one in (file, other)
            )
            return agreement_differences(before, after)
        compared = await compare_agreement_file(
            parts.desk, SYSTEM, text=text_of(file), format=format_of(file)
        )
        return None if compared.agreement is None else compared.differences

    found = with_desk(read_settings(), work)
    if found is None:
        typer.echo("The desk has no such agreement: all of it is new.")
    tell(found or ())
    raise typer.Exit(DIFFERENT if found is None or found else 0)


def tell(differences: Sequence[Difference]) -> None:
    for one in differences:
        typer.echo(one.words)


def format_of(file: Path) -> FileFormat | None:
    """By its name; None leaves it to its text."""
    names = {".toml": FileFormat.TOML, ".yaml": FileFormat.YAML, ".yml": FileFormat.YAML}
    return names.get(file.suffix.lower())


def text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise give_up(f"{file} can't be read: {problem}") from problem

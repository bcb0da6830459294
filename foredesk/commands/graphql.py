"""foredesk graphql: what those who build clients need."""

from pathlib import Path
from typing import Annotated

import typer

from api.documents import problems_of
from api.operations.trusted import UnusableManifest, read_manifest
from foredesk.commands.running import give_up

app = typer.Typer(no_args_is_help=True)


@app.callback()
def graphql() -> None:
    """What clients build on."""


@app.command("check-documents")
def check_documents(
    file: Annotated[Path, typer.Argument(help="A manifest of GraphQL codegen, Relay or Apollo.")],
) -> None:
    """Say whether a server of this version would run every document of a manifest.

    Exits with 1 when it would not.
    """
    try:
        texts = read_manifest(file)
    except UnusableManifest as problem:
        raise give_up(str(problem)) from problem
    problems = list(problems_of(texts))
    for told in problems:
        typer.echo(told)
    typer.echo(f"{len(texts) - len(problems)} of {len(texts)} documents fit the schema.")
    if problems:
        raise typer.Exit(1)

"""foredesk export: what is kept here, as files that people and other programs read."""

from pathlib import Path
from typing import Annotated

import typer

from foredesk.article_files.export import export_articles
from foredesk.article_files.tree import NoTree
from foredesk.commands.running import give_up, read_settings, with_desk
from foredesk.composition import Parts
from foredesk.people.viewer import SYSTEM

app = typer.Typer(no_args_is_help=True)


@app.callback()
def _export() -> None:
    """What is kept here, as files."""


@app.command()
def articles(
    directory: Annotated[
        Path, typer.Argument(help="Empty folder, or one that an earlier export wrote.")
    ],
) -> None:
    """Write every article, with its versions, translations and files, as a folder of Markdown.

    `foredesk import articles` takes it in again, here or on another desk.
    """

    async def work(parts: Parts) -> int:
        return await export_articles(SYSTEM, directory=directory)

    try:
        count = with_desk(read_settings(), work)
    except NoTree as problem:
        raise give_up(str(problem)) from problem
    typer.echo(f"{count} articles were written to {directory}.")

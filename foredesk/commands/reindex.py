"""foredesk reindex: build the knowledge index anew from the database."""

import typer

from foredesk.commands.running import read_settings, with_desk
from foredesk.server import Parts


def reindex() -> None:
    """Build a new knowledge index and switch to it."""

    async def work(parts: Parts) -> int:
        return await parts.index.rebuild()

    count = with_desk(read_settings(), work)
    typer.echo(f"Indexed {count} articles.")

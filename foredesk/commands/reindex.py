"""foredesk reindex: build the knowledge index anew from the database."""

import typer

from foredesk.commands.running import give_up, read_settings, with_desk
from foredesk.composition import Parts
from search_index.follower import IndexInUse


def reindex() -> None:
    """Build a new knowledge index and switch to it."""

    async def work(parts: Parts) -> int:
        return await parts.index.rebuild()

    try:
        count = with_desk(read_settings(), work)
    except IndexInUse as held:
        raise give_up(str(held)) from held
    typer.echo(f"Indexed {count} articles.")

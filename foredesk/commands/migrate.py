"""foredesk migrate: bring the database to this version's schema."""

import typer

from foredesk.commands.running import read_settings, run
from foredesk.database.migrate import migrate as bring_up
from foredesk.database.migrate import pending


def migrate() -> None:
    """Bring the database up to date. Harmless when it is."""
    settings = read_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)

    async def work() -> None:
        waiting = await pending(settings.database)
        await bring_up(settings.database)
        typer.echo(f"Applied: {', '.join(waiting)}" if waiting else "The database is up to date.")

    run(work)

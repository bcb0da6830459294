"""foredesk work: run jobs and timers, beside servers that need not do so themselves."""

from typing import Annotated

import typer

from foredesk import worker
from foredesk.commands.running import give_up, read_settings, run
from foredesk.database.migrate import migrate


def work(
    supervised: Annotated[
        bool,
        typer.Option("--supervised", hidden=True, help="As `serve` starts it: ends with it."),
    ] = False,
) -> None:
    """Run jobs and timers until stopped. `serve` starts one by itself; this is for more of them."""
    settings = read_settings(is_server=True)
    if settings.is_sqlite:
        raise give_up("On SQLite the server does all work itself: run `foredesk serve` alone.")
    settings.data_dir.mkdir(parents=True, exist_ok=True)

    async def worked() -> None:
        if not supervised:
            await migrate(settings.database)
        await worker.work(settings, is_supervised=supervised)

    run(worked, is_server=True)

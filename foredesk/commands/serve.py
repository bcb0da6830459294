"""foredesk serve: run the server."""

import asyncio
import dataclasses
from typing import Annotated

import typer

from foredesk import server
from foredesk.commands.demo import load_if_empty, log_ins
from foredesk.commands.running import read_settings, run
from foredesk.composition import Parts
from foredesk.database.migrate import migrate
from foredesk.settings import Settings


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Load the demo first if the database is empty.")
    ] = False,
) -> None:
    """Migrate the database and serve API and portal until stopped."""
    settings = read_settings(is_server=True)
    settings = dataclasses.replace(
        settings, host=host or settings.host, port=settings.port if port is None else port
    )

    async def work() -> None:
        await migrate(settings.database)
        if demo:
            await load_if_empty(settings)
        await server.serve(settings, ready=lambda parts: _announce(parts, settings))

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    run(work, is_server=True)


async def _announce(parts: Parts, settings: Settings) -> None:
    address = settings.address
    lines = [f"Portal   {address}/", f"GraphQL  {address}/graphql"]
    if people := await log_ins(parts.desk):
        lines += ["", "Log-ins of the demo:", *people]
    await asyncio.to_thread(typer.echo, "\n".join(lines))

"""foredesk jobs: look at the queue, and give held jobs another chance."""

from typing import Annotated

import typer

from foredesk.commands.running import read_settings, with_desk
from foredesk.composition import Parts


def jobs(
    retry: Annotated[
        bool, typer.Option("--retry", help="Put jobs that were given up back into the queue.")
    ] = False,
) -> None:
    """Count the jobs that wait, run, and were given up."""

    settings = read_settings()

    async def work(parts: Parts) -> tuple[int, dict[str, int], int]:
        retried = await parts.jobs.retry_failed() if retry else 0
        return retried, dict(await parts.jobs.counts()), await parts.jobs.workers()

    retried, counts, workers = with_desk(settings, work)
    if retry:
        typer.echo(f"{retried} jobs go back into the queue.")
    typer.echo(", ".join(f"{count} {state}" for state, count in counts.items()))
    if not settings.is_sqlite:
        typer.echo(f"{workers} workers are at work.")

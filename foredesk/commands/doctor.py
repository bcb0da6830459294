"""foredesk doctor: look whether what is stored is what it should be."""

import typer

from foredesk.commands.running import read_settings, with_desk
from foredesk.server import Parts
from foredesk.tickets.models import Ticket
from foredesk.tickets.verify import Difference, differences

BATCH = 500


def doctor() -> None:
    """Rebuild every ticket from its events and compare; count the jobs that were given up.

    Exits with 1 when something is wrong.
    """

    async def work(parts: Parts) -> tuple[int, list[Difference], int, int]:
        count, found = await _compare()
        jobs = await parts.jobs.counts()
        behind = await parts.index.heal()
        return count, found, jobs["failed"], behind

    count, found, failed, behind = with_desk(read_settings(), work)
    typer.echo(f"{count} tickets rebuilt from their events, {len(found)} differences.")
    for difference in found:
        typer.echo(
            f"  ticket {difference.ticket_number}, {difference.what}: "
            f"stored {difference.stored!r}, rebuilt {difference.rebuilt!r}"
        )
    typer.echo(f"{failed} jobs were given up after all their tries.")
    typer.echo(f"{behind} articles had to be indexed anew.")
    if found or failed:
        raise typer.Exit(1)


async def _compare() -> tuple[int, list[Difference]]:
    count, number, found = 0, 0, list[Difference]()
    while tickets := await Ticket.filter(number__gt=number).order_by("number").limit(BATCH):
        for ticket in tickets:
            found += await differences(ticket)
        count, number = count + len(tickets), tickets[-1].number
    return count, found

"""foredesk doctor: look whether what is stored is what it should be."""

from collections.abc import Sequence

import typer

from foredesk.commands.running import read_settings, with_desk
from foredesk.composition import Parts
from foredesk.knowledge.models import Search
from foredesk.outages.verify import report_differences
from foredesk.sla.holiday_ends import HolidaysEnd, holidays_that_end
from foredesk.tickets.models import Ticket
from foredesk.tickets.verify import Difference, differences
from search_index.advice import advice_on_engine

BATCH = 500
SEARCHES = 200
Findings = tuple[int, list[Difference], int, int, int, Sequence[HolidaysEnd], str | None]


def doctor() -> None:
    """Rebuild every ticket from its events and compare; count the jobs that were given up.

    Warns of calendars whose holidays end within 90 days. Says when another search engine is due.

    Exits with 1 when something is wrong.
    """

    settings = read_settings()

    async def work(parts: Parts) -> Findings:
        count, found = await _compare()
        jobs = await parts.jobs.counts()
        idle = 0 if settings.is_sqlite or await parts.jobs.workers() else await parts.jobs.due()
        behind = await parts.index.heal()
        ends = await holidays_that_end(parts.desk.now())
        advice = await advice_on_engine(parts.index, await _searched_lately())
        return count, found, jobs["failed"], idle, behind, ends, advice

    count, found, failed, idle, behind, ends, advice = with_desk(settings, work)
    typer.echo(f"{count} tickets rebuilt from their events, {len(found)} differences.")
    for difference in found:
        typer.echo(
            f"  ticket {difference.ticket_number}, {difference.what}: "
            f"stored {difference.stored!r}, rebuilt {difference.rebuilt!r}"
        )
    typer.echo(f"{failed} jobs were given up after all their tries.")
    if idle:
        typer.echo(f"{idle} jobs wait and no worker is at work: run `foredesk serve` or `work`.")
    typer.echo(f"{behind} articles had to be indexed anew.")
    if advice:
        typer.echo(advice)
    for end in ends:
        typer.echo(
            f"Holidays of the calendar {end.calendar.name} end on {end.ends_on}: "
            "see `foredesk calendars propose`."
        )
    if found or failed:
        raise typer.Exit(1)


async def _searched_lately() -> list[tuple[str, str]]:
    newest = Search.all().order_by("-created_at").limit(SEARCHES)
    return [(text, locale) for text, locale in await newest.values_list("text", "locale") if text]


async def _compare() -> tuple[int, list[Difference]]:
    count, number, found = 0, 0, list[Difference]()
    while tickets := await Ticket.filter(number__gt=number).order_by("number").limit(BATCH):
        for ticket in tickets:
            found += await differences(ticket) + await report_differences(ticket)
        count, number = count + len(tickets), tickets[-1].number
    return count, found

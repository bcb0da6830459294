"""foredesk calendars: hours in which somebody works, their holidays and exceptions."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from foredesk.agreement_files.bring_in import import_calendar_file
from foredesk.agreement_files.store import stored_calendar
from foredesk.agreement_files.tree import FileFormat
from foredesk.agreement_files.write import calendar_text
from foredesk.commands.agreements import File, Format, format_of, text_of
from foredesk.commands.running import give_up, read_settings, with_desk
from foredesk.composition import Parts
from foredesk.people.viewer import SYSTEM
from foredesk.sla.exception_proposals import (
    ProposedException,
    import_calendar,
    preview_holidays,
    preview_import,
    take_holidays,
)
from foredesk.sla.holiday_ends import holidays_that_end
from foredesk.sla.holidays import PUBLIC, HolidaySource
from foredesk.sla.models import Calendar

app = typer.Typer(no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="Name of the calendar.")]
Take = Annotated[
    bool, typer.Option("--take", help="Take them, all but observances; otherwise only show them.")
]
Dates = Annotated[
    list[str] | None, typer.Option("--date", help="Take this date, such as 2027-12-24; several.")
]


@app.command("list")
def list_calendars() -> None:
    """List the calendars, and until when each knows its holidays."""

    async def work(parts: Parts) -> None:
        for calendar in await Calendar.all():
            written = (await stored_calendar(calendar.id)).written
            years = written.holidays.years if written.holidays else ()
            known = f", holidays until {max(years)}" if years else ""
            typer.echo(f"{calendar.name}: {written.time_zone}{known}")

    with_desk(read_settings(), work)


@app.command()
def export(name: Name, format: Format = FileFormat.YAML) -> None:
    """Write a calendar to the standard output."""

    async def work(parts: Parts) -> str:
        return calendar_text(await stored_calendar((await _named(name)).id), format)

    typer.echo(with_desk(read_settings(), work), nl=False)


@app.command("import")
def bring_in(file: File) -> None:
    """Make a calendar of a file, or the next version of the one that it names."""

    async def work(parts: Parts) -> str:
        calendar = await import_calendar_file(
            parts.desk, SYSTEM, text=text_of(file), format=format_of(file)
        )
        return calendar.name

    typer.echo(f"{with_desk(read_settings(), work)} is as the file says.")


@app.command()
def holidays(
    name: Name,
    year: Annotated[list[int], typer.Option(help="Year to look through; several.")],
    country: Annotated[str, typer.Option(help="Two letters, such as DE.")] = "",
    region: Annotated[str, typer.Option(help="Such as BE.")] = "",
    category: Annotated[list[str] | None, typer.Option(help="Beside public holidays.")] = None,
    take: Take = False,
    dates: Dates = None,
) -> None:
    """Show the public holidays of a country or region, and take them into a calendar."""
    categories = tuple(dict.fromkeys((PUBLIC, *(category or ()))))
    source = HolidaySource(country.upper(), region, categories, tuple(year))

    async def work(parts: Parts) -> Sequence[ProposedException]:
        calendar = await _named(name)
        found = await preview_holidays(parts.desk, SYSTEM, source=source, calendar_id=calendar.id)
        if take or dates:
            await take_holidays(
                parts.desk, SYSTEM, calendar_id=calendar.id, source=source, dates=_days(dates)
            )
        return found

    _tell(with_desk(read_settings(), work), taken=take or bool(dates))


@app.command()
def ical(
    name: Name,
    file: Annotated[Path, typer.Argument(help="iCalendar file (.ics).")],
    take: Take = False,
    dates: Dates = None,
) -> None:
    """Show what the events of an iCalendar file leave of a calendar's hours, and take it."""

    async def work(parts: Parts) -> Sequence[ProposedException]:
        calendar, text = await _named(name), text_of(file)
        found = await preview_import(parts.desk, SYSTEM, calendar_id=calendar.id, text=text)
        if take or dates:
            await import_calendar(
                parts.desk, SYSTEM, calendar_id=calendar.id, text=text, dates=_days(dates)
            )
        return found

    _tell(with_desk(read_settings(), work), taken=take or bool(dates))


@app.command()
def propose(take: Take = False) -> None:
    """Show the next years' holidays of every calendar whose holidays end within 90 days."""

    async def work(parts: Parts) -> None:
        for end in await holidays_that_end(parts.desk.now()):
            typer.echo(f"{end.calendar.name}: holidays end on {end.ends_on}")
            source = HolidaySource(
                end.source.country, end.source.region, end.source.categories, end.years
            )
            id = end.calendar.id
            found = await preview_holidays(parts.desk, SYSTEM, source=source, calendar_id=id)
            if take:
                await take_holidays(parts.desk, SYSTEM, calendar_id=id, source=source)
            _tell(found, taken=take)

    with_desk(read_settings(), work)


async def _named(name: str) -> Calendar:
    calendar = await Calendar.get_or_none(name=name)
    if calendar is None:
        raise give_up(f"There is no calendar {name!r}. `foredesk calendars list` knows them.")
    return calendar


def _days(dates: list[str] | None) -> list[date] | None:
    """None takes all but observances."""
    try:
        return [date.fromisoformat(one) for one in dates] if dates else None
    except ValueError as problem:
        raise give_up(f"Write dates like 2027-12-24: {problem}.") from problem


def _tell(found: Sequence[ProposedException], *, taken: bool) -> None:
    for one in found:
        hours = ", ".join(one.hours) or "closed"
        remark = " (observance: taken only by its date)" if one.is_observance else ""
        typer.echo(f"{one.date:%a} {one.date}  {one.name}: {hours}{remark}")
    if found and not taken:
        typer.echo("Nothing was stored: --take takes them, --date single ones.")

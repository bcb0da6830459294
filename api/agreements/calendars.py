"""Calendars: hours in which somebody works, in dated versions."""

from collections.abc import Sequence
from datetime import date, datetime

import strawberry

from api.context import Info
from api.enums import describe
from api.fields import column, computed
from api.node import Node
from api.rows import Row
from foredesk.sla import holidays, models
from foredesk.sla.calendar_queries import visible_calendars
from foredesk.sla.exception_proposals import ProposedException as Proposed
from foredesk.sla.hours import WEEKDAYS, Weekday

MOST_VERSIONS, MOST_EXCEPTIONS = 10, 100


describe(Weekday, "Day of the week.", {day.name: f"{day.title()}." for day in Weekday})


@strawberry.type(description="When a day of the week is open.")
class WeekdayOpenings:
    weekday: Weekday = strawberry.field(description="Day of the week")
    openings: list[str] = strawberry.field(
        description="Times that begin on the day, such as 09:00-12:30; none if it is closed. "
        "What ends before it begins goes on past midnight, and 24:30-30:00 is in the night after"
    )


@strawberry.type(description="Date that differs from the usual week.")
class CalendarException:
    day: date = strawberry.field(name="date", description="Date of the exception")
    name: str | None = strawberry.field(
        description="Name of the exception, such as Christmas Day; null for none"
    )
    openings: list[str] = strawberry.field(
        description="Times that begin on the date; none if it is closed"
    )


@strawberry.type(description="Where the holidays of a calendar come from.")
class HolidaySource:
    country: str | None = strawberry.field(
        description="Country by ISO 3166-1, such as DE; null if only plugins name them"
    )
    region: str | None = strawberry.field(description="Region, such as BE; null for none")
    categories: list[str] = strawberry.field(description="Categories, such as public")
    years: list[int] = strawberry.field(description="Years that were looked through")


@strawberry.type(description="Hours of a calendar from one time on, until the next version.")
class CalendarVersion(Row):
    row: strawberry.Private[models.CalendarVersion]
    begins_at: datetime = column(
        "valid_from", description="Timestamp of when the version begins; the first holds from ever"
    )
    time_zone: str = column(description="Time zone of the hours, such as Europe/Berlin")

    @computed(description="Usual week, Monday first", needs=("weekly",), at_most=7)
    def week(self) -> list[WeekdayOpenings]:
        weekly = self.row.weekly
        return [WeekdayOpenings(weekday=Weekday(d), openings=weekly.get(d, [])) for d in WEEKDAYS]

    @computed(
        description="Dates that differ from the week, in order, the last 100",
        needs=("exceptions", "names"),
        at_most=MOST_EXCEPTIONS,
    )
    def exceptions(self) -> list[CalendarException]:
        names = self.row.names or {}
        return [
            CalendarException(
                day=date.fromisoformat(day),
                name=names.get(day),
                openings=self.row.exceptions[day],
            )
            for day in sorted(self.row.exceptions)[-MOST_EXCEPTIONS:]
        ]

    @computed(
        description="Where its holidays come from; null if it keeps none", needs=("holidays",)
    )
    def holiday_source(self) -> HolidaySource | None:
        source = holidays.HolidaySource.read(self.row.holidays)
        if source is None:
            return None
        return HolidaySource(
            country=source.country or None,
            region=source.region or None,
            categories=list(source.categories),
            years=list(source.years),
        )


@strawberry.type(description="Hours in which somebody works on requests.")
class Calendar(Node, visible=visible_calendars):
    row: strawberry.Private[models.Calendar]
    name: str = column(description="Name of the calendar")

    @computed(
        description="Versions of the hours, the last 10, the oldest first; the last may not have "
        "begun",
        needs=("id",),
        at_most=MOST_VERSIONS,
    )
    async def versions(self, info: Info) -> list[CalendarVersion]:
        loader = info.context.loaders.referring(CalendarVersion, "calendar_id", ("valid_from",))
        rows = await loader.load(self.row.id)
        return [CalendarVersion(row=row) for row in rows[-MOST_VERSIONS:]]

    @computed(description="Version of the calendar for expectedVersion", needs=("id",))
    async def version(self, info: Info) -> int:
        loader = info.context.loaders.referring(CalendarVersion, "calendar_id", ("valid_from",))
        return len(await loader.load(self.row.id))


@strawberry.type(
    description="Date on which a calendar may differ, for somebody to look at. Nothing is stored."
)
class ProposedException:
    day: date = strawberry.field(name="date", description="Date that is proposed")
    name: str = strawberry.field(description="Name of the holiday or the event")
    source: str = strawberry.field(
        description="Who named it: a country and region, a plugin, or iCalendar"
    )
    openings: list[str] = strawberry.field(
        description="Times that would be open; none if it would be closed"
    )
    usual_openings: list[str] = strawberry.field(
        description="Times that are open now; none if it is closed, or without a calendar"
    )
    is_observance: bool = strawberry.field(
        description="Indicates that it binds nobody, so that it is taken only by its date"
    )


def proposals(found: Sequence[Proposed]) -> list[ProposedException]:
    return [
        ProposedException(
            day=one.date,
            name=one.name,
            source=one.source,
            openings=list(one.hours),
            usual_openings=list(one.usual),
            is_observance=one.is_observance,
        )
        for one in found
    ]

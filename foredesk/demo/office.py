"""Office: when the people of a customer, and those who help them, are at work."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from foredesk.demo.promises import BERLIN_HOURS, NEW_YORK_HOURS, calendars
from foredesk.sla.calendar import BusinessTime
from foredesk.sla.hours import read_hours

_HOURS_OF = {"tannquell": BERLIN_HOURS, "larkmeadow": NEW_YORK_HOURS}


@dataclass(frozen=True, slots=True)
class Office:
    """Working time of one customer, for making a story: the promises have clocks of their own."""

    zone: ZoneInfo
    business: BusinessTime
    closed: frozenset[date]

    @classmethod
    def of(cls, company: str, since: datetime, until: datetime) -> "Office":
        hours = {found.name: found for found in calendars(story_years(since, until))}[
            _HOURS_OF[company]
        ]
        read = read_hours(hours.time_zone, hours.weekly, hours.exceptions)
        closed = frozenset(
            date.fromisoformat(day) for day, spans in hours.exceptions.items() if not spans
        )
        return cls(ZoneInfo(hours.time_zone), BusinessTime.of(read), closed)

    def is_open_on(self, day: date) -> bool:
        return day not in self.closed

    def after(self, start: datetime, hours: float) -> datetime:
        """When so many working hours will have passed, to the second."""
        return self.business.add(start, max(1, round(hours * 3600)))


def story_years(since: datetime, until: datetime) -> range:
    """With the year after, because promises reach into it."""
    return range((since - timedelta(days=60)).year, until.year + 2)

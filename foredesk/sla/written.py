"""Written hours: what one version of a calendar says, as people write and read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from foredesk.errors import InvalidInput
from foredesk.sla.calendar import OpeningHours
from foredesk.sla.holidays import HolidaySource
from foredesk.sla.hours import WEEKDAYS, Written, read_hours
from foredesk.sla.models import CalendarVersion

MOST_EXCEPTIONS = 2000
NAME_LIMIT = 120


@dataclass(frozen=True, slots=True)
class WrittenHours:
    """`exceptions` replace the hours of their dates, and `names` says what those are called."""

    time_zone: str
    weekly: Written
    exceptions: Written = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    holidays: HolidaySource | None = None

    @classmethod
    def of(cls, version: CalendarVersion) -> "WrittenHours":
        return cls(
            version.time_zone,
            version.weekly,
            version.exceptions,
            version.names or {},
            HolidaySource.read(version.holidays),
        )

    def read(self) -> OpeningHours:
        """Raises InvalidInput for what can't be read, and for a name of no exception."""
        if len(self.exceptions) > MOST_EXCEPTIONS:
            raise InvalidInput("exceptions", f"Keep at most {MOST_EXCEPTIONS} exceptions.")
        hours = read_hours(self.time_zone, self.weekly, self.exceptions)
        for day, name in self.names.items():
            if day not in self.exceptions:
                raise InvalidInput("names", f"{day} is no exception; only those have names.")
            if not 0 < len(name) <= NAME_LIMIT or not name.isprintable():
                raise InvalidInput("names", f"Use names of at most {NAME_LIMIT} characters.")
        return hours

    def columns(self) -> dict[str, Any]:
        """What a version of a calendar keeps of it, with days and dates in their order."""
        exceptions = {day: list(self.exceptions[day]) for day in sorted(self.exceptions)}
        return {
            "time_zone": self.time_zone,
            "weekly": {day: list(self.weekly[day]) for day in WEEKDAYS if day in self.weekly},
            "exceptions": exceptions,
            "names": {day: self.names[day] for day in exceptions if day in self.names} or None,
            "holidays": self.holidays.kept() if self.holidays else None,
        }

    def on(self, day: date) -> Sequence[str]:
        """The hours that begin on a date."""
        usual = self.weekly.get(WEEKDAYS[day.weekday()], ())
        return self.exceptions.get(day.isoformat(), usual)

"""Where holidays end: calendars whose next years nobody has looked through, and who is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel.dates import format_date

from foredesk import letters
from foredesk.desk import Desk
from foredesk.each import each
from foredesk.people.models import Organization, Person, PersonKind
from foredesk.people.queries import has_role
from foredesk.people.roles import Role
from foredesk.ports import Mail
from foredesk.sla.holidays import HolidaySource
from foredesk.sla.models import Calendar, CalendarVersion

PACKAGE = "foredesk.sla"
AHEAD = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class HolidaysEnd:
    """A calendar keeps holidays, and the last day it knows them for is near or past."""

    calendar: Calendar
    source: HolidaySource
    ends_on: date
    years: tuple[int, ...]
    """Those that are missing: up to the one after this year."""


async def holidays_that_end(now: datetime) -> Sequence[HolidaysEnd]:
    """Within 90 days, by the name of the calendar; one that keeps no holidays is left out."""
    newest = {
        version.calendar_id: version
        for version in await CalendarVersion.all()
        .order_by("valid_from")
        .prefetch_related("calendar")
    }
    found = []
    for version in newest.values():
        source = HolidaySource.read(version.holidays)
        end = _end(version.calendar, source, now.date()) if source else None
        if end and end.ends_on < (now + AHEAD).date():
            found.append(end)
    return sorted(found, key=lambda one: one.calendar.name)


class HolidayReminders:
    """A sweep that has something to do once a day: a mail is sent once for each end."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._done: date | None = None

    async def __call__(self) -> None:
        today = self._desk.now().date()
        if self._done != today:
            await remind_of_holidays(self._desk)
            self._done = today


async def remind_of_holidays(desk: Desk) -> int:
    """Tell every administrator of each calendar whose holidays end; returns how many mails."""
    ends = await holidays_that_end(desk.now())
    if not ends:
        return 0
    to = await Person.filter(
        has_role(Role.ADMINISTRATOR), is_active=True, kind=PersonKind.PERSON
    ).prefetch_related("organization")
    mails = [(end, person) for end in ends for person in to]
    return len(await each("Reminding of holidays", mails, lambda one: _remind(desk, *one)))


def _end(calendar: Calendar, source: HolidaySource, today: date) -> HolidaysEnd:
    last = max(source.years, default=today.year - 1)
    years = tuple(year for year in (today.year, today.year + 1) if year not in source.years)
    return HolidaysEnd(calendar, source, date(last, 12, 31), years)


async def _remind(desk: Desk, end: HolidaysEnd, to: Person) -> None:
    organization: Organization = to.organization
    locale = to.locale or organization.locale
    language = "de" if locale.split("-")[0] == "de" else "en"
    facts = {
        "name": to.name,
        "calendar": end.calendar.name,
        "place": " ".join(filter(None, (end.source.country, end.source.region))),
        "ends_on": format_date(end.ends_on, "long", locale=language),
        "years": ", ".join(map(str, end.years)),
        "link": f"{desk.settings.address}/calendars/{end.calendar.id}",
    }
    subject, text = letters.written(PACKAGE, "holidays_end", locale, facts)
    key = f"holidays-end:{end.calendar.id}:{end.ends_on}:{to.id}"
    await desk.mailer.send(Mail(key, to.email, subject, text, locale))

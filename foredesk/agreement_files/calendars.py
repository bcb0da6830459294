"""The calendar of a file: zone, hours of the week, holidays and exceptions, in and out."""

from collections.abc import Mapping
from typing import Any

from foredesk.agreement_files.proposed import ProposedCalendar
from foredesk.agreement_files.tree import Section, Value
from foredesk.errors import InvalidInput
from foredesk.sla.dated import cleaned_name
from foredesk.sla.holidays import HolidaySource, check_source, check_years
from foredesk.sla.hours import WEEKDAYS
from foredesk.sla.written import WrittenHours

AGREEMENT_KEYS = (
    "agreement",
    "organization",
    "service",
    "kind",
    "calendar",
    "clocks",
    "penalties",
    "escalations",
)
_KEYS = ("name", "time_zone", "hours", "holidays", "exceptions")
_PLACES = {"timeZone": "time_zone", "weekly": "hours", "names": "exceptions"}


def read_calendar(value: Value) -> ProposedCalendar:
    """Raises UnreadableFile."""
    section = value.section(*_KEYS)
    week = section["hours"].section(*WEEKDAYS)
    exceptions = section.mapping("exceptions")
    written = WrittenHours(
        section["time_zone"].text(),
        {day: _texts(week.content[day]) for day in WEEKDAYS if day in week},
        {day: _hours(one) for day, one in exceptions.items()},
        {day: name for day, one in exceptions.items() if (name := _named(one))},
        _source(section.content.get("holidays")),
    )
    try:
        name = cleaned_name(section["name"].text())
        written.read()
    except InvalidInput as refused:
        place = section.content.get(_PLACES.get(refused.field, refused.field), value)
        place.refuse(refused.message)
    return ProposedCalendar(name, written)


def calendar_content(calendar: ProposedCalendar) -> dict[str, Any]:
    """What `read_calendar` reads."""
    written = calendar.written
    content: dict[str, Any] = {
        "name": calendar.name,
        "time_zone": written.time_zone,
        "hours": {day: list(written.weekly[day]) for day in WEEKDAYS if day in written.weekly},
    }
    if written.holidays:
        kept: Mapping[str, Any] = written.holidays.kept()
        content["holidays"] = {name: one for name, one in kept.items() if one or name == "years"}
    if written.exceptions:
        content["exceptions"] = {
            day: _exception(list(spans), written.names.get(day))
            for day, spans in sorted(written.exceptions.items())
        }
    return content


def _exception(spans: list[str], name: str | None) -> Any:
    return {"name": name, "hours": spans} if name else spans


def _hours(value: Value) -> list[str]:
    if isinstance(value.content, Mapping):
        return _texts(value.section("name", "hours")["hours"])
    return _texts(value)


def _named(value: Value) -> str:
    if not isinstance(value.content, Mapping):
        return ""
    return value.section("name", "hours").text("name")


def _texts(value: Value) -> list[str]:
    return [one.text() for one in value.items()]


def _source(value: Value | None) -> HolidaySource | None:
    if value is None:
        return None
    section = value.section("country", "region", "categories", "years")
    categories = tuple(one.text() for one in section.items("categories"))
    source = HolidaySource(
        section.text("country"),
        section.text("region"),
        categories or ("public",),
        tuple(_year(one) for one in section.items("years")),
    )
    try:
        check_source(source) if source.country else check_years(source.years)
    except InvalidInput as refused:
        _place(section, refused.field).refuse(refused.message)
    return source


def _year(value: Value) -> int:
    text = value.text()
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        value.refuse(f"write a year like 2027, not {text!r}.")
    return int(text)


def _place(section: Section, name: str) -> Value:
    return section.content.get(name, section.value)

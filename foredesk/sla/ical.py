"""iCalendar files: which days and times the events in them cover. Pure, but it may take long.

A rule that matches no day ever is looked through by the library for thousands of years. That is
why `foredesk.sla.ical_import` runs this module as a process of its own, and ends it.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import recurring_ical_events
from icalendar import Calendar, Event
from icalendar.error import BrokenCalendarProperty

from foredesk.errors import InvalidInput

FIELD = "text"
LONGEST_TEXT = 1_000_000
MOST_EVENTS = 2_000
MOST_OCCURRENCES = 5_000
MOST_STEPS = 200_000
"""Days, weeks, months and years that all rules together are looked through."""

_STEP_DAYS = {"YEARLY": 366, "MONTHLY": 30, "WEEKLY": 7, "DAILY": 1}
_EARLIEST = 1900
_NAME = 120


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event on its day or at its time, by the clock of the zone it is read for.

    Naive wall-clock times, the end excluded; midnights for whole days.
    """

    start: datetime
    end: datetime
    name: str
    is_observance: bool

    @property
    def is_whole_days(self) -> bool:
        return self.start.time() == self.end.time() == time()


def occurrences(text: str, zone: ZoneInfo, since: date, until: date) -> list[Occurrence]:
    """Those that touch the time from `since` until `until`, excluded, in order.

    Canceled events are left out, and endless ones end with the time asked for. Raises
    InvalidInput for what is no iCalendar, too large, or repeats more often than daily.
    """
    calendar = _parsed(text)
    events = [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]
    if len(events) > MOST_EVENTS:
        raise InvalidInput(FIELD, f"Import at most {MOST_EVENTS} events at once.")
    for number, event in enumerate(events, 1):
        _check(event, number)
    if sum(_steps(event, until) for event in events) > MOST_STEPS:
        raise InvalidInput(FIELD, "The events in it repeat too often to be looked through.")
    found: list[Occurrence] = []
    for one in _repeated(calendar, since, until):
        if len(found) >= MOST_OCCURRENCES:
            message = f"The events in it take place more than {MOST_OCCURRENCES} times."
            raise InvalidInput(FIELD, message)
        found += _occurrence(one, zone)
    return sorted(found, key=lambda one: (one.start, one.end, one.name))


def _parsed(text: str) -> Any:
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(FIELD, "Import a file of at most 1 MB.")
    if "\0" in text:
        raise InvalidInput(FIELD, "This is no iCalendar file.")
    try:
        return Calendar.from_ical(text)
    except (ValueError, KeyError, IndexError, TypeError) as problem:
        first = str(problem).splitlines()[0][:200] if str(problem) else "it ends too early"
        raise InvalidInput(FIELD, f"This is no iCalendar file: {first}") from problem


def _check(event: Event, number: int) -> None:
    """Raises InvalidInput for an event that can't be read, naming it."""
    which = f"Event {number} ({_name(event)})"
    if event.errors:
        name, problem = event.errors[0]
        raise InvalidInput(FIELD, f"{which}: {name} can't be read: {problem}"[:300])
    start, end = _time(event, "DTSTART", which), _time(event, "DTEND", which)
    if start is None:
        raise InvalidInput(FIELD, f"{which} has no DTSTART.")
    if start.year < _EARLIEST:
        raise InvalidInput(FIELD, f"{which} begins before the year {_EARLIEST}.")
    if end is not None and (type(end) is not type(start) or _order(end) < _order(start)):
        raise InvalidInput(FIELD, f"{which} ends before it begins.")
    for rule in _rules(event):
        _check_rule(rule, which)


def _time(event: Event, name: str, which: str) -> date | None:
    value = event.get(name)
    if value is None:
        return None
    try:
        at = value.dt
    except (AttributeError, BrokenCalendarProperty) as problem:
        raise InvalidInput(FIELD, f"{which}: {name} can't be read.") from problem
    zone = value.params.get("TZID")
    if isinstance(at, datetime) and at.tzinfo is None and zone:
        raise InvalidInput(FIELD, f"{which}: {str(zone)[:64]!r} is no time zone known here.")
    if not isinstance(at, date):
        raise InvalidInput(FIELD, f"{which}: {name} is no day and no time.")
    return at


def _check_rule(rule: Any, which: str) -> None:
    frequency = str((rule.get("FREQ") or [""])[0])
    if frequency not in _STEP_DAYS or any(
        part in rule for part in ("BYHOUR", "BYMINUTE", "BYSECOND")
    ):
        raise InvalidInput(FIELD, f"{which} repeats more often than daily.")
    if int((rule.get("INTERVAL") or [1])[0]) < 1:
        raise InvalidInput(FIELD, f"{which} repeats with an interval of nothing.")


def _steps(event: Event, until: date) -> int:
    begins: Any = event["DTSTART"]
    days = (until - _order(begins.dt).date()).days
    return sum(
        max(1, days // _STEP_DAYS[str(rule["FREQ"][0])])
        * (3 if any(part.startswith("BY") for part in rule) else 1)
        for rule in _rules(event)
    )


def _rules(event: Event) -> list[Any]:
    rules = event.get("RRULE", [])
    return rules if isinstance(rules, list) else [rules]


def _repeated(calendar: Any, since: date, until: date) -> Iterator[Event]:
    try:
        yield from recurring_ical_events.of(calendar).between(since, until)
    except (ValueError, KeyError, TypeError, OverflowError) as problem:
        message = f"The events in it can't be repeated as it says: {problem}"[:300]
        raise InvalidInput(FIELD, message) from problem


def _occurrence(event: Event, zone: ZoneInfo) -> Iterator[Occurrence]:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    start, end = _wall(event.start, zone), _wall(event.end, zone)
    if end == start and not isinstance(event.start, datetime):
        end += timedelta(days=1)
    if start < end:
        yield Occurrence(start, end, _name(event), _is_observance(event))


def _wall(at: date, zone: ZoneInfo) -> datetime:
    """By the clock on the wall there; a time without a zone is one of there."""
    if not isinstance(at, datetime):
        return datetime(at.year, at.month, at.day)  # noqa: DTZ001
    return at.astimezone(zone).replace(tzinfo=None) if at.tzinfo else at


def _order(at: date) -> datetime:
    moment = at if isinstance(at, datetime) else datetime(at.year, at.month, at.day, tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _name(event: Event) -> str:
    name = " ".join(str(event.get("SUMMARY", "")).split())
    return "".join(letter for letter in name if letter.isprintable())[:_NAME] or "no name"


def _is_observance(event: Event) -> bool:
    """Feeds of holidays say so in the description, or among the categories."""
    said = [str(event.get("DESCRIPTION", "")).strip()]
    kinds: Sequence[Any] = getattr(event.get("CATEGORIES"), "cats", ())
    words = [one.casefold() for one in (*said, *map(str, kinds))]
    return any(one.startswith(("observance", "season")) for one in words)


def main() -> None:
    """Answers one question in JSON on the standard input; `ical_import` asks it."""
    asked = orjson.loads(sys.stdin.buffer.read())
    since, until = map(date.fromisoformat, (asked["since"], asked["until"]))
    try:
        found = occurrences(asked["text"], ZoneInfo(asked["zone"]), since, until)
        answer: Any = {"occurrences": [asdict(one) for one in found]}
    except InvalidInput as refused:
        answer = {"refused": refused.message}
    sys.stdout.buffer.write(orjson.dumps(answer))


if __name__ == "__main__":
    main()

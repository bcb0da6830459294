"""Importing iCalendar files: what their events make of the hours of the days they touch."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import orjson

from foredesk.errors import InvalidInput
from foredesk.sla.calendar import Span
from foredesk.sla.hours import read_spans, written_span
from foredesk.sla.ical import FIELD, LONGEST_TEXT, Occurrence
from foredesk.sla.written import NAME_LIMIT, WrittenHours

SECONDS = 20.0
"""A file that is not read by then never will be."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What is left of the hours of a date."""

    date: date
    name: str
    hours: Sequence[str]
    is_observance: bool


async def read_occurrences(
    text: str, time_zone: str, since: date, until: date
) -> Sequence[Occurrence]:
    """`ical.occurrences` in a process that is ended when it takes too long. Raises InvalidInput."""
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(FIELD, "Import a file of at most 1 MB.")
    asked = {"text": text, "zone": time_zone, "since": since, "until": until}
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "foredesk.sla.ical"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(SECONDS):
            answer, _ = await child.communicate(orjson.dumps(asked))
    except TimeoutError:
        message = "The events in it can't be looked through in time; do they ever take place?"
        raise InvalidInput(FIELD, message) from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    told: Any = orjson.loads(answer) if child.returncode == 0 else {"refused": "It can't be read."}
    if "refused" in told:
        raise InvalidInput(FIELD, told["refused"])
    return [
        Occurrence(
            datetime.fromisoformat(one["start"]),
            datetime.fromisoformat(one["end"]),
            one["name"],
            one["is_observance"],
        )
        for one in told["occurrences"]
    ]


def closed_by(
    hours: WrittenHours, occurrences: Sequence[Occurrence], since: date, until: date
) -> Sequence[Closing]:
    """What the events leave of the hours of each date from `since` until `until`, in order.

    A whole day takes the shifts that begin on it, a time what lies within it by the clock on the
    wall. What is only an observance is told of dates that nothing else touches.
    """
    left: dict[date, list[Span]] = {}
    names: dict[date, list[str]] = {}
    observances: set[date] = set()
    for one in sorted(occurrences, key=lambda one: one.is_observance):
        for day in _days(one, since, until):
            if one.is_observance and day in left.keys() - observances:
                continue
            spans = left.get(day) if day in left else read_spans(hours.on(day))
            rest = [] if one.is_whole_days else _without(spans or [], *_minutes(day, one))
            if one.is_whole_days or rest != spans:
                left[day] = rest
                names.setdefault(day, []).append(one.name)
                observances |= {day} if one.is_observance else set()
    return [
        Closing(
            day,
            " / ".join(dict.fromkeys(names[day]))[:NAME_LIMIT],
            [written_span(*span) for span in left[day]],
            day in observances,
        )
        for day in sorted(left)
    ]


def _days(occurrence: Occurrence, since: date, until: date) -> Iterator[date]:
    """A night shift of two days before may reach into it."""
    before = timedelta(0) if occurrence.is_whole_days else timedelta(days=2)
    day = max((occurrence.start - before).date(), since)
    while day < until and datetime.combine(day, time()) < occurrence.end:
        yield day
        day += timedelta(days=1)


def _minutes(day: date, occurrence: Occurrence) -> Span:
    midnight = datetime.combine(day, time())
    start, end = occurrence.start - midnight, occurrence.end - midnight
    return int(start.total_seconds() // 60), int(-(-end.total_seconds() // 60))


def _without(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    parts = [
        part
        for opens, closes in spans
        for part in ((opens, min(closes, start)), (max(opens, end), closes))
    ]
    return [(opens, closes) for opens, closes in parts if opens < closes]

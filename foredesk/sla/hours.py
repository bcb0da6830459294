"""Hours as people write them, `09:00-12:30`, made into what business time counts with."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from foredesk.errors import InvalidInput
from foredesk.sla.calendar import DAY_MINUTES, OpeningHours, Span


class Weekday(StrEnum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


WEEKDAYS = tuple(day.value for day in Weekday)
_SPAN = re.compile(r"([0-3]\d|4[0-7]):([0-5]\d)-(?:(48):(00)|([0-3]\d|4[0-7]):([0-5]\d))")
_END = 2 * DAY_MINUTES

Written = Mapping[str, Sequence[str]]


def read_hours(time_zone: str, weekly: Written, exceptions: Written) -> OpeningHours:
    """A span that ends before it begins goes on past midnight; `00:00-24:00` is the whole day.

    Hours from 24:00 on are those of the night after the day they are written under, so that
    `22:00-02:00` and after a break `02:30-06:00` are written `22:00-26:00`, `26:30-30:00`.
    Raises InvalidInput for an unknown zone or day, an unreadable span, or a week without any.
    """
    written = json.dumps([weekly, exceptions], default=list, sort_keys=True)
    return _read(time_zone, written)


@lru_cache(maxsize=512)
def _read(time_zone: str, written: str) -> OpeningHours:
    weekly, exceptions = json.loads(written)
    for day in weekly:
        if day not in WEEKDAYS:
            raise InvalidInput("weekly", f"{day!r} is no day; use {', '.join(WEEKDAYS)}.")
    week = tuple(_spans("weekly", weekly.get(day, [])) for day in WEEKDAYS)
    if not any(week):
        raise InvalidInput("weekly", "Give at least one day with opening hours.")
    dates = {_date(day): _spans("exceptions", spans) for day, spans in exceptions.items()}
    return OpeningHours(_zone(time_zone), week, dates)


def read_spans(written: Sequence[str]) -> list[Span]:
    """In order. Raises InvalidInput."""
    return list(_spans("hours", written))


def _spans(field: str, written: Sequence[str]) -> tuple[Span, ...]:
    spans = sorted(_span(field, text) for text in written)
    for (_, closes), (opens, _) in pairwise(spans):
        if opens < closes:
            raise InvalidInput(field, f"The hours {', '.join(written)} overlap.")
    return tuple(spans)


def _span(field: str, text: str) -> Span:
    found = _SPAN.fullmatch(text) if isinstance(text, str) else None
    if not found:
        raise InvalidInput(field, f"Write hours like 09:00-17:30, not {text!r}.")
    opens_hour, opens_minute, *rest = found.groups()
    closes_hour, closes_minute = [part for part in rest if part is not None]
    opens = int(opens_hour) * 60 + int(opens_minute)
    closes = int(closes_hour) * 60 + int(closes_minute)
    if closes == opens:
        raise InvalidInput(field, f"{text} is no time at all; a whole day is 00:00-24:00.")
    closes = closes if closes > opens else closes + DAY_MINUTES
    if closes <= opens or closes > _END:
        raise InvalidInput(field, f"{text} goes on beyond the day after.")
    return opens, closes


def written_span(opens: int, closes: int) -> str:
    """As people write it; the counterpart of reading one."""
    return f"{opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}"


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("exceptions", f"Write dates like 2026-12-25, not {text!r}.") from None


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidInput("timeZone", f"{name!r} is no time zone; write Europe/Berlin.") from None

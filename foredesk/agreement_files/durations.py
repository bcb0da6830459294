"""Durations as people write them: `30m`, `4h`, `1h 30m`, and `2d` in working days of a calendar."""

import re
from collections import Counter
from datetime import timedelta

from foredesk.sla.hours import WEEKDAYS, Written, read_spans

_PARTS = re.compile(r"(?:(\d+)\s*d)?\s*(?:(\d+)\s*h)?\s*(?:(\d+)\s*m(?:in)?)?\s*(?:(\d+)\s*s)?")
LONGEST = timedelta(days=20 * 366)


def working_day(weekly: Written) -> timedelta:
    """What `1d` means: as long as most days with hours in the week; of as many, the longest."""
    minutes = [
        sum(closes - opens for opens, closes in read_spans(weekly.get(day, []))) for day in WEEKDAYS
    ]
    counted = Counter(one for one in minutes if one)
    return timedelta(minutes=max(counted, key=lambda one: (counted[one], one), default=0))


def read_duration(text: str, day: timedelta | None) -> timedelta:
    """Raises ValueError with what to write instead."""
    found = _PARTS.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        raise ValueError("write a time like 30m, 4h, 1h 30m or 2d")
    if any(len(part) > 9 for part in found.groups() if part):
        raise ValueError("this is too long a time")
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if days and not day:
        raise ValueError("only working times are written in days")
    time = timedelta(hours=hours, minutes=minutes, seconds=seconds) + days * (day or timedelta(0))
    if time > LONGEST:
        raise ValueError("this is too long a time")
    return time


def write_duration(time: timedelta, day: timedelta | None) -> str:
    """In days only if it is a number of whole ones, and more than one."""
    seconds = int(time.total_seconds())
    if day and time >= 2 * day and not time % day:
        return f"{time // day}d"
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    parts = [
        f"{hours}h" if hours else "",
        f"{minutes}m" if minutes else "",
        f"{rest}s" if rest else "",
    ]
    return " ".join(filter(None, parts)) or "0s"

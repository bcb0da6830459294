"""The week of a calendar as a picture: a row a day, a bar for each time that is open."""

from dataclasses import dataclass

from foredesk.sla.hours import WEEKDAYS, Written, read_spans

LABELS, HOUR, ROW = 48, 27, 24
TOP = 20
WIDTH, HEIGHT = LABELS + 24 * HOUR + 16, TOP + 7 * ROW + 4
DAY = 1440


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: int
    width: float


@dataclass(frozen=True, slots=True)
class WeekPicture:
    """What the template draws; what goes on past midnight is in the next row."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, int], ...]
    """Hours and where they are."""


def week_picture(weekly: Written) -> WeekPicture:
    bars = []
    for number, day in enumerate(WEEKDAYS):
        for opens, closes in read_spans(weekly.get(day, [])):
            for later in (0, 1):
                begin, end = opens - later * DAY, closes - later * DAY
                begin, end = max(begin, 0), min(end, DAY)
                if begin < end:
                    row = (number + later) % 7
                    bars.append(Bar(_x(begin), TOP + row * ROW, _x(end) - _x(begin)))
    ticks = tuple((hour, LABELS + hour * HOUR) for hour in range(0, 25, 4))
    return WeekPicture(tuple(bars), ticks)


def _x(minute: int) -> float:
    return round(LABELS + minute * HOUR / 60, 1)

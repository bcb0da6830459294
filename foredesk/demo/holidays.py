"""Days on which the demo's organizations rest, for any year."""

from collections.abc import Iterable
from datetime import date, timedelta

Exceptions = dict[str, list[str]]
_MONDAY, _THURSDAY = 0, 3


def berlin_exceptions(years: Iterable[int]) -> Exceptions:
    """Public holidays of Berlin, and two half days around Christmas."""
    exceptions: Exceptions = {}
    for year in years:
        easter = easter_sunday(year)
        closed = [date(year, *day) for day in ((1, 1), (3, 8), (5, 1), (10, 3), (12, 25), (12, 26))]
        closed += [easter + timedelta(days=days) for days in (-2, 1, 39, 50)]
        exceptions |= {day.isoformat(): [] for day in sorted(closed)}
        exceptions |= {f"{year}-12-24": ["08:00-12:00"], f"{year}-12-31": ["08:00-12:00"]}
    return exceptions


def new_york_exceptions(years: Iterable[int]) -> Exceptions:
    """Federal holidays that offices keep, and a short day after Thanksgiving."""
    exceptions: Exceptions = {}
    for year in years:
        thanksgiving = _weekday_of_month(year, 11, _THURSDAY, 4)
        closed = [
            date(year, 1, 1),
            _weekday_of_month(year, 1, _MONDAY, 3),
            _last_monday_of_may(year),
            date(year, 6, 19),
            date(year, 7, 4),
            _weekday_of_month(year, 9, _MONDAY, 1),
            thanksgiving,
            date(year, 12, 25),
        ]
        exceptions |= {day.isoformat(): [] for day in closed}
        exceptions[(thanksgiving + timedelta(days=1)).isoformat()] = ["09:00-13:00"]
    return exceptions


def easter_sunday(year: int) -> date:
    """The Gregorian computus of Meeus, Jones and Butcher."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, leap_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap - correction + 15) % 30
    quarter, quarter_rest = divmod(rest, 4)
    weekday = (32 + 2 * leap_rest + 2 * quarter - moon - quarter_rest) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _weekday_of_month(year: int, month: int, weekday: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())

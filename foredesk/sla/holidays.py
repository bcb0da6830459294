"""Public holidays of countries and regions, for people to look through before they are taken.

The library is asked when a calendar is made or revised, never while a clock is read: what was
taken stands in the calendar's version as dated exceptions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import holidays as library

from foredesk.errors import InvalidInput

PUBLIC = "public"
MOST_YEARS = 10
FIRST_YEAR, LAST_YEAR = 1950, 2100


@dataclass(frozen=True, slots=True)
class HolidaySource:
    """Where a calendar's holidays come from; `years` are those that were looked through."""

    country: str
    region: str = ""
    categories: tuple[str, ...] = (PUBLIC,)
    years: tuple[int, ...] = ()

    @classmethod
    def read(cls, kept: Mapping[str, Any] | None) -> "HolidaySource | None":
        """Of what `kept` made; None of None."""
        if kept is None:
            return None
        return cls(kept["country"], kept["region"], tuple(kept["categories"]), tuple(kept["years"]))

    def kept(self) -> dict[str, Any]:
        return {
            "country": self.country,
            "region": self.region,
            "categories": list(self.categories),
            "years": list(self.years),
        }


@dataclass(frozen=True, slots=True)
class PublicHoliday:
    """A day that somebody says is one. An observance is kept by some and binds nobody.

    `source` is the library's country and region, or the plugin that named it.
    """

    date: date
    name: str
    category: str = PUBLIC
    source: str = field(default="", compare=False)

    @property
    def is_observance(self) -> bool:
        return self.category != PUBLIC


def check_source(source: HolidaySource) -> None:
    """Raises InvalidInput for a country, region, category or year that the library has not."""
    if source.country not in countries():
        raise InvalidInput(
            "country", f"{source.country!r} is no country known here; write two letters, like DE."
        )
    if source.region and source.region not in regions(source.country):
        known = ", ".join(regions(source.country)) or "none"
        raise InvalidInput("region", f"{source.region!r} is no region of it; there are {known}.")
    possible = categories(source.country)
    if not source.categories or not set(source.categories) <= set(possible):
        raise InvalidInput("categories", f"Choose from {', '.join(possible)}.")
    check_years(source.years)


def check_years(years: Sequence[int]) -> None:
    """Raises InvalidInput."""
    if not 0 < len(years) <= MOST_YEARS or len(set(years)) < len(years):
        raise InvalidInput("years", f"Name 1 to {MOST_YEARS} years, each once.")
    if not all(FIRST_YEAR <= year <= LAST_YEAR for year in years):
        raise InvalidInput("years", f"Years are {FIRST_YEAR} to {LAST_YEAR}.")


def holidays_of(source: HolidaySource, language: str = "en") -> Sequence[PublicHoliday]:
    """In order; a day of several categories is told once, as public if it is that.

    Raises InvalidInput.
    """
    check_source(source)
    place = "-".join(filter(None, (source.country, source.region)))
    found: dict[date, PublicHoliday] = {}
    for category in sorted(source.categories, key=lambda one: one != PUBLIC):
        days = library.country_holidays(
            source.country,
            subdiv=source.region or None,
            years=source.years,
            categories=(category,),
            language=_language(source.country, language),
        )
        for day, name in days.items():
            found.setdefault(day, PublicHoliday(day, name, category, place))
    return [found[day] for day in sorted(found) if day.year in source.years]


@lru_cache(maxsize=1)
def countries() -> tuple[str, ...]:
    """Codes of ISO 3166-1, in order."""
    return tuple(sorted(library.list_supported_countries(include_aliases=False)))


@lru_cache(maxsize=256)
def regions(country: str) -> Mapping[str, str]:
    """Codes of the country's regions with their names, in the order of the names."""
    entity = library.country_holidays(country)
    names = {code: name for name, code in reversed(entity.subdivisions_aliases.items())}
    named = {code: names.get(code, code) for code in entity.subdivisions}
    return dict(sorted(named.items(), key=lambda item: item[1]))


@lru_cache(maxsize=256)
def categories(country: str) -> tuple[str, ...]:
    """Public holidays first."""
    known = library.country_holidays(country).supported_categories
    return tuple(sorted(known, key=lambda one: (one != PUBLIC, one)))


def _language(country: str, wanted: str) -> str | None:
    """What the library calls the language; None for the country's own."""
    known = library.country_holidays(country).supported_languages
    same = [one for one in known if one.split("_")[0] == wanted.split("-")[0]]
    return min(same, key=lambda one: one != "en_US") if same else None

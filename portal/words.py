"""Words: which language a page speaks, and how it says numbers, days and times."""

import gettext
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from jinja2.runtime import Context
from jinja2.utils import pass_context

CATALOGS = Path(__file__).parent / "locale"
NAMES: Mapping[str, str] = {"en": "English", "de": "Deutsch"}
SOURCE = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """One language and one time zone; calling it translates a sentence."""

    locale: str
    zone: tzinfo
    catalog: gettext.NullTranslations

    def __call__(self, text: str, **values: object) -> str:
        said = self.catalog.gettext(text)
        return said % values if values else said

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        said = self.catalog.ngettext(one, many, number)
        return said % ({"number": self.number(number)} | values)

    @property
    def direction(self) -> str:
        return direction(self.locale)

    def listed(self, names: Sequence[str]) -> str:
        """“Ada, Bob and Grace”"""
        return format_list(names, locale=self.locale)

    def number(self, value: float) -> str:
        return format_decimal(value, locale=self.locale)

    def size(self, count: int) -> str:
        """So many bytes, as people say it: “1.4 MB”."""
        unit, share = ("MB", 1024 * 1024) if count >= 1024 * 1024 else ("KB", 1024)
        return f"{self.number(max(0.1, round(count / share, 1)))} {unit}"

    def date(self, moment: datetime) -> str:
        return format_date(moment.astimezone(self.zone), "long", locale=self.locale)

    def time(self, moment: datetime) -> str:
        return format_skeleton("Hm", moment, tzinfo=self.zone, locale=self.locale)

    def when(self, moment: datetime, now: datetime) -> str:
        """A moment as people say it today: “14:00 today”, “09:00 on Thursday”."""
        days = (moment.astimezone(self.zone).date() - now.astimezone(self.zone).date()).days
        time = self.time(moment)
        if days == 0:
            return self("%(time)s today", time=time)
        if days == 1:
            return self("%(time)s tomorrow", time=time)
        if days == -1:
            return self("%(time)s yesterday", time=time)
        return self("%(time)s on %(day)s", time=time, day=self._day(moment, now, days))

    def _day(self, moment: datetime, now: datetime, days: int) -> str:
        if 1 < days < 7:
            return format_date(moment.astimezone(self.zone), "EEEE", locale=self.locale)
        if moment.astimezone(self.zone).year != now.astimezone(self.zone).year:
            return self.date(moment)
        return format_skeleton("MMMMd", moment, tzinfo=self.zone, locale=self.locale)


def direction(locale: str) -> str:
    """`ltr` or `rtl`."""
    known = _locale(locale)
    return known.text_direction if known else "ltr"


def language_name(locale: str) -> str:
    """What a language calls itself; its code if it is unknown."""
    known = _locale(locale)
    return (known.get_display_name(known) if known else None) or locale


def marked(text: str) -> str:
    """Marks a sentence for the catalogues; it is translated where it is said."""
    return text


def words(locale: str, zone: str = "UTC") -> Words:
    return Words(locale, _zone(zone), _catalog(locale))


def negotiate(accepted: str) -> str:
    """The best language we speak for an Accept-Language header; English for any other."""
    wishes = sorted(map(_wish, accepted.split(",")[:20]), key=lambda wish: -wish[1])
    for language, weight in wishes:
        if language in NAMES and weight > 0:
            return language
    return SOURCE


def install_in(environment: Any) -> None:
    """Let templates translate with the `words` of their page."""
    environment.install_gettext_callables(_say, _count, newstyle=True)


@pass_context
def _say(context: Context, text: str) -> str:
    return str(context["words"].catalog.gettext(text))


@pass_context
def _count(context: Context, one: str, many: str, number: int) -> str:
    return str(context["words"].catalog.ngettext(one, many, number))


def _wish(part: str) -> tuple[str, float]:
    language, _, parameter = part.strip().partition(";")
    try:
        weight = float(parameter.partition("=")[2] or 1)
    except ValueError:
        weight = 0.0
    return language.partition("-")[0].lower(), weight


@cache
def _locale(name: str) -> Locale | None:
    try:
        return Locale.parse(name.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return None


@cache
def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


@cache
def _catalog(locale: str) -> gettext.NullTranslations:
    """Compiled from the readable catalogue at start, so that the two never differ."""
    if locale == SOURCE:
        return gettext.NullTranslations()
    with (CATALOGS / locale / "LC_MESSAGES" / "portal.po").open("rb") as file:
        compiled = BytesIO()
        write_mo(compiled, read_po(file, locale=locale))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)

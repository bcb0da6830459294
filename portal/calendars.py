"""Calendars: hours in which somebody works, their holidays and exceptions."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from babel import Locale
from babel.dates import format_date, get_day_names
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foredesk.errors import DeskError, InvalidInput
from foredesk.sla import exception_proposals as proposing
from foredesk.sla import holidays
from foredesk.sla.calendar_exceptions import change_exceptions
from foredesk.sla.calendar_queries import versions_of, visible_calendars
from foredesk.sla.calendars import define_calendar, revise_calendar
from foredesk.sla.exception_proposals import ProposedException
from foredesk.sla.holidays import PUBLIC, HolidaySource
from foredesk.sla.hours import WEEKDAYS
from foredesk.sla.models import Calendar
from foredesk.sla.written import WrittenHours
from portal.acting import NOTHING_TYPED, Typed, version_of
from portal.forms import Form, clean
from portal.managing import do, id_in
from portal.pages import desk_of, page
from portal.refusals import say
from portal.visits import visit_of
from portal.week_picture import HEIGHT, TOP, WIDTH, week_picture
from portal.words import Words

ADDRESS = "/calendars"
NOBODY_CHOSE: tuple[str, ...] = ()


async def show_new(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    zone = visit_of(request).viewer.time_zone
    return page(
        request,
        "calendar_new.html",
        status=typed.status,
        typed=typed,
        problems=typed.problems,
        days=_days(visit_of(request).words),
        zone=typed["timeZone"] or zone,
    )


async def create(request: Request, sent: Form) -> Response:
    made: list[Calendar] = []

    async def define() -> None:
        made.append(
            await define_calendar(
                desk_of(request),
                visit_of(request).viewer,
                name=sent["name"],
                time_zone=sent["timeZone"].strip(),
                weekly=_week(sent),
            )
        )

    answer = await do(request, sent, define, show=show_new, back=ADDRESS, field="weekly")
    if made:
        answer.headers["location"] = f"{ADDRESS}/{made[0].id}"
    return answer


async def show_one(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    calendar, words = await _calendar(request), visit_of(request).words
    versions = (await versions_of([calendar.id]))[calendar.id]
    hours = WrittenHours.of(versions[0])
    today = desk_of(request).now().date().isoformat()
    years = hours.holidays.years if hours.holidays else ()
    return page(
        request,
        "calendar.html",
        status=typed.status,
        calendar=calendar,
        versions=versions,
        hours=hours,
        days=_days(words),
        picture=week_picture(hours.weekly),
        size=(WIDTH, HEIGHT, TOP),
        coming=_told(hours, words, [day for day in sorted(hours.exceptions) if day >= today]),
        past=_told(hours, words, [day for day in sorted(hours.exceptions) if day < today]),
        known_until=max(years, default=None),
        countries=_countries(words),
        country=hours.holidays.country if hours.holidays else "",
        next_year=desk_of(request).now().year + 1,
        typed=typed,
        problems=typed.problems,
    )


async def revise(request: Request, sent: Form) -> Response:
    return await _do(
        request,
        sent,
        revise_calendar,
        "weekly",
        lambda: {"time_zone": sent["timeZone"].strip(), "weekly": _week(sent)},
    )


async def except_day(request: Request, sent: Form) -> Response:
    return await _do(
        request,
        sent,
        change_exceptions,
        "date",
        lambda: {
            "exceptions": {_date(sent["date"]): _spans(sent["hours"])},
            "names": {_date(sent["date"]): sent["called"]},
        },
    )


async def usual_day(request: Request, sent: Form) -> Response:
    return await _do(
        request,
        sent,
        change_exceptions,
        "date",
        lambda: {"exceptions": {}, "usual": [_date(sent["date"])]},
    )


async def look_through(request: Request, typed: Typed = NOTHING_TYPED) -> Response:
    """The holidays of a country, to choose from; the form asks by its address."""
    calendar, words = await _calendar(request), visit_of(request).words
    problems: dict[str, str] = dict(typed.problems)
    found: Sequence[ProposedException] = ()
    asked = {key: clean(value) for key, value in request.query_params.items()}
    source = _source(asked, request.query_params.getlist("category"))
    try:
        found = await proposing.preview_holidays(
            desk_of(request),
            visit_of(request).viewer,
            source=source,
            calendar_id=calendar.id,
            language=words.locale,
        )
    except DeskError as refusal:
        problems["country"] = say(words, refusal)
    return page(
        request,
        "calendar_holidays.html",
        status=422 if problems else 200,
        calendar=calendar,
        version=len((await versions_of([calendar.id]))[calendar.id]),
        found=_proposals(found, words),
        source=source,
        year=asked.get("year", ""),
        countries=_countries(words),
        regions=_regions(source.country),
        categories=holidays.categories(source.country) if _is_known(source.country) else (),
        typed=typed,
        problems=problems,
    )


async def take(request: Request, sent: Form) -> Response:
    source = _source(sent, sent.fields.get("category", NOBODY_CHOSE))
    return await _do(
        request,
        sent,
        proposing.take_holidays,
        "country",
        lambda: {
            "source": source,
            "dates": _chosen(sent),
            "language": visit_of(request).words.locale,
        },
    )


async def look_into(request: Request, sent: Form) -> Response:
    """What a file would change, to choose from."""
    calendar, visit = await _calendar(request), visit_of(request)
    if "take" in sent:
        return await _do(
            request,
            sent,
            proposing.import_calendar,
            "text",
            lambda: {"text": sent["text"], "dates": _chosen(sent)},
        )
    try:
        found = await proposing.preview_import(
            desk_of(request), visit.viewer, calendar_id=calendar.id, text=sent["text"]
        )
    except DeskError as refusal:
        return await show_one(request, Typed(sent, {"text": say(visit.words, refusal)}))
    return page(
        request,
        "calendar_import.html",
        calendar=calendar,
        version=sent["version"],
        found=_proposals(found, visit.words),
        text=sent["text"],
    )


async def _do(request: Request, sent: Form, use: Any, field: str, read: Any) -> Response:
    """`read` makes the use case's arguments of the form."""
    calendar = await _calendar(request)

    async def act() -> None:
        await use(
            desk_of(request),
            visit_of(request).viewer,
            calendar_id=calendar.id,
            expected_version=version_of(sent),
            **read(),
        )

    back = f"{ADDRESS}/{calendar.id}"
    return await do(request, sent, act, show=show_one, back=back, field=field)


async def _calendar(request: Request) -> Calendar:
    """Raises HTTPException 404."""
    calendar = await visible_calendars(visit_of(request).viewer).get_or_none(id=id_in(request))
    if calendar is None:
        raise HTTPException(404)
    return calendar


def _days(words: Words) -> list[tuple[str, str, str]]:
    """Each with what it is called, long and short."""
    long, short = (get_day_names(width, locale=words.locale) for width in ("wide", "abbreviated"))
    return [(day, long[number], short[number]) for number, day in enumerate(WEEKDAYS)]


def _told(
    hours: WrittenHours, words: Words, days: Sequence[str]
) -> list[tuple[str, str, str, str]]:
    """Dates with how they are written, what they are called, and their hours."""
    return [
        (day, _day(date.fromisoformat(day), words), hours.names.get(day, ""), _open(hours, day))
        for day in days
    ]


def _open(hours: WrittenHours, day: str) -> str:
    return ", ".join(hours.exceptions[day])


def _proposals(
    found: Sequence[ProposedException], words: Words
) -> list[tuple[ProposedException, str, bool]]:
    """Each with its day in words, and whether it is chosen until somebody says otherwise."""
    return [(one, _day(one.date, words), not one.is_observance) for one in found]


def _day(day: date, words: Words) -> str:
    return format_date(day, "full", locale=words.locale)


def _week(sent: Form) -> dict[str, list[str]]:
    return {day: spans for day in WEEKDAYS if (spans := _spans(sent[day]))}


def _spans(text: str) -> list[str]:
    """As people write them, with commas; dashes of any length are one."""
    parts = text.replace("–", "-").replace(";", ",").split(",")
    return ["".join(part.split()) for part in parts if part.strip()]


def _date(text: str) -> date:
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError as problem:
        raise InvalidInput("date", "Choose a day.") from problem


def _chosen(sent: Form) -> list[date]:
    return [_date(one) for one in sent.fields.get("dates", NOBODY_CHOSE)]


def _source(asked: Any, categories: Sequence[str]) -> HolidaySource:
    country = _of(asked, "country").upper()
    region, years = _of(asked, "region"), _of(asked, "year").replace(",", " ").split()
    known = tuple(dict.fromkeys((PUBLIC, *categories)))
    numbers = tuple(int(one) for one in years if one.isascii() and one.isdigit() and len(one) < 5)
    if region not in _regions_of(country):
        region = ""
    return HolidaySource(country, region, known, numbers)


def _of(asked: Form | dict[str, str], name: str) -> str:
    value = asked[name] if isinstance(asked, Form) else asked.get(name, "")
    return value.strip()


def _is_known(country: str) -> bool:
    return country in holidays.countries()


def _regions_of(country: str) -> Any:
    return holidays.regions(country) if _is_known(country) else {}


def _regions(country: str) -> list[tuple[str, str]]:
    return list(_regions_of(country).items())


def _countries(words: Words) -> list[tuple[str, str]]:
    names = Locale.parse(words.locale).territories
    found = [(code, names.get(code, code)) for code in holidays.countries()]
    return sorted(found, key=lambda item: item[1])

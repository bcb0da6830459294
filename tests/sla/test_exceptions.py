"""Exceptions of calendars: proposed, looked through, chosen, kept; by the library and plugins."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from foredesk.desk import Desk
from foredesk.errors import InvalidInput, NotFound, NotPermitted, StaleVersion
from foredesk.hooks import CalendarFacts, Holiday
from foredesk.people.roles import Role
from foredesk.people.viewer import SYSTEM, Viewer
from foredesk.sla.calendar_exceptions import change_exceptions
from foredesk.sla.calendar_queries import visible_calendars
from foredesk.sla.calendars import define_calendar, newest_version, revise_calendar
from foredesk.sla.exception_proposals import (
    ProposedException,
    import_calendar,
    preview_holidays,
    preview_import,
    take_holidays,
)
from foredesk.sla.holiday_ends import HolidayReminders, holidays_that_end, remind_of_holidays
from foredesk.sla.holidays import HolidaySource, categories, countries, holidays_of, regions
from foredesk.sla.models import Calendar, CalendarVersion
from foredesk.sla.written import WrittenHours
from tests.clock import NOW, Clock
from tests.people import make_agent, make_organization, make_person, make_requester
from tests.plugins.made import host_with, made
from tests.quiet_parts import QuietMailer
from tests.sla.agreements import OFFICE, make_agreement
from tests.sla.test_ical import day, file

BERLIN = HolidaySource("DE", "BE", years=(2027,))
BAVARIA = HolidaySource("DE", "BY", ("public", "catholic"), (2027,))
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def office(desk: Desk, clock: Clock) -> Calendar:
    calendar = await define_calendar(
        desk, SYSTEM, name="Office", time_zone="Europe/Berlin", weekly=OFFICE
    )
    clock.advance(MINUTE)
    return calendar


async def hours_of(calendar: Calendar) -> WrittenHours:
    return WrittenHours.of(await newest_version(calendar.id))


def told(found: Sequence[ProposedException]) -> list[tuple[str, str, bool]]:
    return [(str(one.date), one.name, one.is_observance) for one in found]


def test_holidays_are_those_of_the_region_in_the_language() -> None:
    english, german = holidays_of(BERLIN), holidays_of(BERLIN, "de-AT")

    assert (english[1].name, german[1].name) == ("Women's Day", "Frauentag")
    assert {one.date for one in english} == {one.date for one in german}
    assert date(2027, 3, 8) not in {one.date for one in holidays_of(replace(BERLIN, region="HH"))}
    assert {one.source for one in english} == {"DE-BE"}


def test_a_day_of_two_categories_is_told_once_as_what_binds() -> None:
    both = holidays_of(HolidaySource("DE", "BY", ("catholic", "public"), (2027,)))
    only = holidays_of(replace(BAVARIA, categories=("public",)))

    assert {one.date for one in both if not one.is_observance} == {one.date for one in only}
    assert len({one.date for one in both}) == len(both)
    assert [one.name for one in both if one.is_observance] == ["Assumption Day"]


def test_what_can_be_chosen_is_listed() -> None:
    assert {"DE", "US", "NO"} <= set(countries())
    assert regions("DE")["BE"] == "Berlin"
    assert categories("US")[0] == "public"
    assert regions("SG") == {}


@pytest.mark.parametrize(
    ("source", "field"),
    [
        (HolidaySource("XX", years=(2027,)), "country"),
        (HolidaySource("Germany", years=(2027,)), "country"),
        (HolidaySource("DE", "ZZ", years=(2027,)), "region"),
        (HolidaySource("DE", "", ("riddles",), (2027,)), "categories"),
        (HolidaySource("DE", "", (), (2027,)), "categories"),
        (HolidaySource("DE"), "years"),
        (HolidaySource("DE", years=(2027, 2027)), "years"),
        (HolidaySource("DE", years=tuple(range(2020, 2031))), "years"),
        (HolidaySource("DE", years=(2101,)), "years"),
        (HolidaySource("", years=(1,)), "years"),
    ],
)
async def test_a_place_that_is_not_known_is_refused(
    desk: Desk, source: HolidaySource, field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await preview_holidays(desk, SYSTEM, source=source)

    assert refusal.value.field == field


async def test_looking_through_stores_nothing_and_says_what_would_change(
    desk: Desk, office: Calendar
) -> None:
    found = await preview_holidays(desk, SYSTEM, source=BERLIN, calendar_id=office.id)

    by_date = {str(one.date): one for one in found}
    assert (by_date["2027-03-08"].usual, by_date["2027-03-08"].is_new) == (["09:00-17:00"], True)
    assert (by_date["2027-05-01"].usual, by_date["2027-05-01"].is_new) == ([], False)
    assert await CalendarVersion.all().count() == 1


async def test_all_but_observances_are_taken_and_their_source_is_remembered(
    desk: Desk, office: Calendar, clock: Clock
) -> None:
    await take_holidays(desk, SYSTEM, calendar_id=office.id, source=BAVARIA)
    hours = await hours_of(office)
    assert hours.holidays == BAVARIA
    assert "2027-08-15" not in hours.exceptions
    assert hours.names["2027-01-06"] == "Epiphany"
    assert hours.exceptions["2027-01-06"] == []
    assert [name for name, *_ in desk.jobs.enqueued] == ["reproject_clocks"]  # type: ignore[attr-defined]

    clock.advance(MINUTE)
    chosen = [date(2028, 8, 15)]
    await take_holidays(
        desk,
        SYSTEM,
        calendar_id=office.id,
        source=replace(BAVARIA, years=(2028,)),
        dates=chosen,
        hours={date(2028, 8, 15): ["09:00-12:00"]},
    )
    later = await hours_of(office)
    assert later.exceptions == {**hours.exceptions, "2028-08-15": ["09:00-12:00"]}
    assert later.names["2028-08-15"] == "Assumption Day"
    assert later.holidays == replace(BAVARIA, years=(2027, 2028))

    clock.advance(MINUTE)
    await take_holidays(desk, SYSTEM, calendar_id=office.id, source=BERLIN)
    assert (await hours_of(office)).holidays == BERLIN


async def test_hours_that_were_given_to_a_holiday_stay_when_it_is_taken_again(
    desk: Desk, office: Calendar, clock: Clock
) -> None:
    eve = date(2027, 12, 25)
    await change_exceptions(desk, SYSTEM, calendar_id=office.id, exceptions={eve: ["09:00-10:00"]})
    clock.advance(MINUTE)

    await take_holidays(desk, SYSTEM, calendar_id=office.id, source=BERLIN)

    assert (await hours_of(office)).exceptions["2027-12-25"] == ["09:00-10:00"]


async def test_what_was_not_proposed_is_not_taken(desk: Desk, office: Calendar) -> None:
    with pytest.raises(InvalidInput, match="2027-02-01 was not among"):
        await take_holidays(
            desk, SYSTEM, calendar_id=office.id, source=BERLIN, dates=[date(2027, 2, 1)]
        )
    with pytest.raises(StaleVersion):
        await take_holidays(desk, SYSTEM, calendar_id=office.id, source=BERLIN, expected_version=2)
    assert (await hours_of(office)).exceptions == {}


async def test_plugins_name_days_beside_the_library_and_fail_alone(
    desk: Desk, office: Calendar
) -> None:
    asked: list[tuple[CalendarFacts, int]] = []

    def company(calendar: CalendarFacts, year: int) -> list[Holiday]:
        asked.append((calendar, year))
        return [Holiday(date(year, 6, 12), "Founders' day"), Holiday(date(year, 5, 1), "Ours")]

    def maybe(year: int) -> list[Holiday]:
        return [Holiday(date(year, 2, 2), "Groundhog Day", is_observance=True)]

    def broken() -> list[Holiday]:
        raise RuntimeError

    def wrong(year: int) -> list[Holiday]:
        return [Holiday(date(year + 1, 1, 1), "Too late")]

    desk = replace(
        desk,
        hooks=host_with(
            made("broken", provide_holidays=broken),
            made("company", provide_holidays=company),
            made("maybe", provide_holidays=maybe),
            made("wrong", provide_holidays=wrong),
        ),
    )

    both = await preview_holidays(desk, SYSTEM, source=BERLIN, calendar_id=office.id)
    alone = await preview_holidays(
        desk, SYSTEM, source=HolidaySource("", years=(2027,)), calendar_id=office.id
    )

    assert ("2027-05-01", "Labor Day", False) in told(both)
    assert {one.source for one in both} == {"DE-BE", "company", "maybe"}
    assert told(alone) == [
        ("2027-02-02", "Groundhog Day", True),
        ("2027-05-01", "Ours", False),
        ("2027-06-12", "Founders' day", False),
    ]
    facts, year = asked[0]
    assert (facts.name, facts.time_zone, facts.country, facts.region, year) == (
        "Office",
        "Europe/Berlin",
        "DE",
        "BE",
        2027,
    )
    await take_holidays(
        desk, SYSTEM, calendar_id=office.id, source=HolidaySource("", years=(2027,))
    )
    assert list((await hours_of(office)).exceptions) == ["2027-05-01", "2027-06-12"]


async def test_the_days_of_a_file_are_chosen_like_holidays(desk: Desk, office: Calendar) -> None:
    text = file(day("20260306", "Outing"), day("20260313", "Spring Day", "\nCATEGORIES:Observance"))
    found = await preview_import(desk, SYSTEM, calendar_id=office.id, text=text)
    assert told(found) == [("2026-03-06", "Outing", False), ("2026-03-13", "Spring Day", True)]

    await import_calendar(desk, SYSTEM, calendar_id=office.id, text=text)

    hours = await hours_of(office)
    assert (hours.exceptions, hours.names) == ({"2026-03-06": []}, {"2026-03-06": "Outing"})
    for until in (date(2026, 3, 2), date(2030, 1, 1)):
        with pytest.raises(InvalidInput, match="at most three years"):
            await preview_import(desk, SYSTEM, calendar_id=office.id, text=text, until=until)


async def test_exceptions_come_change_and_go(desk: Desk, office: Calendar, clock: Clock) -> None:
    first, second = date(2026, 12, 24), date(2026, 12, 31)
    await change_exceptions(
        desk,
        SYSTEM,
        calendar_id=office.id,
        exceptions={first: ["09:00-12:00"], second: []},
        names={first: " Christmas  Eve "},
    )
    clock.advance(MINUTE)
    await change_exceptions(
        desk, SYSTEM, calendar_id=office.id, exceptions={first: []}, usual=[second]
    )

    hours = await hours_of(office)
    assert (hours.exceptions, hours.names) == ({"2026-12-24": []}, {})
    clock.advance(MINUTE)
    await revise_calendar(desk, SYSTEM, calendar_id=office.id, weekly={"monday": ["09:00-12:00"]})
    later = await hours_of(office)
    assert later.weekly == {"monday": ["09:00-12:00"]}
    assert (later.exceptions, later.time_zone) == ({"2026-12-24": []}, "Europe/Berlin")


async def test_who_sees_and_changes_a_calendar(desk: Desk, office: Calendar, clock: Clock) -> None:
    acme, zenith = await make_organization(desk), await make_organization(desk)
    await make_agreement(desk, organization=acme)
    theirs = await Calendar.exclude(id=office.id).get()
    role = Role.CUSTOMER_SERVICE_MANAGER
    manager, stranger = (
        await make_agent(desk, acme, role=role),
        await make_agent(desk, zenith, role=role),
    )
    ada = await make_requester(desk, acme)

    async def seen(viewer: Viewer) -> set[str]:
        return {calendar.name for calendar in await visible_calendars(viewer)}

    assert await seen(manager) == {"Office", theirs.name}
    assert await seen(stranger) == {"Office"}
    assert await seen(ada) == {theirs.name}
    assert await seen(SYSTEM) == {"Office", theirs.name}
    with pytest.raises(NotPermitted):
        await preview_holidays(desk, ada, source=BERLIN)
    with pytest.raises(NotFound):
        await preview_holidays(desk, stranger, source=BERLIN, calendar_id=theirs.id)
    with pytest.raises(NotPermitted):
        await change_exceptions(desk, stranger, calendar_id=theirs.id, exceptions={})


async def test_holidays_that_end_within_90_days_are_told_once_to_administrators(
    desk: Desk, office: Calendar, clock: Clock
) -> None:
    acme = await make_organization(desk)
    await make_person(desk, acme, Role.ADMINISTRATOR, email="root@acme.example")
    await make_requester(desk, acme)
    await take_holidays(
        desk, SYSTEM, calendar_id=office.id, source=replace(BERLIN, years=(2026,)), dates=[]
    )
    mailer = desk.mailer
    assert isinstance(mailer, QuietMailer)

    assert await holidays_that_end(NOW) == []
    (end,) = await holidays_that_end(NOW.replace(month=10, day=4))
    assert (end.calendar.id, end.ends_on, end.years) == (office.id, date(2026, 12, 31), (2027,))
    assert await remind_of_holidays(desk) == 0

    clock.now = NOW.replace(month=12)
    reminders = HolidayReminders(desk)
    await reminders()
    await reminders()
    (mail,) = mailer.sent
    assert (mail.to, mail.subject) == (
        "root@acme.example",
        'Holidays of the calendar "Office" end on December 31, 2026',
    )
    assert f"/calendars/{office.id}" in mail.text
    assert mail.key.startswith(f"holidays-end:{office.id}:2026-12-31:")

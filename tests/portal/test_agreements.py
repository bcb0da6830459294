"""Agreements and calendars, looked at and changed by pages that need no JavaScript."""

from datetime import timedelta

import pytest

from foredesk.sla.models import Agreement, AgreementVersion, Calendar, CalendarVersion
from foredesk.sla.written import WrittenHours
from tests.clock import Clock
from tests.portal.conftest import signed_in
from tests.portal.furnished import Furnished
from tests.portal.walker import Walker

MINUTE = timedelta(minutes=1)
HOLIDAY = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20260313
SUMMARY:Works outing
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
async def root(site: Furnished) -> Walker:
    return await signed_in(site, "root@acme.example")


async def hours_of(calendar: Calendar) -> WrittenHours:
    version = await CalendarVersion.filter(calendar_id=calendar.id).order_by("-valid_from").first()
    assert version is not None
    return WrittenHours.of(version)


async def test_nobody_else_learns_of_the_pages(ada: Walker, grace: Walker, visitor: Walker) -> None:
    agreement, calendar = await Agreement.first(), await Calendar.first()
    assert agreement
    assert calendar
    for address in ("/agreements", f"/agreements/{agreement.id}", f"/calendars/{calendar.id}"):
        assert (await ada.get(address)).status == 404
        assert (await grace.get(address)).status == 404
        assert "Sign in" in (await visitor.get(address)).said


async def test_an_agreement_is_revised_by_its_file_after_its_changes_were_shown(
    root: Walker, clock: Clock
) -> None:
    agreement = await Agreement.get()
    page = await root.get(f"/agreements/{agreement.id}")
    assert "First response" in page.said
    text = (await root.get(f"/agreements/{agreement.id}/file.yaml")).text
    assert "target: 4h" in text
    clock.advance(MINUTE)

    shown = await root.press(
        page, "Show what it changes", text=text.replace("target: 4h", "target: 3h", 1)
    )
    assert "What the file changes" in shown.said
    assert "response normal: target" in shown.said
    assert await AgreementVersion.all().count() == 1
    taken = await root.press(shown, "Take it over")

    assert "What version 2 changed" in taken.said
    assert "3h" in taken.said


async def test_a_file_that_cannot_be_read_is_shown_again_with_the_line(root: Walker) -> None:
    page = await root.press(
        await root.get("/agreements"), "Show what it changes", text="agreement: Gold\nclock: {}\n"
    )

    assert page.status == 422
    assert "Line 2, clock: there is no such key" in page.said


async def test_a_calendar_is_made_and_its_week_changed(root: Walker, clock: Clock) -> None:
    page = await root.press(
        await root.get("/calendars/new"),
        "Make the calendar",
        name="Night shift",
        timeZone="Europe/Berlin",
        monday="22:00 – 23:30, 24:30-30:00",
    )
    assert "Night shift" in page.said
    calendar = await Calendar.get(name="Night shift")
    assert (await hours_of(calendar)).weekly == {"monday": ["22:00-23:30", "24:30-30:00"]}
    clock.advance(MINUTE)

    page = await root.press(page, "Save the week", tuesday="08:00-12:00")
    assert "08:00-12:00" in page.said
    refused = await root.press(page, "Save the week", tuesday="8-12")
    assert refused.status == 422
    assert await CalendarVersion.filter(calendar_id=calendar.id).count() == 2


async def test_days_that_differ_come_and_go(root: Walker, clock: Clock) -> None:
    calendar = await Calendar.get()
    clock.advance(MINUTE)
    page = await root.press(
        await root.get(f"/calendars/{calendar.id}"),
        "Add the day",
        date="2026-12-24",
        hours="09:00-12:00",
        called="Christmas Eve",
    )
    assert "Thursday, December 24, 2026, Christmas Eve: 09:00-12:00" in page.said
    clock.advance(MINUTE)

    page = await root.press(page, "As usual again")
    assert "None are to come." in page.said
    assert (await hours_of(calendar)).exceptions == {}


async def test_holidays_are_looked_through_and_only_the_chosen_are_taken(
    root: Walker, clock: Clock
) -> None:
    calendar = await Calendar.get()
    clock.advance(MINUTE)
    address = f"/calendars/{calendar.id}/holidays?country=DE&region=BE&year=2027"
    page = await root.get(address)
    assert "Women's Day, Monday, March 8, 2027: closed" in page.said

    chosen, form = ("2027-05-01", "2027-12-25"), page.form("Take the chosen ones")
    form.fields = [one for one in form.fields if one[0] != "dates" or one[1] in chosen]
    page = await root.press(page, "Take the chosen ones")

    assert "Looked through until the end of 2027." in page.said
    hours = await hours_of(calendar)
    assert hours.exceptions == {"2027-05-01": [], "2027-12-25": []}
    assert hours.holidays is not None
    assert (hours.holidays.country, hours.holidays.region) == ("DE", "BE")
    assert (await root.get(f"/calendars/{calendar.id}/holidays?country=XX&year=2027")).status == 422


async def test_an_icalendar_file_is_shown_before_it_is_taken(root: Walker, clock: Clock) -> None:
    calendar = await Calendar.get()
    clock.advance(MINUTE)
    page = await root.get(f"/calendars/{calendar.id}")
    shown = await root.press(page, "Show the days", text=HOLIDAY)
    assert "Works outing, Friday, March 13, 2026: closed" in shown.said
    assert await CalendarVersion.all().count() == 1

    await root.press(shown, "Take the chosen ones")
    assert (await hours_of(calendar)).exceptions == {"2026-03-13": []}

    refused = await root.press(page, "Show the days", text="no calendar")
    assert refused.status == 422
    assert "This is no iCalendar file" in refused.said


async def test_a_change_that_came_second_is_refused(root: Walker, clock: Clock) -> None:
    calendar = await Calendar.get()
    first = await root.get(f"/calendars/{calendar.id}")
    clock.advance(MINUTE)
    await root.press(first, "Add the day", date="2026-12-24")
    clock.advance(MINUTE)

    assert (await root.press(first, "Add the day", date="2026-12-31")).status == 422

"""Reasons for outage and promised times on the pages, without JavaScript."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from foredesk.errors import InvalidInput
from foredesk.outages.content import Moment
from foredesk.people.models import Organization, Person, RequestVisibility
from foredesk.people.roles import Role
from foredesk.tickets.models import Ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.states import TicketState
from portal.report_work import timeline_in, written
from portal.words import words
from tests.clock import Clock
from tests.people import make_person
from tests.portal.conftest import signed_in
from tests.portal.furnished import Furnished
from tests.portal.walker import Walker


async def written_report(grace: Walker, site: Furnished) -> Ticket:
    ticket = await record_ticket(site.desk, site.ada, subject="The VPN is down")
    page = await grace.get(f"/board/{ticket.number}/report")
    page = await grace.press(page, "Draft it from what happened")
    assert "In work" in page.said
    assert page.value("timeline").strip().endswith("The disturbance was reported.")
    owner = await Person.get(email="grace@acme.example")
    page = await grace.press(
        page,
        "Keep as a new version",
        impact="Nobody could work.",
        cause="A certificate expired.",
        **{"what-0": "Watch certificates", "owner-0": str(owner.id), "due-0": "2026-04-01"},
    )
    assert page.address == f"/board/{ticket.number}/report"
    assert page.value("what-0") == "Watch certificates"
    await grace.press(page, "Send to the customer")
    return ticket


async def test_a_report_goes_from_the_board_to_its_customer_and_back(
    ada: Walker, grace: Walker, site: Furnished
) -> None:
    ticket = await written_report(grace, site)
    page = await ada.get(f"/requests/{ticket.number}")
    assert "Your request stays open until you accept this report." in page.said

    page = await ada.follow(page, "Read it and answer")
    assert "A certificate expired." in page.said
    assert "by April 1, 2026" in page.said
    page = await ada.press(page, "Send it back", reason="")
    assert page.status == 422
    assert "Say what is missing or wrong, so that we can mend it." in page.said
    page = await ada.press(page, "Send it back", reason="Why did nobody see it coming?")
    assert "Sent back: something is missing or wrong" in page.said
    page = await ada.follow(page, "Read it")
    assert "We are working on a better version." in page.said
    with pytest.raises(AssertionError):
        page.form("Yes, I accept it")

    page = await grace.get(f"/board/{ticket.number}/report")
    assert "The customer refused it" in page.said
    page = await grace.press(page, "Send to the customer")
    assert "They refused this very version. Revise it first." in page.said
    page = await grace.press(page, "Keep as a new version", cause="Nobody watched it.")
    page = await grace.press(page, "Send to the customer")
    assert "Waiting for the customer" in page.said

    page = await ada.get(f"/requests/{ticket.number}/report")
    page = await ada.press(page, "Yes, I accept it", comment="Thank you.")
    assert "Accepted: what happened and why" in page.said
    assert "Thank you." in page.said
    page = await grace.get(f"/board/{ticket.number}/report")
    page = await grace.press(page, "It is done")
    assert "done on March 2, 2026" in page.said


async def test_a_confirmed_request_says_what_it_waits_for_and_closes_with_the_report(
    ada: Walker, grace: Walker, site: Furnished
) -> None:
    ticket = await written_report(grace, site)
    await resolve_ticket(site.desk, site.grace, ticket_id=ticket.id, resolution="Renewed.")
    page = await ada.get(f"/requests/{ticket.number}")
    page = await ada.press(page, "Yes, it is solved")
    assert "You said that it is solved. It stays open until you have accepted" in page.said

    page = await ada.get(f"/requests/{ticket.number}/report")
    await ada.press(page, "Yes, I accept it")

    assert (await Ticket.get(id=ticket.id)).state is TicketState.CLOSED


async def test_the_draft_is_no_business_of_the_customer(
    ada: Walker, grace: Walker, site: Furnished
) -> None:
    ticket = await record_ticket(site.desk, site.ada, subject="The VPN is down")
    page = await grace.get(f"/board/{ticket.number}/report")
    await grace.press(page, "Draft it from what happened")

    for address in ("report", "report.md"):
        assert (await ada.get(f"/requests/{ticket.number}/{address}")).status == 404
    assert (await ada.get(f"/board/{ticket.number}/report")).status == 404
    page = await ada.get(f"/requests/{ticket.number}")
    assert "drafted" not in page.said
    page = await grace.get(f"/board/{ticket.number}/report")
    page = await grace.press(page, "Give up the draft")
    assert "There is no report yet." in page.said


async def test_the_report_is_a_text_with_times_in_the_reader_s_zone(
    ada: Walker, grace: Walker, site: Furnished
) -> None:
    ticket = await written_report(grace, site)
    await Person.filter(id=site.ada.person_id).update(time_zone="Asia/Tokyo", locale="de")
    again = await signed_in(site, "ada@acme.example")

    response = await again.client.get(f"/requests/{ticket.number}/report.md")

    assert response.headers["content-type"] == "text/markdown; charset=utf-8"
    name = f"outage-{ticket.number}-2.md"
    assert response.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert "# Ursachenbericht: The VPN is down" in response.text
    assert "- 2. März 2026, 18:00 JST: The disturbance was reported." in response.text


async def test_what_is_half_filled_in_is_said_beside_its_field(
    grace: Walker, site: Furnished
) -> None:
    ticket = await record_ticket(site.desk, site.ada, subject="The VPN is down")
    page = await grace.get(f"/board/{ticket.number}/report")
    page = await grace.press(page, "Draft it from what happened")

    wrong = await grace.press(page, "Keep as a new version", **{"what-1": "Watch"})
    assert wrong.status == 422
    assert "Choose the day by which it is done." in wrong.said
    assert wrong.value("what-1") == "Watch"
    wrong = await grace.press(page, "Keep as a new version", timeline="Yesterday it went down")
    assert "Begin each line with a day and a time" in wrong.said
    sent = await grace.press(page, "Send to the customer")
    assert "Say what caused it before you send the report." in sent.said


def test_lines_that_nobody_changed_keep_their_second() -> None:
    zone = words("en", "Europe/Berlin").zone
    known = [
        Moment(datetime(2026, 3, 2, 9, 0, 31, tzinfo=UTC), "It went down."),
        Moment(datetime(2026, 3, 2, 9, 5, 7, tzinfo=UTC), "It was noticed."),
    ]
    text = written(known, zone)
    assert text == "2026-03-02 10:00 It went down.\n2026-03-02 10:05 It was noticed."
    assert timeline_in(text, zone, known) == known

    changed = timeline_in(f"{text}?\n\n2026-03-02T11:00  It was back.", zone, known)
    assert changed == [
        known[0],
        Moment(datetime(2026, 3, 2, 10, 5, tzinfo=zone), "It was noticed.?"),
        Moment(datetime(2026, 3, 2, 11, 0, tzinfo=zone), "It was back."),
    ]
    for line in ("It was back.", "2026-13-02 11:00 Never", "2026-03-02 11:00"):
        with pytest.raises(InvalidInput):
            timeline_in(line, zone, known)


async def test_a_coordinator_answers_for_their_company(
    grace: Walker, site: Furnished, ada: Walker
) -> None:
    ticket = await written_report(grace, site)
    acme = await Organization.get(id=ticket.organization_id)
    await Organization.filter(id=acme.id).update(request_visibility=RequestVisibility.BY_ROLE)
    await make_person(
        site.desk, acme, Role.ORGANIZATION_COORDINATOR, name="Cora", email="cora@acme.example"
    )
    cora = await signed_in(site, "cora@acme.example")

    page = await cora.get(f"/requests/{ticket.number}/report")
    page = await cora.press(page, "Yes, I accept it")

    assert "Accepted: what happened and why" in page.said


async def test_the_requester_sees_both_times_and_that_and_why_they_were_revised(
    ada: Walker, grace: Walker, site: Furnished, clock: Clock
) -> None:
    ticket = await record_ticket(site.desk, site.ada, subject="The VPN is down")
    page = await grace.get(f"/board/{ticket.number}")
    page = await grace.press(page, "Send reply", body="We are on it.")
    page = await grace.press(page, "Promise it", at="2026-03-02T12:00")
    assert (
        "We expect it to be solved by 12:00 today."
        in (await ada.get(f"/requests/{ticket.number}")).said
    )
    wrong = await grace.press(
        page, "Promise it", at="2026-03-02T14:00", latestAt="2026-03-02T13:00"
    )
    assert "Choose a later time than the one it is probably done by." in wrong.said
    await grace.press(
        page,
        "Promise it",
        at="2026-03-02T14:00",
        latestAt="2026-03-02T17:00",
        whyThen="A part has to come.",
    )

    said = (await ada.get(f"/requests/{ticket.number}")).said
    assert "It is probably solved by 14:00 today. Almost certainly by 17:00 today." in said
    assert "Before, we had said 12:00 today." in said
    assert "The reason for the change: A part has to come." in said
    clock.advance(timedelta(hours=5))
    said = (
        await (await signed_in(site, "ada@acme.example")).get(f"/requests/{ticket.number}")
    ).said
    assert "It takes longer. It is almost certainly solved by 17:00 today." in said
    clock.advance(timedelta(hours=2))
    again = await signed_in(site, "grace@acme.example")
    said = (await again.get(f"/board/{ticket.number}")).said
    assert "The promised time of repair has passed." in said


async def test_agents_see_how_often_promises_are_kept_as_a_page_and_as_a_table(
    ada: Walker, grace: Walker, site: Furnished, clock: Clock
) -> None:
    assert "No promised time has passed in this period." in (await grace.get("/estimates")).said
    ticket = await record_ticket(site.desk, site.ada, subject="The VPN is down")
    page = await grace.get(f"/board/{ticket.number}")
    await grace.press(page, "Promise it", at="2026-03-02T12:00", latestAt="2026-03-02T13:00")
    clock.advance(timedelta(hours=2, minutes=30))
    await resolve_ticket(site.desk, site.grace, ticket_id=ticket.id, resolution="Renewed.")
    clock.advance(timedelta(hours=1))
    again = await signed_in(site, "grace@acme.example")

    page = await again.get("/estimates?by=month")
    assert "2026-03 probably by, first 0 of 1 0 % 0 % – 79 % 50 % as promised" in page.said
    assert "2026-03 almost certainly by, first 1 of 1 100 % 21 % – 100 % 90 %" in page.said
    response = await again.client.get("/estimates.csv?by=nonsense")
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["Part", "Which promise", "How sure", "Aim"]
    assert rows[2][:7] == ["all", "first", "almost certainly by", "0.9", "1", "1", "1.0"]
    assert (await ada.get("/estimates")).status == 404

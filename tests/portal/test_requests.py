import csv
from datetime import timedelta
from io import StringIO

import pytest

from foredesk.people.models import Organization, Person, RequestVisibility
from foredesk.people.sign_in import start_session
from foredesk.tickets.confirm import close_silent
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_reply
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.states import EventKind, TicketState
from foredesk.tickets.timers import tell_due_clocks
from tests.clock import Clock
from tests.portal.conftest import signed_in
from tests.portal.furnished import Furnished, furnish_requests
from tests.portal.walker import Walker


async def test_the_list_says_of_each_request_where_it_is_and_what_comes_next(
    ada: Walker, site: Furnished, clock: Clock
) -> None:
    await furnish_requests(site, clock)
    await start_again(ada, site)

    page = await ada.get("/requests")

    for label, promise in (
        ("Received", "We answer by 14:00 tomorrow."),
        ("In progress", "We expect it to be solved by 14:00 today."),
        ("Waiting for you", "We need an answer from you to go on."),
        ("Solved? Please confirm", "We think it is solved. Is it?"),
    ):
        assert label in page.said
        assert promise in page.said or label == "Received"
    assert "pay slips" not in page.said
    assert "pay slips" in (await ada.follow(page, "Closed")).said


async def test_an_empty_list_offers_the_next_step(ada: Walker) -> None:
    page = await ada.get("/requests")

    assert "No open requests" in page.said
    assert ("Ask for help", "/ask") in page.links


async def test_the_table_holds_no_formula(ada: Walker, site: Furnished) -> None:
    for subject in ('=HYPERLINK("http://evil.example")', "+1", "-1", "@SUM(A1)", 'plain; "quoted"'):
        await record_ticket(site.desk, site.ada, subject=subject)

    response = await ada.client.get("/requests.csv")

    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="requests.csv"'
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["Number", "Subject", "State", "Asked on", "Next"]
    assert [row[1] for row in rows[1:]] == [
        'plain; "quoted"',
        "'@SUM(A1)",
        "'-1",
        "'+1",
        '\'=HYPERLINK("http://evil.example")',
    ]
    assert rows[1][3] == "2026-03-02T10:00+01:00"


async def test_a_strangers_request_is_not_there(site: Furnished) -> None:
    ticket = await record_ticket(site.desk, site.ada, subject="Ada's own")
    bob = await signed_in(site, "bob@acme.example")

    for address in (f"/requests/{ticket.number}", "/requests/999", f"/requests/{10**30}"):
        page = await bob.get(address)

        assert page.status == 404
        assert "Ada's own" not in page.text


async def test_a_stranger_cannot_answer_by_a_form_of_their_own(site: Furnished) -> None:
    ticket = await record_ticket(site.desk, site.ada, subject="Ada's own")
    own = await record_ticket(site.desk, site.bob, subject="Bob's own")
    bob = await signed_in(site, "bob@acme.example")
    form = (await bob.get(f"/requests/{own.number}")).form("Send message")
    form.action = f"/requests/{ticket.number}/reply"

    body = "&".join(f"{name}={value}" for name, value in form.fields) + "body=Hello"
    page = await bob.post(form.action, body.encode())

    assert page.status == 404
    assert not await TicketEvent.exists(kind=EventKind.REPLIED)


async def test_requesters_never_read_internal_notes(
    ada: Walker, site: Furnished, clock: Clock
) -> None:
    requests = await furnish_requests(site, clock)
    await start_again(ada, site)

    page = await ada.get(f"/requests/{requests['running'].number}")

    assert "We are looking at the gateway." in page.said
    assert "Gateway 2, again." not in page.text
    assert "<b>Error 42</b>" in page.said


async def test_a_message_sent_twice_is_kept_once(ada: Walker, site: Furnished) -> None:
    await record_ticket(site.desk, site.ada, subject="Once")
    page = await ada.get("/requests/1")

    await ada.press(page, "Send message", body="Hello")
    again = await ada.press(page, "Send message", body="Hello")

    assert again.address == "/requests/1"
    assert await TicketEvent.filter(kind=EventKind.REPLIED).count() == 1


async def test_news_that_arrived_while_writing_are_shown_with_what_was_typed(
    ada: Walker, site: Furnished
) -> None:
    ticket = await record_ticket(site.desk, site.ada, subject="Busy")
    page = await ada.get("/requests/1")
    await add_reply(site.desk, site.grace, ticket_id=ticket.id, body="News!")

    again = await ada.press(page, "Send message", body="Hello")
    sent = await ada.press(again, "Send message")

    assert again.status == 422
    assert "News!" in again.said
    assert again.value("body") == "Hello"
    assert "You wrote" in sent.said


@pytest.mark.parametrize("text", ["", " \n", "x" * 50_001])
async def test_a_message_nobody_can_read_is_shown_again(
    ada: Walker, site: Furnished, text: str
) -> None:
    await record_ticket(site.desk, site.ada, subject="One")

    again = await ada.press(await ada.get("/requests/1"), "Send message", body=text)

    assert again.status == 422
    assert again.value("body") == text
    assert not await TicketEvent.exists(kind=EventKind.REPLIED)


async def test_confirming_twice_is_harmless(ada: Walker, site: Furnished) -> None:
    ticket = await record_ticket(site.desk, site.ada, subject="One")
    await resolve_ticket(site.desk, site.grace, ticket_id=ticket.id, resolution="Done.")
    page = await ada.get("/requests/1")

    await ada.press(page, "Yes, it is solved")
    again = await ada.press(page, "Yes, it is solved")

    assert "This request is closed." in again.said
    assert (await Ticket.get()).state is TicketState.CLOSED
    assert await TicketEvent.filter(kind=EventKind.CONFIRMED).count() == 1


async def test_a_closed_request_can_be_reopened_for_a_while(
    ada: Walker, site: Furnished, clock: Clock
) -> None:
    ticket = await record_ticket(site.desk, site.ada, subject="One")
    await resolve_ticket(site.desk, site.grace, ticket_id=ticket.id, resolution="Done.")
    closed = await ada.press(await ada.get("/requests/1"), "Yes, it is solved")

    reopened = await ada.press(closed, "Reopen the request", reopen_reason="It is back.")

    assert "It is back." in reopened.said
    assert (await Ticket.get()).state is TicketState.OPEN


async def test_too_late_to_reopen_leads_to_a_new_request(
    ada: Walker, site: Furnished, clock: Clock
) -> None:
    ticket = await record_ticket(site.desk, site.ada, subject="One")
    await resolve_ticket(site.desk, site.grace, ticket_id=ticket.id, resolution="Done.")
    await ada.press(await ada.get("/requests/1"), "Yes, it is solved")
    clock.advance(timedelta(days=15))
    await start_again(ada, site)

    page = await ada.get("/requests/1")

    assert "Reopen the request" not in page.said
    assert ("Ask for help about it", "/ask?subject=One") in page.links


async def test_where_the_company_sees_all_colleagues_requests_have_a_list(
    site: Furnished,
) -> None:
    await record_ticket(site.desk, site.ada, subject="Ada's own")
    bob = await signed_in(site, "bob@acme.example")
    assert "my company" not in (await bob.get("/requests")).said

    await Organization.filter(id=site.acme.id).update(
        request_visibility=RequestVisibility.ORGANIZATION
    )
    company = await bob.follow(await bob.get("/requests"), "Open in my company")
    request = await bob.follow(company, "Ada's own")

    assert "Ada Lovelace" in company.said
    assert "Ada Lovelace asked for help" in request.said
    assert "Send message" not in request.said
    assert "Ada's own" not in (await bob.get("/requests?state=open")).said


async def test_a_missed_promise_stands_in_the_history(
    ada: Walker, site: Furnished, clock: Clock
) -> None:
    await record_ticket(site.desk, site.ada, subject="Late")
    clock.advance(timedelta(hours=26))
    assert await tell_due_clocks(site.desk) > 0
    await start_again(ada, site)

    page = await ada.get("/requests/1")

    assert "We had hoped to answer by 14:00 yesterday, and are late" in page.said
    assert "We had promised an answer by 10:00 today, and are late" in page.said
    assert "Your request is at the top of our list." in page.said


async def test_silence_closes_and_the_history_says_so(
    ada: Walker, site: Furnished, clock: Clock
) -> None:
    ticket = await record_ticket(site.desk, site.ada, subject="Silent")
    await resolve_ticket(site.desk, site.grace, ticket_id=ticket.id, resolution="Done.")
    clock.advance(timedelta(days=6))
    await close_silent(site.desk)
    await start_again(ada, site)

    assert "Closed, as we heard nothing more" in (await ada.get("/requests/1")).said


async def start_again(walker: Walker, site: Furnished) -> None:
    """A session that the clock, moved by days, has not ended."""
    person = await Person.get(email="ada@acme.example")
    session = await start_session(site.desk, person)
    walker.client.cookies.set("session", session.token, domain="desk.example")

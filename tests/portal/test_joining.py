"""Tickets that wait, are merged, split or moved, on the pages of agents and of those who asked."""

import pytest

from foredesk.tickets.merge import merge_ticket
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.pass_on import pass_on
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_reply
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.states import EventKind, TicketState, WaitingFor
from tests.portal.conftest import signed_in
from tests.portal.furnished import Furnished
from tests.portal.test_several import do
from tests.portal.walker import Walker

BOB = "bob@acme.example"


@pytest.fixture
async def bob(site: Furnished) -> Walker:
    return await signed_in(site, BOB)


async def test_what_we_wait_for_is_said_to_whoever_asked_and_why_to_agents(
    grace: Walker, ada: Walker, site: Furnished
) -> None:
    ticket = await record_ticket(site.desk, site.ada, subject="VPN")

    work = await grace.press(
        await grace.get("/board/1"),
        "Let it wait",
        waitingFor="vendor",
        pauseNote="RMA 17",
        until="2090-01-08T09:00",
    )

    assert "Waiting for a supplier" in work.said
    assert "RMA 17" in work.said
    page = await ada.get("/requests/1")
    assert "We are waiting for a supplier." in page.said
    assert "Waiting for others" in page.said
    assert "RMA 17" not in page.text
    assert "Waiting for you" not in (await ada.get("/requests")).said
    await grace.press(work, "Go on")
    assert (await Ticket.get(id=ticket.id)).state is TicketState.OPEN


async def test_what_can_not_be_waited_for_is_said_beside_the_field(
    grace: Walker, site: Furnished
) -> None:
    await record_ticket(site.desk, site.ada, subject="VPN")
    work = await grace.get("/board/1")

    page = await grace.press(work, "Let it wait", waitingFor="other", until="")
    assert (page.status, "Say what it waits for." in page.said) == (422, True)
    page = await grace.press(work, "Let it wait", waitingFor="vendor", until="2001-01-01T00:00")
    assert (page.status, "Choose a time that is still to come." in page.said) == (422, True)


async def test_a_merged_request_goes_on_elsewhere_and_comes_back(
    grace: Walker, ada: Walker, bob: Walker, site: Furnished
) -> None:
    adas = await record_ticket(site.desk, site.ada, subject="VPN drops")
    bobs = await record_ticket(site.desk, site.bob, subject="No VPN")

    work = await grace.press(await grace.get("/board/1"), "Merge", intoTicketId="2")

    assert (await Ticket.get(id=adas.id)).merged_into_id == bobs.id
    assert "Merged into" in work.said
    page = await ada.get("/requests/1")
    assert "We solve it together with another request." in page.said
    assert "No VPN" not in page.text
    assert "VPN drops" in (await ada.get("/requests")).said
    await ada.press(page, "Send message", body="Here too")
    await pass_on(site.desk, await TicketEvent.get(ticket_id=adas.id, kind=EventKind.REPLIED))
    other = await grace.get("/board/2")
    assert "Here too" in other.said
    assert "Ticket 1 was merged into this one" in other.said
    theirs = await bob.get("/requests/2")
    assert not any(text in theirs.text for text in ("Here too", "VPN drops", "merged"))

    await grace.press(await grace.get("/board/1"), "Take it out again")
    assert (await Ticket.get(id=adas.id)).state is TicketState.OPEN


async def test_the_solution_is_read_in_ones_own_request(ada: Walker, site: Furnished) -> None:
    adas = await record_ticket(site.desk, site.ada, subject="VPN drops")
    bobs = await record_ticket(site.desk, site.bob, subject="No VPN")
    await merge_ticket(site.desk, site.grace, ticket_id=adas.id, into_id=bobs.id)
    await resolve_ticket(site.desk, site.grace, ticket_id=bobs.id, resolution="A new gateway.")
    await pass_on(site.desk, await TicketEvent.get(ticket_id=bobs.id, kind=EventKind.RESOLVED))

    page = await ada.get("/requests/1")

    assert "We think it is solved, together with the other request" in page.said
    assert "A new gateway." in page.said


async def test_a_number_that_leads_nowhere_is_said_so(grace: Walker, site: Furnished) -> None:
    await record_ticket(site.desk, site.ada, subject="VPN")
    work = await grace.get("/board/1")

    for number in ("99", "-1", "x", "99999999999", ""):
        page = await grace.press(work, "Merge", intoTicketId=number)
        assert page.status == 422
        assert "There is no such thing, or it is not yours to see." in page.said
    page = await grace.press(work, "Merge", intoTicketId="1")
    assert "A request can't be merged into itself." in page.said


async def test_a_part_is_split_off_and_both_lead_to_each_other(
    grace: Walker, ada: Walker, site: Furnished
) -> None:
    ticket = await record_ticket(site.desk, site.ada, subject="VPN")
    await add_reply(site.desk, site.ada, ticket_id=ticket.id, body="And a monitor, please")
    message = await TicketEvent.get(ticket_id=ticket.id, kind=EventKind.REPLIED)

    await grace.press(
        await grace.get("/board/1"),
        "Split it off",
        subject="A monitor",
        messageSequence=str(message.sequence),
    )

    assert (await Ticket.get(number=2)).details == "And a monitor, please"
    assert ("1 VPN", "/requests/1") in (await ada.get("/requests/2")).links
    assert ("2 A monitor", "/requests/2") in (await ada.get("/requests/1")).links


async def test_a_request_is_moved_by_the_address_of_whom_it_is_for(
    grace: Walker, ada: Walker, bob: Walker, site: Furnished
) -> None:
    await record_ticket(site.desk, site.ada, subject="VPN")
    work = await grace.get("/board/1")
    page = await grace.press(work, "Move it", requesterId="nobody@acme.example")
    assert page.status == 422

    await grace.press(work, "Move it", requesterId=BOB, moved="He called")

    assert (await ada.get("/requests/1")).status == 404
    page = await bob.get("/requests/1")
    assert "The help desk found out whose request it is" in page.said
    assert "He called" not in page.text


async def test_all_that_are_ticked_wait_or_are_merged(grace: Walker, site: Furnished) -> None:
    first = await record_ticket(site.desk, site.ada, subject="First")
    second = await record_ticket(site.desk, site.bob, subject="Second")
    ticks = [f"{ticket.number}.{ticket.version}" for ticket in (first, second)]
    board = await grace.get("/board")

    page = await do(grace, board, "pause", *ticks, waitingFor="change")
    assert "Done for 2 of 2" in page.said
    assert {ticket.waiting_for for ticket in await Ticket.all()} == {WaitingFor.CHANGE}
    ticks = [f"{ticket.number}.{ticket.version}" for ticket in await Ticket.all()]
    page = await do(grace, board, "merge", *ticks, intoTicketId="2")
    assert "Done for 1 of 2" in page.said
    assert (await Ticket.get(id=first.id)).merged_into_id == second.id

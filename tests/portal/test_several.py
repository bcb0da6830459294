from urllib.parse import urlencode

from foredesk.people.viewer import viewer_of
from foredesk.tickets.models import Ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.states import TicketState
from tests.people import make_organization, make_person
from tests.portal.furnished import Furnished
from tests.portal.walker import Page, Walker

TICK = "ticket"


async def do(grace: Walker, board: Page, act: str, *ticked: str, **typed: str) -> Page:
    """Tick these and press the button: a form has one field of the name for each tick."""
    form = board.form("Take them all myself")
    fields = [(name, value) for name, value in form.fields if name not in (TICK, *typed)]
    sent = [*fields, *[(TICK, value) for value in ticked], *typed.items(), ("act", act)]
    return await grace.post(form.action, urlencode(sent).encode())


async def test_an_agent_takes_all_that_are_ticked(grace: Walker, site: Furnished) -> None:
    first = await record_ticket(site.desk, site.ada, subject="First")
    second = await record_ticket(site.desk, site.bob, subject="Second")
    third = await record_ticket(site.desk, site.bob, subject="Third")
    ticks = [f"{ticket.number}.{ticket.version}" for ticket in (first, second)]
    board = await grace.get("/board?show=free")
    assert all(f'value="{tick}"' in board.text for tick in ticks)

    page = await do(grace, board, "take", *ticks)

    assert "Done for 2 of 2" in page.said
    assert ("Back to the board", "/board?show=free") in page.links
    taken = await Ticket.filter(assignee_id=site.grace.person_id).order_by("number")
    assert [ticket.id for ticket in taken] == [first.id, second.id]
    assert (await Ticket.get(id=third.id)).assignee_id is None


async def test_each_ticket_has_its_own_result(grace: Walker, site: Furnished) -> None:
    fresh = await record_ticket(site.desk, site.ada, subject="Fresh")
    moved = await record_ticket(site.desk, site.ada, subject="Moved")
    eve = await make_person(
        site.desk, await make_organization(site.desk, "globex"), name="Eve", email="e@g.example"
    )
    foreign = await record_ticket(site.desk, await viewer_of(eve), subject="Foreign")

    page = await do(
        grace,
        await grace.get("/board"),
        "resolve",
        f"{fresh.number}.{fresh.version}",
        f"{moved.number}.{moved.version - 1}",
        f"{foreign.number}.{foreign.version}",
        "999.1",
        resolution="The gateway is up again.",
    )

    assert "Done for 1 of 4" in page.said
    assert "Moved" in page.said
    assert "This request has changed in the meantime." in page.said
    assert page.said.count("There is no such thing, or it is not yours to see.") == 2
    assert "Foreign" not in page.said
    resolved = await Ticket.filter(state=TicketState.RESOLVED)
    assert [ticket.id for ticket in resolved] == [fresh.id]


async def test_a_colleague_is_given_all_that_are_ticked(grace: Walker, site: Furnished) -> None:
    ticket = await record_ticket(site.desk, site.ada, subject="Hers")
    assert str(site.grace.person_id) in (await grace.get("/board")).text
    tick = f"{ticket.number}.{ticket.version}"

    given = await do(grace, await grace.get("/board"), "assign", tick,
                     assignee=str(site.grace.person_id))  # fmt: skip
    unknown = await do(grace, await grace.get("/board"), "assign",
                       f"{ticket.number}.{ticket.version + 1}", assignee="x")  # fmt: skip

    assert "Done for 1 of 1" in given.said
    assert "Done for 0 of 1" in unknown.said
    assert (await Ticket.get()).assignee_id == site.grace.person_id


async def test_without_ticks_nothing_is_done_and_nothing_typed_is_lost(
    grace: Walker, site: Furnished
) -> None:
    ticket = await record_ticket(site.desk, site.ada, subject="Here")
    board = await grace.get("/board")

    nothing = await do(grace, board, "resolve", resolution="Restarted it.")
    rubbish = await do(grace, board, "resolve", "x", "1.x", "99999999999.1", "-1.1")
    unknown = await do(grace, board, "close", f"{ticket.number}.{ticket.version}")
    many = await do(grace, board, "take", *[f"{number}.1" for number in range(1, 102)])

    assert nothing.status == rubbish.status == unknown.status == many.status == 422
    assert "Tick the tickets first" in nothing.said
    assert "Restarted it." in nothing.said
    assert "Tick at most 100 tickets." in many.said
    assert (await Ticket.get()).version == ticket.version


async def test_requesters_do_nothing_from_the_board(ada: Walker, site: Furnished) -> None:
    ticket = await record_ticket(site.desk, site.ada, subject="Own")
    form = (await ada.get("/requests/1")).form("Send message")
    body = urlencode({"_form": dict(form.fields)["_form"], "act": "take", TICK: "1.3"}).encode()

    assert (await ada.post("/board", body)).status == 404
    assert (await Ticket.get()).version == ticket.version

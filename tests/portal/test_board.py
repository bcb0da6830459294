from datetime import timedelta

import pytest

from foredesk.channels.escalations import notify_escalation
from foredesk.people.models import Team
from foredesk.people.viewer import SYSTEM, viewer_of
from foredesk.sla.priority import Impact, Priority, Urgency
from foredesk.tickets.escalate import escalate_ticket
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.record import record_ticket
from foredesk.tickets.states import EventKind, TicketState
from tests.clock import Clock
from tests.people import make_organization, make_person
from tests.portal.furnished import Furnished
from tests.portal.walker import Walker


async def test_what_is_due_first_stands_first(grace: Walker, site: Furnished, clock: Clock) -> None:
    await record_ticket(site.desk, site.ada, subject="Due second")
    await record_ticket(
        site.desk, site.bob, subject="Due first", impact=Impact.HIGH, urgency=Urgency.HIGH
    )

    page = await grace.get("/board")

    assert page.said.index("Due first") < page.said.index("Due second")
    assert "Critical" in page.said
    clock.advance(timedelta(hours=2))
    assert "late: 11:00 today" in (await grace.get("/board")).said


async def test_the_lists_show_whose_turn_it_is(grace: Walker, site: Furnished) -> None:
    await record_ticket(site.desk, site.ada, subject="Lonely")
    work = await grace.get("/board/1")

    assert "Lonely" in (await grace.get("/board?show=free")).said
    await grace.press(work, "Take it myself")

    assert "Nothing here" in (await grace.get("/board?show=free")).said
    assert "Lonely" in (await grace.get("/board?show=mine")).said


async def test_the_board_is_not_there_for_requesters(ada: Walker, site: Furnished) -> None:
    await record_ticket(site.desk, site.ada, subject="Own")

    assert (await ada.get("/board")).status == 404
    assert (await ada.get("/board/1")).status == 404
    assert "Board" not in (await ada.get("/")).said


async def test_a_requester_cannot_act_as_an_agent(ada: Walker, site: Furnished) -> None:
    await record_ticket(site.desk, site.ada, subject="Own")
    form = (await ada.get("/requests/1")).form("Send message")

    for act in ("take", "note", "resolve", "estimate", "classify", "escalate", "assign", "reply"):
        body = f"_form={dict(form.fields)['_form']}&body=x&note=x&resolution=x".encode()

        assert (await ada.post(f"/board/1/{act}", body)).status == 404
    assert (await Ticket.get()).version == 3


async def test_other_organizations_tickets_are_not_there(grace: Walker, site: Furnished) -> None:
    globex = await make_organization(site.desk, "globex")
    eve = await make_person(site.desk, globex, name="Eve", email="eve@globex.example")
    await record_ticket(site.desk, await viewer_of(eve), subject="Foreign")

    assert "Foreign" not in (await grace.get("/board")).said
    assert (await grace.get("/board/1")).status == 404


async def test_an_agent_sorts_escalates_and_notes(grace: Walker, site: Furnished) -> None:
    await record_ticket(site.desk, site.ada, subject="Gateway")
    work = await grace.get("/board/1")

    work = await grace.press(
        work, "Keep", category="network", kind="incident", urgency="high", impact="high"
    )
    work = await grace.press(work, "Keep note", note="Look at gateway 2.")

    assert "Sorted as network" in work.said
    assert "Internal note by Grace Hopper" in work.said
    ticket = await Ticket.get()
    assert (ticket.category, ticket.priority) == ("network", Priority.CRITICAL)


@pytest.mark.parametrize(
    ("act", "field"),
    [
        ("classify", "kind"),
        ("classify", "impact"),
        ("classify", "urgency"),
        ("assign", "assignee"),
        ("escalate", "team"),
    ],
)
async def test_a_choice_that_was_never_offered_changes_nothing(
    grace: Walker, site: Furnished, act: str, field: str
) -> None:
    await record_ticket(site.desk, site.ada, subject="Gateway")
    before = await Ticket.get()
    token = dict((await grace.get("/board/1")).form("Keep").fields)["_form"]

    again = await grace.post(f"/board/1/{act}", f"_form={token}&{field}=x&reason=y".encode())

    assert again.status == 422
    assert "Please answer this question." in again.said
    assert (await Ticket.get()).version == before.version


async def test_handing_over_needs_a_reason(grace: Walker, site: Furnished) -> None:
    await record_ticket(site.desk, site.ada, subject="Gateway")
    specialists = await Team.get(key="network-specialists")
    work = await grace.get("/board/1")

    again = await grace.press(work, "Hand over", team=str(specialists.id), reason=" ")
    done = await grace.press(work, "Hand over", team=str(specialists.id), reason="Too deep.")

    assert again.status == 422
    assert "Say why, so that the next person need not ask." in again.said
    assert "Handed to specialists: Network Specialists" in done.said
    assert (await Ticket.get()).team_id == specialists.id


@pytest.mark.parametrize(
    ("at", "problem"),
    [
        ("", "Choose a day and a time."),
        ("yesterday", "Choose a day and a time."),
        ("2020-01-01T10:00", "Choose a time that is still to come."),
    ],
)
async def test_a_promise_needs_a_time_to_come(
    grace: Walker, site: Furnished, at: str, problem: str
) -> None:
    await record_ticket(site.desk, site.ada, subject="Gateway")

    again = await grace.press(await grace.get("/board/1"), "Promise it", at=at)

    assert again.status == 422
    assert problem in again.said
    assert (await Ticket.get()).estimated_repair_at is None


async def test_resolving_needs_words(grace: Walker, site: Furnished) -> None:
    await record_ticket(site.desk, site.ada, subject="Gateway")

    again = await grace.press(await grace.get("/board/1"), "Resolve", resolution="")

    assert again.status == 422
    assert "Say what was done" in again.said
    assert (await Ticket.get()).state is TicketState.OPEN


async def test_an_article_is_named_by_its_address(grace: Walker, site: Furnished) -> None:
    await record_ticket(site.desk, site.ada, subject="Cannot get in")
    work = await grace.get("/board/1")

    again = await grace.press(
        work, "Send reply", body="Read this.", **{"reply-article": "/articles/none"}
    )
    sent = await grace.press(
        again,
        "Send reply",
        **{"reply-article": "http://desk.example/articles/reset-your-password?search=x#y"},
    )

    assert again.status == 422
    assert "There is no article at this address." in again.said
    assert again.value("body") == "Read this."
    assert ("Reset your password", "/articles/reset-your-password") in sent.links


async def test_who_is_asked_to_see_to_a_ticket_finds_it_on_top_until_they_have_seen_it(
    grace: Walker, site: Furnished, clock: Clock
) -> None:
    ticket = await record_ticket(site.desk, site.ada, subject="Nobody dares")
    await escalate_ticket(
        site.desk,
        SYSTEM,
        ticket_id=ticket.id,
        person_id=site.grace.person_id,
        reason="The board waits.",
    )
    event = await TicketEvent.get(ticket_id=ticket.id, kind=EventKind.ESCALATED)
    await notify_escalation(site.desk, event.id)

    board = await grace.get("/board")
    assert "You are asked to see to" in board.said
    assert "The board waits." in board.said
    after = await grace.press(board, "Seen")

    assert "You are asked to see to" not in after.said
    assert "was asked to see to it" in (await grace.get(f"/board/{ticket.number}")).said

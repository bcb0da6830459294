"""Pausing: for whom or what a request waits, what ends it, and who hears of it."""

from datetime import timedelta
from typing import Any

import pytest

from foredesk.channels.notify import notify_requester
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, InvalidTransition, NotFound, NotPermitted, StaleVersion
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.pause import pause_ticket, resume_due, resume_ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_reply
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.states import EventKind, TicketState, WaitingFor
from foredesk.tickets.verify import differences
from tests.clock import Clock
from tests.quiet_parts import QuietMailer
from tests.tickets import Crowd, make_crowd


async def stored(ticket: Ticket) -> Ticket:
    found = await Ticket.get(id=ticket.id)
    assert await differences(found) == []
    return found


async def last(ticket: Ticket) -> TicketEvent:
    event = await TicketEvent.filter(ticket_id=ticket.id).order_by("-sequence").first()
    assert event is not None
    return event


@pytest.fixture
async def crowd(desk: Desk) -> Crowd:
    return await make_crowd(desk)


@pytest.fixture
async def ticket(desk: Desk, crowd: Crowd) -> Ticket:
    return await record_ticket(desk, crowd.ada, subject="Printer")


async def test_a_request_waits_with_its_reason_until_somebody_goes_on(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    await pause_ticket(
        desk, crowd.grace, ticket_id=ticket.id, waiting_for=WaitingFor.VENDOR, note=" RMA 17 "
    )

    waiting = await stored(ticket)
    assert (waiting.state, waiting.waiting_for) == (TicketState.WAITING, WaitingFor.VENDOR)
    assert waiting.paused_until is None
    assert (await last(ticket)).data == {"waiting_for": "vendor", "note": "RMA 17", "until": None}

    await resume_ticket(desk, crowd.grace, ticket_id=ticket.id)

    going_on = await stored(ticket)
    assert (going_on.state, going_on.waiting_for) == (TicketState.OPEN, None)
    assert (await last(ticket)).data == {"because": "person"}


@pytest.mark.parametrize(
    ("waiting_for", "state"),
    [(one, TicketState.WAITING) for one in WaitingFor if one is not WaitingFor.REQUESTER]
    + [(WaitingFor.REQUESTER, TicketState.OPEN)],
)
async def test_the_requesters_answer_ends_only_the_waiting_for_them(
    desk: Desk, crowd: Crowd, ticket: Ticket, waiting_for: WaitingFor, state: TicketState
) -> None:
    await pause_ticket(
        desk, crowd.grace, ticket_id=ticket.id, waiting_for=waiting_for, note="As agreed"
    )

    await add_reply(desk, crowd.ada, ticket_id=ticket.id, body="Any news?")

    now = await stored(ticket)
    assert now.state is state
    assert now.waiting_for == (waiting_for if state is TicketState.WAITING else None)


async def test_a_question_turns_any_waiting_into_one_for_the_requester(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    until = desk.now() + timedelta(days=1)
    await pause_ticket(
        desk, crowd.grace, ticket_id=ticket.id, waiting_for=WaitingFor.CHANGE, until=until
    )

    await add_reply(
        desk, crowd.grace, ticket_id=ticket.id, body="Which one?", waits_for_requester=True
    )

    now = await stored(ticket)
    assert (now.waiting_for, now.paused_until) == (WaitingFor.REQUESTER, None)


async def test_a_pause_can_be_given_another_reason_and_time(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    until = desk.now() + timedelta(days=1)
    await pause_ticket(
        desk, crowd.grace, ticket_id=ticket.id, waiting_for=WaitingFor.APPROVAL, until=until
    )
    assert (await stored(ticket)).paused_until == until

    await pause_ticket(desk, crowd.grace, ticket_id=ticket.id, waiting_for=WaitingFor.CHANGE)

    now = await stored(ticket)
    assert (now.waiting_for, now.paused_until) == (WaitingFor.CHANGE, None)


async def test_a_pause_ends_at_its_time_however_late_the_sweep_comes(
    desk: Desk, clock: Clock, crowd: Crowd, ticket: Ticket
) -> None:
    until = desk.now() + timedelta(hours=2)
    await pause_ticket(
        desk, crowd.grace, ticket_id=ticket.id, waiting_for=WaitingFor.VENDOR, until=until
    )
    clock.advance(timedelta(hours=2, seconds=-1))
    assert await resume_due(desk) == 0

    clock.advance(timedelta(hours=5))
    assert await resume_due(desk) == 1
    assert await resume_due(desk) == 0

    now, event = await stored(ticket), await last(ticket)
    assert (now.state, now.paused_until) == (TicketState.OPEN, None)
    assert (event.kind, event.data) == (EventKind.RESUMED, {"because": "time"})
    assert (event.occurred_at, event.recorded_at) == (until, desk.now())
    assert event.actor_id is None


async def test_a_pause_never_ends_before_what_was_said_in_it(
    desk: Desk, clock: Clock, crowd: Crowd, ticket: Ticket
) -> None:
    until = desk.now() + timedelta(hours=2)
    await pause_ticket(
        desk, crowd.grace, ticket_id=ticket.id, waiting_for=WaitingFor.VENDOR, until=until
    )
    clock.advance(timedelta(hours=3))
    said = desk.now()
    await add_reply(desk, crowd.ada, ticket_id=ticket.id, body="Any news?")
    clock.advance(timedelta(hours=1))

    await resume_due(desk)

    assert (await last(ticket)).occurred_at == said


async def test_what_is_solved_waits_no_more(
    desk: Desk, clock: Clock, crowd: Crowd, ticket: Ticket
) -> None:
    until = desk.now() + timedelta(hours=2)
    await pause_ticket(
        desk, crowd.grace, ticket_id=ticket.id, waiting_for=WaitingFor.VENDOR, until=until
    )
    await resolve_ticket(desk, crowd.grace, ticket_id=ticket.id, resolution="Replaced")
    clock.advance(timedelta(hours=3))

    assert await resume_due(desk) == 0
    now = await stored(ticket)
    assert (now.state, now.waiting_for, now.paused_until) == (TicketState.RESOLVED, None, None)
    with pytest.raises(InvalidTransition):
        await pause_ticket(desk, crowd.grace, ticket_id=ticket.id, waiting_for=WaitingFor.VENDOR)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"waiting_for": WaitingFor.OTHER}, "note"),
        ({"waiting_for": WaitingFor.OTHER, "note": "  "}, "note"),
        ({"waiting_for": WaitingFor.VENDOR, "note": "x" * 2_001}, "note"),
        ({"waiting_for": WaitingFor.VENDOR, "until": timedelta(0)}, "until"),
    ],
)
async def test_what_can_not_be_waited_for_is_refused(
    desk: Desk, crowd: Crowd, ticket: Ticket, given: dict[str, Any], field: str
) -> None:
    if "until" in given:
        given = given | {"until": desk.now() + given["until"]}

    with pytest.raises(InvalidInput) as refused:
        await pause_ticket(desk, crowd.grace, ticket_id=ticket.id, **given)

    assert refused.value.path == (field,)


async def test_only_those_who_handle_it_pause_it_and_go_on(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    with pytest.raises(NotPermitted):
        await pause_ticket(desk, crowd.ada, ticket_id=ticket.id, waiting_for=WaitingFor.VENDOR)
    with pytest.raises(NotFound):
        await pause_ticket(desk, crowd.zack, ticket_id=ticket.id, waiting_for=WaitingFor.VENDOR)
    with pytest.raises(InvalidTransition):
        await resume_ticket(desk, crowd.grace, ticket_id=ticket.id)
    with pytest.raises(StaleVersion):
        await pause_ticket(
            desk,
            crowd.grace,
            ticket_id=ticket.id,
            waiting_for=WaitingFor.VENDOR,
            expected_version=1,
        )
    await pause_ticket(desk, crowd.grace, ticket_id=ticket.id, waiting_for=WaitingFor.VENDOR)
    with pytest.raises(NotPermitted):
        await resume_ticket(desk, crowd.ada, ticket_id=ticket.id)


@pytest.mark.parametrize(("waiting_for", "mails"), [("requester", 1), ("vendor", 0)])
async def test_a_requester_whom_we_wait_for_hears_of_it(
    desk: Desk, crowd: Crowd, ticket: Ticket, waiting_for: str, mails: int
) -> None:
    await pause_ticket(
        desk, crowd.grace, ticket_id=ticket.id, waiting_for=WaitingFor(waiting_for), note="Secret"
    )

    await notify_requester(desk, (await last(ticket)).id)

    assert isinstance(desk.mailer, QuietMailer)
    assert [mail.subject for mail in desk.mailer.sent] == [
        f"We wait for you: your request {ticket.number}, Printer"
    ] * mails
    assert not any("Secret" in mail.text for mail in desk.mailer.sent)

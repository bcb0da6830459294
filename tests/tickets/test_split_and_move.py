"""Splitting a request, and giving it to whom it is really for."""

import asyncio
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from foredesk.channels.notify import notify_requester
from foredesk.desk import Desk
from foredesk.errors import InvalidInput, InvalidTransition, NotFound, NotPermitted
from foredesk.people.enroll import form_team
from foredesk.people.idempotency import Once, only_once
from foredesk.people.viewer import SYSTEM, Viewer
from foredesk.sla.models import AgreementVersion, TicketClock
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.merge import merge_ticket
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.move import move_ticket
from foredesk.tickets.queries import visible_to
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_internal_note, add_reply
from foredesk.tickets.split import ClockStart, split_ticket
from foredesk.tickets.states import EventKind, TicketState
from foredesk.tickets.verify import differences
from tests.clock import Clock
from tests.people import make_agent, make_requester, make_team
from tests.quiet_parts import QuietMailer
from tests.tickets import Crowd, make_agreement, make_crowd


async def now(ticket: Ticket) -> Ticket:
    found = await Ticket.get(id=ticket.id)
    assert await differences(found) == []
    return found


async def events(ticket: Ticket) -> list[TicketEvent]:
    return await TicketEvent.filter(ticket_id=ticket.id).order_by("sequence")


async def sees(viewer: Viewer, ticket: Ticket) -> bool:
    return await visible_to(viewer).filter(id=ticket.id).exists()


@pytest.fixture
async def crowd(desk: Desk) -> Crowd:
    return await make_crowd(desk)


@pytest.fixture
async def ticket(desk: Desk, clock: Clock, crowd: Crowd) -> Ticket:
    """With Ada's second question an hour later as its newest event."""
    await make_agreement(desk, crowd.acme)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")
    await assign_ticket(desk, crowd.grace, ticket_id=ticket.id, assignee_id=crowd.grace.person_id)
    clock.advance(timedelta(hours=1))
    await add_reply(desk, crowd.ada, ticket_id=ticket.id, body="And I need a monitor.")
    clock.advance(timedelta(hours=3))
    return await Ticket.get(id=ticket.id)


async def test_a_part_is_a_request_of_its_own_that_leads_back(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    part = await split_ticket(
        desk,
        crowd.grace,
        ticket_id=ticket.id,
        subject="A monitor",
        message_sequence=ticket.version,
    )

    part = await now(part)
    assert (part.subject, part.details) == ("A monitor", "And I need a monitor.")
    assert (part.split_from_id, part.requester_id) == (ticket.id, crowd.ada.person_id)
    assert (part.team_id, part.assignee_id) == (crowd.desk_team.id, None)
    assert (part.state, part.opened_at) == (TicketState.OPEN, desk.now())
    assert part.agreement_version_id == ticket.agreement_version_id
    assert {clock.started_at for clock in await TicketClock.filter(ticket_id=part.id)} == {
        desk.now()
    }
    split = (await events(ticket))[-1]
    assert split.kind is EventKind.SPLIT
    assert split.data == {"part_id": str(part.id), "message_sequence": ticket.version}
    assert (await now(ticket)).state is TicketState.OPEN
    assert await sees(crowd.ada, part)


async def test_its_clocks_may_start_with_the_message_it_is_made_of(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    part = await split_ticket(
        desk,
        crowd.grace,
        ticket_id=ticket.id,
        subject="A monitor",
        details="27 inches",
        message_sequence=ticket.version,
        clock_start=ClockStart.MESSAGE,
    )

    part = await now(part)
    asked = desk.now() - timedelta(hours=3)
    assert (part.opened_at, part.details) == (asked, "27 inches")
    assert {clock.started_at for clock in await TicketClock.filter(ticket_id=part.id)} == {asked}
    assert (await events(part))[0].recorded_at == desk.now()


async def test_only_what_both_sides_read_is_split_off(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    await add_internal_note(desk, crowd.grace, ticket_id=ticket.id, body="Between us")
    split = partial(split_ticket, desk, crowd.grace, ticket_id=ticket.id, subject="A monitor")

    for sequence in (1, ticket.version + 1, 99):
        with pytest.raises(NotFound) as missing:
            await split(message_sequence=sequence)
        assert missing.value.field == "messageSequence"
    with pytest.raises(InvalidInput) as unnamed:
        await split(clock_start=ClockStart.MESSAGE)
    assert unnamed.value.path == ("messageSequence",)
    with pytest.raises(InvalidInput) as blank:
        await split_ticket(desk, crowd.grace, ticket_id=ticket.id, subject=" ")
    assert blank.value.path == ("subject",)
    with pytest.raises(NotPermitted):
        await split_ticket(desk, crowd.ada, ticket_id=ticket.id, subject="A monitor")
    assert await Ticket.all().count() == 1


async def test_a_part_of_a_confidential_request_stays_with_its_team(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    trust = await form_team(
        desk, SYSTEM, key="trust", name="Trust", serves=[crowd.acme], is_confidential=True
    )
    await assign_ticket(desk, crowd.grace, ticket_id=ticket.id, team_id=trust.id)

    part = await now(await split_ticket(desk, SYSTEM, ticket_id=ticket.id, subject="More of it"))

    assert (part.is_confidential, part.team_id) == (True, trust.id)
    assert (await sees(crowd.grace, part), await sees(crowd.ada, part)) == (False, True)


async def test_splitting_with_the_same_key_makes_one_part(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    async def split() -> Ticket:
        once = Once(desk, crowd.grace, "SplitTicket", "k", {})
        act = partial(
            split_ticket, desk, crowd.grace, ticket_id=ticket.id, subject="A monitor", once=once
        )
        return await only_once(once, act, lambda id: Ticket.get(id=id))

    parts = await asyncio.gather(*[split() for _ in range(3)])

    assert len({part.id for part in parts}) == 1
    assert await Ticket.filter(split_from_id=ticket.id).count() == 1
    assert await now(ticket)


async def test_the_requester_hears_of_the_part(desk: Desk, crowd: Crowd, ticket: Ticket) -> None:
    part = await split_ticket(desk, crowd.grace, ticket_id=ticket.id, subject="A monitor")

    await notify_requester(desk, (await events(part))[0].id)

    assert isinstance(desk.mailer, QuietMailer)
    assert [mail.subject for mail in desk.mailer.sent] == [
        f"A part of your request is one of its own now: {part.number}, A monitor"
    ]


async def test_a_moved_request_is_the_new_persons_at_once(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    bob = await make_requester(desk, crowd.acme, "Bob")

    await move_ticket(
        desk, crowd.grace, ticket_id=ticket.id, requester_id=person(bob), reason="Bob's phone"
    )

    moved = await now(ticket)
    assert (moved.requester_id, moved.organization_id) == (bob.person_id, crowd.acme.id)
    assert (moved.team_id, moved.assignee_id) == (crowd.desk_team.id, crowd.grace.person_id)
    assert moved.agreement_version_id == ticket.agreement_version_id
    assert (await sees(bob, ticket), await sees(crowd.ada, ticket)) == (True, False)
    event = (await events(ticket))[-1]
    assert (event.kind, event.data["from_requester_id"]) == (
        EventKind.MOVED,
        str(crowd.ada.person_id),
    )
    await notify_requester(desk, event.id)
    assert isinstance(desk.mailer, QuietMailer)
    assert [mail.subject for mail in desk.mailer.sent] == [
        f"This request is yours now: {ticket.number}, VPN drops"
    ]


async def test_in_another_organization_its_agreement_is_chosen_anew(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    theirs = await make_agreement(desk, crowd.zenith)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")
    await assign_ticket(desk, crowd.grace, ticket_id=ticket.id, assignee_id=crowd.grace.person_id)
    both = await make_agent(
        desk, crowd.acme, team=await make_team(desk, crowd.acme, crowd.zenith), name="Both"
    )

    await move_ticket(desk, both, ticket_id=ticket.id, requester_id=person(crowd.zoe))

    moved = await now(ticket)
    assert moved.organization_id == crowd.zenith.id
    assert (moved.team_id, moved.assignee_id) == (None, None)
    version = await AgreementVersion.get(agreement_id=theirs.id)
    assert moved.agreement_version_id == version.id != ticket.agreement_version_id
    assert [event.kind for event in (await events(ticket))[-2:]] == [
        EventKind.MOVED,
        EventKind.AGREEMENT_CHOSEN,
    ]
    assert {
        clock.agreement_version_id for clock in await TicketClock.filter(ticket_id=ticket.id)
    } == {version.id}
    assert [await sees(one, ticket) for one in (crowd.ada, crowd.grace, crowd.zoe, crowd.zack)] == [
        False,
        False,
        True,
        True,
    ]


async def test_where_nothing_was_promised_no_clock_runs_on(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    both = await make_agent(
        desk, crowd.acme, team=await make_team(desk, crowd.acme, crowd.zenith), name="Both"
    )

    await move_ticket(desk, both, ticket_id=ticket.id, requester_id=person(crowd.zoe))

    assert (await now(ticket)).agreement_version_id is None
    assert await TicketClock.filter(ticket_id=ticket.id).count() == 0


async def test_a_team_that_serves_both_keeps_it(desk: Desk, crowd: Crowd, ticket: Ticket) -> None:
    team = await make_team(desk, crowd.acme, crowd.zenith)
    both = await make_agent(desk, crowd.acme, team=team, name="Both")
    await assign_ticket(desk, both, ticket_id=ticket.id, assignee_id=both.person_id)

    await move_ticket(desk, both, ticket_id=ticket.id, requester_id=person(crowd.zoe))

    moved = await now(ticket)
    assert (moved.team_id, moved.assignee_id) == (team.id, both.person_id)
    assert moved.hand_off_count == 1


async def test_whom_a_request_can_not_be_given_to(desk: Desk, crowd: Crowd, ticket: Ticket) -> None:
    async def refused(viewer: Viewer, to: Viewer) -> Any:
        with pytest.raises((InvalidInput, NotFound, NotPermitted, InvalidTransition)) as raised:
            await move_ticket(desk, viewer, ticket_id=ticket.id, requester_id=person(to))
        return type(raised.value), raised.value.path

    assert await refused(crowd.grace, crowd.ada) == (InvalidInput, ("requesterId",))
    assert await refused(crowd.grace, crowd.zoe) == (NotFound, ("requesterId",))
    assert (await refused(crowd.ada, crowd.grace))[0] is NotPermitted

    other = await record_ticket(desk, crowd.ada, subject="Same")
    await merge_ticket(desk, crowd.grace, ticket_id=other.id, into_id=ticket.id)
    assert await refused(SYSTEM, crowd.zoe) == (InvalidInput, ("requesterId",))
    with pytest.raises(InvalidTransition):
        await move_ticket(desk, SYSTEM, ticket_id=other.id, requester_id=person(crowd.zoe))


async def test_a_confidential_request_leaves_its_team_for_no_organization(
    desk: Desk, crowd: Crowd, ticket: Ticket
) -> None:
    trust = await form_team(
        desk, SYSTEM, key="trust", name="Trust", serves=[crowd.acme], is_confidential=True
    )
    await assign_ticket(desk, crowd.grace, ticket_id=ticket.id, team_id=trust.id)

    with pytest.raises(InvalidInput) as raised:
        await move_ticket(desk, SYSTEM, ticket_id=ticket.id, requester_id=person(crowd.zoe))

    assert raised.value.path == ("requesterId",)
    bob = await make_requester(desk, crowd.acme, "Bob")
    await move_ticket(desk, SYSTEM, ticket_id=ticket.id, requester_id=person(bob))
    assert (await now(ticket)).is_confidential
    assert await sees(bob, ticket)


def person(viewer: Viewer) -> Any:
    assert viewer.person_id is not None
    return viewer.person_id

from datetime import timedelta
from uuid import uuid4

import pytest

from foredesk.desk import Desk
from foredesk.errors import (
    InvalidInput,
    InvalidTransition,
    NotFound,
    NotPermitted,
    StaleVersion,
)
from foredesk.people.viewer import Viewer
from foredesk.tickets.assign import assign_ticket
from foredesk.tickets.confirm import (
    close_silent,
    confirm_resolution,
    refuse_resolution,
    reopen_ticket,
)
from foredesk.tickets.escalate import escalate_ticket
from foredesk.tickets.estimate import set_estimated_repair
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.queries import visible_events, visible_to
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_internal_note, add_reply
from foredesk.tickets.resolve import resolve_ticket
from foredesk.tickets.states import EventKind, TicketState
from foredesk.tickets.verify import differences
from tests.clock import Clock
from tests.tickets import Crowd, make_crowd


async def recorded(desk: Desk) -> tuple[Crowd, Ticket]:
    crowd = await make_crowd(desk)
    return crowd, await record_ticket(desk, crowd.ada, subject="VPN drops every hour")


async def resolved(desk: Desk) -> tuple[Crowd, Ticket]:
    crowd, ticket = await recorded(desk)
    return crowd, await resolve_ticket(
        desk, crowd.grace, ticket_id=ticket.id, resolution="New profile installed."
    )


async def test_the_whole_story_from_record_to_confirmed_closure(desk: Desk, clock: Clock) -> None:
    crowd, ticket = await recorded(desk)
    hour = timedelta(hours=1)

    clock.advance(hour)
    ticket = await assign_ticket(
        desk, crowd.grace, ticket_id=ticket.id, assignee_id=crowd.grace.person_id
    )
    assert ticket.team_id == crowd.desk_team.id
    ticket = await add_reply(desk, crowd.grace, ticket_id=ticket.id, body="I am looking at it.")
    assert ticket.first_responded_at == clock.now
    repair_at = clock.now + timedelta(hours=4)
    ticket = await set_estimated_repair(desk, crowd.grace, ticket_id=ticket.id, at=repair_at)
    assert ticket.estimated_repair_at == repair_at
    ticket = await add_reply(
        desk, crowd.grace, ticket_id=ticket.id, body="Which city?", waits_for_requester=True
    )
    assert ticket.state is TicketState.WAITING
    clock.advance(hour)
    ticket = await add_reply(desk, crowd.ada, ticket_id=ticket.id, body="Bonn")
    assert ticket.state is TicketState.OPEN
    clock.advance(hour)
    ticket = await resolve_ticket(desk, crowd.grace, ticket_id=ticket.id, resolution="Done.")
    assert ticket.state is TicketState.RESOLVED
    assert ticket.close_due_at == clock.now + timedelta(days=5)
    ticket = await confirm_resolution(desk, crowd.ada, ticket_id=ticket.id)

    assert ticket.state is TicketState.CLOSED
    assert ticket.confirmed_at == ticket.closed_at == clock.now
    assert ticket.close_due_at is None
    assert ticket.version == await TicketEvent.filter(ticket_id=ticket.id).count() == 10
    assert await differences(await Ticket.get(id=ticket.id)) == []


async def test_a_refused_resolution_opens_the_request_again(desk: Desk) -> None:
    crowd, ticket = await resolved(desk)

    ticket = await refuse_resolution(desk, crowd.ada, ticket_id=ticket.id, reason="It drops still.")

    assert ticket.state is TicketState.OPEN
    assert ticket.refusal_count == 1
    assert ticket.resolved_at is None
    assert ticket.close_due_at is None


async def test_silence_closes_a_resolved_request_in_time_and_not_before(
    desk: Desk, clock: Clock
) -> None:
    _, ticket = await resolved(desk)

    clock.advance(timedelta(days=5, seconds=-1))
    assert await close_silent(desk) == 0
    clock.advance(timedelta(seconds=1))
    assert await close_silent(desk) == 1
    assert await close_silent(desk) == 0

    closed = await Ticket.get(id=ticket.id)
    assert closed.state is TicketState.CLOSED
    assert closed.confirmed_at is None
    last = await TicketEvent.filter(ticket_id=ticket.id).order_by("-sequence").first()
    assert last is not None
    assert last.data == {"because": "silence"}


async def test_a_reply_to_a_resolved_request_puts_off_its_closing(desk: Desk, clock: Clock) -> None:
    crowd, ticket = await resolved(desk)

    clock.advance(timedelta(days=4))
    ticket = await add_reply(desk, crowd.ada, ticket_id=ticket.id, body="I will try tomorrow.")

    assert ticket.state is TicketState.RESOLVED
    assert ticket.close_due_at == clock.now + timedelta(days=5)


async def test_a_closed_request_is_reopened_within_its_window_only(
    desk: Desk, clock: Clock
) -> None:
    crowd, ticket = await resolved(desk)
    await confirm_resolution(desk, crowd.ada, ticket_id=ticket.id)

    clock.advance(timedelta(days=14))
    ticket = await reopen_ticket(desk, crowd.ada, ticket_id=ticket.id, reason="Again.")
    assert ticket.state is TicketState.OPEN
    assert ticket.reopen_count == 1

    await resolve_ticket(desk, crowd.grace, ticket_id=ticket.id, resolution="Really.")
    await confirm_resolution(desk, crowd.ada, ticket_id=ticket.id)
    clock.advance(timedelta(days=14, seconds=1))
    with pytest.raises(InvalidTransition):
        await reopen_ticket(desk, crowd.ada, ticket_id=ticket.id, reason="Again.")


async def test_what_cannot_happen_is_refused_and_leaves_no_trace(desk: Desk) -> None:
    crowd, ticket = await recorded(desk)

    with pytest.raises(InvalidTransition) as refusal:
        await confirm_resolution(desk, crowd.ada, ticket_id=ticket.id)

    assert refusal.value.state == "open"
    assert refusal.value.allowed == ("waiting", "resolved")
    assert (await Ticket.get(id=ticket.id)).version == ticket.version
    assert await TicketEvent.filter(ticket_id=ticket.id).count() == ticket.version


async def test_a_stale_version_is_refused(desk: Desk) -> None:
    crowd, ticket = await recorded(desk)
    await add_internal_note(desk, crowd.grace, ticket_id=ticket.id, body="Seen before.")

    with pytest.raises(StaleVersion) as refusal:
        await assign_ticket(
            desk,
            crowd.grace,
            ticket_id=ticket.id,
            team_id=crowd.desk_team.id,
            expected_version=ticket.version,
        )

    assert refusal.value.current == ticket.version + 1


async def test_foreign_and_unknown_requests_are_refused_alike(desk: Desk) -> None:
    crowd, ticket = await recorded(desk)

    for viewer in (crowd.zoe, crowd.zack):
        for ticket_id in (ticket.id, uuid4()):
            with pytest.raises(NotFound) as refusal:
                await add_reply(desk, viewer, ticket_id=ticket_id, body="Hello")
            assert str(refusal.value) == str(NotFound("ticketId"))


async def test_requesters_do_no_agents_work(desk: Desk) -> None:
    crowd, ticket = await recorded(desk)

    with pytest.raises(NotPermitted):
        await add_internal_note(desk, crowd.ada, ticket_id=ticket.id, body="x")
    with pytest.raises(NotPermitted):
        await resolve_ticket(desk, crowd.ada, ticket_id=ticket.id, resolution="x")
    with pytest.raises(NotPermitted):
        await confirm_resolution(desk, crowd.grace, ticket_id=ticket.id)
    with pytest.raises(InvalidInput):
        await add_reply(desk, crowd.ada, ticket_id=ticket.id, body="?", waits_for_requester=True)


async def test_internal_notes_are_for_agents_only(desk: Desk) -> None:
    crowd, ticket = await recorded(desk)
    await add_internal_note(desk, crowd.grace, ticket_id=ticket.id, body="Old laptop.")

    async def kinds(viewer: Viewer) -> list[EventKind]:
        return [event.kind for event in await visible_events(viewer).filter(ticket_id=ticket.id)]

    assert EventKind.NOTED in await kinds(crowd.grace)
    assert EventKind.NOTED not in await kinds(crowd.ada)


async def test_everybody_sees_the_requests_they_have_to_do_with(desk: Desk) -> None:
    crowd, ticket = await recorded(desk)
    other = await record_ticket(desk, crowd.zoe, subject="Printer")

    async def seen(viewer: Viewer) -> set[int]:
        return {row.number for row in await visible_to(viewer)}

    assert await seen(crowd.ada) == await seen(crowd.grace) == {ticket.number}
    assert await seen(crowd.zoe) == await seen(crowd.zack) == {other.number}


async def test_hand_offs_are_counted_after_the_first_assignment(desk: Desk) -> None:
    crowd, ticket = await recorded(desk)

    ticket = await assign_ticket(
        desk, crowd.grace, ticket_id=ticket.id, assignee_id=crowd.grace.person_id
    )
    assert ticket.hand_off_count == 0
    ticket = await escalate_ticket(
        desk,
        crowd.grace,
        ticket_id=ticket.id,
        team_id=crowd.network_team.id,
        reason="It is the gateway.",
    )

    assert ticket.hand_off_count == 1
    assert ticket.escalation_level == 1
    assert (ticket.team_id, ticket.assignee_id) == (crowd.network_team.id, None)


async def test_teams_and_agents_of_others_cannot_be_assigned(desk: Desk) -> None:
    crowd, ticket = await recorded(desk)

    for assignee in (crowd.zack, crowd.ada):
        with pytest.raises(NotFound):
            await assign_ticket(
                desk, crowd.grace, ticket_id=ticket.id, assignee_id=assignee.person_id
            )
    with pytest.raises(NotFound):
        await assign_ticket(desk, crowd.grace, ticket_id=ticket.id, team_id=uuid4())
    with pytest.raises(InvalidInput):
        await assign_ticket(
            desk,
            crowd.grace,
            ticket_id=ticket.id,
            team_id=crowd.network_team.id,
            assignee_id=crowd.grace.person_id,
        )


async def test_an_estimate_lies_ahead(desk: Desk, clock: Clock) -> None:
    crowd, ticket = await recorded(desk)

    with pytest.raises(InvalidInput):
        await set_estimated_repair(desk, crowd.grace, ticket_id=ticket.id, at=clock.now)


async def test_a_request_is_escalated_to_nobody_outside_of_those_who_serve_it(desk: Desk) -> None:
    crowd, ticket = await recorded(desk)

    for person in (crowd.ada, crowd.zoe, crowd.zack):
        with pytest.raises(NotFound):
            await escalate_ticket(
                desk, crowd.grace, ticket_id=ticket.id, person_id=person.person_id, reason="High."
            )
    ticket = await escalate_ticket(
        desk, crowd.grace, ticket_id=ticket.id, person_id=crowd.grace.person_id, reason="High."
    )
    assert ticket.escalation_level == 1

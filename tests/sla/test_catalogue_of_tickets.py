"""Cases of the catalogue that are about a ticket and not only about its clocks."""

from datetime import timedelta

from foredesk.desk import Desk
from foredesk.people.viewer import SYSTEM
from foredesk.sla.due import due_clocks
from foredesk.sla.models import TicketClock
from foredesk.tickets.estimate import set_estimated_repair
from foredesk.tickets.merge import merge_ticket, unmerge_ticket
from foredesk.tickets.models import Ticket
from foredesk.tickets.move import move_ticket
from foredesk.tickets.pause import pause_ticket, resume_ticket
from foredesk.tickets.record import record_ticket
from foredesk.tickets.states import WaitingFor
from foredesk.tickets.verify import differences
from tests.clock import Clock
from tests.tickets import make_agreement, make_crowd

HOUR = timedelta(hours=1)


async def test_case_10_a_merged_ticket_tells_nobody_that_it_is_late(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)
    ticket, other = [await record_ticket(desk, crowd.ada, subject="VPN") for _ in range(2)]
    await merge_ticket(desk, crowd.grace, ticket_id=ticket.id, into_id=other.id)
    clock.advance(timedelta(days=9))

    assert {due.ticket_id for due in await due_clocks(clock.now)} == {other.id}

    await unmerge_ticket(desk, crowd.grace, ticket_id=ticket.id)

    clocks = await TicketClock.filter(ticket_id=ticket.id)
    assert [one.elapsed_seconds for one in clocks] == [0, 0]
    assert await differences(await Ticket.get(id=ticket.id)) == []


async def test_case_11_a_ticket_that_is_moved_out_of_the_agreement_has_no_clocks(
    desk: Desk,
) -> None:
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")
    assert await TicketClock.filter(ticket_id=ticket.id).count() == 2

    await move_ticket(desk, SYSTEM, ticket_id=ticket.id, requester_id=crowd.zoe.person_id)

    assert await TicketClock.filter(ticket_id=ticket.id).count() == 0
    assert await differences(await Ticket.get(id=ticket.id)) == []


async def test_case_17_a_time_that_somebody_set_is_moved_by_no_pause(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")
    said = clock.now + 5 * HOUR
    await set_estimated_repair(desk, crowd.grace, ticket_id=ticket.id, at=said)
    before = await TicketClock.get(ticket_id=ticket.id, name="resolution")

    await pause_ticket(desk, crowd.grace, ticket_id=ticket.id, waiting_for=WaitingFor.REQUESTER)
    clock.advance(HOUR)
    await resume_ticket(desk, crowd.grace, ticket_id=ticket.id)

    after = await TicketClock.get(ticket_id=ticket.id, name="resolution")
    assert (await Ticket.get(id=ticket.id)).estimated_repair_at == said
    assert before.target_due_at is not None
    assert after.target_due_at == before.target_due_at + HOUR


async def test_a_vendor_is_waited_for_while_the_clock_of_the_desk_goes_on(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")
    before = await TicketClock.get(ticket_id=ticket.id, name="resolution")

    await pause_ticket(desk, crowd.grace, ticket_id=ticket.id, waiting_for=WaitingFor.VENDOR)

    after = await TicketClock.get(ticket_id=ticket.id, name="resolution")
    assert (after.state, after.target_due_at) == (before.state, before.target_due_at)

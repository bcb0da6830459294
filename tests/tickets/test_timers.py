from datetime import UTC, datetime, timedelta

from foredesk.desk import Desk
from foredesk.sla.definitions import RESOLUTION, RESPONSE
from foredesk.sla.models import ClockState, TicketClock
from foredesk.tickets.models import Ticket, TicketEvent
from foredesk.tickets.record import record_ticket
from foredesk.tickets.reply import add_reply
from foredesk.tickets.states import EventKind
from foredesk.tickets.timers import tell_due_clocks
from foredesk.tickets.verify import differences
from tests.clock import Clock
from tests.tickets import make_agreement, make_crowd


async def told(ticket: Ticket) -> list[tuple[EventKind, object, object]]:
    events = await TicketEvent.filter(
        ticket_id=ticket.id, kind__in=[EventKind.CLOCK_WARNED, EventKind.CLOCK_MISSED]
    ).order_by("sequence")
    return [(event.kind, event.data["clock"], event.data["level"]) for event in events]


async def test_an_agreement_starts_both_clocks_and_a_reply_stops_the_response(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")

    clocks = {one.name: one for one in await TicketClock.filter(ticket_id=ticket.id)}
    assert clocks[RESPONSE].target_due_at == datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert clocks[RESPONSE].minimum_due_at == datetime(2026, 3, 2, 11, tzinfo=UTC)
    assert clocks[RESOLUTION].target_due_at == datetime(2026, 3, 3, 9, tzinfo=UTC)

    clock.advance(timedelta(minutes=30))
    await add_reply(desk, crowd.grace, ticket_id=ticket.id, body="On it.")
    response = await TicketClock.get(ticket_id=ticket.id, name=RESPONSE)
    assert response.state is ClockState.MET
    assert response.elapsed_seconds == 1800


async def test_warnings_and_misses_are_told_once_each_and_in_order(
    desk: Desk, clock: Clock
) -> None:
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")

    assert await tell_due_clocks(desk) == 0
    clock.advance(timedelta(minutes=45))
    assert await tell_due_clocks(desk) == 1
    assert await tell_due_clocks(desk) == 0
    clock.advance(timedelta(minutes=75))
    assert await tell_due_clocks(desk) == 2

    assert await told(ticket) == [
        (EventKind.CLOCK_WARNED, "response", "warning"),
        (EventKind.CLOCK_MISSED, "response", "target"),
        (EventKind.CLOCK_MISSED, "response", "minimum"),
    ]
    assert await differences(await Ticket.get(id=ticket.id)) == []


async def test_a_request_that_waits_for_its_requester_is_not_late(desk: Desk, clock: Clock) -> None:
    crowd = await make_crowd(desk)
    await make_agreement(desk, crowd.acme)
    ticket = await record_ticket(desk, crowd.ada, subject="VPN drops")
    await add_reply(
        desk, crowd.grace, ticket_id=ticket.id, body="Which city?", waits_for_requester=True
    )

    clock.advance(timedelta(days=30))

    assert await tell_due_clocks(desk) == 0
    resolution = await TicketClock.get(ticket_id=ticket.id, name=RESOLUTION)
    assert resolution.state is ClockState.PAUSED
    assert resolution.target_due_at is None
